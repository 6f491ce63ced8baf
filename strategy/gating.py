"""What it costs to buy a tool before its requirements: the plan as it is against all four ticks."""

from dataclasses import dataclass, replace

from simulation.describe import cuts
from simulation.engine import simulate_on
from strategy.model import Board, Run, Tactic
from strategy.studying import study


@dataclass(frozen=True)
class Skipping:
    """One tactic as it is against the same tactic with all four ticks, on the same draws.

    Attributes
    ----------
    net : p10, p50, p90 and mean of the net benefit that is lost, currency over the horizon, not
        discounted; below zero nothing is lost
    chance, chance_prepared : of the goal it stands under, 0 to 1; None without a simulated goal
    """

    net: dict[str, float]
    chance: float | None
    chance_prepared: float | None


def cost_of_skipping(board: Board, run: Run, tactic: Tactic) -> Skipping | None:
    """Return what the missing ticks of a tactic cost in a run; None if the run has it not.

    Costs two runs on the run's first draws. The tactic stays where it is; only its
    preparation is completed.
    """
    inputs, draws = study(run)
    names = [each.name for each in inputs.tactics]
    if tactic.id not in names:
        return None
    place = names.index(tactic.id)
    tactics = list(inputs.tactics)
    tactics[place] = replace(tactics[place], preparation=1.0)
    now = simulate_on(inputs, draws)
    then = simulate_on(replace(inputs, tactics=tuple(tactics)), draws, baseline=now.baseline_path)
    goal = next((each for each in inputs.goals if each.id == tactic.goal_id), None)
    lost = then.metrics["cumulative_net"][:, -1] - now.metrics["cumulative_net"][:, -1]
    return Skipping(
        net=cuts(lost),
        chance=None if goal is None else float(now.goal_hits(goal).mean()),
        chance_prepared=None if goal is None else float(then.goal_hits(goal).mean()),
    )
