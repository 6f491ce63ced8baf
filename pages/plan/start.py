"""The first screen while there is no plan: one goal before any tool."""

import streamlit as st

import session
from pages.frame.bar import show_messages
from pages.frame.plan_dialog import plan_dialog
from pages.frame.plan_menu import bring_back_buttons


def start_page() -> None:
    """Ask for a plan, or offer the worked example."""
    show_messages()
    st.title("What should be different by the end of next year?")
    st.caption("Start with what you want to change. Tools come later, if at all.")
    left, right = st.columns(2)
    with left.container(border=True):
        st.markdown("**Your own plan**")
        st.text("Name it, say how many reps you have, then write down the first goal.")
        st.button(
            "Start a plan",
            type="primary",
            icon=":material/flag:",
            on_click=session.open_dialog,
            args=("plan", None),
        )
    with right.container(border=True):
        st.markdown("**A worked example**")
        st.text("Larkfield Software: 24 reps, four goals, a dozen tactics, three scenarios.")
        st.button("Open the example", icon=":material/play_arrow:", on_click=_open_example)
    bring_back_buttons()
    if session.dialog() == ("plan", None):
        plan_dialog(None)


def _open_example() -> None:
    plan = session.attempt(session.new_example)
    if plan:
        session.choose_plan(plan.id)
