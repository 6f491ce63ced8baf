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

from components.look import LOOK_SCRIPT, LookSpot
from components.script import component
from components.soon import SOON_SCRIPT

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


class Use(TypedDict):
    """One of the uses that freed hours are meant for; `share` in percent of them."""

    id: str
    label: str
    group: str
    share: float


class WeekData(TypedDict):
    """Everything that is drawn; all hours are hours a rep-week.

    `refused` counts what was sent and not kept: when it grows, the browser takes that back.
    """

    title: str
    note: str
    total: float
    today: list[Part]
    handles: list[Handle]
    after_title: str
    after: After | None
    ceiling: CeilingMark
    uses: list[Use]
    refused: int


class ShareSet(NamedTuple):
    """The share of freed hours, in percent, that a person wants for one use."""

    use: str
    share: float


class HoursSet(NamedTuple):
    """The hours a week that a person wants automated of one task."""

    task: str
    hours: float


def _text_of(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_mount = component(
    "fulcrum_week",
    css=_text_of("week.css"),
    js=f"{_text_of('week.js')}\n{LOOK_SCRIPT}\n{SOON_SCRIPT}",
)


def rep_week(
    data: WeekData,
    *,
    look: LookSpot | None,
    key: str,
    on_set: Callable[[], None],
    on_send: Callable[[], None],
) -> ComponentResult:
    """Draw the week; the callbacks run before the next draw, when hours or a share were set.

    `look` is where a moving handle shows at once what it would do, if anywhere.
    """
    given = {**data, "look": look}
    return _mount(key=key, data=given, on_set_hours_change=on_set, on_send_freed_change=on_send)


def sent(key: str, trigger: str = "set_hours") -> object:
    """Return what the browser sent for the week `key`, unchecked; None if nothing."""
    state = st.session_state.get(key)
    return state.get(trigger) if isinstance(state, Mapping) else None


def parse_hours(value: object) -> HoursSet | None:
    """Return what was set, or None when there is nothing.

    Raises
    ------
    ValueError
        If the message is no task with hours; says which part is wrong.
    """
    if value is None:
        return None
    return HoursSet(*_named(value, "task", "hours", MOST_HOURS))


def parse_share(value: object) -> ShareSet | None:
    """Return the share that was set, or None when there is nothing.

    Raises
    ------
    ValueError
        If the message is no use with its share; says which part is wrong.
    """
    if value is None:
        return None
    return ShareSet(*_named(value, "use", "share", 100))


def _named(value: object, name: str, amount: str, most: float) -> tuple[str, float]:
    if not isinstance(value, Mapping):
        raise ValueError(f"The message must name a {name}.")
    named, number = value.get(name), value.get(amount)
    if not isinstance(named, str) or not 0 < len(named) <= LONGEST_ID or not named.isprintable():
        raise ValueError(f"The message must name a {name}.")
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise ValueError(f"The {amount} must be a number.")
    if not 0 <= number <= most:
        raise ValueError(f"The {amount} must be a number from 0 to {most:g}.")
    return named, float(number)
