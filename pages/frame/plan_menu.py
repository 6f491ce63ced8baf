"""The plan's menu: other plans, a new one, a copy, files, the archive, and who you are."""

import streamlit as st

import session
from pages.frame.group import go_to
from pages.frame.plan_files import export_buttons
from pages.frame.text import plain
from strategy.copying import archive_plan, bring_back_plan, duplicate_plan
from strategy.model import Board, Plan

SEARCH_FROM = 8
MOST_SHOWN = 12


@st.fragment
def plan_menu(board: Board) -> None:
    """Draw the plan's name as a button; what it opens is drawn when it is open."""
    # A new key for each dialog opened: the menu does not stay open behind it.
    key = f"plan_menu_{session.dialog_key('')}"
    with st.popover(
        plain(board.plan.name), icon=":material/unfold_more:", on_change="rerun", key=key
    ) as menu:
        if menu.open:
            _switcher(board)
            st.divider()
            _this_plan(board)
            st.divider()
            bring_back_buttons()
            _about_you()


def _switcher(board: Board) -> None:
    """Draw the other plans; with many of them a field to search by name."""
    plans = [plan for plan in session.store().plans() if plan.id != board.plan.id]
    wanted = ""
    if len(plans) >= SEARCH_FROM:
        wanted = st.text_input("Find a plan", key="find_plan", placeholder="Part of its name")
    found = [plan for plan in reversed(plans) if wanted.casefold() in plan.name.casefold()]
    for plan in found[:MOST_SHOWN]:
        if st.button(plain(plan.name), key=f"choose_{plan.id}", width="stretch", type="tertiary"):
            session.open_plan(plan.id)
            st.rerun()
    if len(found) > MOST_SHOWN:
        st.caption(f"{len(found) - MOST_SHOWN} more; type a part of the name.")
    if wanted and not found:
        st.caption("No other plan has that in its name.")
    if st.button("New plan", icon=":material/add:", width="stretch"):
        session.start_plan(True)
        go_to("plan")
    _opener("Import a plan", ":material/upload:", "import", None)


def _this_plan(board: Board) -> None:
    _opener("Rename and settings", ":material/tune:", "plan", board.plan.id)
    if st.button("Copy this plan", icon=":material/content_copy:", width="stretch"):
        _copy(board)
    export_buttons(board)
    if st.button(
        "Delete this plan",
        icon=":material/delete:",
        width="stretch",
        help="It goes to the archive, from where this menu brings it back. Its share links "
        "open no more until then.",
    ):
        _archive(board)


def _opener(words: str, icon: str, dialog: str, about: str | None) -> None:
    if st.button(words, icon=icon, width="stretch"):
        session.open_dialog(dialog, about)
        st.rerun()


def _about_you() -> None:
    st.caption("P: projector mode, and back. Ctrl+Z: undo.")
    if warning := session.warning():
        st.caption(plain(warning))
    st.text_input(
        "Your name, for the history",
        key="actor_name",
        max_chars=80,
        persist_state="session",
        on_change=st.rerun,  # the row above shows it
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
        session.open_plan(kept.id)
    st.rerun()


def _archive(board: Board) -> None:
    """Take the plan off the list; the page goes on with another, and offers to bring it back."""
    done = session.attempt(
        lambda: archive_plan(session.store(), board.plan.id, session.actor()),
        f"{board.plan.name} is in the archive. The plan's menu brings it back.",
    )
    if done is not None:
        session.leave_plan()
    st.rerun()


def bring_back_buttons() -> None:
    """Draw a button for each archived plan that puts it back on the list, the newest first."""
    archived = sorted(session.store().archived_plans(), key=lambda each: each.archived_at or "")
    if not archived:
        return
    st.caption("In the archive")
    for plan in reversed(archived[-MOST_SHOWN:]):
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
    session.open_plan(plan.id)
    st.rerun()
