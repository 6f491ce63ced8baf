"""The plan's menu: other plans, a new one, a copy, the archive, and who you are."""

import streamlit as st

import session
from pages.frame.text import plain
from strategy.copying import archive_plan, bring_back_plan, duplicate_plan
from strategy.model import Board, Plan


@st.fragment
def plan_menu(board: Board) -> None:
    """Draw the plan's name as a button; what it opens is drawn when it is open."""
    # A new key for each dialog opened: the menu does not stay open behind it.
    key = f"plan_menu_{session.dialog_key('')}"
    with st.popover(
        plain(board.plan.name), icon=":material/unfold_more:", on_change="rerun", key=key
    ) as menu:
        if menu.open:
            _plan_choices(board)


def _plan_choices(board: Board) -> None:
    for plan in session.store().plans():
        if st.button(
            plain(plan.name),
            key=f"choose_{plan.id}",
            width="stretch",
            type="tertiary",
            disabled=plan.id == board.plan.id,
        ):
            session.choose_plan(plan.id)
            st.rerun()
    st.divider()
    if st.button("New plan", icon=":material/add:", width="stretch"):
        session.open_dialog("plan", None)
        st.rerun()
    if st.button("Plan settings", icon=":material/tune:", width="stretch"):
        session.open_dialog("plan", board.plan.id)
        st.rerun()
    if st.button("Copy this plan", icon=":material/content_copy:", width="stretch"):
        _copy(board)
    if st.button("Archive this plan", icon=":material/archive:", width="stretch"):
        _archive(board)
    bring_back_buttons()
    st.caption("P: projector mode, and back. Ctrl+Z: undo.")
    if warning := session.warning():
        st.caption(plain(warning))
    st.text_input(
        "Your name, for the history",
        key="actor_name",
        max_chars=80,
        persist_state="session",
    )


def _copy(board: Board) -> None:
    """Copy the plan and go on with the copy."""
    kept = session.attempt(
        lambda: duplicate_plan(
            session.store(), board.plan.id, session.actor(), f"{board.plan.name} (copy)"[:120]
        ),
        "This is the copy. The original is in the plan's menu.",
    )
    if kept is not None:
        session.choose_plan(kept.id)
    st.rerun()


def _archive(board: Board) -> None:
    """Take the plan off the list; the page goes on with another."""
    session.attempt(
        lambda: archive_plan(session.store(), board.plan.id, session.actor()),
        f"{board.plan.name} is archived. The plan's menu brings it back.",
    )
    session.leave_plan()
    st.rerun()


def bring_back_buttons() -> None:
    """Draw a button for each archived plan that puts it back on the list."""
    for plan in session.store().archived_plans():
        if st.button(
            f"Bring back {plain(plan.name)}",
            key=f"bring_back_{plan.id}",
            icon=":material/unarchive:",
            type="tertiary",
        ):
            _bring_back(plan)


def _bring_back(plan: Plan) -> None:
    session.attempt(
        lambda: bring_back_plan(session.store(), plan.id, session.actor()),
        f"{plan.name} is back.",
    )
    session.choose_plan(plan.id)
    st.rerun()
