"""What an analysis looks at: net benefit, a goal's chance or a goal's value."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulation.inputs import GoalInput, Inputs
from simulation.outcome import Outcome
from simulation.plain import Plain
from simulation.types import FloatArray

Kind = Literal["net_benefit", "chance", "value"]
Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Objective(Plain):
    """One thing looked at in an outcome.

    Attributes
    ----------
    kind : "net_benefit" is the present value of the plan against carrying on as today, in
        currency; "chance" whether a goal is met; "value" what the goal's statistic is, in the
        unit of its metric
    goal : id of the goal, None for net benefit
    better : the direction that is good; a chance is better higher whatever its goal compares
    """

    kind: Kind
    goal: str | None = None
    better: Better = "higher"

    def values(self, outcome: Outcome) -> FloatArray:
        """Return one number a draw, (draws,); for a chance 1 where the goal is met, else 0."""
        if self.kind == "net_benefit":
            return outcome.finance.npv
        goal = goal_named(outcome.inputs, self.goal)
        if self.kind == "chance":
            return outcome.goal_hits(goal).astype(np.float64)
        return outcome.goal_values(goal)

    def read(self, outcome: Outcome) -> "Reading":
        """Return what the outcome says about it."""
        return reading(self.kind, self.values(outcome))


@dataclass(frozen=True)
class Reading(Plain):
    """One number a draw in short; `standard_error` is that of the mean.

    `headline` is what is shown: the share of draws for a chance, else the middle draw.
    """

    headline: float
    mean: float
    median: float
    standard_error: float


def reading(kind: Kind, values: FloatArray) -> Reading:
    """Describe (draws,) values of one kind of objective."""
    mean, median = float(np.mean(values)), float(np.median(values))
    return Reading(
        headline=mean if kind == "chance" else median,
        mean=mean,
        median=median,
        standard_error=standard_error(values),
    )


def standard_error(values: FloatArray) -> float:
    """Return the Monte Carlo standard error of the mean of (draws,) values."""
    return float(np.std(values) / np.sqrt(values.size))


def goal_named(inputs: Inputs, name: str | None) -> GoalInput:
    """Return the goal with this id; raise ValueError if the inputs have none."""
    for goal in inputs.goals:
        if goal.id == name:
            return goal
    raise ValueError(f"no goal has the id {name!r}")


NET_BENEFIT = Objective("net_benefit")


def chance_of(goal: GoalInput) -> Objective:
    """Return the objective that a goal is met."""
    return Objective("chance", goal.id)


def value_of(goal: GoalInput) -> Objective:
    """Return the objective of a goal's own number."""
    return Objective("value", goal.id, "higher" if goal.comparison == ">=" else "lower")


def headline_objectives(inputs: Inputs) -> tuple[Objective, ...]:
    """Return net benefit and every goal's chance, in the order of the goals."""
    return (NET_BENEFIT, *(chance_of(goal) for goal in inputs.goals))


def all_objectives(inputs: Inputs) -> tuple[Objective, ...]:
    """Return net benefit, every goal's chance and every goal's value."""
    return (*headline_objectives(inputs), *(value_of(goal) for goal in inputs.goals))
