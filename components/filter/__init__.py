"""A row that filters cards: words, owner, status, kind, start; what is typed counts at once.

A Streamlit component (v2). It sends one value, the filter, a moment after the last key, and
remembers it for this tab, so that a reload keeps it. A browser can send anything: read the value
with `strategy.filtering.read_filter`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from components.script import component

HERE = Path(__file__).parent
_mount = component(
    "fulcrum_filter",
    js=(HERE / "filter.js").read_text(encoding="utf-8"),
    css=(HERE / "filter.css").read_text(encoding="utf-8"),
)


class Choice(TypedDict):
    """One entry of a list to choose from; `value` comes back."""

    value: str | int
    label: str


class FilterData(TypedDict):
    """What can be chosen, and what is said of the cards shown.

    `memory` names the plan, `heard` is the number of the last message that was taken in.
    """

    memory: str
    heard: int
    owners: list[Choice]
    statuses: list[Choice]
    kinds: list[Choice]
    starts: list[Choice]
    shown: str


def card_filter(data: FilterData, *, key: str) -> None:
    """Draw the row; `sent` then returns what it asks for."""
    _mount(key=key, data=data, on_filter_change=lambda: None)


def sent(key: str) -> Any:
    """Return what the browser sent, unchecked; None while it has sent nothing."""
    state = st.session_state.get(key)
    return state.get("filter") if isinstance(state, Mapping) else None


def heard(key: str) -> int:
    """Return the number the browser gave the filter it sent; 0 while it has sent none."""
    value = sent(key)
    turn = value.get("turn") if isinstance(value, Mapping) else None
    return turn if isinstance(turn, int) and not isinstance(turn, bool) else 0
