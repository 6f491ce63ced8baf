"""Altair layers that every chart over time shares. Words come from data, never from expressions."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt

from components.charts.bands import Bands, Row, shades
from components.charts.frame import FONT_SIZE, MONTH_ROOM, Frame
from components.charts.picture import Layer, Picture, layer, picture
from components.charts.scene import Label
from components.palette import Palette

Width = int | Literal["container"]
Layers = list[Layer]
Dash = tuple[float, ...]

FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'
DASH: Dash = (5, 4)
SOLID: Dash = (1, 0)
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


def x_month(field: str = "month") -> alt.X:
    """Return the month position; months are numbers, their names are drawn from data."""
    return alt.X(f"{field}:Q", scale=alt.Scale(nice=False, zero=False), axis=None)


def y_value(field: str = "value") -> alt.Y:
    """Return the value position; the frame's corners are part of the data."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(nice=False, zero=False), axis=None)


def paper(frame: Frame, palette: Palette) -> Layers:
    """Return the plot's corners, grid lines, the month axis and their labels."""
    ticks = [
        {"value": value, "label": label}
        for value, label in zip(frame.ticks, frame.tick_labels, strict=True)
    ]
    step = frame.month_step
    months = [
        {"month": m.month, "label": m.label, "spare": m.is_spare, "step": step}
        for m in frame.months
    ]
    corners = [
        {"month": frame.first, "value": frame.low},
        {"month": frame.last, "value": frame.high},
    ]
    return [
        _corners(corners),
        _grid(ticks, palette.border),
        _tick_words(ticks, palette.text3),
        _floor(corners, palette.control),
        _notches(months, palette.control),
        _month_words(months, palette.text3),
    ]


@layer
def _corners() -> alt.Chart:
    """Draw nothing, so that scales reach from corner to corner."""
    drawn: alt.Chart = alt.Chart().mark_point(opacity=0).encode(x=x_month(), y=y_value())
    return drawn


@layer
def _grid(color: str) -> alt.Chart:
    drawn: alt.Chart = alt.Chart().mark_rule(color=color, strokeWidth=1).encode(y=y_value())
    return drawn


@layer
def _tick_words(color: str) -> alt.Chart:
    mark = alt.Chart().mark_text(align="right", dx=-8, color=color)
    drawn: alt.Chart = mark.encode(x=alt.value(0), y=y_value(), text="label:N")
    return drawn


@layer
def _floor(color: str) -> alt.Chart:
    mark = alt.Chart().mark_line(color=color, strokeWidth=1)
    drawn: alt.Chart = mark.encode(x=x_month(), y=alt.value("height"))
    return drawn


@layer
def _notches(color: str) -> alt.Chart:
    mark = alt.Chart().mark_tick(orient="vertical", size=5, thickness=1, yOffset=2.5, color=color)
    drawn: alt.Chart = mark.encode(x=x_month(), y=alt.value("height"))
    return drawn


@layer
def _month_words(color: str) -> alt.Chart:
    mark = alt.Chart().mark_text(
        align="left", baseline="top", dy=9, color=color, opacity=alt.ExprRef(_IF_ROOM)
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=alt.value("height"), text="label:N")
    return drawn


@layer
def area(low: str, high: str, color: str, opacity: float) -> alt.Chart:
    """Return a band between two fields."""
    mark = alt.Chart().mark_area(interpolate="monotone", color=color, opacity=opacity)
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(low), y2=f"{high}:Q")
    return drawn


def shaded(rows: Sequence[Row], bands: Bands, palette: Palette) -> Layers:
    """Return the bands around a middle line."""
    return [area(rows, low, high, palette.teal, how) for low, high, how in shades(bands)]


@layer
def line(field: str, color: str, width: float = 2.2, dash: Dash = SOLID) -> alt.Chart:
    """Return a line through one field."""
    mark = alt.Chart().mark_line(
        interpolate="monotone", color=color, strokeWidth=width, strokeDash=list(dash)
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(field))
    return drawn


def level(frame: Frame, value: float, color: str, dash: Dash = SOLID) -> Layer:
    """Return a level line over all months, as for a target or for zero."""
    return _level([{"month": frame.first, "end": frame.last, "value": value}], color, dash)


@layer
def _level(color: str, dash: Dash) -> alt.Chart:
    mark = alt.Chart().mark_rule(color=color, strokeWidth=1.3, strokeDash=list(dash))
    drawn: alt.Chart = mark.encode(x=x_month(), x2="end:Q", y=y_value())
    return drawn


def upright(month: float, color: str) -> Layer:
    """Return a thin rule at a month, over the whole height."""
    return _upright([{"month": month}], color)


@layer
def _upright(color: str) -> alt.Chart:
    drawn: alt.Chart = alt.Chart().mark_rule(color=color, strokeWidth=1).encode(x=x_month())
    return drawn


def words(
    label: Label, palette: Palette, color: str, *, dx: float = 0.0, dy: float = 6.0
) -> Layers:
    """Return a label with a halo of the page's colour, so that lines never cut its letters."""
    style: dict[str, Any] = {
        "align": label.align,
        "baseline": "bottom" if label.is_above else "top",
        "dx": -dx if label.align == "right" else dx,
        "dy": -dy if label.is_above else dy,
        "fontWeight": 600 if label.is_strong else 400,
    }
    rows = [{"month": label.month, "value": label.value, "label": label.text}]
    halo = {"stroke": palette.bg, "strokeWidth": 3, "strokeJoin": "round"}
    return [
        text(rows, color=palette.bg, **style, **halo),
        text(rows, color=color, **style),
    ]


@layer
def text(**style: Any) -> alt.Chart:
    """Return words at months and values."""
    mark = alt.Chart().mark_text(**style)
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), text="label:N")
    return drawn


def end_words(labels: Sequence[Label], color: str) -> Layers:
    """Return the labels at the right end, already kept apart."""
    layers = []
    for is_strong in (False, True):
        rows = [
            {"month": one.month, "value": one.value, "label": one.text}
            for one in labels
            if one.is_strong is is_strong
        ]
        weight = 600 if is_strong else 400
        layers.append(text(rows, align="left", dx=7, color=color, fontWeight=weight))
    return layers


def hover(rows: Sequence[Row], palette: Palette) -> Layer:
    """Return the rule that follows the pointer and tells the nearest month in words."""
    tips = [{"month": row["month"], "tip": row["tip"]} for row in rows]
    return _hover(tips, palette.control)


@layer
def _hover(color: str) -> alt.Chart:
    nearest = alt.selection_point(
        name="hover",
        fields=["month"],
        nearest=True,
        on="pointerover",
        clear="pointerout",
        empty=False,
    )
    rule = alt.Chart(name="months").mark_rule(color=color, strokeWidth=1)
    shown = alt.when(nearest).then(alt.value(1)).otherwise(alt.value(0))
    drawn: alt.Chart = rule.encode(x=x_month(), opacity=shown, tooltip="tip:N").add_params(nearest)
    return drawn


def finish(layers: Layers, frame: Frame, palette: Palette, width: Width) -> Picture:
    """Return the layers as one chart whose width and height include its margins."""
    margins = {
        "left": frame.left,
        "right": frame.right,
        "top": frame.top,
        "bottom": frame.bottom,
    }
    return picture(
        layers,
        width=width,
        height=frame.height,
        margins=margins,
        config=chart_config(palette),
    )
