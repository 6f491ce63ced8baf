"""Cumulative cash against today, and the month in which it is back at zero."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from components.charts.bands import (
    HEADINGS,
    PERCENTILES,
    Bands,
    check_bands,
    finite,
)
from components.charts.fan import written
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
    words,
    x_month,
    y_value,
)
from components.charts.payback import (
    Cash,
    Payback,
    check_linear,
    lay_out_cash,
    payback_words,
)
from components.charts.picture import Picture, layer
from components.numbers import Unit, format_range, money
from components.palette import Palette
from strategy.calendar import month_label


def cash_chart(
    bands: Bands,
    *,
    palette: Palette,
    start_month: str,
    currency: str = "$",
    payback: Payback | None = None,
    payback_chance: float | None = None,
    linear: Sequence[float] | None = None,
    width: Width = "container",
    height: int = 280,
) -> Picture:
    """Return cumulative cash with its bands through an ink zero line, and the payback.

    Parameters
    ----------
    bands : cumulative net benefit at the end of each month, month 1 first
    payback : p10, p50 and p90 in months of the plan; None or infinite means beyond its end
    payback_chance : share of futures that pay back within the plan
    linear : what a linear calculator would promise by the end of each month
    """
    cash = lay_out_cash(
        bands,
        payback=payback,
        payback_chance=payback_chance,
        linear=linear,
        start_month=start_month,
        currency=currency,
        width=width if isinstance(width, int) else None,
        height=height,
    )
    layers = [
        *paper(cash.frame, palette),
        *shaded(cash.rows, bands, palette),
        line(cash.rows, "p50", palette.teal),
        *_linear(cash, palette),
        level(cash.frame, 0.0, palette.text),
        hover(cash.rows, palette),
        *_payback(cash, palette),
        *end_words(cash.ends, palette.teal_text),
    ]
    if cash.linear_end:
        layers += end_words([cash.linear_end], palette.stone_text)
    for label in cash.labels:
        color = palette.text if label.is_strong else palette.text3
        layers += words(label, palette, color, dy=0)
    return finish(layers, cash.frame, palette, width)


def _linear(cash: Cash, palette: Palette) -> Layers:
    if cash.linear_label is None:
        return []
    drawn = line(cash.rows, "linear", palette.stone, 1.8, DASH)
    return [drawn, *words(cash.linear_label, palette, palette.stone_text)]


def _payback(cash: Cash, palette: Palette) -> Layers:
    if cash.dot is None:
        return []
    low = cash.dot if cash.low is None else cash.low
    row = {
        "month": cash.dot,
        "low": low,
        "high": cash.high,
        "value": 0.0,
        "tip": ". ".join(label.text for label in cash.labels),
    }
    rows = [row]
    return [
        _payback_range(rows, palette.text2),
        _payback_dot(rows, palette.text, palette.bg),
    ]


@layer
def _payback_range(color: str) -> alt.Chart:
    mark = alt.Chart().mark_rule(color=color, strokeWidth=5, opacity=0.5, strokeCap="round")
    drawn: alt.Chart = mark.encode(x=x_month("low"), x2="high:Q", y=y_value(), tooltip="tip:N")
    return drawn


@layer
def _payback_dot(color: str, ring: str) -> alt.Chart:
    mark = alt.Chart().mark_point(
        size=70, filled=True, fill=color, stroke=ring, strokeWidth=1.6, opacity=1
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), tooltip="tip:N")
    return drawn


def cash_alt(
    bands: Bands,
    *,
    start_month: str,
    currency: str = "$",
    payback: Payback | None = None,
    payback_chance: float | None = None,
    linear: Sequence[float] | None = None,
) -> str:
    """Return the cash chart as sentences: where it ends, its lowest point, when it pays back."""
    last = check_bands(bands)
    span = format_range(bands["p10"][-1], bands["p90"][-1], "money", currency)
    lowest = min(finite(bands["p50"]), default=math.nan)
    said = payback_words(payback, payback_chance, start_month=start_month, last=last)
    promise = check_linear(linear, last)
    naive = f" A linear calculator would promise {money(promise[-1], currency)}." if promise else ""
    return (
        f"Cumulative cash reaches {money(bands['p50'][-1], currency)} by "
        f"{month_label(start_month, last)} in the middle future, 80% range {span}. "
        f"Its lowest point is {money(min(lowest, 0.0), currency)}. "
        f"It {', '.join(said)}.{naive}"
    )


def cash_table(
    bands: Bands,
    *,
    start_month: str,
    unit: Unit | None = None,
    currency: str = "$",
    linear: Sequence[float] | None = None,
) -> pd.DataFrame:
    """Return cumulative cash by month, raw or written when `unit` is "money"."""
    numbers = {HEADINGS[name]: bands[name] for name in PERCENTILES if name in bands}
    if promise := check_linear(linear, check_bands(bands)):
        numbers["Linear calculator"] = promise
    names = [month_label(start_month, at + 1) for at in range(check_bands(bands))]
    return pd.DataFrame({"Month": names} | written(numbers, unit, currency))
