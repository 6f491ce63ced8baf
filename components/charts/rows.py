"""The frame of charts that are lists: a line of words over each row's marks."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from components.charts.marks import Width, chart_config, rows_of
from components.palette import Palette

ROW, WORDS = 42, 9  # height of a row, and middle of its words
BAR_TOP, BAR_MIDDLE, BAR_END = 19, 26, 33


def y_pixel(rows: int, field: str = "y") -> alt.Y:
    """Return a vertical position given in pixels below the top of the first row."""
    height = ROW * rows
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)


def x_value(ends: Sequence[float], field: str) -> alt.X:
    """Return a horizontal position between two values."""
    scale = alt.Scale(domain=list(ends), nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def ends_of(values: Sequence[float]) -> tuple[float, float]:
    """Return lowest and highest value, apart even where all are equal."""
    low, high = min(values), max(values)
    return (low, high) if high > low else (low, low + (abs(low) or 1.0))


def row_words(labels: Sequence[str], palette: Palette, left: float, right: float) -> alt.Chart:
    """Return each row's name above its marks, from the left edge, cut where the chart ends."""
    data = rows_of([{"label": text, "y": ROW * at + WORDS} for at, text in enumerate(labels)])
    text = alt.Chart(data).mark_text(
        align="left", color=palette.text, limit=alt.ExprRef(f"width + {left + right:.0f}")
    )
    drawn: alt.Chart = text.encode(x=alt.value(-left), y=y_pixel(len(labels)), text="label:N")
    return drawn


def upright(ends: Sequence[float], value: float, rows: int, color: str) -> alt.Chart:
    """Return a rule at a value beside the marks of each row; words stay free of it."""
    data = [
        {"value": value, "y": ROW * row + BAR_TOP - 3, "y2": ROW * row + BAR_END + 3}
        for row in range(rows)
    ]
    rule = alt.Chart(rows_of(data)).mark_rule(color=color)
    drawn: alt.Chart = rule.encode(x=x_value(ends, "value"), y=y_pixel(rows), y2="y2:Q")
    return drawn


def beside(
    places: Sequence[dict[str, Any]],
    ends: Sequence[float],
    palette: Palette,
    align: Literal["left", "right"],
    rows: int,
) -> list[alt.Chart]:
    """Return words beside the ends of bars, with a halo so that rules never cut them.

    A place has "value", "y" and "text".
    """
    style: dict[str, Any] = {"align": align, "dx": 6 if align == "left" else -6}
    base = alt.Chart(rows_of(places))
    where = {"x": x_value(ends, "value"), "y": y_pixel(rows), "text": alt.Text("text:N")}
    halo = base.mark_text(
        **style, color=palette.bg, stroke=palette.bg, strokeWidth=4, strokeJoin="round"
    )
    return [halo.encode(**where), base.mark_text(**style, color=palette.text2).encode(**where)]


def finish_rows(
    layers: Sequence[alt.Chart],
    palette: Palette,
    width: Width,
    *,
    rows: int,
    left: float,
    right: float,
    top: float = 2,
) -> alt.LayerChart:
    """Return the layers as one chart as high as its rows."""
    chart = alt.layer(*layers).properties(
        width=width,
        height=ROW * rows + top + 2,
        padding={"left": left, "right": right, "top": top, "bottom": 2},
        autosize=alt.AutoSizeParams(type="none", contains="padding"),
    )
    drawn: alt.LayerChart = chart.configure(**chart_config(palette))
    return drawn
