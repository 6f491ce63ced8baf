"""Who is here: reports this person, shows the others, and redraws when something changed."""

import json
from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st

import session
from boot import BOOT
from components.people import Shown, ear, initials, people, read_me
from presence import PRESENCE, Person
from strategy.model import Board

KEY = "people"
EAR = "ear"
HERE = "/here/"  # the address the browser asks what is new


def people_and_news(board: Board) -> None:
    """Draw who is here; the browser asks twice in three seconds whether anything is new.

    A change of the plan by somebody else draws the page again. Not while a dialog is open: the
    browser would build it anew, and what is being typed in it would be gone; what lies behind
    it follows by itself (`behind_dialog`).
    """

    @st.fragment
    def draw_people() -> None:
        others = note_me(board)
        people(
            {
                "others": [shown(each) for each in others],
                "me": session.name(),
                "met": session.person() if session.is_met() else "",
                "boot": BOOT,
                "here": f"{HERE}{board.plan.id}",
                "seq": board.change_seq,
                "edits": st.session_state["edits_drawn"],
            },
            key=KEY,
            on_me=_on_me,
            on_news=partial(_on_news, board),
        )

    st.session_state["edits_drawn"] = edits_mark(note_me(board))
    st.session_state["seq_drawn"] = board.change_seq
    draw_people()


def behind_dialog(draw: Callable[[Board | None], None], board: Board) -> None:
    """Draw what may lie behind a dialog: always in the same part of the page.

    `draw` gets the board it is drawn with, or None if it is drawn again by itself and must read
    what is kept. A part that came and went with the dialog would lose clicks: Streamlit drops
    those that come from a part no longer there. It hears the news itself: a callback that asked
    for this part to be drawn again would drop what the dialog sent at the same moment. When more
    than this part has changed the whole page is drawn after it: a drop is answered first.
    """
    given: list[Board] = [board]

    @st.fragment(key="behind_dialog")
    def draw_part() -> None:
        ear(key=EAR)
        if given:
            draw(given.pop())
            return
        if session.is_dialog_missing():
            st.rerun()
        is_news = session.dialog() is None and _is_news(board)
        draw(None)
        if is_news:
            st.rerun()

    draw_part()


def _is_news(board: Board) -> bool:
    """Return whether anything is other than it was drawn: the plan, who edits what, what to say."""
    edits = edits_mark(PRESENCE.still(board.plan.id, session.person()))
    is_changed = session.store().change_seq(board.plan.id) != st.session_state["seq_drawn"]
    return is_changed or session.has_message() or edits != st.session_state["edits_drawn"]


def note_me(board: Board) -> tuple[Person, ...]:
    """Report this person at the plan; return the others.

    Before the browser has said who it is nobody is reported: it would be one person twice.
    """
    if not session.is_met():
        return ()
    opened = session.dialog()
    editing = opened[1] if opened and opened[0] in ("tactic", "goal") else None
    page = str(st.session_state.get("page_shown") or "")
    titles = {goal.id: goal.title for goal in board.goals}
    titles |= {tactic.id: tactic.title for tactic in board.tactics}
    title = titles.get(editing or "", "")
    me = Person(session.person(), session.name(), page, editing, title)
    return PRESENCE.note(board.plan.id, me)


def edits_of(others: Iterable[Person]) -> dict[str, str]:
    """Return who edits what: id of a goal or tactic -> their names."""
    found: dict[str, list[str]] = {}
    for each in others:
        if each.editing:
            found.setdefault(each.editing, []).append(each.name or "Somebody")
    return {row: " and ".join(sorted(names)) for row, names in found.items()}


def edits_mark(others: Iterable[Person]) -> str:
    """Return a text that differs whenever somebody else begins or ends to edit something."""
    return json.dumps(edits_of(others), sort_keys=True)


def shown(person: Person) -> Shown:
    """Return the circle of somebody else."""
    doing = f", editing “{person.editing_title}”" if person.editing_title else ""
    where = f" on {person.page.capitalize() or 'Plan'}" if not doing else ""
    words = f"{person.name or 'Somebody'} is here{where}{doing}"
    return {"initials": initials(person.name), "words": words}


def _on_me() -> None:
    """Take up what the browser remembers or was told."""
    me = read_me(KEY)
    session.meet(me.id, me.name)


def _on_news(board: Board) -> None:
    """Draw the page if it was not drawn while the news was on its way; leave a dialog alone."""
    if session.dialog() is None and _is_news(board):
        st.rerun()


def editing_with_me(board: Board, row_id: str) -> str:
    """Return the names of others who have the same goal or tactic open; "" for nobody."""
    return edits_of(note_me(board)).get(row_id, "")
