"""A line of a list: a name with a note, and what is said of it with a note."""

import streamlit as st

from pages.frame.text import plain


def line(name: str, note: str, said: str, said_note: str = "") -> None:
    """Draw name and note at the left, what is said at the right; below on a phone."""
    left, right = st.columns([7, 6], gap="small")
    _pair(left.container(gap="xxsmall"), plain(name), note)
    _pair(right.container(gap="xxsmall"), f"**{plain(said)}**", said_note)


def _pair(place: st.delta_generator.DeltaGenerator, words: str, note: str) -> None:
    place.markdown(words)
    if note:
        place.caption(plain(note))
