"""What the first year may cost, and how likely it is to cost no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategy.amounts import amount
from strategy.levers import Levers
from strategy.model import Plan


@dataclass(frozen=True)
class Spending:
    """What the first 12 months cost against a budget, currency.

    `chance` is the share of futures that cost no more than the budget, None without one.
    `over` is by how much the middle future passes it, below 0 if it stays within.
    """

    low: float
    middle: float
    high: float
    chance: float | None = None
    over: float | None = None


def budget_of(plan: Plan, levers: Levers) -> float | None:
    """Return the budget in force: the scenario's, else the plan's, None if there is none."""
    return plan.budget if levers.budget is None else levers.budget


def spending(summary: Mapping[str, Any], budget: float | None) -> Spending:
    """Return the first year's cost in a run's summary, and what it means for a budget."""
    low, middle, high = (summary["cost_year_one"][name] for name in ("p10", "p50", "p90"))
    if budget is None:
        return Spending(low, middle, high)
    costs = summary["costs_year_one"]
    within = sum(each <= budget for each in costs)
    return Spending(low, middle, high, within / len(costs), middle - budget)


def budget_in_words(plan: Plan, own: float | None) -> str:
    """Return a budget, the plan's unless there is an own one."""
    budget = plan.budget if own is None else own
    return "none" if budget is None else amount(budget, plan.currency)
