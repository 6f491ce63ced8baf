"""Amounts as a list of bars from zero, a name above each and its value at the end."""

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

import altair as alt

from components.charts.geometry import text_width
from components.charts.marks import Width, rows_of
from components.charts.rows import (
    BAR_END,
    BAR_MIDDLE,
    BAR_TOP,
    ROW,
    beside,
    ends_of,
    finish_rows,
    row_words,
    upright,
    x_value,
    y_pixel,
)
from components.palette import Palette

Role = Literal["gain", "loss", "cost", "total"]


class Item(TypedDict):
    """One bar: its name, value, the value in words, its role and what the pointer is told.

    `ring` is a second value shown beside it, or None.
    """

    label: str
    value: float
    text: str
    role: Role
    tip: str
    ring: float | None


def bar_list(
    items: Sequence[Item], *, palette: Palette, width: Width = "container"
) -> alt.LayerChart:
    """Return the items as bars in the order given."""
    rings = [item["ring"] for item in items if item["ring"] is not None]
    ends = ends_of([0.0, *(item["value"] for item in items), *rings])
    right = max((text_width(item["text"]) for item in items), default=0.0) + 12
    left = right if ends[0] < 0 or any(map(_stands_left, items)) else 2.0
    rows = len(items)
    layers = [
        *_bars(items, ends, palette),
        upright(ends, 0.0, rows, palette.text),
        *_rings(items, ends, palette),
        row_words([item["label"] for item in items], palette, left, right),
        *beside(_places(items, is_left=False), ends, palette, "left", rows),
        *beside(_places(items, is_left=True), ends, palette, "right", rows),
    ]
    return finish_rows(layers, palette, width, rows=rows, left=left, right=right)


def _places(items: Sequence[Item], *, is_left: bool) -> list[dict[str, Any]]:
    """Return where the words left or right of bars go: at a bar's end, else at zero."""
    return [
        {
            "value": 0.0 if _is_led(item) else item["value"],
            "text": item["text"],
            "y": ROW * row + BAR_MIDDLE,
        }
        for row, item in enumerate(items)
        if _stands_left(item) == is_left
    ]


def _stands_left(item: Item) -> bool:
    return (item["value"] < 0) != _is_led(item)


def _is_led(item: Item) -> bool:
    """Say whether the ring lies beyond the bar's end, where words would be read as the ring's.

    They then stand on the other side of zero.
    """
    ring = item["value"] if item["ring"] is None else item["ring"]
    return ring < item["value"] if item["value"] < 0 else ring > item["value"]


def _bars(items: Sequence[Item], ends: Sequence[float], palette: Palette) -> list[alt.Chart]:
    colors = {
        "gain": palette.teal,
        "loss": palette.brick,
        "cost": palette.stone,
        "total": palette.text,
    }
    data = rows_of(
        [
            {
                "zero": 0.0,
                "value": item["value"],
                "y": ROW * row + BAR_TOP,
                "y2": ROW * row + BAR_END,
                "color": colors[item["role"]],
                "tip": item["tip"],
            }
            for row, item in enumerate(items)
        ]
    )
    return [
        alt.Chart(data)
        .mark_rect()
        .encode(
            x=x_value(ends, "zero"),
            x2="value:Q",
            y=y_pixel(len(items)),
            y2="y2:Q",
            color=alt.Color("color:N", scale=None),
            tooltip="tip:N",
        )
    ]


def _rings(items: Sequence[Item], ends: Sequence[float], palette: Palette) -> list[alt.Chart]:
    data = rows_of(
        [
            {"value": item["ring"], "y": ROW * row + BAR_MIDDLE, "tip": item["tip"]}
            for row, item in enumerate(items)
            if item["ring"] is not None
        ]
    )
    ring = alt.Chart(data).mark_point(
        shape="circle", size=60, filled=True, fill=palette.bg, stroke=palette.text, opacity=1
    )
    return [ring.encode(x=x_value(ends, "value"), y=y_pixel(len(items)), tooltip="tip:N")]


def bar_list_alt(items: Sequence[Item]) -> str:
    """Return every bar in words."""
    return " ".join(f"{item['label']}: {item['text']}." for item in items)
