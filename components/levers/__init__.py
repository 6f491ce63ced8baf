"""Draw levers as one table of number fields, and read what a person set.

The table is a Streamlit component (v2) made of `levers.js`, `levers.css` and `look.js`. It is one
element of a page, which a browser draws much sooner than a column, a text and a field for each
lever. A browser can send anything, so what it sends passes `parse_setting` before it is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import streamlit as st

from components.look import LOOK_SCRIPT, LookSpot
from components.script import component
from components.soon import SOON_SCRIPT

if TYPE_CHECKING:
    from streamlit.components.v2.bidi_component.state import ComponentResult

LONGEST_ID = 64
HIGHEST_MONTH = 1200
HIGHEST_TERM = 1e12


class Row(TypedDict):
    """A lever with a share in percent and a month it starts, from 1.

    `low` and `high` say between what the share lies, equal to it where it is one number; None
    where it always is.
    `start` is None while the share counts for nothing: then the table keeps the month a person
    chose. `earliest` and `latest` are to it what `low` and `high` are to the share. `is_in` says
    whether the row counts at all, None if nobody may choose. `is_changed` marks a row that differs
    from what it usually is.
    """

    id: str
    label: str
    note: str
    share: float
    low: float | None
    high: float | None
    start: int | None
    earliest: int | None
    latest: int | None
    is_in: bool | None
    is_changed: bool


class Term(TypedDict):
    """A number that belongs to all rows, from 0 to `most`."""

    id: str
    label: str
    value: float
    step: float
    most: float


class LeverTable(TypedDict):
    """Everything the table draws, in finished words; `heads` are the three column titles.

    `share_words` and `start_words` follow a row's label in the names of its fields.
    """

    heads: tuple[str, str, str]
    share_words: str
    start_words: str
    rows: list[Row]
    months: list[str]
    terms_title: str
    terms: list[Term]


class RowSet(NamedTuple):
    """What a person set in a row: a share in percent, the month it starts, whether it counts.

    `low` and `high` are the share's range, `earliest` and `latest` that of the month; None where it
    is one number.
    """

    share: float
    start: int
    is_in: bool = True
    low: float | None = None
    high: float | None = None
    earliest: int | None = None
    latest: int | None = None


@dataclass(frozen=True)
class Setting:
    """What a person set: rows by name, and all terms as they are now."""

    rows: Mapping[str, RowSet]
    terms: Mapping[str, float]


def _text_of(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_mount = component(
    "fulcrum_levers",
    css=_text_of("levers.css"),
    js=f"{_text_of('levers.js')}\n{LOOK_SCRIPT}\n{SOON_SCRIPT}",
)


def lever_table(
    data: LeverTable, *, part: str, look: LookSpot | None, key: str, on_set: Callable[[], None]
) -> ComponentResult:
    """Draw the table; `on_set` runs before the next draw, with what was set to be read.

    Parameters
    ----------
    data : finished words and numbers
    part : names these levers where looks are asked for
    look : where a lever shows at once what it would do, if anywhere
    key : names this table in the session state, where `sent` reads
    """
    return _mount(key=key, data={**data, "part": part, "look": look}, on_set_change=on_set)


def sent(key: str) -> object:
    """Return what the browser sent for the table `key`, unchecked; None if nothing."""
    state = st.session_state.get(key)
    return state.get("set") if isinstance(state, Mapping) else None


def parse_setting(value: object) -> Setting | None:
    """Return what was set, or None when there is nothing.

    Raises
    ------
    ValueError
        If the message is not a setting; says which part is wrong.
    """
    if value is None:
        return None
    message = _mapping(value, "message")
    rows = _mapping(message.get("rows"), "rows")
    terms = _mapping(message.get("terms"), "terms")
    return Setting(
        rows={name: _row(each) for name, each in rows.items()},
        terms={name: _number(each, name, HIGHEST_TERM) for name, each in terms.items()},
    )


def _row(value: object) -> RowSet:
    row = _mapping(value, "row")
    start, is_in = _month(row.get("start")), row.get("is_in", True)
    if not isinstance(is_in, bool):
        raise ValueError("The row must be in or out.")
    low, high = (
        None if row.get(end) is None else _number(row[end], f"{end} share", 100)
        for end in ("low", "high")
    )
    earliest, latest = (
        None if row.get(end) is None else _month(row[end]) for end in ("earliest", "latest")
    )
    share = _number(row.get("share"), "share", 100)
    return RowSet(share, start, is_in, low, high, earliest, latest)


def _month(value: object) -> int:
    if type(value) is not int or not 1 <= value <= HIGHEST_MONTH:  # a bool is not a month
        raise ValueError("The month must be a whole number from 1.")
    return value


def _mapping(value: object, name: str) -> Mapping[str, object]:
    if isinstance(value, Mapping) and all(_is_name(key) for key in value):
        return value
    raise ValueError(f"The {name} must be a set of named values.")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def _number(value: object, name: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"The {name} must be a number.")
    if not math.isfinite(value) or not 0 <= value <= most:
        raise ValueError(f"The {name} must be a number from 0 to {most:,.0f}.")
    return float(value)
