"""The plan on a ruler of months: when each tactic starts, works and is used.

A Streamlit component (v2) made of `timeline.js` and `timeline.css`. A bar moves by pointer or by
arrow keys and answers with the trigger `start`; a title answers with `open`. A browser can send
anything, so both pass a `parse_...` function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

import streamlit as st

from components.script import component
from components.soon import SOON_SCRIPT

HERE = Path(__file__).parent
LONGEST_ID = 64
MOST_MONTHS = 600
_mount = component(
    "fulcrum_timeline",
    js=f"{(HERE / 'timeline.js').read_text(encoding='utf-8')}\n{SOON_SCRIPT}",
    css=(HERE / "timeline.css").read_text(encoding="utf-8"),
)


class TimelineRow(TypedDict):
    """One tactic; months count from 1 and may have fractions. `says` tells it in words."""

    id: str
    title: str
    start: int
    works: float
    used: float
    says: str


class TimelineGroup(TypedDict):
    """The tactics of one goal with its due month, or of none."""

    title: str
    due: int | None
    due_label: str
    rows: list[TimelineRow]
    empty: str


class TimelineData(TypedDict):
    """Everything the timeline draws. `labels` names each month, the first at index 0."""

    labels: list[str]
    today: float | None
    groups: list[TimelineGroup]
    revision: int


@dataclass(frozen=True)
class NewStart:
    """A tactic was moved to start in another month, counted from 1."""

    tactic: str
    start: int


def timeline(
    data: TimelineData,
    *,
    key: str,
    on_start: Callable[[], None],
    on_open: Callable[[], None],
) -> None:
    """Draw the timeline; each callback runs before the next draw, with its trigger set."""
    _mount(key=key, data=data, on_start_change=on_start, on_open_change=on_open)


def trigger(key: str, name: Literal["start", "open"]) -> object:
    """Return what the browser sent for a trigger, unchecked; None if nothing."""
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, Mapping) else None


def parse_start(value: object) -> NewStart | None:
    """Return the new start a browser sent, or None; raise ValueError for anything else."""
    if value is None:
        return None
    start = value.get("start") if isinstance(value, Mapping) else None
    if type(start) is not int or not 1 <= start <= MOST_MONTHS:
        raise ValueError("The timeline's “start” must be a month, counted from 1.")
    return NewStart(_tactic(value), start)


def parse_open(value: object) -> str | None:
    """Return which tactic was opened, or None; raise ValueError for anything else."""
    return None if value is None else _tactic(value)


def _tactic(value: object) -> str:
    tactic = value.get("tactic") if isinstance(value, Mapping) else None
    if isinstance(tactic, str) and 0 < len(tactic) <= LONGEST_ID and tactic.isprintable():
        return tactic
    raise ValueError("The timeline's “tactic” must be the id of a tactic.")
