"""Goals counted while months pass by, and which draws meet them (docs/model.md, equation 19)."""

from typing import NamedTuple

import numpy as np

from simulation.compiled import compiled
from simulation.inputs import METRICS, Inputs
from simulation.policies import Policy
from simulation.types import BoolArray, FloatArray, IntArray

LEVEL, TRAILING, SUM, CHANGE = 0, 1, 2, 3
KINDS = {"level": LEVEL, "trailing3": TRAILING, "cumulative": SUM, "change": CHANGE}


class PackedGoals(NamedTuple):
    """Goals as arrays, (goals,): number of the metric, one of LEVEL, TRAILING, SUM, CHANGE...

    `today` is the number of seats before they change, of the whole plan.
    """

    metric: IntArray
    statistic: IntArray
    due: IntArray
    target: FloatArray
    at_least: BoolArray
    per_seat: BoolArray
    today: float


def pack_goals(inputs: Inputs) -> PackedGoals:
    """Return the goals of a plan as compiled code reads them."""
    goals = inputs.goals
    return PackedGoals(
        metric=np.array([METRICS.index(goal.metric) for goal in goals], dtype=np.int64),
        statistic=np.array([KINDS[goal.statistic] for goal in goals], dtype=np.int64),
        due=np.array([goal.due for goal in goals], dtype=np.int64),
        target=np.array([goal.target for goal in goals], dtype=np.float64),
        at_least=np.array([goal.comparison == ">=" for goal in goals], dtype=np.bool_),
        per_seat=np.array([goal.per_seat for goal in goals], dtype=np.bool_),
        today=float(inputs.organisation.seats),
    )


@compiled
def counts_in(goals: PackedGoals, goal: int, month: int) -> bool:
    """Return whether a goal's statistic counts this month."""
    due, statistic = goals.due[goal], goals.statistic[goal]
    if statistic == SUM:
        return bool(month <= due)
    if statistic == TRAILING:
        return bool(due - 3 < month <= due)
    return bool(month == due)


@compiled
def count(values: FloatArray, counts: FloatArray) -> None:
    """Add a month's figures to what a goal counts, (lanes,) each."""
    for i in range(counts.size):
        counts[i] += values[i]


@compiled
def meet(
    goals: PackedGoals,
    goal: int,
    policy: Policy,
    counts: FloatArray,
    usual: FloatArray,
    met: FloatArray,
) -> None:
    """Find which draws meet a goal, from what was counted in the mix and in the baseline."""
    months = min(goals.due[goal], 3) if goals.statistic[goal] == TRAILING else 1
    is_change, target = goals.statistic[goal] == CHANGE, goals.target[goal]
    for i in range(counts.size):
        value = counts[i] / months
        if is_change:
            value = (counts[i] / usual[i] if usual[i] != 0.0 else 1.0) - 1.0
        if goals.per_seat[goal]:
            more = policy.seats_added[i] if goals.due[goal] >= policy.seats_from else 0.0
            value /= goals.today + more
        is_met = value >= target if goals.at_least[goal] else value <= target
        met[i] = 1.0 if is_met else 0.0
