"""Evidence for an assumption: what people added, and the dialog that adds a piece."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

import session
from pages.frame.dialog import dialog
from pages.frame.saving import save_and_close, show_dialog_error
from pages.frame.source import source_markdown
from pages.frame.text import plain
from reports.wording import date_words
from simulation.defaults import defaults
from strategy.assumption_evidence import (
    MOST_LINK,
    MOST_NOTE,
    MOST_TEXT,
    add_evidence,
    remove_evidence,
)
from strategy.errors import InvalidValue
from strategy.model import Board, Plan

GRADES = {"measured": "Measured", "benchmark": "Benchmark", "estimate": "Estimate"}


@dialog("Add evidence")
def evidence_dialog(board: Board, name: str) -> None:
    """Ask for a source that speaks for an assumption, `name` if it is known already."""
    known, key = defaults().assumptions, session.dialog_key
    names = list(known)
    chosen = st.selectbox(
        "Assumption",
        names,
        index=names.index(name) if name in known else None,
        format_func=lambda each: known[each].label,
        placeholder="Choose one",
        key=key("about"),
    )
    text = st.text_input(
        "What does it say, and who says so?",
        max_chars=MOST_TEXT,
        placeholder="Pilot with 6 reps, 4 weeks",
        key=key("text"),
    )
    link = st.text_input(
        "Link", max_chars=MOST_LINK, placeholder="https://…, if there is one", key=key("link")
    )
    left, right = st.columns(2)
    grade = left.selectbox(
        "Evidence", list(GRADES), format_func=lambda each: GRADES[each], key=key("grade")
    )
    day = right.date_input("Date", value=_today(), format="YYYY-MM-DD", key=key("day"))
    note = st.text_area("Note", max_chars=MOST_NOTE, key=key("note"))
    st.caption("The range the model uses stays: change it in the assumption itself.")
    show_dialog_error()
    if st.button("Add", type="primary", icon=":material/add:", key=key("add")):
        piece = {"text": text, "link": link, "grade": grade, "note": note}
        _add(board.plan.id, chosen, piece | {"day": day.isoformat() if day else ""})


def _today() -> date:
    return date.fromisoformat(session.store().now()[:10])


def _add(plan_id: str, name: str | None, piece: dict[str, Any]) -> None:
    def keep(_: dict[str, Any]) -> Plan:
        if name is None:
            raise InvalidValue("Choose the assumption that this speaks for.")
        return add_evidence(session.store(), plan_id, session.actor(), name, piece)

    save_and_close(keep, {}, {})
    session.open_dialog("assumption", name)
    st.rerun()


def show_evidence(plan: Plan, name: str) -> None:
    """List the evidence of an assumption, each piece with a way to take it away."""
    st.markdown("**Evidence added**")
    pieces = plan.evidence.get(name, ())
    if not pieces:
        st.caption("None yet, beside the source above.")
    for piece in pieces:
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.markdown(piece_markdown(piece))
        button.button(
            "Remove",
            key=session.dialog_key(f"remove_{piece['id']}"),
            help=plain(f"Remove “{piece['text']}”. Undo brings it back."),
            on_click=_remove,
            args=(plan.id, name, piece["id"]),
        )
    st.button(
        "Add evidence",
        icon=":material/add:",
        key=session.dialog_key("add_evidence"),
        on_click=session.open_dialog,
        args=("evidence", name),
    )


def piece_markdown(piece: Mapping[str, str]) -> str:
    """Return a piece of evidence as Streamlit's markdown: grade, day, text, link, note, by whom."""
    said = [GRADES[piece["grade"]], *([date_words(piece["day"])] if piece["day"] else [])]
    lines = [f"{plain(', '.join(said))}: {source_markdown(piece['text'])}"]
    if piece["link"]:
        lines.append(source_markdown(piece["link"]))
    if piece["note"]:
        lines.append(plain(piece["note"]))
    if piece["by"]:
        lines.append(plain(f"Added by {piece['by']}"))
    return "  \n".join(lines)


def _remove(plan_id: str, name: str, piece_id: str) -> None:
    session.attempt(
        lambda: remove_evidence(session.store(), plan_id, session.actor(), name, piece_id),
        "Removed. Undo brings it back.",
    )
