"""How is it computed, and does it add up?"""

import streamlit as st

import session
from pages.frame.bar import context_row, show_messages
from pages.frame.plan_dialog import show_plan_dialog


def trust_page() -> None:
    """Draw what speaks for the numbers of the current plan."""
    plan = session.current_plan()
    if plan is None:
        st.title("There is no plan yet.")
        st.text("Open Plan and write down a first goal.")
        return
    board = session.store().board(plan.id)
    context_row(board, note="The plan as it stands on the board")
    show_messages()
    st.title("Every number follows from eighteen equations.")
    show_plan_dialog(board)
    session.watch(plan.id, board.change_seq)
