"""A team that grows or shrinks: another number of seats from a month on."""

from collections.abc import Mapping
from typing import Any

from simulation.checking import InputError
from simulation.inputs import Headcount, read_headcount
from strategy.calendar import month_name
from strategy.errors import InvalidValue
from strategy.model import Plan

LABELS = {"seats": "Seats later on", "start": "The month", "yearly_cost": "The cost of a seat"}


def headcount_of(plan: Plan) -> Headcount | None:
    """Return the plan's own change of headcount, None if its seats stay."""
    return read_headcount("headcount", dict(plan.headcount) or None)


def read_team(typed: Mapping[str, Any]) -> Headcount | None:
    """Return a change of headcount as it was typed; raise InvalidValue if it is out of bounds."""
    try:
        return read_headcount("headcount", dict(typed))
    except InputError as error:
        label = LABELS.get(error.field.partition(".")[2], "Seats later on")
        raise InvalidValue(f"{label} {error.value}. It must be {error.bound}.") from error


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
