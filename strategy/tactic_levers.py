"""One tactic of the board as a scenario has it: in or out, its start month and its adoption."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Adoption, Plan, Tactic

Value = TypeVar("Value", int, Adoption)
SAME = 1e-9  # adoption in percent and back


def with_tactic(
    levers: Levers, tactic: Tactic, plan: Plan, *, start: int, adoption: Adoption, is_in: bool
) -> Levers:
    """Return levers in which a tactic starts and is adopted so, or is left out.

    What equals the tactic on the board follows the board from then on.

    Parameters
    ----------
    start : month of the plan, from 1
    adoption : share of people who will use it, 0 to 1; one number, or low, likely and high

    Raises
    ------
    InvalidValue
        If one is out of bounds or the likely value outside its range; names the tactic.
    """
    if not 1 <= start <= plan.months:
        raise InvalidValue(
            f"“{tactic.title}” cannot start in month {start}. "
            f"The plan has months 1 to {plan.months}."
        )
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
        starts=_row(levers.starts, tactic.id, None if start == tactic.start else start),
        adoption=_row(levers.adoption, tactic.id, None if is_same else value),
    )


def _with_row(left: tuple[str, ...], tactic_id: str, is_in: bool) -> tuple[str, ...]:
    others = {each for each in left if each != tactic_id}
    return tuple(sorted(others if is_in else others | {tactic_id}))


def _row(rows: Mapping[str, Value], tactic_id: str, value: Value | None) -> dict[str, Value]:
    others = {each: kept for each, kept in rows.items() if each != tactic_id}
    return others if value is None else others | {tactic_id: value}


def three(adoption: Adoption) -> tuple[float, float, float]:
    """Return low, likely and high; one number stands for all three."""
    return adoption if isinstance(adoption, tuple) else (adoption, adoption, adoption)


def adoption_in_words(adoption: Adoption) -> str:
    """Return an adoption as people read it: 60%, or 60% (40% to 80%)."""
    low, likely, high = three(adoption)
    return f"{likely:.0%}" if low == high else f"{likely:.0%} ({low:.0%} to {high:.0%})"
