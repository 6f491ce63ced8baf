"""One tactic of the board as a scenario has it: in or out, its start month and its adoption."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from strategy.calendar import month_label
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Adoption, Plan, Start, Tactic
from strategy.spreads import three

Value = TypeVar("Value", Start, Adoption)
SAME = 1e-9  # adoption in percent and back


def with_tactic(
    levers: Levers, tactic: Tactic, plan: Plan, *, start: Start, adoption: Adoption, is_in: bool
) -> Levers:
    """Return levers in which a tactic starts and is adopted so, or is left out.

    What equals the tactic on the board follows the board from then on.

    Parameters
    ----------
    start : month of the plan, from 1; one, or the earliest, the likely and the latest
    adoption : share of people who will use it, 0 to 1; one number, or low, likely and high

    Raises
    ------
    InvalidValue
        If one is out of bounds or the likely value outside its range; names the tactic.
    """
    _check_months(three(start), tactic, plan)
    low, likely, high = three(adoption)
    for each in (low, likely, high):
        if not 0 <= each <= 1:
            raise InvalidValue(
                f"Adoption of “{tactic.title}” is {100 * each:,.6g}%. Use a number from 0 to 100%."
            )
    if not low <= likely <= high:
        raise InvalidValue(
            f"Adoption of “{tactic.title}”: {100 * likely:,.6g}% must lie between its low value "
            f"{100 * low:,.6g}% and its high value {100 * high:,.6g}%."
        )
    pairs = zip((low, likely, high), three(tactic.adopt), strict=True)
    is_same = all(abs(one - other) < SAME for one, other in pairs)
    value = likely if high - low < SAME else (low, likely, high)
    return replace(
        levers,
        without=_with_row(levers.without, tactic.id, is_in),
        starts=_row(levers.starts, tactic.id, _start(start, tactic)),
        adoption=_row(levers.adoption, tactic.id, None if is_same else value),
    )


def _check_months(months: tuple[int, int, int], tactic: Tactic, plan: Plan) -> None:
    for each in months:
        if not 1 <= each <= plan.months:
            raise InvalidValue(
                f"“{tactic.title}” cannot start in month {each}. "
                f"The plan has months 1 to {plan.months}."
            )
    if list(months) != sorted(months):
        earliest, likely, latest = (month_label(plan.start_month, each) for each in months)
        raise InvalidValue(
            f"“{tactic.title}” likely starts {likely}, which must lie between its earliest month "
            f"{earliest} and its latest month {latest}."
        )


def _start(start: Start, tactic: Tactic) -> Start | None:
    """Return a start as it is kept; None where it is the board's."""
    low, likely, high = three(start)
    if (low, likely, high) == three(tactic.begin):
        return None
    return likely if low == high else (low, likely, high)


def _with_row(left: tuple[str, ...], tactic_id: str, is_in: bool) -> tuple[str, ...]:
    others = {each for each in left if each != tactic_id}
    return tuple(sorted(others if is_in else others | {tactic_id}))


def _row(rows: Mapping[str, Value], tactic_id: str, value: Value | None) -> dict[str, Value]:
    others = {each: kept for each, kept in rows.items() if each != tactic_id}
    return others if value is None else others | {tactic_id: value}


def start_in_words(start: Start, name: Callable[[int], str]) -> str:
    """Return a start month as people read it: April, or April (March to June).

    `name` says what a month of the plan is called.
    """
    low, likely, high = three(start)
    return name(likely) if low == high else f"{name(likely)} ({name(low)} to {name(high)})"
