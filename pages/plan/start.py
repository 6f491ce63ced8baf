"""The first screen of a plan: one goal, and its chance if nothing changes, before any tactic."""

from typing import Any

import streamlit as st

import session
from components.numbers import format_value
from pages.frame.bar import show_messages
from pages.frame.plan_files import show_import_dialog
from pages.frame.plan_menu import bring_back_buttons
from pages.frame.text import plain, sign
from pages.plan.other_starts import other_starts
from pages.plan.outlook import show_outlook
from strategy.calendar import month_label, month_name
from strategy.errors import PlanError
from strategy.metrics import GOAL_METRICS, GoalMetric
from strategy.model import Board, Goal, Plan
from strategy.planning import blank_plan
from strategy.starting import first_board, start_plan

MONTHS = 36
STEPS = {"money": 1000.0, "percent": 0.1, "hours": 0.1, "days": 1.0, "count": 1.0}
WORDS = {"percent": "%", "hours": "hours", "days": "days", "count": "number"}


def start_page(back_to: Plan | None = None) -> None:
    """Ask for one goal and show its chance when carrying on as today; offer other ways in.

    `back_to` is the plan people came from, None while there is none.
    """
    show_messages()
    if back_to is not None:
        st.button(
            f"Back to {plain(back_to.name)}",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=session.start_plan,
            args=(False,),
        )
    st.title("What should be different by the end of next year?")
    st.caption("Start with one goal. Tactics and tools come after it.")
    left, right = st.columns([11, 9], gap="medium")
    with left:
        plan, goal = _fields()
        error, board = _checked(plan, goal)
        if error:
            st.error(plain(error), icon=":material/error:")
        with st.container(horizontal=True, vertical_alignment="center"):
            # Not a callback, which would act on what was typed before the last draw.
            if (
                st.button(
                    "Set this goal",
                    type="primary",
                    icon=":material/flag:",
                    disabled=board is None,
                )
                and board is not None
            ):
                _set(board)
            st.caption("Next: what would move it? Three to five goals is plenty.")
    with right.container(border=True):
        show_outlook(board)
    other_starts()
    bring_back_buttons()
    show_import_dialog()


def _fields() -> tuple[Plan, dict[str, Any]]:
    """Ask for the goal and the few facts about the team that its chance depends on."""
    blank = blank_plan(session.store().now())
    metric_box, owner_box = st.columns([2, 1])
    metric = GOAL_METRICS[
        metric_box.selectbox(
            "We want to move",
            list(GOAL_METRICS),
            format_func=lambda each: GOAL_METRICS[each].label,
            key="start_metric",
        )
    ]
    owner = owner_box.text_input("Owned by", max_chars=120, key="start_owner")
    from_box, to_box, by_box = st.columns(3)
    name_box, seats_box, sign_box = st.columns([2, 1, 1])
    currency = sign_box.text_input("Currency sign", "$", max_chars=4, key="start_currency")
    today = _amount(from_box, "From, today", metric, currency)
    target = _amount(to_box, "To", metric, currency)
    months = [month_name(blank.start_month, month + 1) for month in range(MONTHS)]
    due = by_box.selectbox(
        "By the end of",
        months,
        index=11,
        format_func=lambda month: month_label(month, 1),
        key="start_due",
    )
    name = name_box.text_input(
        "Name of the plan", max_chars=120, key="start_name", placeholder="Team and year"
    )
    seats = seats_box.number_input("Reps (seats)", value=blank.seats, step=1, key="start_seats")
    plan = {"name": name or f"Plan {due[:4]}", "currency": currency, "seats": int(seats)}
    return blank_plan(session.store().now(), **plan), {
        "metric": metric.key,
        "owner": owner,
        "baseline": today,
        "target": target,
        "due_month": due,
    }


def _amount(
    box: st.delta_generator.DeltaGenerator, label: str, metric: GoalMetric, currency: str
) -> float | None:
    """Ask for a value in the unit people say it in; percentages come back as shares."""
    unit = sign(currency) if metric.unit == "money" else WORDS[metric.unit]
    typed = box.number_input(
        f"{label} ({unit})",
        value=None,
        step=STEPS[metric.unit],
        format="%.1f" if STEPS[metric.unit] < 1 else "%.0f",
        key=f"start_{label}_{metric.key}",
    )
    return None if typed is None else typed / (100 if metric.unit == "percent" else 1)


def _checked(plan: Plan, given: dict[str, Any]) -> tuple[str, Board | None]:
    """Return what is wrong, or the board the goal would make; neither while a value is missing."""
    if given["baseline"] is None or given["target"] is None:
        return "", None
    metric = GOAL_METRICS[given["metric"]]
    title = f"{metric.label} to {format_value(given['target'], metric.unit, plan.currency)}"
    goal = Goal(id="first", plan_id=plan.id, title=title, **given)
    try:
        return "", first_board(plan, goal, session.actor(), session.store().now())
    except PlanError as error:
        return str(error), None


def _set(board: Board) -> None:
    """Keep the plan and its goal, and go on to the board."""
    plan = session.attempt(lambda: start_plan(session.store(), session.actor(), board))
    if isinstance(plan, Plan):
        session.open_plan(plan.id)
        session.say("done", "The goal is set. Next: what would move it? Add or paste tactics.")
        st.rerun()
