"""One tactic of the board as a scenario has it: in or out, its start month and its adoption."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Plan, Tactic

Value = TypeVar("Value", int, float)
SAME = 1e-9  # adoption in percent and back


def with_tactic(
    levers: Levers, tactic: Tactic, plan: Plan, *, start: int, adoption: float, is_in: bool
) -> Levers:
    """Return levers in which a tactic starts and is adopted so, or is left out.

    What equals the tactic on the board follows the board from then on.

    Parameters
    ----------
    start : month of the plan, from 1
    adoption : share of people who will use it, 0 to 1

    Raises
    ------
    InvalidValue
        If one is out of bounds; names the tactic, the value and its bounds.
    """
    if not 1 <= start <= plan.months:
        raise InvalidValue(
            f"“{tactic.title}” cannot start in month {start}. "
            f"The plan has months 1 to {plan.months}."
        )
    if not 0 <= adoption <= 1:
        raise InvalidValue(
            f"Adoption of “{tactic.title}” is {100 * adoption:,.6g}%. Use a number from 0 to 100%."
        )
    is_same = abs(adoption - tactic.adoption) < SAME
    return replace(
        levers,
        without=_with_row(levers.without, tactic.id, is_in),
        starts=_row(levers.starts, tactic.id, None if start == tactic.start else start),
        adoption=_row(levers.adoption, tactic.id, None if is_same else adoption),
    )


def _with_row(left: tuple[str, ...], tactic_id: str, is_in: bool) -> tuple[str, ...]:
    others = {each for each in left if each != tactic_id}
    return tuple(sorted(others if is_in else others | {tactic_id}))


def _row(rows: Mapping[str, Value], tactic_id: str, value: Value | None) -> dict[str, Value]:
    others = {each: kept for each, kept in rows.items() if each != tactic_id}
    return others if value is None else others | {tactic_id: value}
