"""Checks of single input values, each refusing with field, value and bound."""

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any


class InputError(ValueError):
    """An input is outside what the model accepts; the message is one line.

    Attributes
    ----------
    field : dotted name of the field
    value : what was wrong with it
    bound : what is accepted
    limits : the number that was given, the smallest and the largest accepted, or None
    """

    def __init__(
        self,
        field: str,
        value: str,
        bound: str,
        limits: tuple[float, float, float] | None = None,
    ) -> None:
        """Say what is wrong with a field, as a half sentence each."""
        super().__init__(f"{field} {value}; it must be {bound}")
        self.field, self.value, self.bound, self.limits = field, value, bound, limits


def _shown(raw: Any) -> str:
    shown = repr(raw)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def object_of(field: str, raw: Any) -> dict[str, Any]:
    """Return `raw` if it is an object with text keys; raise InputError otherwise."""
    if not isinstance(raw, Mapping) or not all(isinstance(key, str) for key in raw):
        raise InputError(field, f"is {_shown(raw)}", "an object")
    return dict(raw)


def reject_unknown(field: str, raw: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise InputError at the first key of `raw` that is not `known`."""
    for key in raw:
        if key not in known:
            raise InputError(f"{field}.{_shown(key)[1:-1]}", "is unknown", ", ".join(known))


def number(field: str, raw: Any, low: float, high: float) -> float:
    """Return `raw` as a finite number from `low` to `high`; raise InputError otherwise."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise InputError(field, f"is {_shown(raw)}", _between(low, high))
    try:
        value = float(raw)
    except OverflowError:
        raise InputError(field, "is too large", _between(low, high)) from None
    if not math.isfinite(value) or not low <= value <= high:
        raise InputError(field, f"is {value:g}", _between(low, high), (value, low, high))
    return value


def _between(low: float, high: float) -> str:
    return f"a number from {low:g} to {high:g}"


def whole(field: str, raw: Any, low: int, high: int) -> int:
    """Return `raw` as a whole number from `low` to `high`; raise InputError otherwise."""
    value = number(field, raw, low, high)
    if value != int(value):
        raise InputError(field, f"is {value:g}", f"a whole number from {low} to {high}")
    return int(value)


def text(field: str, raw: Any) -> str:
    """Return `raw` if it is text of 1 to 200 characters; raise InputError otherwise."""
    if not isinstance(raw, str) or not 1 <= len(raw.strip()) <= 200:
        raise InputError(field, f"is {_shown(raw)}", "text of 1 to 200 characters")
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(field, f"is {_shown(raw)}", "text that can be written") from None
    return raw


def choice(field: str, raw: Any, options: Iterable[str]) -> str:
    """Return `raw` if it is one of `options`; raise InputError otherwise."""
    if not isinstance(raw, str) or raw not in options:
        raise InputError(field, f"is {_shown(raw)}", "one of " + ", ".join(options))
    return raw


def shares(field: str, raw: Mapping[str, Any], rows: Collection[str]) -> dict[str, float]:
    """Return shares of exactly `rows`, each 0 to 1, that sum to 1 within 1e-6.

    They are scaled to sum to 1 exactly. Raises InputError otherwise.
    """
    reject_unknown(field, raw, rows)
    checked = {row: number(f"{field}.{row}", raw[row], 0, 1) for row in rows}
    total = sum(checked.values())
    if abs(total - 1) > 1e-6:
        raise InputError(field, f"sums to {total:.6g}", "shares that sum to 1")
    return {row: share / total for row, share in checked.items()}
