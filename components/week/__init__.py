"""Draw a rep's week as two bars with handles on the admin tasks, and read what a person set.

The week is a Streamlit component (v2) made of `week.js` and `week.css`. It holds no truth: it
draws `data` and sends one trigger, the hours automated of one task. A browser can send anything,
so what it sends passes `parse_hours` before it is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.bidi_component.state import ComponentResult

LONGEST_ID = 64
MOST_HOURS = 168.0


class Part(TypedDict):
    """A segment of a bar: hours a week, the same in words, and one of the groups of `week.css`."""

    id: str
    label: str
    group: str
    hours: float
    words: str


class Handle(TypedDict):
    """An admin task's automated hours a week: now, least and most, and why it stops there."""

    id: str
    label: str
    hours: float
    automated: float
    least: float
    most: float
    stops_low: str
    stops_high: str
    belongs: str


class After(TypedDict):
    """The second bar: `gained` are the hours that each part got of the freed ones."""

    parts: list[Part]
    gained: dict[str, float]


class CeilingMark(TypedDict):
    """Where buyers have no more hours to give, hours a week, 80% range and the words below."""

    p10: float
    p50: float
    p90: float
    words: str


class WeekData(TypedDict):
    """Everything that is drawn; all hours are hours a rep-week."""

    title: str
    note: str
    total: float
    today: list[Part]
    handles: list[Handle]
    after_title: str
    after: After | None
    ceiling: CeilingMark


class HoursSet(NamedTuple):
    """The hours a week that a person wants automated of one task."""

    task: str
    hours: float


def _text_of(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_mount = st.components.v2.component(
    "fulcrum_week", css=_text_of("week.css"), js=_text_of("week.js")
)


def rep_week(data: WeekData, *, key: str, on_set: Callable[[], None]) -> ComponentResult:
    """Draw the week; `on_set` runs before the next draw, with what was set to be read."""
    return _mount(key=key, data=data, on_set_hours_change=on_set)


def sent(key: str) -> object:
    """Return what the browser sent for the week `key`, unchecked; None if nothing."""
    state = st.session_state.get(key)
    return state.get("set_hours") if isinstance(state, Mapping) else None


def parse_hours(value: object) -> HoursSet | None:
    """Return what was set, or None when there is nothing.

    Raises
    ------
    ValueError
        If the message is no task with hours; says which part is wrong.
    """
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ValueError("The message must name a task and its hours.")
    task, hours = value.get("task"), value.get("hours")
    if not isinstance(task, str) or not 0 < len(task) <= LONGEST_ID or not task.isprintable():
        raise ValueError("The message must name a task.")
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not math.isfinite(hours):
        raise ValueError("The hours must be a number.")
    if not 0 <= hours <= MOST_HOURS:
        raise ValueError(f"The hours must be a number from 0 to {MOST_HOURS:g}.")
    return HoursSet(task, float(hours))
