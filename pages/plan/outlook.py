"""What becomes of a first goal without any tactic, drawn as soon as it can be simulated."""

from typing import Any

import streamlit as st

import session
from components.charts import fan_alt, fan_chart, fan_table
from pages.frame.chart import show_chart
from pages.frame.text import plain
from reports.headlines import goal_finding
from strategy.calendar import month_label
from strategy.errors import PlanError
from strategy.metrics import metric_of
from strategy.model import Board
from strategy.starting import Outlook, outlook


def show_outlook(board: Board | None) -> None:
    """Draw the outlook of a board with one goal; without a board say what is missing."""
    if board is None:
        st.markdown("**Carrying on as today**")
        st.caption(
            "Say where you are and where you want to be. Before any tactic you will see in how "
            "many of 100 futures you get there by itself."
        )
        return
    goal = board.goals[0]
    try:
        with st.spinner("Simulating…", show_time=True):
            found = session.once(("outlook", repr(_asked(board))), lambda: outlook(board))
    except PlanError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _chart(found, goal.metric)


def _asked(board: Board) -> tuple[object, ...]:
    """Return what the outlook depends on, and nothing that is new on each draw."""
    plan, goal = board.plan, board.goals[0]
    ranges = [(name, each.low, each.mode, each.high) for name, each in plan.assumptions.items()]
    aim = (goal.metric, goal.baseline, goal.target, goal.due_month)
    return (plan.start_month, plan.seats, plan.currency, aim, ranges)


def _chart(found: Outlook, key: str) -> None:
    board, metric, row = found.board, metric_of(key), found.look["goals"][0]
    goal, plan = board.goals[0], board.plan
    bands = found.look["series"][key]["plan"]
    due = row["due"]
    shown = {name: values[: max(due, 2)] for name, values in bands.items()}
    comparison = ">=" if goal.target > goal.baseline else "<="
    finding = goal_finding(
        {"metric": key, "baseline": goal.baseline, "target": goal.target},
        found.chance,
        plan.currency,
    )
    words = finding[0].lower() + finding[1:]
    given: dict[str, Any] = {
        "unit": metric.unit,
        "currency": plan.currency,
        "start_month": plan.start_month,
    }
    aim: dict[str, Any] = {
        "target": goal.target,
        "due": due,
        "comparison": comparison,
        "dots": row["dots"],
    }
    show_chart(
        fan_chart(shown, palette=session.palette(), **given, **aim),
        key="outlook",
        heading=f"Carrying on as today, {words}",
        caption=f"To {month_label(plan.start_month, due)}. No tactic is on the board yet.",
        alt_text=fan_alt(shown, label=metric.label, chance=found.chance, **given, **aim),
        table=lambda: fan_table(
            shown,
            start_month=plan.start_month,
            target=goal.target,
            unit=metric.unit,
            currency=plan.currency,
        ),
    )
