"""What it takes for a goal of a run to have a wanted chance, and a lever of it as a scenario."""

from typing import Any

from simulation.inputs import DESTINATIONS
from simulation.progress import Progress
from simulation.reach import LeverReach, Reach, reach
from simulation.reach_levers import LEVERS
from strategy.model import Run
from strategy.projection import read_inputs
from strategy.studying import study


def reaching(run: Run, goal: str, wanted: float, progress: Progress | None = None) -> Reach:
    """Return how far each lever of a stored run must go for a goal to have the wanted chance.

    `goal` is the goal's id, `wanted` a chance above 0 to 1. The run's first futures are used,
    at most `studying.MOST_DRAWS`.

    Raises
    ------
    ValueError
        If the run has no such goal, or `wanted` is no such chance.
    """
    inputs, draws = study(run)
    return reach(inputs, draws, goal, wanted, progress)


def extent(found: LeverReach) -> float:
    """Return the share of the way that is enough, else the one at which the chance is best."""
    return found.best_share if found.share is None else found.share


def overrides_of_lever(run: Run, found: LeverReach) -> dict[str, Any] | None:
    """Return the overrides of a scenario in which one lever goes as far as was found.

    None where no override says that: a scenario has destinations, plan quality and one
    preparation for all tactics; it has no adoption or start of a tactic. None, too, where the
    lever stays where it is.
    """
    lever = next((each for each in LEVERS if each.key == found.lever), None)
    if lever is None or extent(found) == 0:
        return None
    moved = lever.change(read_inputs(run.inputs), extent(found))
    if lever.key in DESTINATIONS:
        return {"destinations": {use: each.as_given for use, each in moved.destinations.items()}}
    if lever.key == "quality":
        return {"plan_quality": moved.plan_quality.as_given}
    prepared = {tactic.preparation for tactic in moved.tactics}
    if lever.key == "preparation" and len(prepared) == 1:
        return {"preparation": prepared.pop()}
    return None
