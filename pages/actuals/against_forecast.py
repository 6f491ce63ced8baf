"""The chart of what happened over the forecast, and the months outside the range in words."""

from collections.abc import Sequence

import streamlit as st

import session
from components.charts import actuals_alt, actuals_chart, actuals_table
from pages.frame.chart import show_chart
from pages.frame.text import plain
from reports.actuals_words import misses, not_comparable_words, reading_words
from strategy.against import Compared
from strategy.forecasts import Forecast
from strategy.metrics import GoalMetric
from strategy.model import Actual, Board

LEAST_MONTHS, BEYOND = 12, 6


def against_forecast(
    board: Board,
    metric: GoalMetric,
    own: Sequence[Actual],
    forecast: Forecast,
    rows: Sequence[Compared],
) -> None:
    """Draw what happened over the forecast's range."""
    currency, start = board.plan.currency, forecast.start_month
    last = max((each.number for each in rows), default=0)
    shown = min(forecast.months, max(LEAST_MONTHS, last + BEYOND))
    bands = {
        name: list(forecast.series[metric.key]["plan"][name])[:shown]
        for name in ("p10", "p50", "p90")
    }
    figures = {each.number: each.actual for each in rows}
    show_chart(
        actuals_chart(
            bands,
            figures,
            palette=session.palette(),
            unit=metric.unit,
            start_month=start,
            currency=currency,
        ),
        key="actuals_chart",
        heading=f"{metric.label}, over the forecast",
        caption="80 of 100 futures lie in the band. Dots are inside it, triangles above or below.",
        alt_text=actuals_alt(
            bands,
            figures,
            unit=metric.unit,
            start_month=start,
            currency=currency,
            label=metric.label,
        ),
        table=lambda: actuals_table(
            bands, figures, start_month=start, unit=metric.unit, currency=currency
        ),
    )
    if missed := misses(rows, metric.unit, currency):
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in missed))
    if rows:
        st.caption(plain(reading_words(metric)))
    if words := not_comparable_words(metric, len(own), rows):
        st.caption(plain(words))
