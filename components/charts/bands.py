"""The input of every chart over time: percentiles by month, checked once."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from components.numbers import Unit, format_range, format_value
from strategy.calendar import month_label

Bands = Mapping[str, Sequence[float]]
Comparison = Literal[">=", "<="]
Row = dict[str, float | int | str | bool | None]

PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
HEADINGS = {
    "p10": "1 in 10 below",
    "p25": "1 in 4 below",
    "p50": "Middle",
    "p75": "3 in 4 below",
    "p90": "9 in 10 below",
}
MAX_MONTHS = 120


def check_bands(bands: Bands) -> int:
    """Return how many months the bands hold.

    Raises
    ------
    ValueError
        If p10, p50 or p90 is missing, lengths differ, or there is no month or more than 120.
    """
    missing = [name for name in ("p10", "p50", "p90") if name not in bands]
    if missing:
        raise ValueError(f"bands lack {', '.join(missing)}")
    lengths = {len(bands[name]) for name in PERCENTILES if name in bands}
    if len(lengths) != 1:
        raise ValueError(f"bands have different lengths: {sorted(lengths)}")
    months = lengths.pop()
    if not 1 <= months <= MAX_MONTHS:
        raise ValueError(f"bands hold {months} months, between 1 and {MAX_MONTHS} can be drawn")
    return months


def shades(bands: Bands) -> list[tuple[str, str, float]]:
    """Return the bands to draw, 80% first: both ends, and how opaque the colour between is."""
    has_inner = "p25" in bands and "p75" in bands
    return [("p10", "p90", 0.2), *([("p25", "p75", 0.3)] if has_inner else [])]


def finite(values: Iterable[float | None]) -> list[float]:
    """Return the values that are numbers, as plain floats."""
    return [float(value) for value in values if value is not None and math.isfinite(value)]


def number(value: float | None) -> float | None:
    """Return a plain float, or None where JSON could not carry the value."""
    return float(value) if value is not None and math.isfinite(value) else None


def middle_of(baseline: Bands | Sequence[float] | None) -> Sequence[float] | None:
    """Return the middle line of a baseline given as bands or as one line."""
    return baseline["p50"] if isinstance(baseline, Mapping) else baseline


def band_rows(bands: Bands, *, unit: Unit, currency: str, start_month: str) -> list[Row]:
    """Return one row a month with its percentiles and a tooltip in words; month 1 is first."""
    rows: list[Row] = []
    for at in range(check_bands(bands)):
        row: Row = {name: number(bands[name][at]) for name in PERCENTILES if name in bands}
        row["month"] = at + 1
        row["tip"] = month_tip(bands, at, unit=unit, currency=currency, start_month=start_month)
        rows.append(row)
    return rows


def month_tip(bands: Bands, at: int, *, unit: Unit, currency: str, start_month: str) -> str:
    """Return "Sep 2027: middle $5.1M. 80 of 100 between $4.7M and $5.5M"."""
    span = format_range(bands["p10"][at], bands["p90"][at], unit, currency)
    return (
        f"{month_label(start_month, at + 1)}: middle "
        f"{format_value(bands['p50'][at], unit, currency)}. "
        f"80 of 100 between {span.replace(' to ', ' and ')}"
    )


def is_met(value: float, target: float, comparison: Comparison) -> bool:
    """Say whether a value reaches the target."""
    return value >= target if comparison == ">=" else value <= target
