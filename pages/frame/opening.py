"""What stands around a page about one plan, and what it says while there is no plan."""

from collections.abc import Callable

import streamlit as st

import session
from pages.frame.bar import context_row, show_messages
from pages.frame.plan_dialog import show_plan_dialog
from strategy.model import Board


def current_board(missing: str = "There is no plan yet.") -> Board | None:
    """Return the board of the current plan; without a plan say `missing` and where to begin."""
    plan = session.current_plan()
    if plan is None:
        st.title(missing)
        st.text("Open Plan and write down a first goal.")
        return None
    return session.store().board(plan.id)


def about_plan(
    draw: Callable[[Board], None], *, missing: str = "There is no plan yet.", note: str = ""
) -> None:
    """Draw a page about the current plan: the context row with a note, `draw`, the plan's dialog.

    The page draws again when somebody else changes the plan.
    """
    board = current_board(missing)
    if board is None:
        return
    context_row(board, note=note)
    show_messages()
    draw(board)
    show_plan_dialog(board)
