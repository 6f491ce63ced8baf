"""Who is here: reports this person, shows the others, and redraws when something changed."""

from collections.abc import Callable

import streamlit as st

import session
from boot import ADDRESS, BOOT
from components.people import Shown, initials, people, read_me
from presence import PRESENCE, Person
from strategy.model import Board

KEY = "people"


def people_and_news(board: Board) -> None:
    """Draw who is here; ask twice in three seconds whether anything is new.

    A change of the plan by somebody else draws the page again. Not while a dialog is open: the
    browser would build it anew, and what is being typed in it would be gone; what lies behind
    it follows by itself (`follow_behind_dialog`).
    """

    @st.fragment(run_every=session.POLL_SECONDS)
    def ask() -> None:
        others = note_me(board)
        shown = [_shown(board, each) for each in others]
        people(
            {"others": shown, "me": session.name(), "boot": BOOT, "boot_address": ADDRESS},
            key=KEY,
            on_me=_on_me,
        )
        # Streamlit may answer a click with a part of the page only; then a dialog is still to come.
        if session.dialog() not in (None, st.session_state.get("dialog_shown")):
            st.rerun()
        is_new = session.store().change_seq(board.plan.id) != board.change_seq
        if session.dialog() is None and (is_new or edits_of(others) != others_editing()):
            st.rerun()

    st.session_state["dialog_shown"] = session.dialog()
    st.session_state["edits_drawn"] = edits_of(note_me(board))
    ask()


def note_me(board: Board) -> tuple[Person, ...]:
    """Report this person at the plan; return the others.

    Before the browser has said who it is nobody is reported: it would be one person twice.
    """
    if not session.is_met():
        return ()
    opened = session.dialog()
    editing = opened[1] if opened and opened[0] in ("tactic", "goal") else None
    page = str(st.session_state.get("page_shown") or "")
    me = Person(session.person(), session.name(), page, editing)
    return PRESENCE.note(board.plan.id, me)


def edits_of(others: tuple[Person, ...]) -> dict[str, str]:
    """Return who edits what: id of a goal or tactic -> their names."""
    found: dict[str, list[str]] = {}
    for each in others:
        if each.editing:
            found.setdefault(each.editing, []).append(each.name or "Somebody")
    return {row: " and ".join(sorted(names)) for row, names in found.items()}


def others_editing() -> dict[str, str]:
    """Return who edits what on the page as it is being drawn."""
    drawn: dict[str, str] = st.session_state.get("edits_drawn", {})
    return drawn


def _shown(board: Board, person: Person) -> Shown:
    name = person.name or "Somebody"
    titles = {goal.id: goal.title for goal in board.goals}
    titles |= {tactic.id: tactic.title for tactic in board.tactics}
    title = titles.get(person.editing or "")
    doing = f", editing “{title}”" if title else ""
    where = f" on {person.page.capitalize() or 'Plan'}" if not doing else ""
    return {"initials": initials(person.name), "words": f"{name} is here{where}{doing}"}


def _on_me() -> None:
    """Take up what the browser remembers or was told."""
    me = read_me(KEY)
    session.meet(me.id, me.name)


def editing_with_me(board: Board, row_id: str) -> str:
    """Return the names of others who have the same goal or tactic open; "" for nobody."""
    return edits_of(note_me(board)).get(row_id, "")


def follow_behind_dialog(draw: Callable[[], None]) -> None:
    """Draw what lies behind an open dialog, again and again, without touching the dialog."""
    st.fragment(run_every=session.POLL_SECONDS)(draw)()
