"""A sum as a waterfall: each part starts where the last one ended, totals stand on zero."""

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

Role = Literal[
    "total",
    "gain",
    "cost",
    "loss",
    "unaligned",
    "selling",
    "account",
    "coaching",
    "blocked",
    "idle",
]


class Part(TypedDict):
    """One row: how far it moves the sum, in words too, its role and what the pointer is told.

    The amount of a "total" is the sum so far; its bar stands on zero.
    """

    label: str
    amount: float
    text: str
    role: Role
    tip: str


def spans(parts: Sequence[Part]) -> list[tuple[float, float]]:
    """Return where each bar starts and ends; after a total the next one starts at its end."""
    found, so_far = [], 0.0
    for part in parts:
        start = 0.0 if part["role"] == "total" else so_far
        so_far = start + part["amount"]
        found.append((start, so_far))
    return found


def waterfall_chart(
    parts: Sequence[Part], *, palette: Palette, width: Width = "container"
) -> alt.LayerChart:
    """Return the parts as bars, in the order given, with the zero line in ink."""
    found = spans(parts)
    ends = ends_of([0.0, *(end for span in found for end in span)])
    right = max((text_width(part["text"]) for part in parts), default=0.0) + 12
    places: list[dict[str, Any]] = [
        {"value": max(span), "text": part["text"], "y": ROW * row + BAR_MIDDLE}
        for row, (part, span) in enumerate(zip(parts, found, strict=True))
    ]
    rows = len(parts)
    layers = [
        _bars(parts, found, ends, palette),
        upright(ends, 0.0, rows, palette.text),
        row_words([part["label"] for part in parts], palette, 2.0, right),
        *beside(places, ends, palette, "left", rows),
        _touch(parts, right),
    ]
    return finish_rows(layers, palette, width, rows=rows, left=2.0, right=right)


def role_colour(role: Role, palette: Palette) -> str:
    """Return the colour of a bar."""
    return {
        "total": palette.text,
        "gain": palette.teal,
        "cost": palette.grey,
        "loss": palette.brick,
        "unaligned": palette.stone,
        "selling": palette.teal,
        "account": palette.deep,
        "coaching": palette.blue,
        "blocked": palette.brick,
        "idle": palette.stone,
    }[role]


def _bars(
    parts: Sequence[Part],
    found: Sequence[tuple[float, float]],
    ends: Sequence[float],
    palette: Palette,
) -> alt.Chart:
    data = [
        {
            "from": start,
            "to": end,
            "y": ROW * row + BAR_TOP,
            "y2": ROW * row + BAR_END,
            "color": role_colour(part["role"], palette),
        }
        for row, (part, (start, end)) in enumerate(zip(parts, found, strict=True))
    ]
    drawn: alt.Chart = (
        alt.Chart(rows_of(data))
        .mark_rect()
        .encode(
            x=x_value(ends, "from"),
            x2="to:Q",
            y=y_pixel(len(parts)),
            y2="y2:Q",
            color=alt.Color("color:N", scale=None),
        )
    )
    return drawn


def _touch(parts: Sequence[Part], right: float) -> alt.Chart:
    """Return invisible rows that tell what each part is."""
    data = [
        {"tip": part["tip"], "y": ROW * row, "y2": ROW * (row + 1)}
        for row, part in enumerate(parts)
    ]
    area = alt.Chart(rows_of(data)).mark_rect(opacity=0)
    drawn: alt.Chart = area.encode(
        x=alt.value(-2),
        x2=alt.value(alt.ExprRef(f"width + {right:.0f}")),
        y=y_pixel(len(parts)),
        y2="y2:Q",
        tooltip="tip:N",
    )
    return drawn


def waterfall_alt(parts: Sequence[Part]) -> str:
    """Return every part in words, in order."""
    return " ".join(f"{part['label']}: {part['text']}." for part in parts)
