"""Altair layers that every chart over time shares. Words come from data, never from expressions."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt

from components.charts.bands import Row
from components.charts.frame import FONT_SIZE, MONTH_ROOM, Frame
from components.charts.scene import Label
from components.palette import Palette

Width = int | Literal["container"]
Layers = list[alt.Chart]

FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'
DASH: list[float] = [5, 4]
SOLID: list[float] = [1, 0]
_IF_ROOM = f"datum.spare && width * datum.step < {MONTH_ROOM} ? 0 : 1"


def chart_config(palette: Palette) -> dict[str, Any]:
    """Return the one Vega-Lite config of all charts, for `theme=None`."""
    return {
        "background": palette.bg,
        "font": FONT,
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": FONT_SIZE, "color": palette.text2},
        "axis": {"labelFont": FONT, "labelColor": palette.text3, "labelFontSize": FONT_SIZE},
        "legend": {"disable": True},
    }


def rows_of(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Return rows as chart data."""
    return alt.InlineData(values=[dict(row) for row in rows])


def one(**values: Any) -> alt.InlineData:
    """Return a single row as chart data."""
    return rows_of([values])


def x_month(frame: Frame, field: str = "month") -> alt.X:
    """Return the month position; months are numbers, their names are drawn from data."""
    scale = alt.Scale(domain=[frame.first, frame.last], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def y_value(frame: Frame, field: str = "value") -> alt.Y:
    """Return the value position on the frame's ticks."""
    scale = alt.Scale(domain=[frame.low, frame.high], nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def paper(frame: Frame, palette: Palette) -> Layers:
    """Return grid lines, the month axis and their labels."""
    ticks = rows_of(
        [
            {"value": value, "label": label}
            for value, label in zip(frame.ticks, frame.tick_labels, strict=True)
        ]
    )
    step = _month_step(frame)
    months = rows_of(
        [
            {"month": m.month, "label": m.label, "spare": m.is_spare, "step": step}
            for m in frame.months
        ]
    )
    foot = alt.value("height")
    grid = alt.Chart(ticks).mark_rule(color=palette.border, strokeWidth=1)
    names = alt.Chart(ticks).mark_text(align="right", dx=-8, color=palette.text3)
    floor = alt.Chart(one(month=frame.first, end=frame.last)).mark_rule(color=palette.control)
    notches = alt.Chart(months).mark_tick(
        orient="vertical", size=5, thickness=1, yOffset=2.5, color=palette.control
    )
    words = alt.Chart(months).mark_text(
        align="left", baseline="top", dy=9, color=palette.text3, opacity=alt.ExprRef(_IF_ROOM)
    )
    return [
        grid.encode(y=y_value(frame)),
        names.encode(x=alt.value(0), y=y_value(frame), text="label:N"),
        floor.encode(x=x_month(frame), x2="end:Q", y=foot),
        notches.encode(x=x_month(frame), y=foot),
        words.encode(x=x_month(frame), y=foot, text="label:N"),
    ]


def _month_step(frame: Frame) -> float:
    """Return the share of the plot's width between two labelled months."""
    months = [mark.month for mark in frame.months]
    gaps = [b - a for a, b in zip(months, months[1:], strict=False)]
    return min(gaps, default=frame.last - frame.first) / max(frame.last - frame.first, 1)


def area(
    data: alt.InlineData, frame: Frame, low: str, high: str, color: str, opacity: float
) -> alt.Chart:
    """Return a band between two fields."""
    mark = alt.Chart(data).mark_area(interpolate="monotone", color=color, opacity=opacity)
    drawn: alt.Chart = mark.encode(x=x_month(frame), y=y_value(frame, low), y2=f"{high}:Q")
    return drawn


def line(
    data: alt.InlineData,
    frame: Frame,
    field: str,
    color: str,
    width: float = 2.2,
    dash: list[float] = SOLID,
) -> alt.Chart:
    """Return a line through one field."""
    mark = alt.Chart(data).mark_line(
        interpolate="monotone", color=color, strokeWidth=width, strokeDash=dash
    )
    drawn: alt.Chart = mark.encode(x=x_month(frame), y=y_value(frame, field))
    return drawn


def level(frame: Frame, value: float, color: str, dash: list[float] = SOLID) -> alt.Chart:
    """Return a level line over all months, as for a target or for zero."""
    mark = alt.Chart(one(month=frame.first, end=frame.last, value=value)).mark_rule(
        color=color, strokeWidth=1.3, strokeDash=dash
    )
    drawn: alt.Chart = mark.encode(x=x_month(frame), x2="end:Q", y=y_value(frame))
    return drawn


def upright(frame: Frame, month: float, color: str) -> alt.Chart:
    """Return a thin rule at a month, over the whole height."""
    mark = alt.Chart(one(month=month)).mark_rule(color=color, strokeWidth=1)
    drawn: alt.Chart = mark.encode(x=x_month(frame))
    return drawn


def words(
    label: Label, frame: Frame, palette: Palette, color: str, *, dx: float = 0.0, dy: float = 6.0
) -> Layers:
    """Return a label with a halo of the page's colour, so that lines never cut its letters."""
    style: dict[str, Any] = {
        "align": label.align,
        "baseline": "bottom" if label.is_above else "top",
        "dx": -dx if label.align == "right" else dx,
        "dy": -dy if label.is_above else dy,
        "fontWeight": 600 if label.is_strong else 400,
    }
    base = alt.Chart(one(month=label.month, value=label.value, label=label.text))
    place = {"x": x_month(frame), "y": y_value(frame), "text": alt.Text("label:N")}
    halo = base.mark_text(
        **style, color=palette.bg, stroke=palette.bg, strokeWidth=3, strokeJoin="round"
    )
    return [halo.encode(**place), base.mark_text(**style, color=color).encode(**place)]


def end_words(labels: Sequence[Label], frame: Frame, color: str) -> Layers:
    """Return the labels at the right end, already kept apart."""
    layers = []
    for is_strong in (False, True):
        rows = [
            {"month": one.month, "value": one.value, "label": one.text}
            for one in labels
            if one.is_strong is is_strong
        ]
        mark = alt.Chart(rows_of(rows)).mark_text(
            align="left", dx=7, color=color, fontWeight=600 if is_strong else 400
        )
        layers.append(mark.encode(x=x_month(frame), y=y_value(frame), text="label:N"))
    return layers


def hover(rows: Sequence[Row], frame: Frame, palette: Palette) -> alt.Chart:
    """Return the rule that follows the pointer and tells the nearest month in words."""
    nearest = alt.selection_point(
        name="hover",
        fields=["month"],
        nearest=True,
        on="pointerover",
        clear="pointerout",
        empty=False,
    )
    tips = rows_of([{"month": row["month"], "tip": row["tip"]} for row in rows])
    rule = alt.Chart(tips, name="months").mark_rule(color=palette.control, strokeWidth=1)
    shown = alt.when(nearest).then(alt.value(1)).otherwise(alt.value(0))
    drawn: alt.Chart = rule.encode(x=x_month(frame), opacity=shown, tooltip="tip:N").add_params(
        nearest
    )
    return drawn


def finish(
    layers: Sequence[alt.Chart], frame: Frame, palette: Palette, width: Width
) -> alt.LayerChart:
    """Return the layers as one chart whose width and height include its margins."""
    margins = {
        "left": frame.left,
        "right": frame.right,
        "top": frame.top,
        "bottom": frame.bottom,
    }
    chart = alt.layer(*layers).properties(
        width=width,
        height=frame.height,
        padding=margins,
        autosize=alt.AutoSizeParams(type="none", contains="padding"),
    )
    drawn: alt.LayerChart = chart.configure(**chart_config(palette))
    return drawn
