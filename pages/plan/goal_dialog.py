"""The dialog that adds a goal, or edits one: there each field saves itself."""

from typing import Any

import streamlit as st

import session
from components.numbers import format_value
from pages.frame.dialog import dialog
from pages.frame.dialog_notes import say_gone, say_others
from pages.frame.draft import drop_draft, keep_draft, offer_draft
from pages.frame.editing import (
    field_key,
    follow,
    fresh,
    save_fields,
    saved_words,
    show_trouble,
)
from pages.frame.saving import save_and_close, show_dialog_error
from pages.frame.text import plain, sign
from pages.plan.own_goal import own_fields
from strategy import commands
from strategy.calendar import month_label, month_name
from strategy.metrics import GOAL_METRICS, GoalMetric
from strategy.model import OWN_METRIC, Board, Goal, Plan, Run

LABELS = {
    "title": "Title",
    "owner": "Owner",
    "metric": "Metric",
    "baseline": "Today",
    "target": "Target",
    "due_month": "Due month",
    "own_name": "What it counts",
    "own_unit": "Unit",
    "progress": "Progress so far",
}
UNIT_WORDS = {"percent": "%", "hours": "hours", "days": "days", "count": "number"}


# What is counted and its values belong together: none makes sense with another's.
COUNTED = ("metric", "baseline", "target", "own_name", "own_unit", "progress")


@dialog("Goal", width="medium")
def goal_dialog(board: Board, run: Run | None, goal_id: str | None) -> None:
    """Edit the goal of that id, or add a new one."""
    fresh()
    if goal_id is None:
        _new(board, run)
    else:
        _edit(board, run, session.store().goal(board.plan.id, goal_id))


def _edit(board: Board, run: Run | None, goal: Goal) -> None:
    """Draw the fields of a goal that exists; each is saved when it is left."""
    base = session.dialog_base(lambda: commands.fields_of(goal))
    # A place of its own: a line that comes or goes must not move the fields somebody types in.
    with st.container():
        if goal.archived_at is not None:
            say_gone("goal", goal.title, lambda: _bring_back(board, goal))
        say_others(board, goal.id)
    follow(base, commands.fields_of(goal))
    trouble = st.container()
    wanted = _fields(board.plan, run, base)
    store, plan_id, actor = session.store(), board.plan.id, session.actor()
    if goal.archived_at is None:
        save_fields(
            lambda start, part: commands.edit_goal(store, plan_id, actor, goal.id, start, part),
            base,
            wanted,
            groups=[COUNTED],
        )
    with trouble:
        show_trouble(base, LABELS, lambda name, value: _said(board, base, name, value))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Done", type="primary", key=session.dialog_key("done")):
            session.close_dialog()
            st.rerun()
        if st.button("Archive", icon=":material/archive:", key=session.dialog_key("archive")):
            _archive(board, goal)
        st.caption(saved_words())


def _bring_back(board: Board, goal: Goal) -> None:
    commands.bring_back_goal(session.store(), board.plan.id, session.actor(), goal.id)


def _new(board: Board, run: Run | None) -> None:
    blank = _blank(board)
    base = offer_draft(board.plan.id, "goal", blank)
    show_dialog_error()
    wanted = _fields(board.plan, run, base)
    keep_draft(board.plan.id, "goal", blank, wanted)
    if st.button("Save", type="primary", key=session.dialog_key("save")):
        store, plan_id, actor = session.store(), board.plan.id, session.actor()
        save_and_close(lambda _: commands.add_goal(store, plan_id, actor, **wanted), base, LABELS)
        drop_draft(plan_id, "goal")
        st.rerun()


def _blank(board: Board) -> dict[str, Any]:
    return {
        "title": "",
        "owner": "",
        "metric": "bookings_quarter",
        "baseline": None,
        "target": None,
        "due_month": month_name(board.plan.start_month, min(12, board.plan.months)),
        "own_name": "",
        "own_unit": "",
        "progress": None,
    }


def _fields(plan: Plan, run: Run | None, base: dict[str, Any]) -> dict[str, Any]:
    title = st.text_input(
        "What do you want?",
        base["title"],
        max_chars=120,
        placeholder="Grow new bookings",
        key=field_key("title"),
    )
    owner = st.text_input("Who owns it?", base["owner"], max_chars=120, key=field_key("owner"))
    chosen = st.selectbox(
        "Counted as",
        [*GOAL_METRICS, OWN_METRIC],
        index=[*GOAL_METRICS, OWN_METRIC].index(base["metric"]),
        format_func=_metric_name,
        key=field_key("metric"),
    )
    if chosen == OWN_METRIC:
        counted = own_fields(base)
    else:
        today, target = _amounts(plan, run, base, GOAL_METRICS[chosen])
        counted = {"baseline": today, "target": target}
    months = [month_name(plan.start_month, month + 1) for month in range(plan.months)]
    due = st.selectbox(
        "By the end of",
        months,
        index=months.index(base["due_month"]) if base["due_month"] in months else len(months) - 1,
        format_func=lambda month: month_label(month, 1),
        key=field_key("due_month"),
    )
    return {
        "title": title,
        "owner": owner,
        "metric": chosen,
        "due_month": due,
    } | counted


def _metric_name(key: str) -> str:
    return GOAL_METRICS[key].label if key in GOAL_METRICS else "A metric of our own"


def _amounts(
    plan: Plan, run: Run | None, base: dict[str, Any], metric: GoalMetric
) -> tuple[float | None, float | None]:
    """Ask for today's value and the target in the metric's unit."""
    shown = 100.0 if metric.unit == "percent" else 1.0
    unit = sign(plan.currency) if metric.unit == "money" else UNIT_WORDS[metric.unit]
    model_today = _model_today(run, metric)
    is_same = metric.key == base["metric"]
    today = base["baseline"] if is_same and base["baseline"] is not None else model_today
    left, right = st.columns(2)
    step = 0.1 if metric.unit in ("percent", "hours", "days") else None
    values = []
    for column, field, label, value in (
        (left, "baseline", f"Today ({unit})", today),
        (right, "target", f"Target ({unit})", base["target"] if is_same else None),
    ):
        typed = column.number_input(
            label,
            value=None if value is None else float(round(value * shown, 2 if step else 0)),
            step=step,
            format="%.2f" if step else "%.0f",
            key=field_key(field, metric.key),
        )
        values.append(None if typed is None else typed / shown)
    if model_today is not None:
        level = format_value(model_today, metric.unit, plan.currency)
        st.caption(plain(f"The model's own level today: {level}"))
    return values[0], values[1]


def _model_today(run: Run | None, metric: GoalMetric) -> float | None:
    if run is None:
        return None
    return float(run.summary["series"][metric.key]["baseline"]["p50"][0])


def _said(board: Board, base: dict[str, Any], name: str, value: Any) -> str:
    """Return a field's value in the words of the dialog."""
    if name in ("baseline", "target") and base["metric"] in GOAL_METRICS:
        return format_value(value, GOAL_METRICS[base["metric"]].unit, board.plan.currency)
    if name == "metric":
        return _metric_name(value)
    return month_label(value, 1) if name == "due_month" else str(value)


def _archive(board: Board, goal: Goal) -> None:
    session.attempt(
        lambda: commands.archive_goal(session.store(), board.plan.id, session.actor(), goal.id),
        "Archived. Its tactics wait under no goal. Undo brings it back.",
    )
    session.close_dialog()
    st.rerun()
