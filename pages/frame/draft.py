"""What somebody began to type for something new: kept as it is typed, offered again later."""

from typing import Any, Literal

import streamlit as st

import session
from pages.frame.text import plain

Kind = Literal["goal", "tactic"]


def offer_draft(plan_id: str, kind: Kind, blank: dict[str, Any]) -> dict[str, Any]:
    """Return the values the dialog starts with: those of a draft if the person goes on with it.

    Asks once each time the dialog is opened while there is a draft.
    """
    start: dict[str, Any] = session.dialog_base(lambda: dict(blank))
    asked = session.dialog_key("draft_asked")
    if st.session_state.get(asked):
        return start
    found = session.store().draft(plan_id, session.person(), kind)
    if found is None:
        st.session_state[asked] = True
        return start
    values, saved_at = found
    title = str(values.get("title") or "without a title")
    with st.container(border=True, key="draft"):
        st.markdown(plain(f"You began one at {saved_at[11:16]} UTC: “{title[:80]}”."))
        with st.container(horizontal=True):
            st.button(
                "Continue with it",
                key=session.dialog_key("draft_continue"),
                on_click=_continue,
                args=(asked, blank, values),
            )
            st.button(
                "Discard it",
                key=session.dialog_key("draft_discard"),
                on_click=_discard,
                args=(asked, plan_id, kind),
            )
    return start


def _continue(asked: str, blank: dict[str, Any], values: dict[str, Any]) -> None:
    """Start the fields with the draft, under new keys."""
    opened = session.dialog()
    if opened is None:
        return
    session.open_dialog(*opened)
    known = {name: value for name, value in values.items() if name in blank}
    st.session_state["dialog_base"] = blank | known
    st.session_state[session.dialog_key("draft_asked")] = True


def _discard(asked: str, plan_id: str, kind: Kind) -> None:
    session.store().drop_draft(plan_id, session.person(), kind)
    st.session_state[asked] = True


def keep_draft(plan_id: str, kind: Kind, blank: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Keep what is typed, if it is anything and differs from what was kept last."""
    kept = session.dialog_key("draft_kept")
    is_asked = st.session_state.get(session.dialog_key("draft_asked"))
    if not is_asked or wanted == st.session_state.get(kept) or not wanted.get("title"):
        return
    if wanted != blank:
        session.store().keep_draft(plan_id, session.person(), kind, wanted)
        st.session_state[kept] = dict(wanted)


def drop_draft(plan_id: str, kind: Kind) -> None:
    """Forget the draft: it has become part of the plan."""
    session.store().drop_draft(plan_id, session.person(), kind)
