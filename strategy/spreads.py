"""A number that may be a range, low, likely and high: read, moved and said."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from simulation.inputs import read_range
from strategy.model import Spread

One = TypeVar("One", int, float)


def read_spread(field: str, raw: Any, bounds: tuple[float, float]) -> Spread:
    """Return a number, or low, likely and high where they are not the same.

    Raises
    ------
    InputError
        If one is out of bounds or the likely value outside its range.
    """
    spread = read_range(field, raw, bounds)
    return spread.mode if spread.is_fixed else (spread.low, spread.mode, spread.high)


def three(value: One | tuple[One, One, One]) -> tuple[One, One, One]:
    """Return low, likely and high; one number stands for all three."""
    return value if isinstance(value, tuple) else (value, value, value)


def likely(value: float | Sequence[float]) -> float:
    """Return the likely value, of a list as the engine reads it too."""
    return value[1] if isinstance(value, Sequence) else value


def likely_of(shares: Mapping[str, float | Sequence[float]]) -> dict[str, float]:
    """Return the likely value of each share."""
    return {name: likely(value) for name, value in shares.items()}


def listed(value: Any) -> Any:
    """Return a value as it is stored and as the engine reads it."""
    return list(value) if isinstance(value, tuple) else value


def share_to(value: Spread | None, wanted: float) -> Spread:
    """Return a share whose likely value is another; a range moves with it, inside 0 to 1."""
    if not isinstance(value, tuple):
        return wanted
    low, before, high = value
    least, most = (each + wanted - before for each in (low, high))
    low, high = min(max(least, 0.0), wanted), max(min(most, 1.0), wanted)
    return wanted if low == high else (low, wanted, high)


def share_in_words(value: Spread) -> str:
    """Return a share as people read it: 60%, or 60% (40% to 80%)."""
    low, mode, high = three(value)
    return f"{mode:.0%}" if low == high else f"{mode:.0%} ({low:.0%} to {high:.0%})"
