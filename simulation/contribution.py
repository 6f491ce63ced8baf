"""What each tactic adds: the run without it, on the same draws (docs/model.md, equation 20)."""

from dataclasses import dataclass, replace

import numpy as np

from simulation.engine import simulate_on
from simulation.inputs import GoalInput
from simulation.outcome import Outcome
from simulation.progress import Progress, tracked
from simulation.types import FloatArray


@dataclass(frozen=True)
class Contribution:
    """One tactic against the same plan without it, each (draws,).

    `goal_change` counts improvement as positive, whichever way the goal's metric should go;
    it is None for a tactic that names no goal of the inputs.
    """

    name: str
    npv_change: FloatArray
    goal_change: FloatArray | None

    @property
    def chance_it_helps(self) -> float:
        """Share of draws in which the tactic improves its goal's metric; 0 without a goal."""
        return 0.0 if self.goal_change is None else float(np.mean(self.goal_change > 0))

    @property
    def is_aligned(self) -> bool:
        """Whether the tactic improves its goal in at least half of the draws."""
        return self.goal_change is not None and self.chance_it_helps >= 0.5


def contributions(outcome: Outcome, progress: Progress | None = None) -> tuple[Contribution, ...]:
    """Return every tactic's contribution; costs one run a tactic.

    `progress` is told the share done; it may raise to cancel.
    """
    goals = {goal.id: goal for goal in outcome.inputs.goals}
    return tuple(
        _contribution(outcome, index, goals.get(tactic.goal or ""))
        for index, tactic in tracked(list(enumerate(outcome.inputs.tactics)), progress)
    )


def _contribution(outcome: Outcome, index: int, goal: GoalInput | None) -> Contribution:
    tactics = outcome.inputs.tactics
    without = simulate_on(
        replace(outcome.inputs, tactics=tactics[:index] + tactics[index + 1 :]),
        outcome.draws.without_tactic(outcome.inputs, index),
        baseline=outcome.baseline_path,
    )
    change = None
    if goal is not None:
        change = outcome.goal_values(goal) - without.goal_values(goal)
        change = change if goal.comparison == ">=" else -change
    return Contribution(
        name=tactics[index].name,
        npv_change=outcome.finance.npv - without.finance.npv,
        goal_change=change,
    )
