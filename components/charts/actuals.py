"""What happened over a frozen forecast: its 80% range, its middle line, and each month's figure."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from components.charts.bands import Bands, Row, band_rows, check_bands, finite
from components.charts.fan import written
from components.charts.frame import Frame, make_frame
from components.charts.geometry import spread
from components.charts.marks import (
    Layers,
    Width,
    area,
    end_words,
    finish,
    hover,
    line,
    paper,
    x_month,
    y_value,
)
from components.charts.picture import Picture, layer
from components.charts.scene import Label
from components.numbers import Unit, format_range, format_value, month_label
from components.palette import Palette

ENDS = {"p90": "9 in 10 below", "p50": "forecast", "p10": "1 in 10 below"}
LABEL_GAP = 15.0


def verdict(value: float, low: float, high: float) -> str:
    """Return "inside", "below" or "above" the range; its ends belong to it."""
    return "below" if value < low else "above" if value > high else "inside"


def actuals_chart(
    bands: Bands,
    actuals: Mapping[int, float],
    *,
    palette: Palette,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    width: Width = "container",
    height: int = 300,
) -> Picture:
    """Return the forecast's 80% band and middle line with what happened on them.

    Parameters
    ----------
    bands : p10, p50 and p90, one number a month, month 1 first
    actuals : month -> what happened, in the same unit; a month outside the range is a triangle
        that points to the side it is on
    """
    months = check_bands(bands)
    _check_months(actuals, months)
    rows = _rows(bands, actuals, unit=unit, currency=currency, start_month=start_month)
    ends = [(f"{format_value(bands[n][-1], unit, currency)} {w}", n) for n, w in ENDS.items()]
    frame = make_frame(
        finite([*bands["p10"], *bands["p90"], *actuals.values()]),
        unit=unit,
        currency=currency,
        start_month=start_month,
        first=1,
        last=months,
        width=width if isinstance(width, int) else None,
        height=height,
        end_labels=[words for words, _ in ends],
    )
    labels = _end_labels(frame, bands, ends, months)
    layers = [
        *paper(frame, palette),
        area(rows, "p10", "p90", palette.teal, 0.2),
        line(rows, "p50", palette.teal),
        line(rows, "actual", palette.text2, 1.4),
        hover(rows, palette),
        *_points(rows, bands, actuals, palette),
        *end_words(labels, palette.teal_text),
    ]
    return finish(layers, frame, palette, width)


def _check_months(actuals: Mapping[int, float], months: int) -> None:
    outside = [month for month in actuals if not 1 <= month <= months]
    if outside:
        raise ValueError(f"month {outside[0]} lies outside 1 to {months}")


def _rows(
    bands: Bands, actuals: Mapping[int, float], *, unit: Unit, currency: str, start_month: str
) -> list[Row]:
    rows = band_rows(bands, unit=unit, currency=currency, start_month=start_month)
    for row in rows:
        month = int(row["month"] or 0)
        row["actual"] = actuals.get(month)
        if month in actuals:
            said = verdict(actuals[month], bands["p10"][month - 1], bands["p90"][month - 1])
            value = format_value(actuals[month], unit, currency)
            row["tip"] = f"{row['tip']}. Actual {value}, {_placed(said)}"
    return rows


def _placed(said: str) -> str:
    return "inside the range" if said == "inside" else f"{said} the range"


def _end_labels(
    frame: Frame, bands: Bands, ends: list[tuple[str, str]], months: int
) -> list[Label]:
    pixels = spread(
        [frame.y(bands[name][-1]) for _, name in ends], LABEL_GAP, 0.0, frame.inner_height
    )
    return [
        Label(words, months, frame.y.invert(pixel), is_strong=name == "p50")
        for (words, name), pixel in zip(ends, pixels, strict=True)
    ]


def _points(
    rows: list[Row], bands: Bands, actuals: Mapping[int, float], palette: Palette
) -> Layers:
    tips = {row["month"]: row["tip"] for row in rows}
    found: dict[str, list[Row]] = {"inside": [], "below": [], "above": []}
    for month, value in actuals.items():
        said = verdict(value, bands["p10"][month - 1], bands["p90"][month - 1])
        found[said].append({"month": month, "value": value, "tip": tips[month]})
    return [
        _marked(found["inside"], "circle", 60, palette.text, palette.bg),
        _marked(found["above"], "triangle-up", 150, palette.brick, palette.bg),
        _marked(found["below"], "triangle-down", 150, palette.brick, palette.bg),
    ]


@layer
def _marked(shape: str, size: int, color: str, edge: str) -> alt.Chart:
    mark = alt.Chart().mark_point(
        shape=shape,
        size=size,
        filled=True,
        opacity=1,
        color=color,
        stroke=edge,
        strokeWidth=1,
        aria=False,  # else: an image without a name while no month lies there
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), tooltip="tip:N")
    return drawn


def actuals_alt(
    bands: Bands,
    actuals: Mapping[int, float],
    *,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    label: str,
) -> str:
    """Return the chart as sentences: how many months lie inside, and each one that does not."""
    check_bands(bands)
    if not actuals:
        return f"{label}: the forecast alone; nothing has been typed for its months."
    missed = [
        f"{month_label(start_month, month)} {format_value(value, unit, currency)}, {said} "
        f"{format_range(low, high, unit, currency)}"
        for month, value in sorted(actuals.items())
        for low, high in [(bands["p10"][month - 1], bands["p90"][month - 1])]
        for said in [verdict(value, low, high)]
        if said != "inside"
    ]
    count = f"{len(actuals)} {'month' if len(actuals) == 1 else 'months'}"
    if not missed:
        return f"{label}: inside the 80% range in all of {count}."
    return f"{label}: outside the 80% range in {len(missed)} of {count}. {'; '.join(missed)}."


def actuals_table(
    bands: Bands,
    actuals: Mapping[int, float],
    *,
    start_month: str,
    unit: Unit | None = None,
    currency: str = "$",
) -> pd.DataFrame:
    """Return the chart's numbers by month; with a unit they are written, without they are raw."""
    months = check_bands(bands)
    numbers = {"1 in 10 below": bands["p10"], "Middle": bands["p50"], "9 in 10 below": bands["p90"]}
    table = pd.DataFrame(
        {"Month": [month_label(start_month, at + 1) for at in range(months)]}
        | written(numbers, unit, currency)
    )
    known = [actuals.get(at + 1) for at in range(months)]
    told = [
        None if value is None else format_value(value, unit, currency) if unit else value
        for value in known
    ]
    table["Actual"] = pd.Series(told, dtype=object)  # else: a month without a figure is a "nan"
    table["Where"] = [
        "" if value is None else verdict(value, bands["p10"][at], bands["p90"][at])
        for at, value in enumerate(known)
    ]
    return table
