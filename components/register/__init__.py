"""Draw the register of assumptions: a row each, with the bar of its effect in the row.

The table is a Streamlit component (v2) made of `register.js` and `register.css`: a data frame
holds neither bars with words at both ends nor links. A browser can send anything, so what it
sends passes `parse_opened` before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

import streamlit as st

from components.script import component

if TYPE_CHECKING:
    from streamlit.components.v2.bidi_component.state import ComponentResult

LONGEST_ID = 64
Tone = Literal["measured", "benchmark", "estimate"]


class Effect(TypedDict):
    """What an assumption does to the outcome at its low and at its high value.

    `low` and `high` are changes as shares, -1 to 1, of the widest change in the table; the texts
    say them in the outcome's unit, `tip` in a sentence.
    """

    low: float
    high: float
    low_text: str
    high_text: str
    tip: str


class RegisterRow(TypedDict):
    """One assumption in finished words.

    `source` is text before, inside and after its link, and the address, "" for no link. `stale`
    is how old it is, "" while it is fresh. `effect` is None while it is not known; `no_effect`
    then says why there will be none, "" if it is being worked out. `note` is said under the name,
    `added` under the source.
    """

    id: str
    label: str
    meaning: str
    value: str
    range: str
    tone: Tone
    grade: str
    source: tuple[str, str, str, str]
    set_by: str
    stale: str
    note: str
    added: str
    effect: Effect | None
    no_effect: str


class RegisterTable(TypedDict):
    """Everything the table draws; `heads` are its column titles, `outcome` names the effect."""

    heads: tuple[str, str, str]
    outcome: str
    if_low: str
    if_high: str
    rows: list[RegisterRow]


def _text_of(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_mount = component("fulcrum_register", css=_text_of("register.css"), js=_text_of("register.js"))


def register_table(
    data: RegisterTable, *, key: str, on_open: Callable[[], None]
) -> ComponentResult:
    """Draw the table; `on_open` runs before the next draw, when a row was chosen."""
    return _mount(key=key, data=data, on_open_change=on_open)


def sent(key: str) -> object:
    """Return what the browser sent for the table `key`, unchecked; None if nothing."""
    state = st.session_state.get(key)
    return state.get("open") if isinstance(state, Mapping) else None


def parse_opened(value: object) -> str | None:
    """Return the id of the row that was chosen, or None when there is nothing.

    Raises
    ------
    ValueError
        If the message is no id.
    """
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise ValueError("The message must name a row.")
    return value
