"""Who is here: a circle for each person, and a field for one's own name, given once.

A Streamlit component (v2). The browser remembers the name and a random id, sends both as the
state `me`. It asks the server twice in three seconds who else is here, whether the plan has changed
since it was drawn, which it says by the trigger `news`, and whether it is still the same server. A
browser can send anything: read the state with `read_me`.

A part of a page that draws itself again has an ear of its own, which then hears the news instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import streamlit as st

from components.script import component

HERE = Path(__file__).parent
LONGEST_NAME = 80
_ID = re.compile(r"[0-9a-f-]{8,40}")
_mount = component(
    "fulcrum_people",
    js=(HERE / "people.js").read_text(encoding="utf-8"),
    css=(HERE / "people.css").read_text(encoding="utf-8"),
)
_mount_ear = component("fulcrum_ear", js=(HERE / "ear.js").read_text(encoding="utf-8"))


class Shown(TypedDict):
    """One circle: two letters, and in words who it is and what they do."""

    initials: str
    words: str


class PeopleData(TypedDict):
    """Who else is here, the name this person goes by, and what the page was drawn with.

    `met` is the id the browser has already said, `boot` the server's mark of this start, `here`
    the address to ask, `seq` the number of the plan's last change, `edits` a mark of who edits
    what.
    """

    others: list[Shown]
    me: str
    met: str
    boot: str
    here: str
    seq: int
    edits: str


@dataclass(frozen=True)
class Me:
    """What a browser says of its person; empty where it said nothing usable."""

    id: str = ""
    name: str = ""


def people(
    data: PeopleData, *, key: str, on_me: Callable[[], None], on_news: Callable[[], None]
) -> None:
    """Draw the circles.

    `on_me` runs before the next draw when the browser said who it is, `on_news` when it found
    the plan, or who edits what, to be different from `data`.
    """
    _mount(key=key, data=data, on_me_change=on_me, on_news_change=on_news)


def ear(*, key: str) -> None:
    """Let the fragment this stands in be drawn again when there is news; it draws nothing."""
    _mount_ear(key=key, on_heard_change=_nothing_else, height=0)


def _nothing_else() -> None:
    """Do no more than draw the fragment: a trigger needs a callback."""


def read_me(key: str) -> Me:
    """Return who the browser says it is."""
    state = st.session_state.get(key)
    value = state.get("me") if isinstance(state, Mapping) else None
    given = value if isinstance(value, Mapping) else {}
    name, person = given.get("name"), given.get("id")
    is_name = isinstance(name, str) and all(letter.isprintable() for letter in name)
    return Me(
        id=person if isinstance(person, str) and _ID.fullmatch(person) else "",
        name=name.strip()[:LONGEST_NAME] if isinstance(name, str) and is_name else "",
    )


def initials(name: str) -> str:
    """Return up to two letters of a name; a question mark for nobody in particular."""
    return "".join(word[0] for word in name.split()[:2]).upper() or "?"
