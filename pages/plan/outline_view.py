"""The plan as text and as a table: all that the board shows, and a way to move a tactic."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

import session
from components.numbers import chance, chance_word, own_value, typed_cost_range
from pages.frame.chart import heading_row
from pages.frame.text import plain
from strategy import commands
from strategy.alignment import first_year_costs
from strategy.calendar import month_label
from strategy.filtering import Filter, shown
from strategy.metrics import metric_label
from strategy.model import Board, Goal, Lane, Run, Tactic
from strategy.outline import LANES, outline
from strategy.readiness import STATUS_NAMES
from strategy.tactic_levers import start_in_words

Place = tuple[Lane, str | None]
HEADER = ["Goal", "Chance", "Tactic", "Owner", "Starts", "Cost, year 1", "Days a year", "Status"]


def outline_view(board: Board, run: Run | None, asked: Filter) -> None:
    """Draw the outline as text, the same as a table, and the control that moves a tactic."""
    visible = shown(asked, board)
    part = Board(
        board.plan,
        board.goals,
        tuple(each for each in board.tactics if each.id in visible),
        board.change_seq,
    )
    rows = {row["id"]: row for row in run.summary["goals"]} if run else {}
    st.code(
        outline(part, lambda goal: goal_words(goal, rows), lambda each: tactic_words(board, each)),
        language=None,
        wrap_lines=True,
    )
    _move(part, rows)
    table = outline_table(part, rows)
    heading_row("The same as a table", lambda: table, key="outline")
    st.table(table.map(lambda cell: plain(str(cell))), hide_index=True, width="stretch")


def goal_words(goal: Goal, rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what a goal counts, by when, and its chance or its progress."""
    due = f"{metric_label(goal)}, by {month_label(goal.due_month, 1)}"
    if not goal.is_simulated:
        progress = "none yet" if goal.progress is None else own_value(goal.progress, goal.own_unit)
        return f"{due}: progress {progress}, target {own_value(goal.target, goal.own_unit)}."
    row = rows.get(goal.id)
    if row is None:
        return f"{due}."
    return f"{due}: {chance(row['chance'])} chance, {chance_word(row['chance']).lower()}."


def tactic_words(board: Board, tactic: Tactic) -> str:
    """Return a tactic's owner, start, cost, effort and status."""
    parts = [
        tactic.owner or "No owner",
        f"from {_begin(board, tactic)}",
        typed_cost_range(*first_year_costs(tactic, board.plan), board.plan.currency),
        f"{tactic.effort_days:g} days",
        STATUS_NAMES[tactic.status].lower(),
    ]
    return f"{', '.join(parts)}."


def outline_table(board: Board, rows: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return a row a tactic in the board's order; a goal without any has a row of its own."""
    found: list[tuple[str, ...]] = []
    places = [(goal.title, goal.id, rows.get(goal.id)) for goal in board.goals]
    for title, place, row in [*places, *((title, lane, None) for lane, title in LANES.items())]:
        hit = chance(row["chance"]) if row else ""
        tactics = [each for each in board.tactics if (each.goal_id or each.lane) == place]
        found += [(title, hit, *_cells(board, each)) for each in tactics]
        if not tactics and place not in LANES:
            found.append((title, hit, "(no tactic)", "", "", "", "", ""))
    return pd.DataFrame(found, columns=HEADER)


def _cells(board: Board, tactic: Tactic) -> tuple[str, ...]:
    return (
        tactic.title,
        tactic.owner,
        _begin(board, tactic),
        typed_cost_range(*first_year_costs(tactic, board.plan), board.plan.currency),
        f"{tactic.effort_days:g}",
        STATUS_NAMES[tactic.status],
    )


def _begin(board: Board, tactic: Tactic) -> str:
    return start_in_words(tactic.begin, partial(month_label, board.plan.start_month))


def _move(board: Board, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Draw a choice of tactic and place, and the button that moves it there."""
    if not board.tactics:
        return
    places: list[Place] = [("goal", goal.id) for goal in board.goals]
    places += [("unaligned", None), ("ideas", None)]
    names: dict[Place, str] = {("goal", goal.id): _place_name(goal, rows) for goal in board.goals}
    names |= {("unaligned", None): "Not under a goal", ("ideas", None): "Ideas"}
    titles = {each.id: each.title for each in board.tactics}
    left, middle, right = st.columns([6, 6, 1], vertical_alignment="bottom")
    tactic = left.selectbox(
        "Move", list(titles), format_func=lambda each: titles[each], key="outline_tactic"
    )
    place = middle.selectbox(
        "to", places, format_func=lambda each: names[each], key="outline_place"
    )
    # Not a callback's arguments, which are those of the draw before: a quick hand changes
    # a choice and presses at once.
    if right.button("Move", key="outline_move", width="stretch"):
        _moved(board.plan.id, tactic, place)
        st.rerun()


def _place_name(goal: Goal, rows: Mapping[str, Mapping[str, Any]]) -> str:
    row = rows.get(goal.id)
    return f"{goal.title} ({chance(row['chance'])} now)" if row else goal.title


def _moved(plan_id: str, tactic_id: str, place: Place) -> None:
    session.attempt(
        lambda: commands.move_tactic(
            session.store(), plan_id, session.actor(), tactic_id, place[0], place[1]
        ),
        "Moved. Undo takes it back.",
    )
