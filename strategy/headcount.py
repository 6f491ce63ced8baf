"""A team that grows or shrinks: another number of seats from a month on."""

from collections.abc import Mapping
from typing import Any

from simulation.checking import InputError
from simulation.defaults import Range
from simulation.inputs import Headcount, read_headcount
from strategy.amounts import amount
from strategy.calendar import month_label
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


def seats_of(low: float | None, likely: float, high: float | None) -> Range:
    """Return seats later on as they were typed; both ends are empty where somebody is sure.

    Raises
    ------
    InvalidValue
        If one end alone is given, or the likely number lies outside the range.
    """
    if low is None and high is None:
        return Range.fixed_at(float(likely))
    if low is None or high is None:
        raise InvalidValue("Seats: give both a low and a high number, or leave both empty.")
    if not low <= likely <= high:
        raise InvalidValue(
            f"Seats: {likely:g} must lie between its low number {low:g} and its high number "
            f"{high:g}."
        )
    return Range(float(low), float(likely), float(high))


def seats_in(plan: Plan, change: Headcount | None, month: int) -> float:
    """Return how many seats there likely are in a month of the plan."""
    return plan.seats if change is None or month < change.start else change.seats.mode


def as_kept(plan: Plan, change: Headcount | None) -> dict[str, Any]:
    """Return a change as a plan keeps it and the engine reads it; empty if no seat changes."""
    if change is None or change.seats == Range.fixed_at(plan.seats):
        return {}
    return change.as_given


def team_in_words(plan: Plan, change: Headcount | None) -> str:
    """Return the seats later on, from when, and what one costs."""
    if change is None or change.seats == Range.fixed_at(plan.seats):
        return f"{plan.seats:g}, as today"
    seats = change.seats
    ends = "" if seats.is_fixed else f" ({seats.low:g} to {seats.high:g})"
    return (
        f"{seats.mode:g}{ends} from {month_label(plan.start_month, change.start)} on, "
        f"{amount(change.yearly_cost, plan.currency)} a year each"
    )
