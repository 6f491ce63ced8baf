"""Keys that work anywhere on a page: undo, redo, and the projector mode.

A Streamlit component (v2) of `keys.js` alone; it draws nothing. Undo and redo come back as a
trigger. The projector mode is the browser's own affair: a class of the whole page, which
`pages/frame/fulcrum.css` gives larger type and less around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import streamlit as st

from components.script import component

Pressed = Literal["undo", "redo"]

_mount = component(
    "fulcrum_keys", js=(Path(__file__).parent / "keys.js").read_text(encoding="utf-8")
)


def page_keys(*, key: str, on_press: Callable[[], None]) -> None:
    """Listen for keys; `on_press` runs before the next draw, with `pressed` to be read."""
    _mount(key=key, on_pressed_change=on_press, height=0)


def pressed(key: str) -> Pressed | None:
    """Return which key was pressed; None for anything a browser may send that is no such key."""
    state = st.session_state.get(key)
    value = state.get("pressed") if isinstance(state, Mapping) else None
    if value == "undo":
        return "undo"
    return "redo" if value == "redo" else None
