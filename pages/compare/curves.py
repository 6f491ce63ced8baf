"""The scenarios of Compare as lines over time, and where the lead changes hands."""

import streamlit as st

import session
from components.charts import Series, lead_changes, overlay_alt, overlay_chart, overlay_table
from components.charts.bands import Comparison
from components.numbers import format_value
from pages.frame.chart import show_chart
from strategy.calendar import month_label
from strategy.metrics import GOAL_METRICS, metric_of
from strategy.model import Board, Run, Scenario

CASH = "cumulative_net"


def overlay(board: Board, chosen: list[Scenario], runs: list[Run]) -> None:
    """Draw the scenarios' lines of an outcome that a person chooses."""
    goals = board.simulated_goals
    key = st.selectbox(
        "Outcome",
        list(GOAL_METRICS),
        index=list(GOAL_METRICS).index(goals[0].metric) if goals else 0,
        format_func=lambda each: GOAL_METRICS[each].label,
        key="compare_metric",
        persist_state="session",
    )
    curves(board, chosen, runs, key, name="overlay", height=360)


def curves(
    board: Board,
    chosen: list[Scenario],
    runs: list[Run],
    key: str,
    *,
    name: str,
    height: int = 300,
) -> None:
    """Draw the scenarios' lines of one metric; `name` is the chart's key."""
    metric = metric_of(key)
    goal = next((each for each in board.simulated_goals if each.metric == key), None)
    series = series_of(chosen, runs, key)
    comparison: Comparison = "<=" if metric.lower_is_better else ">="
    start, currency = board.plan.start_month, board.plan.currency
    target = goal.target if goal else None
    ends = ", ".join(
        f"{one['letter']} {format_value(one['bands']['p50'][-1], metric.unit, currency)}"
        for one in series
    )
    crossing = crossing_words(series, comparison, start)
    show_chart(
        overlay_chart(
            series,
            palette=session.palette(),
            unit=metric.unit,
            currency=currency,
            start_month=start,
            target=target,
            comparison=comparison,
            zero=key == CASH,
            height=height,
        ),
        key=name,
        heading=f"{metric.label} in {month_label(start, board.plan.months)}: {ends}",
        caption=f"{crossing} Middle future and 80% range of each scenario.".strip(),
        alt_text=overlay_alt(
            series,
            unit=metric.unit,
            currency=currency,
            start_month=start,
            label=metric.label,
            target=target,
            comparison=comparison,
        ),
        table=lambda: overlay_table(series, start_month=start, unit=metric.unit, currency=currency),
    )


def series_of(chosen: list[Scenario], runs: list[Run], key: str) -> list[Series]:
    """Return each scenario's bands of a metric, from its stored run."""
    return [
        {
            "letter": scenario.letter,
            "name": scenario.name,
            "bands": run.summary["series"][key]["plan"],
        }
        for scenario, run in zip(chosen, runs, strict=True)
    ]


def crossing_words(series: list[Series], comparison: Comparison, start_month: str) -> str:
    """Return where the lead changes for good, as a sentence; nothing where it does not."""
    change = lead_changes(series, comparison)
    if change is None:
        return ""
    until = month_label(start_month, change.month)
    return f"{change.first} leads until {until}, {change.then} from then on."
