"""An outcome against hours of selling: the curve, the buyer ceiling with its range, and points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import altair as alt
import pandas as pd

from components.charts.bands import HEADINGS, PERCENTILES, Row, shades
from components.charts.frame import Frame, MonthMark, make_frame
from components.charts.geometry import Scale, nice_ticks, text_width
from components.charts.marks import (
    DASH,
    Layers,
    Width,
    finish,
    hover,
    line,
    paper,
    shaded,
    words,
    x_month,
    y_value,
)
from components.charts.picture import Picture, layer
from components.charts.scene import Label
from components.numbers import axis_labels, format_range, format_value, money
from components.palette import Palette

TENTHS = 10  # the axis counts tenths of an hour where other charts count months
POINT_GAP = 12.0


@dataclass(frozen=True)
class Response:
    """Money by hours of selling a rep-week: percentiles for each of `hours`, which rise.

    `ceiling` is p10, p50 and p90 in hours; `points` are name -> one of the hours.
    """

    hours: Sequence[float]
    booked: Mapping[str, Sequence[float]]
    ceiling: tuple[float, float, float]
    points: Mapping[str, float]


def response_chart(
    response: Response,
    *,
    palette: Palette,
    currency: str = "$",
    width: Width = "container",
    height: int = 300,
) -> Picture:
    """Return the curve with its bands, the ceiling dashed with its range, and named points."""
    frame = _frame(response, currency, width, height)
    rows = _rows(response, currency)
    layers = [
        *_ceiling_range(response, frame, palette),
        *paper(frame, palette),
        *shaded(rows, response.booked, palette),
        line(rows, "p50", palette.teal),
        *_ceiling_line(response, frame, palette),
        hover(rows, palette),
        *_points(response, frame, palette, currency),
    ]
    return finish(layers, frame, palette, width)


def _frame(response: Response, currency: str, width: Width, height: int) -> Frame:
    low, high = response.hours[0], response.hours[-1]
    shown = [name for pair in shades(response.booked) for name in pair[:2]]
    frame = make_frame(
        [value for name in shown for value in response.booked[name]],
        unit="money",
        currency=currency,
        start_month="2000-01",
        first=int(low * TENTHS),
        last=max(int(high * TENTHS) + 1, int(low * TENTHS) + 1),
        width=width if isinstance(width, int) else None,
        height=height,
        top=40.0,
    )
    return replace(frame, months=_marks(frame))


def _marks(frame: Frame) -> tuple[MonthMark, ...]:
    """Return the hours to label; every second is spare where room is short."""
    ticks = nice_ticks(frame.first / TENTHS, frame.last / TENTHS, 7)
    x = Scale(frame.first, frame.last, 0.0, frame.inner_width)
    return tuple(
        MonthMark(round(tick * TENTHS), label, is_spare=at % 2 == 1)
        for at, (tick, label) in enumerate(zip(ticks, axis_labels(ticks, "hours"), strict=True))
        if frame.first <= tick * TENTHS <= frame.last
        and x(tick * TENTHS) + text_width(label) <= frame.inner_width + frame.right
    )


def _rows(response: Response, currency: str) -> list[Row]:
    rows: list[Row] = []
    for at, hours in enumerate(response.hours):
        row: Row = {name: each[at] for name, each in response.booked.items()}
        middle = money(response.booked["p50"][at], currency)
        span = format_range(
            response.booked["p10"][at], response.booked["p90"][at], "money", currency
        )
        row["month"] = hours * TENTHS
        row["tip"] = (
            f"At {format_value(hours, 'hours')} of selling a rep-week: {middle} a quarter. "
            f"80 of 100 between {span.replace(' to ', ' and ')}"
        )
        rows.append(row)
    return rows


def _ceiling_range(response: Response, frame: Frame, palette: Palette) -> Layers:
    low, _, high = (_clipped(hours, frame) for hours in response.ceiling)
    return [_shade([{"month": low, "end": high}], palette.grey_band)] if high > low else []


def _clipped(hours: float, frame: Frame) -> float:
    return min(max(hours * TENTHS, frame.first), frame.last)


def _ceiling_line(response: Response, frame: Frame, palette: Palette) -> Layers:
    """Return the dashed line, and its words above the plot, where no band hides them."""
    low, middle, high = response.ceiling
    at = _clipped(middle, frame)
    name = f"buyer ceiling {format_value(middle, 'hours')}"
    span = f"80% range {low:.1f} to {high:.1f}"
    align = "right" if frame.is_late(at) else "left"
    inside = frame.first <= middle * TENTHS <= frame.last
    if low * TENTHS > frame.last:
        far = Label("the buyer ceiling lies beyond these hours", at, frame.high, align)
        return words(far, palette, palette.text2, dx=4, dy=3)
    rule = [_dashed([{"month": at}], palette.text)] if inside else []
    return [
        *rule,
        *words(
            Label(name, at, frame.high, align, is_strong=True), palette, palette.text, dx=4, dy=18
        ),
        *words(Label(span, at, frame.high, align), palette, palette.text3, dx=4, dy=3),
    ]


@layer
def _shade(color: str) -> alt.Chart:
    mark = alt.Chart().mark_rect(color=color, opacity=0.7)
    drawn: alt.Chart = mark.encode(x=x_month(), x2="end:Q", y=alt.value(0), y2=alt.value("height"))
    return drawn


@layer
def _dashed(color: str) -> alt.Chart:
    mark = alt.Chart().mark_rule(color=color, strokeWidth=1.6, strokeDash=list(DASH))
    drawn: alt.Chart = mark.encode(x=x_month())
    return drawn


def _points(response: Response, frame: Frame, palette: Palette, currency: str) -> Layers:
    """Return a dot and a name for each point, the first to its left above, the last below."""
    layers: Layers = []
    for place, (name, hours) in enumerate(response.points.items()):
        at = list(response.hours).index(hours)
        value = response.booked["p50"][at]
        said = f"{name} {format_value(hours, 'hours')}"
        color = palette.text2 if place == 0 else palette.teal
        tip = f"{said}: {money(value, currency)} a quarter"
        month = hours * TENTHS
        is_first = place == 0
        label = Label(
            said, month, value, "right" if is_first else "left", is_above=is_first, is_strong=True
        )
        text = palette.text2 if is_first else palette.teal_text
        layers += [
            _dot([{"month": month, "value": value, "tip": tip}], color, palette.bg),
            *words(label, palette, text, dx=POINT_GAP - 4, dy=POINT_GAP - 6),
        ]
    return layers


@layer
def _dot(color: str, ring: str) -> alt.Chart:
    mark = alt.Chart().mark_point(
        size=90, filled=True, fill=color, stroke=ring, strokeWidth=1.6, opacity=1
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), tooltip="tip:N")
    return drawn


def response_alt(response: Response, *, currency: str = "$") -> str:
    """Return the curve in sentences: its ends, its points, and the ceiling."""

    def at(hours: float) -> str:
        place = list(response.hours).index(hours)
        return f"{format_value(hours, 'hours')}: {money(response.booked['p50'][place], currency)}"

    low, middle, high = response.ceiling
    named = " ".join(f"{name}, {at(hours)}." for name, hours in response.points.items())
    return (
        f"Bookings a quarter by hours of selling a rep-week. From {at(response.hours[0])} to "
        f"{at(response.hours[-1])}. {named} The buyer ceiling is at "
        f"{format_value(middle, 'hours')}, 80% range {low:.1f} to {high:.1f}."
    )


def response_table(response: Response, *, currency: str = "$") -> pd.DataFrame:
    """Return what is booked at each number of hours, and which points these are."""
    names = {hours: name for name, hours in response.points.items()}
    columns: dict[str, list[object]] = {
        "Selling (h a rep-week)": [round(hours, 2) for hours in response.hours]
    }
    for name in PERCENTILES:
        if name in response.booked:
            columns[HEADINGS[name]] = [money(each, currency) for each in response.booked[name]]
    columns["Which"] = [names.get(hours, "") for hours in response.hours]
    return pd.DataFrame(columns)
