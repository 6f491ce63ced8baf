"""The context row: which plan, undo and redo, and the page's one primary action."""

from collections.abc import Callable
from functools import partial

import streamlit as st

import session
from components.keys import page_keys, pressed
from pages.frame.group import page_link
from pages.frame.people_here import people_and_news
from pages.frame.plan_menu import plan_menu
from pages.frame.rules_note import know_rules
from pages.frame.text import plain
from strategy.model import Board, Event
from strategy.undoing import next_redo, next_undo, undo

KEYS = "page_keys"


def show_messages() -> None:
    """Show what the last command said."""
    message = session.take_message()
    if message is None:
        return
    if message.kind == "error":
        st.error(plain(message.text), icon=":material/error:")
    else:
        st.toast(plain(message.text), icon=":material/check:")


def context_row(
    board: Board,
    *,
    note: str = "",
    primary: str = "",
    icon: str = "",
    on_primary: Callable[[], None] | None = None,
) -> None:
    """Draw plan name, a short note, who is here, undo, redo and the primary button."""
    know_rules(board.plan)
    events = session.store().events(board.plan.id)
    with st.container(horizontal=True, vertical_alignment="center", key="context_row"):
        plan_menu(board)
        if note:
            st.caption(note, width="content")
        st.space("stretch")
        people_and_news(board)
        if events:
            page_link("history", f"Saved {events[0].at_utc[11:16]} UTC", ":material/history:")
        _history_button("Undo", ":material/undo:", next_undo(events), board)
        _history_button("Redo", ":material/redo:", next_redo(events), board)
        if primary:
            st.button(primary, type="primary", icon=icon, on_click=on_primary, key="primary")
    page_keys(key=KEYS, on_press=partial(_press, board.plan.id))


def _history_button(name: str, icon: str, event: Event | None, board: Board) -> None:
    words = event.words.removeprefix("Undo: ") if event else "nothing"
    st.button(
        name,
        icon=icon,
        key=name.lower(),
        disabled=event is None,
        help=plain(f"{name}: {words}"),
        type="tertiary",
        on_click=_take_back,
        args=(board.plan.id, event.seq if event else 0),
    )


def _press(plan_id: str) -> None:
    """Do what a key asks for, on the plan as it is now: keys may come faster than the page."""
    name = pressed(KEYS)
    if name is None:
        return
    events = session.store().events(plan_id)
    event = next_undo(events) if name == "undo" else next_redo(events)
    if event is None:
        session.say("done", f"There is nothing to {name}.")
    else:
        _take_back(plan_id, event.seq)


def _take_back(plan_id: str, seq: int) -> None:
    words = session.attempt(lambda: undo(session.store(), plan_id, session.actor(), seq))
    if words:
        session.say("done", str(words))
