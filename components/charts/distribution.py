"""How likely each value of an assumption is: its own range in front of the shipped one."""

from collections.abc import Callable, Sequence
from math import exp, lgamma, log
from typing import Any, Literal

import altair as alt
import numpy as np

from components.charts.geometry import nice_ticks
from components.charts.marks import DASH, Width, chart_config, rows_of
from components.charts.rows import ends_of
from components.palette import Palette
from simulation.defaults import Range
from simulation.pert import pert

Say = Callable[[float], str]
POINTS = 80
MARKS = (0.1, 0.5, 0.9)
HEIGHT, TOP, BOTTOM, SIDE, LINE = 96, 20, 22, 30, 14
NARROW, LETTER = 240, 7  # pixels: the plot on a phone, and a letter over it


def density(spread: Range) -> list[tuple[float, float]]:
    """Return values of a PERT range with their probability density, from low to high.

    Empty for a fixed number, which has none.
    """
    if spread.is_fixed:
        return []
    width = spread.high - spread.low
    alpha = 1 + 4 * (spread.mode - spread.low) / width
    beta = 1 + 4 * (spread.high - spread.mode) / width
    scale = lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) - log(width)
    found = []
    for step in range(POINTS + 1):
        # The ends are told from just inside: there the logarithm is finite.
        share = min(max(step / POINTS, 1e-9), 1 - 1e-9)
        height = exp(scale + (alpha - 1) * log(share) + (beta - 1) * log(1 - share))
        found.append((spread.low + width * step / POINTS, height))
    return found


def marks(spread: Range) -> tuple[float, float, float]:
    """Return the values with 1 in 10, half and 9 in 10 futures below."""
    low, middle, high = (float(value) for value in pert(spread, np.array(MARKS)))
    return low, middle, high


def distribution_chart(
    used: Range, shipped: Range, *, palette: Palette, say: Say, width: Width = "container"
) -> alt.LayerChart:
    """Return the density of a range in teal with its 10-50-90 marks, the shipped one in grey.

    `say` writes a value. A fixed number is one upright line.
    """
    ends = ends_of([used.low, shipped.low, used.high, shipped.high])
    ticks = [tick for tick in nice_ticks(*ends, 5) if ends[0] <= tick <= ends[1]]
    tallest = max((height for each in (used, shipped) for _, height in density(each)), default=1)
    layers = [_axis(ticks, ends, palette, say)]
    if shipped != used:
        layers += _shape(shipped, ends, tallest, palette.grey_band, palette.grey, dash=True)
    layers += _shape(used, ends, tallest, palette.teal_band, palette.teal)
    raised = LINE if _is_crowded(used, ends, say) else 0
    layers += _marked(used, ends, palette, say, raised)
    chart = alt.layer(*layers).properties(
        width=width,
        height=HEIGHT + TOP + raised + BOTTOM,
        padding={"left": SIDE, "right": SIDE, "top": TOP + raised, "bottom": BOTTOM},
        autosize=alt.AutoSizeParams(type="none", contains="padding"),
    )
    drawn: alt.LayerChart = chart.configure(**chart_config(palette))
    return drawn


def _x(ends: Sequence[float], field: str = "value") -> alt.X:
    scale = alt.Scale(domain=list(ends), nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def _y(field: str = "height") -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None, stack=None)


def _axis(ticks: Sequence[float], ends: Sequence[float], palette: Palette, say: Say) -> alt.Chart:
    data = [{"value": tick, "text": say(tick)} for tick in ticks]
    words = alt.Chart(rows_of(data)).mark_text(baseline="top", dy=6, color=palette.text3)
    drawn: alt.Chart = words.encode(x=_x(ends), y=alt.value("height"), text="text:N")
    return drawn


def _shape(
    spread: Range,
    ends: Sequence[float],
    tallest: float,
    fill: str,
    line: str,
    *,
    dash: bool = False,
) -> list[alt.Chart]:
    rows = [{"value": value, "height": height / tallest} for value, height in density(spread)]
    if not rows:
        rule = alt.Chart(rows_of([{"value": spread.mode}])).mark_rule(color=line, strokeWidth=2)
        return [rule.encode(x=_x(ends))]
    style: dict[str, Any] = {"strokeDash": list(DASH)} if dash else {}
    base = alt.Chart(rows_of(rows))
    return [
        base.mark_area(color=fill, opacity=0.75).encode(x=_x(ends), y=_y()),
        base.mark_line(color=line, strokeWidth=1.5, **style).encode(x=_x(ends), y=_y()),
    ]


def _is_crowded(spread: Range, ends: Sequence[float], say: Say) -> bool:
    """Say whether the middle value would run into the outer ones in the narrowest window."""
    if spread.is_fixed:
        return False
    low, middle, high = marks(spread)
    gap = min(middle - low, high - middle) / (ends[1] - ends[0]) * NARROW
    return gap < LETTER * (len(say(middle)) / 2 + 1)


def _marked(
    spread: Range, ends: Sequence[float], palette: Palette, say: Say, raised: int
) -> list[alt.Chart]:
    """Return uprights at the three marks, with their values above the plot.

    The middle value stands `raised` pixels above the others.
    """
    if spread.is_fixed:
        return _mark_words([(spread.mode, "center")], ends, palette, say)
    low, middle, high = marks(spread)
    rules = alt.Chart(rows_of([{"value": each} for each in (low, middle, high)]))
    return [
        rules.mark_rule(color=palette.text, strokeWidth=1).encode(x=_x(ends)),
        *_mark_words([(low, "right"), (high, "left")], ends, palette, say),
        *_mark_words([(middle, "center")], ends, palette, say, raised),
    ]


Align = Literal["left", "center", "right"]


def _mark_words(
    places: Sequence[tuple[float, Align]],
    ends: Sequence[float],
    palette: Palette,
    say: Say,
    raised: int = 0,
) -> list[alt.Chart]:
    """Return the values above their marks, the outer ones outwards so that none meet."""
    return [
        alt.Chart(rows_of([{"value": value, "text": say(value)}]))
        .mark_text(align=align, baseline="bottom", color=palette.teal_text, fontWeight=600)
        .encode(x=_x(ends), y=alt.value(-4 - raised), text="text:N")
        for value, align in places
    ]


def distribution_words(spread: Range, say: Say) -> str:
    """Return the three marks of a range, or its one value, as a sentence."""
    if spread.is_fixed:
        return f"{say(spread.mode)} in every future."
    low, middle, high = (say(value) for value in marks(spread))
    return f"1 in 10 futures lie below {low}, half below {middle}, 9 in 10 below {high}."


def distribution_alt(used: Range, shipped: Range, say: Say) -> str:
    """Return what the picture shows, and how the shipped range differs."""
    said = distribution_words(used, say)
    if used == shipped:
        return f"{said} This is the shipped range."
    return f"{said} Shipped: {distribution_words(shipped, say)}"
