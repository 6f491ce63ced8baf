"""The dialog that adds, edits and archives a goal."""

from typing import Any

import streamlit as st

import session
from components.numbers import format_value, month_label
from pages.frame.saving import save_and_close, show_dialog_error
from pages.frame.text import plain, sign
from pages.plan.own_goal import own_fields
from strategy import commands
from strategy.calendar import month_name
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


@st.dialog("Goal", width="medium", on_dismiss=session.close_dialog)
def goal_dialog(board: Board, run: Run | None, goal: Goal | None) -> None:
    """Edit `goal`, or add a new one."""
    base = session.dialog_base(lambda: commands.fields_of(goal) if goal else _blank(board))
    show_dialog_error()
    wanted = _fields(board.plan, run, base)
    with st.container(horizontal=True):
        if st.button("Save", type="primary", key=session.dialog_key("save")):
            _save(board, goal, base, wanted)
        if goal and st.button(
            "Archive", icon=":material/archive:", key=session.dialog_key("archive")
        ):
            _archive(board, goal)


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
    key = session.dialog_key
    title = st.text_input(
        "What do you want?",
        base["title"],
        max_chars=120,
        placeholder="Grow new bookings",
        key=key("title"),
    )
    owner = st.text_input("Who owns it?", base["owner"], max_chars=120, key=key("owner"))
    chosen = st.selectbox(
        "Counted as",
        [*GOAL_METRICS, OWN_METRIC],
        index=[*GOAL_METRICS, OWN_METRIC].index(base["metric"]),
        format_func=_metric_name,
        key=key("metric"),
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
        key=key("due"),
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
    for column, label, value in (
        (left, f"Today ({unit})", today),
        (right, f"Target ({unit})", base["target"] if is_same else None),
    ):
        typed = column.number_input(
            label,
            value=None if value is None else float(round(value * shown, 2 if step else 0)),
            step=step,
            format="%.2f" if step else "%.0f",
            key=session.dialog_key(f"{label}_{metric.key}"),
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


def _save(board: Board, goal: Goal | None, base: dict[str, Any], wanted: dict[str, Any]) -> None:
    store, plan_id, actor = session.store(), board.plan.id, session.actor()

    def keep(start: dict[str, Any]) -> Goal:
        if goal is None:
            return commands.add_goal(store, plan_id, actor, **wanted)
        return commands.edit_goal(store, plan_id, actor, goal.id, start, wanted)

    def show(name: str, value: Any) -> str:
        if name in ("baseline", "target") and wanted["metric"] in GOAL_METRICS:
            unit = GOAL_METRICS[str(wanted["metric"])].unit
            return format_value(value, unit, board.plan.currency)
        if name == "metric":
            return _metric_name(value)
        return month_label(value, 1) if name == "due_month" else str(value)

    save_and_close(keep, base, LABELS, show)
    st.rerun()


def _archive(board: Board, goal: Goal) -> None:
    session.attempt(
        lambda: commands.archive_goal(session.store(), board.plan.id, session.actor(), goal.id),
        "Archived. Its tactics wait under no goal. Undo brings it back.",
    )
    session.close_dialog()
    st.rerun()
