"""Fields that keep what is typed as soon as it is typed, and show what others keep meanwhile."""

from typing import Any

import streamlit as st


def showing(key: str, kept: Any) -> str:
    """Let the field with this key show what is kept now; return the key.

    A field that shows it already is left alone: somebody may be typing in it.
    """
    marks = _marks()
    if key not in st.session_state or marks.get(key, kept) != kept:
        st.session_state[key] = kept
    marks[key] = kept
    return key


def typed(key: str) -> Any:
    """Return what the field shows."""
    return st.session_state.get(key)


def last_kept(key: str) -> Any:
    """Return what the field was last known to share with what is kept."""
    return _marks().get(key)


def note_kept(key: str) -> None:
    """Note that what the field shows is kept now."""
    _marks()[key] = st.session_state.get(key)


def _marks() -> dict[str, Any]:
    """Return what each field was last known to share with what is kept."""
    marks: dict[str, Any] = st.session_state.setdefault("shown_as_kept", {})
    return marks
