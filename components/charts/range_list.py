"""Shares as a list: a name above each, a dot for the middle future and its 80% range."""

from collections.abc import Sequence
from typing import TypedDict

import altair as alt

from components.charts.geometry import text_width
from components.charts.marks import Width, rows_of
from components.charts.rows import (
    BAR_MIDDLE,
    ROW,
    beside,
    finish_rows,
    row_words,
    upright,
    x_value,
    y_pixel,
)
from components.palette import Palette

WHOLE = (0.0, 1.0)


class Spread(TypedDict):
    """One row: its name, a share's 80% range and middle, in words too, and the tooltip."""

    label: str
    low: float
    middle: float
    high: float
    text: str
    tip: str


def range_list(
    items: Sequence[Spread], *, palette: Palette, width: Width = "container"
) -> alt.LayerChart:
    """Return the items in the order given, on one scale from nothing to all."""
    rows = len(items)
    right = max((text_width(item["text"]) for item in items), default=0.0) + 12
    data = rows_of(
        [
            {
                "low": item["low"],
                "middle": item["middle"],
                "high": item["high"],
                "zero": 0.0,
                "all": 1.0,
                "y": ROW * row + BAR_MIDDLE,
                "tip": item["tip"],
            }
            for row, item in enumerate(items)
        ]
    )
    places = [
        {"value": 1.0, "text": item["text"], "y": ROW * row + BAR_MIDDLE}
        for row, item in enumerate(items)
    ]
    base, y = alt.Chart(data), y_pixel(rows)
    layers = [
        base.mark_rule(color=palette.grey_band, strokeWidth=6).encode(
            x=x_value(WHOLE, "zero"), x2="all:Q", y=y, tooltip="tip:N"
        ),
        upright(WHOLE, 0.0, rows, palette.text),
        base.mark_rule(color=palette.teal_mid, strokeWidth=6, strokeCap="round").encode(
            x=x_value(WHOLE, "low"), x2="high:Q", y=y, tooltip="tip:N"
        ),
        base.mark_point(
            size=80,
            filled=True,
            fill=palette.teal,
            stroke=palette.bg,
            strokeWidth=1.4,
            opacity=1,
        ).encode(x=x_value(WHOLE, "middle"), y=y, tooltip="tip:N"),
        row_words([item["label"] for item in items], palette, 8.0, right),
        *beside(places, WHOLE, palette, "left", rows),
    ]
    return finish_rows(layers, palette, width, rows=rows, left=8.0, right=right)


def range_list_alt(items: Sequence[Spread]) -> str:
    """Return every row in words."""
    return " ".join(f"{item['label']}: {item['text']}." for item in items)
