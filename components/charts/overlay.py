"""Two to four scenarios on one plot: middle lines, faint 80% bands, letters at the end."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components.charts.bands import Comparison, Row, check_bands, finite, number
from components.charts.fan import written
from components.charts.frame import Frame, make_frame
from components.charts.geometry import spread
from components.charts.lead import Crossing, Series, lead_changes
from components.charts.marks import (
    DASH,
    Layers,
    Width,
    area,
    finish,
    hover,
    level,
    line,
    paper,
    text,
    upright,
    words,
    x_month,
    y_value,
)
from components.charts.picture import Layer, Picture, layer
from components.charts.scene import Label, target_fits_above
from components.numbers import Unit, format_range, format_value
from components.palette import Palette, scenario_colours
from strategy.calendar import month_label

END_GAP = 17.0


def overlay_chart(
    series: Sequence[Series],
    *,
    palette: Palette,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    target: float | None = None,
    due: int | None = None,
    comparison: Comparison = ">=",
    zero: bool = False,
    width: Width = "container",
    height: int = 280,
) -> Picture:
    """Return scenarios that met the same futures, each with its letter and end value.

    `zero` draws the zero line in ink, for cash. A lead that changes hands once and for good is
    marked with a ring and said in words when there are two scenarios.
    """
    frame = _frame(series, unit, currency, start_month, target, zero, width, height)
    layers = paper(frame, palette)
    drawn = [_scenario(one, palette) for one in series]
    layers += [band for band, _ in drawn] + [middle for _, middle in drawn]
    layers += _marks(frame, palette, target, zero) + _due(frame, palette, due, start_month)
    layers.append(hover(_tips(series, unit, currency, start_month), palette))
    layers += _ends(series, frame, palette, unit, currency)
    layers += _target_words(series, frame, palette, target, unit, currency)
    change = lead_changes(series, comparison)
    if change:
        layers += _ring(change, frame, palette, start_month)
    return finish(layers, frame, palette, width)


def _months(series: Sequence[Series]) -> int:
    if not series:
        raise ValueError("there is no scenario to draw")
    lengths = {check_bands(one["bands"]) for one in series}
    if len(lengths) != 1:
        raise ValueError(f"scenarios have different lengths: {sorted(lengths)}")
    return lengths.pop()


def _frame(
    series: Sequence[Series],
    unit: Unit,
    currency: str,
    start_month: str,
    target: float | None,
    zero: bool,
    width: Width,
    height: int,
) -> Frame:
    last = _months(series)
    values = finite([target])
    for one in series:
        values += finite([*one["bands"]["p10"], *one["bands"]["p90"]])
    return make_frame(
        values,
        unit=unit,
        currency=currency,
        start_month=start_month,
        first=1,
        last=last,
        width=width if isinstance(width, int) else None,
        height=height,
        end_labels=[_end_text(one, unit, currency) for one in series],
        zero=zero,
    )


def _end_text(one: Series, unit: Unit, currency: str) -> str:
    return f"{one['letter']} {format_value(one['bands']['p50'][-1], unit, currency)}"


def _scenario(one: Series, palette: Palette) -> tuple[Layer, Layer]:
    rows = [
        {"month": at + 1, "low": number(low), "middle": number(middle), "high": number(high)}
        for at, (low, middle, high) in enumerate(
            zip(one["bands"]["p10"], one["bands"]["p50"], one["bands"]["p90"], strict=True)
        )
    ]
    color, _ = scenario_colours(one["letter"], palette)
    return area(rows, "low", "high", color, 0.15), line(rows, "middle", color)


def _marks(frame: Frame, palette: Palette, target: float | None, zero: bool) -> Layers:
    layers = [level(frame, 0.0, palette.text)] if zero else []
    if target is not None:
        layers.append(level(frame, target, palette.text, DASH))
    return layers


def _due(frame: Frame, palette: Palette, due: int | None, start_month: str) -> Layers:
    if due is None:
        return []
    align = "right" if frame.is_late(due) else "left"
    label = Label(f"due {month_label(start_month, due)}", due, frame.low, align)
    rule = upright(due, palette.control)
    return [rule, *words(label, palette, palette.text3, dx=5)]


def _tips(series: Sequence[Series], unit: Unit, currency: str, start_month: str) -> list[Row]:
    rows: list[Row] = []
    for at in range(_months(series)):
        said = [
            f"{one['letter']} {one['name']}: "
            f"{format_value(one['bands']['p50'][at], unit, currency)}, "
            + format_range(one["bands"]["p10"][at], one["bands"]["p90"][at], unit, currency)
            for one in series
        ]
        rows.append(
            {"month": at + 1, "tip": f"{month_label(start_month, at + 1)}. {'; '.join(said)}"}
        )
    return rows


def _ends(
    series: Sequence[Series], frame: Frame, palette: Palette, unit: Unit, currency: str
) -> Layers:
    known = [one for one in series if number(one["bands"]["p50"][-1]) is not None]
    wanted = [frame.y(one["bands"]["p50"][-1]) for one in known]
    pixels = spread(wanted, END_GAP, 0.0, frame.inner_height)
    layers = []
    for one, pixel in zip(known, pixels, strict=True):
        row = {
            "month": frame.last,
            "value": frame.y.invert(pixel),
            "label": _end_text(one, unit, currency),
        }
        _, color = scenario_colours(one["letter"], palette)
        layers.append(text([row], align="left", dx=7, color=color, fontWeight=600, fontSize=13))
    return layers


def _target_words(
    series: Sequence[Series],
    frame: Frame,
    palette: Palette,
    target: float | None,
    unit: Unit,
    currency: str,
) -> Layers:
    if target is None:
        return []
    said = f"target {format_value(target, unit, currency)}"
    rows: list[Row] = [
        {"month": at + 1, "p50": number(value)}
        for one in series
        for at, value in enumerate(one["bands"]["p50"])
    ]
    is_above = target_fits_above(frame, rows, target, said)
    label = Label(said, frame.first, target, is_above=is_above, is_strong=True)
    return words(label, palette, palette.text, dy=4)


def _ring(change: Crossing, frame: Frame, palette: Palette, start_month: str) -> Layers:
    until = month_label(start_month, change.month)
    said = f"{change.first} leads until {until}, then {change.then}"
    rows = [{"month": change.at, "value": change.value, "top": frame.high}]
    align = "right" if change.month > (frame.first + frame.last) / 2 else "left"
    label = Label(said, change.at, frame.high, align, is_strong=True)
    return [
        _rise(rows, palette.control),
        _circle(rows, palette.text, palette.bg),
        *words(label, palette, palette.text, dx=-3),
    ]


@layer
def _rise(color: str) -> alt.Chart:
    mark = alt.Chart().mark_rule(color=color)
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), y2="top:Q")
    return drawn


@layer
def _circle(color: str, fill: str) -> alt.Chart:
    mark = alt.Chart().mark_point(
        size=46, filled=False, fill=fill, stroke=color, strokeWidth=1.6, opacity=1
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value())
    return drawn


def overlay_alt(
    series: Sequence[Series],
    *,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    label: str = "The middle future",
    target: float | None = None,
    comparison: Comparison = ">=",
) -> str:
    """Return the comparison as sentences, with each scenario's end value and range."""
    when = month_label(start_month, _months(series))
    said = [f"{label} in {when}:"]
    ends = []
    for one in series:
        bands = one["bands"]
        span = format_range(bands["p10"][-1], bands["p90"][-1], unit, currency)
        end = format_value(bands["p50"][-1], unit, currency)
        ends.append(f"{one['letter']} {one['name']} {end}, 80% range {span}")
    said.append("; ".join(ends) + ".")
    if target is not None:
        said.append(f"The target is {format_value(target, unit, currency)}.")
    change = lead_changes(series, comparison)
    if change:
        until = month_label(start_month, change.month)
        said.append(f"{change.first} leads until {until}, then {change.then}.")
    return " ".join(said)


def overlay_table(
    series: Sequence[Series], *, start_month: str, unit: Unit | None = None, currency: str = "$"
) -> pd.DataFrame:
    """Return middle and 80% range of each scenario by month, raw or written with a unit."""
    numbers = {}
    for one in series:
        for name, meaning in (
            ("p10", "1 in 10 below"),
            ("p50", "middle"),
            ("p90", "9 in 10 below"),
        ):
            numbers[f"{one['letter']} {meaning}"] = one["bands"][name]
    names = [month_label(start_month, at + 1) for at in range(_months(series))]
    return pd.DataFrame({"Month": names} | written(numbers, unit, currency))
