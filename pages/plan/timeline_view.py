"""The plan on a ruler of months, live; a bar moved there is a change like any other."""

from collections.abc import Callable
from functools import partial

import streamlit as st

import session
from components.timeline import (
    TimelineData,
    TimelineGroup,
    TimelineRow,
    parse_open,
    parse_start,
    timeline,
    trigger,
)
from strategy.calendar import month_label, month_of_plan
from strategy.filtering import Filter, shown
from strategy.model import Board
from strategy.schedule import Group, Row, schedule
from strategy.starts import set_start
from strategy.tactic_levers import start_in_words

KEY = "timeline"


def timeline_view(board: Board, asked: Filter) -> None:
    """Draw the timeline of the tactics that the filter shows."""
    st.caption(
        "Hatched: until it works. Shaded: until 9 of 10 of those who will use it do, with likely "
        "values. Drag a bar or use the arrow keys to change its start; ideas are not on it."
    )
    timeline(
        timeline_data(board, asked),
        key=KEY,
        on_start=partial(_on, board.plan.id, _start),
        on_open=partial(_on, board.plan.id, _open),
    )


def timeline_data(board: Board, asked: Filter) -> TimelineData:
    """Return what the timeline draws."""
    plan, visible = board.plan, shown(asked, board)
    now = month_of_plan(plan.start_month, session.store().now()[:7])
    return {
        "labels": [month_label(plan.start_month, month + 1) for month in range(plan.months)],
        "today": float(now) if 1 <= now <= plan.months else None,
        "groups": [_group(board, group, visible) for group in schedule(board)],
        "revision": board.change_seq,
    }


def _group(board: Board, group: Group, visible: frozenset[str]) -> TimelineGroup:
    due = group.due
    rows = [_row(board, row) for row in group.rows if row.tactic.id in visible]
    is_hidden = bool(group.rows) and not rows
    return {
        "title": group.title,
        "due": due,
        "due_label": "" if due is None else f"due {month_label(board.plan.start_month, due)}",
        "rows": rows,
        "empty": "No tactic here meets the filter." if is_hidden else "No tactic yet.",
    }


def _row(board: Board, row: Row) -> TimelineRow:
    start = board.plan.start_month
    works, used = (month_label(start, int(month)) for month in (row.works, row.used))
    begin = start_in_words(row.tactic.begin, partial(month_label, start))
    who = f"{row.tactic.owner}. " if row.tactic.owner else ""
    return {
        "id": row.tactic.id,
        "title": row.tactic.title,
        "start": row.start,
        "works": row.works,
        "used": row.used,
        "says": f"{who}Starts {begin}, works {works}, in use {used}",
    }


def _on(plan_id: str, handle: Callable[[str], None]) -> None:
    try:
        handle(plan_id)
    except ValueError as error:
        session.say("error", f"That was not saved. {error} Reload the page and try again.")


def _start(plan_id: str) -> None:
    moved = parse_start(trigger(KEY, "start"))
    if moved is not None:
        session.attempt(
            lambda: set_start(session.store(), plan_id, session.actor(), moved.tactic, moved.start),
            "Saved. Undo takes it back.",
        )


def _open(plan_id: str) -> None:
    if tactic := parse_open(trigger(KEY, "open")):
        session.open_dialog("tactic", tactic)
