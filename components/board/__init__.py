"""Draw the board of goals and tactics, and read what a person did on it.

The board is a Streamlit component (v2) made of `board.css` and `board.js`, with the balance in
`beam.js`, what shows before a drop in `preview.js`, how lanes share the width in `lanes.js`, motion
in `motion.js`, and `keeping.js` to redraw only what differs. It takes finished words and numbers,
draws them, and answers with one trigger for each action. A browser can send anything, so every
trigger passes one of the `parse_...` functions here before it is used.

Example
-------
::

    def on_move() -> None:
        try:
            move = parse_move(trigger("board", "move"))
        except ValueError as refused:
            ...
        if move is not None:
            commands.move_tactic(store, move.tactic, move.lane, before=move.before)

    board(data, key="board", on_move=on_move, on_open=..., on_goal=..., on_add=..., on_paste=...,
          on_archive=...)

After every move that was read, send data that differs from the last (a new `revision` or a new
`announce` id): the board keeps the moved card at 60% until new data arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict, cast

import streamlit as st

from components.script import component

if TYPE_CHECKING:
    from streamlit.components.v2.bidi_component.state import ComponentResult

__all__ = [
    "AddTactic",
    "Announcement",
    "Archive",
    "Bar",
    "Beam",
    "BoardData",
    "Card",
    "CardPreview",
    "EditGoal",
    "Effect",
    "Fact",
    "GoalSquares",
    "Lane",
    "LanePreview",
    "Move",
    "OpenTactic",
    "Strip",
    "board",
    "parse_add",
    "parse_archive",
    "parse_goal",
    "parse_move",
    "parse_open",
    "trigger",
]

SCRIPTS = ("board.js", "beam.js", "preview.js", "lanes.js", "motion.js", "keeping.js")
LONGEST_ID = 64
HIGHEST_REVISION = 2**53 - 1  # the largest whole number a browser keeps exactly

LaneKind = Literal["goal", "unaligned", "ideas"]
Tone = Literal["likely", "toss", "unlikely", "none"]
TriggerName = Literal["move", "open", "goal", "add", "paste", "archive"]


class GoalSquares(TypedDict):
    """One goal's part of the strategic side of the beam, in squares."""

    label: str
    squares: int


class Beam(TypedDict):
    """The balance of the team's year, in squares of equal effort.

    `sentence` says the same in words, for those who do not see the drawing.
    """

    unaligned: int
    running: int
    goals: list[GoalSquares]
    tactical_pct: int
    strategic_pct: int
    sentence: str


class Fact(TypedDict):
    """One number beside the beam, with a small unit and a line under it."""

    label: str
    value: str
    unit: NotRequired[str | None]
    note: NotRequired[str | None]


class Strip(TypedDict):
    """What stands above the lanes: the beam and up to four facts."""

    beam: Beam | None
    facts: list[Fact]


class Bar(TypedDict):
    """A goal's range on a track; positions run from 0 (left) to 1, right is better."""

    today: float
    low: float
    middle: float
    high: float
    target: float
    today_text: str
    range_text: str
    range_note: str
    target_text: str
    sentence: str


class Effect(TypedDict):
    """What a tactic adds to its goal; `share` from 0 to 1 is the length of its mark.

    `sentence` says in full what is counted; a loss is drawn in another colour.
    """

    text: str
    share: float
    is_loss: NotRequired[bool]
    sentence: NotRequired[str]


class LanePreview(TypedDict):
    """The board with a card dropped in one lane.

    `chances` holds chance, verdict and tone of the lanes whose chance would read otherwise;
    `squares` are the beam's, in
    order unaligned, running, then the goals; `tip` is the label, value and note of the first
    fact; the last three are the unaligned lane's.
    """

    chances: dict[str, list[str]]
    squares: list[int]
    strategic_pct: int
    tip: list[str]
    big: str
    big_note: str
    text: str


class CardPreview(TypedDict):
    """One line of a preview: what a card adds, and the board with it in each lane, by id."""

    card: str
    effect: Effect | None
    lanes: dict[str, LanePreview]


class Card(TypedDict):
    """One tactic. `gate` names what is missing; a dimmed card does not count."""

    id: str
    title: str
    owner: str
    facts: str
    when: NotRequired[str | None]
    initials: NotRequired[str | None]
    gate: NotRequired[str | None]
    status: NotRequired[str | None]
    also: NotRequired[str | None]
    badge: NotRequired[str | None]
    dimmed: NotRequired[bool]
    effect: NotRequired[Effect | None]


class Lane(TypedDict):
    """One lane. Goal lanes use `chance` to `note`; the unaligned lane `big` to `text`.

    `short` is what the goal counts, in a word or two.
    """

    id: str
    kind: LaneKind
    title: str
    cards: list[Card]
    subtitle: NotRequired[str]
    empty: NotRequired[str]
    owner: NotRequired[str]
    initials: NotRequired[str]
    chance: NotRequired[str | None]
    short: NotRequired[str]
    was: NotRequired[str | None]
    change_words: NotRequired[str | None]
    verdict: NotRequired[str]
    tone: NotRequired[Tone]
    bar: NotRequired[Bar | None]
    note: NotRequired[str]
    big: NotRequired[str]
    big_note: NotRequired[str]
    text: NotRequired[str]
    collapsed: NotRequired[bool]


class Announcement(TypedDict):
    """A sentence for assistive technology, spoken once for each new `id`."""

    id: int
    text: str


class BoardData(TypedDict):
    """Everything the board draws. `revision` comes back with each move.

    `preview` is an address on this server that says what each card would change in each lane,
    while the board is at this revision. It is asked after the board is drawn, and answers with
    JSON, one `CardPreview` a line, as they are found; `?card=ID` puts a card first.

    `plan` names the plan; a browser remembers under it which lanes are collapsed to strips.
    """

    revision: int
    lanes: list[Lane]
    strip: NotRequired[Strip | None]
    announce: NotRequired[Announcement | None]
    preview: NotRequired[str | None]
    plan: NotRequired[str]


@dataclass(frozen=True)
class Move:
    """A tactic was put in a lane, before another tactic or, with None, at the end."""

    tactic: str
    lane: str
    before: str | None
    revision: int


@dataclass(frozen=True)
class OpenTactic:
    """A tactic's card was opened."""

    tactic: str


@dataclass(frozen=True)
class EditGoal:
    """A goal's edit button was pressed; `goal` is the id of its lane."""

    goal: str


@dataclass(frozen=True)
class AddTactic:
    """A new tactic was asked for in a lane."""

    lane: str


@dataclass(frozen=True)
class Archive:
    """A tactic was sent to the archive."""

    tactic: str


def _text_of(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_mount = component(
    "fulcrum_board",
    css=_text_of("board.css"),
    js="\n".join(map(_text_of, SCRIPTS)),
)


def board(
    data: BoardData,
    *,
    key: str,
    on_move: Callable[[], None],
    on_open: Callable[[], None],
    on_goal: Callable[[], None],
    on_add: Callable[[], None],
    on_paste: Callable[[], None],
    on_archive: Callable[[], None],
) -> ComponentResult:
    """Draw the board; each callback runs before the next draw, with its trigger set.

    Parameters
    ----------
    data : finished words and numbers; see `BoardData`
    key : names this board in the session state, where `trigger` reads
    """
    return _mount(
        key=key,
        data=data,
        on_move_change=on_move,
        on_open_change=on_open,
        on_goal_change=on_goal,
        on_add_change=on_add,
        on_paste_change=on_paste,
        on_archive_change=on_archive,
    )


def trigger(key: str, name: TriggerName) -> object:
    """Return what the browser sent for a trigger of the board `key`, unchecked; None if nothing."""
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, Mapping) else None


def parse_move(value: object) -> Move | None:
    """Return the move the browser sent, or None when there is none.

    Raises
    ------
    ValueError
        If the message is not a move; says which part is wrong.
    """
    if value is None:
        return None
    message = _message(value)
    tactic = _identifier(message, "tactic")
    before = None if message.get("before") is None else _identifier(message, "before")
    if before == tactic:
        raise ValueError("A tactic cannot be put before itself.")
    return Move(tactic, _identifier(message, "lane"), before, _revision(message))


def parse_open(value: object) -> OpenTactic | None:
    """Return which tactic was opened, or None; raise ValueError for a malformed message."""
    return None if value is None else OpenTactic(_identifier(_message(value), "tactic"))


def parse_goal(value: object) -> EditGoal | None:
    """Return which goal is to be edited, or None; raise ValueError for a malformed message."""
    return None if value is None else EditGoal(_identifier(_message(value), "goal"))


def parse_add(value: object) -> AddTactic | None:
    """Return the lane that asked for a tactic, or None; raise ValueError if malformed."""
    return None if value is None else AddTactic(_identifier(_message(value), "lane"))


def parse_archive(value: object) -> Archive | None:
    """Return which tactic to archive, or None; raise ValueError for a malformed message."""
    return None if value is None else Archive(_identifier(_message(value), "tactic"))


def _message(value: object) -> Mapping[str, object]:
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return cast("Mapping[str, object]", value)
    raise ValueError("The board sent something that is not a set of named values.")


def _identifier(message: Mapping[str, object], name: str) -> str:
    value = message.get(name)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable():
        return value
    raise ValueError(f"The board's “{name}” must be text of 1 to {LONGEST_ID} plain characters.")


def _revision(message: Mapping[str, object]) -> int:
    value = message.get("revision")
    if type(value) is int and 0 <= value <= HIGHEST_REVISION:  # a bool is not a revision
        return value
    raise ValueError("The board's “revision” must be a whole number, 0 or more.")
