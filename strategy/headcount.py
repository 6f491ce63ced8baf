"""A team that grows or shrinks: another number of seats from a month on."""

from typing import Any

from simulation.inputs import Headcount, read_headcount
from strategy.calendar import month_name
from strategy.model import Plan


def headcount_of(plan: Plan) -> Headcount | None:
    """Return the plan's own change of headcount, None if its seats stay."""
    return read_headcount("headcount", dict(plan.headcount) or None)


def seats_in(plan: Plan, change: Headcount | None, month: int) -> float:
    """Return how many seats there are in a month of the plan."""
    return plan.seats if change is None or month < change.start else change.seats


def as_kept(plan: Plan, change: Headcount | None) -> dict[str, Any]:
    """Return a change as a plan keeps it and the engine reads it; empty if no seat changes."""
    if change is None or change.seats == plan.seats:
        return {}
    return vars(change).copy()


def team_in_words(plan: Plan, change: Headcount | None) -> str:
    """Return the seats later on, from when, and what one costs."""
    if change is None or change.seats == plan.seats:
        return f"{plan.seats:g}, as today"
    return (
        f"{change.seats:g} from {month_name(plan.start_month, change.start)} on, "
        f"{plan.currency}{change.yearly_cost:,.0f} a year each"
    )
