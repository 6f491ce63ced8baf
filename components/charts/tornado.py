"""The assumptions that decide an outcome, as bars around the outcome as drawn."""

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

import altair as alt
import pandas as pd

from components.assumption_values import followed_by
from components.charts.geometry import text_width
from components.charts.marks import Width, rows_of
from components.charts.measure import Measure, measured
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

PICKED = "picked"
TOP = 22


class Swing(TypedDict):
    """One assumption: two values of it in words, and the outcome at each.

    `unit` is what the values' unit says beyond their sign; `correlation` is a rank correlation,
    -1 to 1, or None.
    """

    key: str
    label: str
    unit: str
    low_value: str
    high_value: str
    low: float
    high: float
    correlation: float | None


def tornado_chart(
    swings: Sequence[Swing],
    middle: float,
    *,
    palette: Palette,
    measure: Measure,
    currency: str = "$",
    width: Width = "container",
) -> alt.LayerChart:
    """Return a bar a row from the outcome at the low value (faint) to that at the high (strong).

    A click on a row selects its `key` under the name `PICKED`, in the field "key".
    """
    ends = ends_of([middle, *(end for swing in swings for end in (swing["low"], swing["high"]))])
    before, after = _end_words(swings, measure, currency)
    left, right = (
        max((text_width(each["text"]) for each in words), default=0.0) + 12
        for words in (before, after)
    )
    rows = len(swings)
    layers = [
        *_bars(swings, middle, ends, palette),
        upright(ends, middle, rows, palette.text),
        row_words([row_label(swing) for swing in swings], palette, left, right),
        *beside(before, ends, palette, "right", rows),
        *beside(after, ends, palette, "left", rows),
        _middle_word(ends, middle, palette, measure, currency),
        _touch(swings, rows, left, right, measure, currency),
    ]
    return finish_rows(layers, palette, width, rows=rows, left=left, right=right, top=TOP)


def _end_words(
    swings: Sequence[Swing], measure: Measure, currency: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the words at the left ends of the bars, and those at the right ends."""
    before: list[dict[str, Any]] = []
    after: list[dict[str, Any]] = []
    for row, swing in enumerate(swings):
        pair = [
            {
                "value": end,
                "text": f"{value}: {measured(end, measure, currency)}",
                "y": ROW * row + BAR_MIDDLE,
            }
            for value, end in _pairs(swing)
        ]
        is_reversed = swing["low"] > swing["high"]
        before.append(pair[is_reversed])
        after.append(pair[not is_reversed])
    return before, after


def _pairs(swing: Swing) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return the low and the high value in words, each with the outcome there."""
    return (swing["low_value"], swing["low"]), (swing["high_value"], swing["high"])


def _bars(
    swings: Sequence[Swing], middle: float, ends: Sequence[float], palette: Palette
) -> list[alt.Chart]:
    """Return both halves of each bar, the longer first, so that the shorter stays visible."""
    halves: list[dict[str, Any]] = [
        {
            "from": middle,
            "to": end,
            "y": ROW * row + BAR_TOP,
            "y2": ROW * row + BAR_END,
            "color": color,
            "length": abs(end - middle),
        }
        for row, swing in enumerate(swings)
        for end, color in ((swing["low"], palette.teal_mid), (swing["high"], palette.teal))
    ]
    halves.sort(key=lambda half: -half["length"])
    bar = alt.Chart(rows_of(halves)).mark_rect(stroke=palette.bg, strokeWidth=0.5)
    return [
        bar.encode(
            x=x_value(ends, "from"),
            x2="to:Q",
            y=y_pixel(len(swings)),
            y2="y2:Q",
            color=alt.Color("color:N", scale=None),
        )
    ]


def _middle_word(
    ends: Sequence[float], middle: float, palette: Palette, measure: Measure, currency: str
) -> alt.Chart:
    said = f"as drawn {measured(middle, measure, currency)}"
    share = (middle - ends[0]) / (ends[1] - ends[0])
    align: Literal["left", "center", "right"] = (
        "left" if share < 0.3 else "right" if share > 0.7 else "center"
    )
    text = alt.Chart(rows_of([{"value": middle, "text": said}])).mark_text(
        align=align, color=palette.text, fontWeight=600
    )
    drawn: alt.Chart = text.encode(x=x_value(ends, "value"), y=alt.value(-10), text="text:N")
    return drawn


def _touch(
    swings: Sequence[Swing], rows: int, left: float, right: float, measure: Measure, currency: str
) -> alt.Chart:
    """Return invisible rows that tell their numbers in words and can be clicked."""
    data = [
        {
            "key": swing["key"],
            "tip": f"{swing['label']}. {swing_words(swing, measure, currency)}",
            "y": ROW * row,
            "y2": ROW * (row + 1),
        }
        for row, swing in enumerate(swings)
    ]
    picked = alt.selection_point(name=PICKED, fields=["key"], on="click", empty=False)
    area = alt.Chart(rows_of(data), name="rows").mark_rect(opacity=0, cursor="pointer")
    drawn: alt.Chart = area.encode(
        x=alt.value(-left),
        x2=alt.value(alt.ExprRef(f"width + {right:.0f}")),
        y=y_pixel(rows),
        y2="y2:Q",
        tooltip="tip:N",
    ).add_params(picked)
    return drawn


def row_label(swing: Swing) -> str:
    """Return an assumption's name with its unit, where the values do not say it."""
    return f"{swing['label']} ({swing['unit']})" if swing["unit"] else swing["label"]


def swing_words(swing: Swing, measure: Measure, currency: str = "$") -> str:
    """Return "If 0.13% for each 1%: $0.9M. If 0.51% for each 1%: $2.1M"."""
    return " ".join(
        f"If {followed_by(value, swing['unit'])}: {measured(end, measure, currency)}."
        for value, end in _pairs(swing)
    )


def tornado_alt(
    swings: Sequence[Swing],
    middle: float,
    *,
    label: str,
    measure: Measure,
    currency: str = "$",
    named: int = 3,
) -> str:
    """Return the outcome as drawn and the widest bars as sentences."""
    said = [f"{label} as drawn: {measured(middle, measure, currency)}."]
    said += [f"{each['label']}: {swing_words(each, measure, currency)}" for each in swings[:named]]
    rest = len(swings) - named
    return " ".join([*said, f"{rest} more in the table."] if rest > 0 else said)


def tornado_table(
    swings: Sequence[Swing], *, measure: Measure, currency: str = "$"
) -> pd.DataFrame:
    """Return one row an assumption: both values, both results, the swing and the correlation."""
    return pd.DataFrame(
        [
            (
                each["label"],
                each["unit"],
                each["low_value"],
                measured(each["low"], measure, currency),
                each["high_value"],
                measured(each["high"], measure, currency),
                abs(each["high"] - each["low"]),
                each["correlation"],
            )
            for each in swings
        ],
        columns=[
            "Assumption",
            "Unit",
            "Low (1 in 10 below)",
            "Outcome at low",
            "High (9 in 10 below)",
            "Outcome at high",
            f"Distance ({currency if measure == 'money' else 'share of futures'})",
            "Rank correlation",
        ],
    )
