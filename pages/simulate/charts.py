"""The charts of one stored run."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import session
from components.chance_list import Chance, chance_list
from components.charts import (
    Payback,
    cash_alt,
    cash_chart,
    cash_table,
    hours_alt,
    hours_chart,
    hours_table,
)
from components.numbers import chance, chance_word, format_range, format_value
from pages.frame.break_even import break_even_popover
from pages.frame.chart import show_chart
from pages.simulate.fan import row_of
from reports.headlines import changes_nothing, freed_hours_a_week, linear_explained
from strategy.calendar import month_label
from strategy.metrics import WEEKS_A_MONTH, metric_of
from strategy.model import Board, Goal, Run

USES = {
    "selling_hours": ("Selling", "selling"),
    "strategy_hours": ("Account work", "account"),
    "coaching_hours": ("Coaching", "coaching"),
    "admin_hours": ("Admin", "tactical"),
    "meeting_hours": ("Meetings", "other"),
    "slack_hours": ("Slack", "other"),
}


def projection(board: Board, run: Run) -> None:
    """Draw the goals' chances, the hours and the cash."""
    with st.container(border=True):
        _goals(board, run)
    with st.container(border=True):
        _hours(run)
    with st.container(border=True):
        _cash(board, run)


def _goals(board: Board, run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Chance of each goal**")
        if board.simulated_goals and run.inputs["tactics"]:
            break_even_popover(board, run, goals=True, key="break_even_goals")
    if not board.simulated_goals:
        st.caption("No goals yet. Add one on the Plan page.")
    rows = [
        _chance(board, goal, row) for goal in board.simulated_goals if (row := row_of(run, goal))
    ]
    if rows:
        st.html(chance_list(rows, session.palette()))


def _chance(board: Board, goal: Goal, row: Mapping[str, Any]) -> Chance:
    metric = metric_of(goal.metric)
    reach = format_value(goal.target, metric.unit, board.plan.currency)
    error = 100 * row["standard_error"]
    return Chance(
        title=goal.title,
        aim=f"{metric.label} to {reach} by {month_label(goal.due_month, 1)}",
        chance=chance(row["chance"]),
        beside=f"{chance(row['baseline_chance'])} as today, sampling error "
        + (f"{error:.1f} points" if error >= 0.05 else "under 0.1 points"),
        verdict=chance_word(row["chance"]),
    )


def weekly(run: Run, side: str, month: int) -> dict[str, float]:
    """Return mean hours a rep-week by use in a month, with plan or as today."""
    hours = run.summary["hours"]
    heads = hours["heads"][side][month]
    return {
        use: max(hours[use][side][month], 0.0) / heads / WEEKS_A_MONTH if heads else 0.0
        for use in USES
    }


def _hours(run: Run) -> None:
    last = run.months - 1
    before, after = weekly(run, "baseline", last), weekly(run, "plan", last)
    heads = run.summary["hours"]["heads"]["plan"][last]
    systems = run.summary["hours"]["system_hours"]["plan"][last] / heads / WEEKS_A_MONTH
    labels = {use: label for use, (label, _) in USES.items()}
    groups = {use: group for use, (_, group) in USES.items()}
    freed = freed_hours_a_week(run.summary)
    show_chart(
        hours_chart(
            before,
            after,
            labels,
            groups,
            palette=session.palette(),
            systems=max(systems, 0.0),
            today_label="Carrying on as today",
        ),
        key="hours",
        heading=f"{format_value(freed, 'hours')} of admin work come free in a rep-week"
        if freed >= 0.05
        else "No admin work comes free",
        caption="One rep's week in the plan's last month, without and with the plan: means over "
        "all futures, so that parts add up. The heading is the middle future.",
        alt_text=hours_alt(before, after, labels, systems=max(systems, 0.0)),
        table=lambda: hours_table(before, after, labels, groups, systems=max(systems, 0.0)),
    )


def _cash(board: Board, run: Run) -> None:
    bands = run.summary["series"]["cumulative_net"]["plan"]
    found = run.summary["finance"]["payback"]
    payback: Payback | None = (
        None
        if changes_nothing(run.summary)
        else {name: found[name] for name in ("p10", "p50", "p90")}
    )
    currency, start = board.plan.currency, board.plan.start_month
    net, linear = run.summary["net"], run.summary["linear"]["cumulative"]
    show_chart(
        cash_chart(
            bands,
            palette=session.palette(),
            start_month=start,
            currency=currency,
            payback=payback,
            linear=linear,
        ),
        key="cash",
        heading=f"Net benefit {format_value(net['p50'], 'money', currency)} by "
        f"{month_label(start, run.months)}",
        caption=f"80% range {format_range(net['p10'], net['p90'], 'money', currency)} around the "
        "middle future, cumulative, not discounted, against carrying on as today. "
        "Revenue after the horizon is not counted. " + linear_explained(run.summary, currency),
        alt_text=cash_alt(
            bands,
            start_month=start,
            currency=currency,
            payback=payback,
            linear=linear,
        ),
        table=lambda: cash_table(
            bands, start_month=start, unit="money", currency=currency, linear=linear
        ),
    )
