"""Fields for the ends of a range, empty where somebody is sure."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def end_field(
    place: DeltaGenerator, label: str, value: float | None, key: str, **look: Any
) -> float | None:
    """Ask for an end of a range."""
    # With a value of its own, the field would take that again whenever somebody empties it.
    if value is not None:
        st.session_state.setdefault(key, value)
    found: float | None = place.number_input(label, value=None, placeholder="sure", key=key, **look)
    return found


def whole_end(place: DeltaGenerator, label: str, value: int | None, key: str) -> int | None:
    """Ask for an end of a range of whole numbers."""
    found = end_field(place, label, value, key, step=1)
    return None if found is None else int(found)
