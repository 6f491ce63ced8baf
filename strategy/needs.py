"""What a goal would be hit without: money spent above what a likely goal still needs."""

from dataclasses import dataclass, replace

from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.progress import Progress, tracked
from strategy.alignment import first_year_cost
from strategy.model import Board, Run, Tactic
from strategy.studying import study

LIKELY = 0.7


@dataclass(frozen=True)
class Spare:
    """A tactic that its goal stays likely without.

    Attributes
    ----------
    tactic, title : its id and its name on the board
    goal_title : the goal it stands under
    money : currency, in the plan's first 12 months, as typed
    chance, chance_without : of the goal, 0 to 1, on the same draws
    """

    tactic: str
    title: str
    goal_title: str
    money: float
    chance: float
    chance_without: float


def spare_spending(board: Board, run: Run, progress: Progress | None = None) -> tuple[Spare, ...]:
    """Return the tactics that cost money and that their likely goal is hit without.

    Each is left out alone, so that two on the list need not both be spare. Likely is a chance
    of 70 in 100 or more. The dearest first; costs one run a tactic under a likely goal.
    """
    inputs, draws = study(run)
    outcome = simulate_on(inputs, draws)
    likely = {
        goal.id: chance
        for goal in inputs.goals
        if (chance := float(outcome.goal_hits(goal).mean())) >= LIKELY
    }
    asked = [each for each in board.tactics if _costs(each, board) and each.goal_id in likely]
    found = [
        _spare(board, each, likely, without)
        for each in tracked(asked, progress)
        if (without := _without(outcome, inputs, draws, each)) is not None
    ]
    spare = [each for each in found if each.chance_without >= LIKELY]
    return tuple(sorted(spare, key=lambda each: (-each.money, each.title)))


def _costs(tactic: Tactic, board: Board) -> bool:
    return tactic.lane == "goal" and first_year_cost(tactic, board.plan) > 0


def _without(outcome: Outcome, inputs: Inputs, draws: Draws, tactic: Tactic) -> float | None:
    """Return its goal's chance without the tactic; None if the run did not have it."""
    names = [each.name for each in inputs.tactics]
    if tactic.id not in names:
        return None
    place = names.index(tactic.id)
    left = inputs.tactics[:place] + inputs.tactics[place + 1 :]
    without = simulate_on(
        replace(inputs, tactics=left),
        draws.without_tactic(inputs, place),
        baseline=outcome.baseline_path,
    )
    goal = next(each for each in inputs.goals if each.id == tactic.goal_id)
    return float(without.goal_hits(goal).mean())


def _spare(board: Board, tactic: Tactic, likely: dict[str, float], without: float) -> Spare:
    goal = next(each for each in board.goals if each.id == tactic.goal_id)
    return Spare(
        tactic=tactic.id,
        title=tactic.title,
        goal_title=goal.title,
        money=first_year_cost(tactic, board.plan),
        chance=likely[goal.id],
        chance_without=without,
    )
