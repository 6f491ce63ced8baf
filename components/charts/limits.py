"""What limits a plan month by month: a row of small bars for each limit, the binding ones teal."""

from collections.abc import Sequence
from typing import TypedDict

import altair as alt
import pandas as pd

from components.charts.frame import FONT_SIZE, month_marks
from components.charts.marks import Width, chart_config, rows_of
from components.numbers import money
from components.palette import Palette
from strategy.calendar import month_label

ROW, WORDS, BAR_TOP, BAR_END = 58, 9, 20, 52
BOTTOM = 26
NARROW = 330  # month names fit a phone


class LimitRow(TypedDict):
    """One limit: its name, words on when it binds, and what 1% more is worth in each period."""

    key: str
    label: str
    note: str
    worth: Sequence[float]


def limits_chart(
    rows: Sequence[LimitRow],
    periods: Sequence[tuple[int, int]],
    binding: Sequence[str | None],
    *,
    palette: Palette,
    start_month: str,
    currency: str = "$",
    width: Width = "container",
) -> alt.LayerChart:
    """Return a strip of bars a limit on one scale; a bar is teal where its limit binds."""
    last = periods[-1][1] if periods else 1
    height = ROW * len(rows)
    layers = [
        *_words(rows, palette, height),
        *_floors(rows, last, palette, height),
        *_bars(rows, periods, binding, palette, start_month, currency, last, height),
        *_months(start_month, last, palette, height),
    ]
    chart = alt.layer(*layers).properties(
        width=width,
        height=height + BOTTOM,
        padding={"left": 2, "right": 2, "top": 0, "bottom": BOTTOM},
        autosize=alt.AutoSizeParams(type="none", contains="padding"),
    )
    drawn: alt.LayerChart = chart.configure(**chart_config(palette))
    return drawn


def _y(height: int) -> alt.Y:
    return alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)


def _x(last: int, field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=None)


def _words(rows: Sequence[LimitRow], palette: Palette, height: int) -> list[alt.Chart]:
    data = rows_of(
        [
            {"label": row["label"], "note": row["note"], "y": ROW * at + WORDS}
            for at, row in enumerate(rows)
        ]
    )
    name = alt.Chart(data).mark_text(align="left", color=palette.text, fontWeight=600)
    note = alt.Chart(data).mark_text(align="right", color=palette.text2)
    return [
        name.encode(x=alt.value(0), y=_y(height), text="label:N"),
        note.encode(x=alt.value("width"), y=_y(height), text="note:N"),
    ]


def _floors(rows: Sequence[LimitRow], last: int, palette: Palette, height: int) -> list[alt.Chart]:
    data = rows_of(
        [{"first": 0, "last": last, "y": ROW * at + BAR_END} for at, _ in enumerate(rows)]
    )
    rule = alt.Chart(data).mark_rule(color=palette.control)
    return [rule.encode(x=_x(last, "first"), x2="last:Q", y=_y(height))]


def _bars(
    rows: Sequence[LimitRow],
    periods: Sequence[tuple[int, int]],
    binding: Sequence[str | None],
    palette: Palette,
    start_month: str,
    currency: str,
    last: int,
    height: int,
) -> list[alt.Chart]:
    most = max((worth for row in rows for worth in row["worth"]), default=0.0) or 1.0
    data = [
        {
            "from": first - 1,
            "to": end,
            "y": ROW * at + BAR_END - (BAR_END - BAR_TOP) * max(worth, 0.0) / most,
            "y2": ROW * at + BAR_END,
            "color": palette.teal if bound == row["key"] else palette.stone_band,
            "tip": bar_tip(row, worth, (first, end), bound, start_month, currency),
        }
        for at, row in enumerate(rows)
        for (first, end), bound, worth in zip(periods, binding, row["worth"], strict=True)
    ]
    bar = alt.Chart(rows_of(data)).mark_rect(stroke=palette.bg, strokeWidth=1)
    return [
        bar.encode(
            x=_x(last, "from"),
            x2="to:Q",
            y=_y(height),
            y2="y2:Q",
            color=alt.Color("color:N", scale=None),
            tooltip="tip:N",
        )
    ]


def bar_tip(
    row: LimitRow,
    worth: float,
    period: tuple[int, int],
    bound: str | None,
    start_month: str,
    currency: str,
) -> str:
    """Return "Sep 2027, Rep hours: 1% more is worth $2.4k, and this limits most"."""
    said = f"{period_label(start_month, *period)}, {row['label']}: 1% more is worth "
    most = ", the most of these" if bound == row["key"] else ""
    return f"{said}{money(worth, currency)} a month{most}"


def period_label(start_month: str, first: int, last: int) -> str:
    """Return "Sep 2027", or "Sep 2027 to Dec 2027"."""
    begin = month_label(start_month, first)
    return begin if first == last else f"{begin} to {month_label(start_month, last)}"


def _months(start_month: str, last: int, palette: Palette, height: int) -> list[alt.Chart]:
    marks = month_marks(start_month, 1, last, room=NARROW)
    data = rows_of([{"at": mark.month - 1, "label": mark.label} for mark in marks])
    foot = alt.value(height)
    notch = alt.Chart(data).mark_tick(
        orient="vertical", size=5, thickness=1, yOffset=2.5, color=palette.control
    )
    words = alt.Chart(data).mark_text(
        align="left", baseline="top", dy=9, color=palette.text3, fontSize=FONT_SIZE
    )
    return [
        notch.encode(x=_x(last, "at"), y=foot),
        words.encode(x=_x(last, "at"), y=foot, text="label:N"),
    ]


def limits_alt(rows: Sequence[LimitRow]) -> str:
    """Return when each limit binds, in words."""
    return " ".join(f"{row['label']}: {row['note']}." for row in rows)


def limits_table(
    rows: Sequence[LimitRow],
    periods: Sequence[tuple[int, int]],
    binding: Sequence[str | None],
    *,
    start_month: str,
) -> pd.DataFrame:
    """Return one row a period: which limit binds, and what 1% more of each is worth."""
    labels = {row["key"]: row["label"] for row in rows}
    return pd.DataFrame(
        {
            "Month": [period_label(start_month, *period) for period in periods],
            "Limits most": [labels.get(bound or "", "none") for bound in binding],
            **{f"{row['label']}, 1% more": list(row["worth"]) for row in rows},
        }
    )
