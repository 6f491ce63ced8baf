"""Buttons that mend what does not fit: move, share, park, add; each is one change with undo."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

import session
from pages.frame.text import plain
from pages.plan.view import GOAL_LANE
from strategy import commands
from strategy.findings import Mend
from strategy.model import Board, Tactic

Act = Callable[[], object]
SAVED = "Saved. Undo takes it back."


def mend_buttons(board: Board, subject: str, mends: Sequence[Mend], key: str) -> None:
    """Draw the buttons of one line; `subject` is the goal to add to, or the tactic."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if "add" in mends:
            st.button(
                "Add tactic",
                key=f"add {key}",
                icon=":material/add:",
                on_click=session.open_dialog,
                args=("add_tactic", GOAL_LANE + subject),
            )
        tactic = next((each for each in board.tactics if each.id == subject), None)
        if tactic is None:
            return
        if "move" in mends:
            _goals(board, tactic, "Move to", f"move {key}", _move)
        if "split" in mends:
            _goals(board, tactic, "Share half with", f"split {key}", _share_half)
        if "park" in mends:
            _park_button(board, tactic, f"park {key}")


def park_all_button(board: Board) -> None:
    """Draw the button that parks every tactic without a goal."""
    park = partial(commands.park_unaligned, session.store(), board.plan.id, session.actor())
    st.button(
        "Park all",
        key="park_all",
        icon=":material/lightbulb:",
        help="Put them among the ideas: not in the plan, not simulated",
        on_click=_mend,
        args=(park, "Parked. Undo brings them back."),
    )


def _park_button(board: Board, tactic: Tactic, key: str) -> None:
    park = partial(
        commands.move_tactic,
        session.store(),
        board.plan.id,
        session.actor(),
        tactic.id,
        "ideas",
    )
    st.button(
        "Park",
        key=key,
        help=plain(f"Put “{tactic.title}” among the ideas: not in the plan, not simulated"),
        on_click=_mend,
        args=(park, f"{tactic.title} is parked. Undo brings it back."),
    )


def _goals(
    board: Board, tactic: Tactic, words: str, key: str, act: Callable[[str, str, str], object]
) -> None:
    """Draw a menu of the goals that the tactic is not under."""
    goals = [goal for goal in board.goals if goal.id != tactic.goal_id]
    if not goals:
        return
    with st.popover(words, key=f"menu {key}"):
        for goal in goals:
            st.button(
                plain(goal.title),
                key=f"{key} {goal.id}",
                type="tertiary",
                width="stretch",
                on_click=_mend,
                args=(
                    partial(act, board.plan.id, tactic.id, goal.id),
                    "Saved. Undo takes it back.",
                ),
            )


def _mend(act: Act, said: str) -> None:
    session.attempt(act, said)


def _move(plan_id: str, tactic_id: str, goal_id: str) -> object:
    return commands.move_tactic(
        session.store(), plan_id, session.actor(), tactic_id, "goal", goal_id
    )


def _share_half(plan_id: str, tactic_id: str, goal_id: str) -> object:
    return commands.split_tactic(session.store(), plan_id, session.actor(), tactic_id, goal_id, 0.5)
