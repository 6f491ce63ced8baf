"""The fan: where a goal's number may go, and how many of 20 futures reach the target."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from components.charts.actual_points import points
from components.charts.bands import (
    HEADINGS,
    PERCENTILES,
    Bands,
    Comparison,
    check_bands,
    finite,
    is_met,
    middle_of,
)
from components.charts.frame import COMPACT_WIDTH
from components.charts.marks import (
    DASH,
    Layers,
    Width,
    end_words,
    finish,
    hover,
    level,
    line,
    paper,
    shaded,
    upright,
    words,
    x_month,
    y_value,
)
from components.charts.picture import Picture, layer
from components.charts.scene import Dot, Fan, lay_out_fan
from components.charts.what_happened import Actuals, add_columns, counted_words
from components.numbers import Unit, format_range, format_value, futures
from components.palette import Palette
from strategy.calendar import month_label


def fan_chart(
    bands: Bands,
    *,
    palette: Palette,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    target: float | None = None,
    due: int | None = None,
    comparison: Comparison = ">=",
    dots: Sequence[float] | None = None,
    baseline: Bands | Sequence[float] | None = None,
    actuals: Actuals | None = None,
    width: Width = "container",
    height: int = 280,
    compact: bool = False,
) -> Picture:
    """Return middle line, 50% and 80% bands, target, due date and 20 dots.

    Parameters
    ----------
    bands : p10, p50, p90 and, if known, p25 and p75: one number a month, month 1 first
    due : month of the plan; `dots` are equally likely values in that month
    baseline : the plan not done, as bands or one line; drawn in grey
    actuals : month -> what happened, in the same unit; marked by where it lies in the 80% band
    compact : shorter labels, for charts about 360 pixels wide
    """
    fan = lay_out_fan(
        bands,
        unit=unit,
        currency=currency,
        start_month=start_month,
        target=target,
        due=due,
        comparison=comparison,
        dots=dots,
        baseline=baseline,
        actuals=actuals,
        width=width if isinstance(width, int) else COMPACT_WIDTH if compact else None,
        height=height,
        compact=compact,
    )
    layers = [
        *paper(fan.frame, palette),
        *shaded(fan.rows, bands, palette),
        *_lines(fan, palette),
        *_marks(fan, palette),
        hover(fan.rows, palette),
        *_dots(fan, palette, unit, currency),
        *(points(fan.rows, bands, actuals, palette) if actuals else []),
        *_words(fan, palette),
    ]
    return finish(layers, fan.frame, palette, width)


def _lines(fan: Fan, palette: Palette) -> Layers:
    data, layers = fan.rows, []
    if fan.baseline_label:
        layers.append(line(data, "baseline", palette.grey, 1.8))
    layers.append(line(data, "p50", palette.teal))
    return layers


def _marks(fan: Fan, palette: Palette) -> Layers:
    layers = []
    if fan.due is not None:
        layers.append(upright(fan.due, palette.control))
    if fan.target is not None:
        layers.append(level(fan.frame, fan.target, palette.text, DASH))
    return layers


def _dots(fan: Fan, palette: Palette, unit: Unit, currency: str) -> Layers:
    """Return one layer, however many columns: a browser goes on with a chart of equal layers."""
    rows = [
        {
            "month": fan.due,
            "value": dot.value,
            "met": dot.is_met,
            "tip": _dot_tip(dot, fan, unit, currency),
            "area": 3.1416 * (fan.dot_size / 2 - 0.6) ** 2,
            "aside": fan.dots_step * (dot.column + 0.65),
        }
        for dot in fan.dots
    ]
    return [_points(rows, palette.teal, palette.bg)] if rows else []


@layer
def _points(color: str, empty: str) -> alt.Chart:
    """Return dots beside their month: each says how many pixels, as a column is no month."""
    mark = alt.Chart().mark_point(
        opacity=1, stroke=color, strokeWidth=1.4, xOffset=alt.ExprRef("datum.aside")
    )
    fill = alt.Fill("met:N", scale=alt.Scale(domain=[True, False], range=[color, empty]))
    drawn: alt.Chart = mark.encode(
        x=x_month(), y=y_value(), fill=fill, size=alt.Size("area:Q", scale=None), tooltip="tip:N"
    )
    return drawn


def _dot_tip(dot: Dot, fan: Fan, unit: Unit, currency: str) -> str:
    words_ = f"One of {len(fan.dots)} equally likely futures: "
    value = format_value(dot.value, unit, currency)
    if fan.target is None:
        return words_ + value
    return f"{words_}{value}, target {'met' if dot.is_met else 'missed'}"


def _words(fan: Fan, palette: Palette) -> Layers:
    layers = end_words(fan.ends, palette.teal_text)
    if fan.baseline_label:
        layers += words(fan.baseline_label, palette, palette.text3, dx=4)
    if fan.actual_label:
        layers += words(fan.actual_label, palette, palette.text, dy=0)
    if fan.due_label:
        layers += words(fan.due_label, palette, palette.text3, dx=-3)
    if fan.target_label:
        layers += words(fan.target_label, palette, palette.text, dy=4)
    return layers


def fan_alt(
    bands: Bands,
    *,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    label: str = "The middle future",
    target: float | None = None,
    due: int | None = None,
    comparison: Comparison = ">=",
    dots: Sequence[float] | None = None,
    baseline: Bands | Sequence[float] | None = None,
    chance: float | None = None,
    actuals: Actuals | None = None,
) -> str:
    """Return the fan as sentences: where it ends, how wide it is, how often the target is met.

    Then where what happened lies in it, if there is anything.
    """
    last = check_bands(bands)
    end = format_value(bands["p50"][-1], unit, currency)
    span = format_range(bands["p10"][-1], bands["p90"][-1], unit, currency)
    said = [
        f"{label} reaches {end} in {month_label(start_month, last)}, "
        f"80 of 100 futures lie between {span.replace(' to ', ' and ')}."
    ]
    if target is not None:
        by = f" by {month_label(start_month, due)}" if due is not None else ""
        met = _how_often(target, comparison, dots, chance)
        said.append(f"The target of {format_value(target, unit, currency)}{by}{met}.")
    line_ = middle_of(baseline)
    if line_ is not None:
        said.append(f"Carrying on as today gives {format_value(line_[-1], unit, currency)}.")
    if actuals:
        counted = counted_words(
            bands, actuals, unit=unit, start_month=start_month, currency=currency
        )
        said.append(f"What happened is {counted}")
    return " ".join(said)


def _how_often(
    target: float, comparison: Comparison, dots: Sequence[float] | None, chance: float | None
) -> str:
    if chance is not None:
        return f" is met in {futures(chance)} futures"
    values = finite(dots or ())
    if not values:
        return " is drawn as a dashed line"
    met = sum(is_met(value, target, comparison) for value in values)
    return f" is met in {met} of {len(values)} equally likely futures"


def fan_table(
    bands: Bands,
    *,
    start_month: str,
    baseline: Bands | Sequence[float] | None = None,
    target: float | None = None,
    unit: Unit | None = None,
    currency: str = "$",
    actuals: Actuals | None = None,
) -> pd.DataFrame:
    """Return the fan's numbers by month; with a unit they are written, without they are raw."""
    months = check_bands(bands)
    columns: dict[str, Sequence[object]] = {
        "Month": [month_label(start_month, at + 1) for at in range(months)]
    }
    numbers: dict[str, Sequence[float]] = {
        HEADINGS[name]: bands[name] for name in PERCENTILES if name in bands
    }
    line_ = middle_of(baseline)
    if line_ is not None:
        numbers["Carrying on as today"] = line_
    if target is not None:
        numbers["Target"] = [target] * months
    table = pd.DataFrame(columns | written(numbers, unit, currency))
    if actuals:
        add_columns(table, bands, actuals, unit=unit, currency=currency)
    return table


def written(
    numbers: Mapping[str, Sequence[float]], unit: Unit | None, currency: str
) -> dict[str, list[object]]:
    """Return columns of numbers as they are, or in words when there is a unit."""
    return {
        name: [format_value(v, unit, currency) if unit else float(v) for v in values]
        for name, values in numbers.items()
    }
