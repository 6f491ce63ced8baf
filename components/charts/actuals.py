"""What happened over a frozen forecast: its 80% range, its middle line, and each month's figure."""

from collections.abc import Mapping

import pandas as pd

from components.charts.actual_points import points
from components.charts.bands import Bands, band_rows, check_bands, finite
from components.charts.fan import written
from components.charts.frame import Frame, make_frame
from components.charts.geometry import spread
from components.charts.marks import (
    Width,
    area,
    end_words,
    finish,
    hover,
    line,
    paper,
)
from components.charts.picture import Picture
from components.charts.scene import Label
from components.charts.what_happened import (
    add_columns,
    check_actuals,
    counted_words,
    with_actuals,
)
from components.numbers import Unit, format_value
from components.palette import Palette
from strategy.calendar import month_label

ENDS = {"p90": "9 in 10 below", "p50": "forecast", "p10": "1 in 10 below"}
LABEL_GAP = 15.0


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
    check_actuals(actuals, months)
    rows = band_rows(bands, unit=unit, currency=currency, start_month=start_month)
    with_actuals(rows, bands, actuals, unit=unit, currency=currency)
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
        *points(rows, bands, actuals, palette),
        *end_words(labels, palette.teal_text),
    ]
    return finish(layers, frame, palette, width)


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
    said = counted_words(bands, actuals, unit=unit, start_month=start_month, currency=currency)
    return f"{label}: {said}"


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
    add_columns(table, bands, actuals, unit=unit, currency=currency)
    return table
