"""What the board accepts from a browser, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.board import (
    AddTactic,
    Archive,
    EditGoal,
    Move,
    OpenTactic,
    parse_add,
    parse_archive,
    parse_goal,
    parse_move,
    parse_open,
)

MOVE = {"tactic": "t1", "lane": "goal:g1", "before": "t2", "revision": 7}
PARSERS: list[tuple[Callable[[object], object], str]] = [
    (parse_move, "tactic"),
    (parse_move, "lane"),
    (parse_open, "tactic"),
    (parse_goal, "goal"),
    (parse_add, "lane"),
    (parse_archive, "tactic"),
]


def test_a_move_is_read_with_its_place_and_revision() -> None:
    assert parse_move(MOVE) == Move("t1", "goal:g1", "t2", 7)


def test_a_move_without_a_card_after_it_goes_to_the_end() -> None:
    assert parse_move({**MOVE, "before": None}) == Move("t1", "goal:g1", None, 7)
    without = {name: value for name, value in MOVE.items() if name != "before"}
    assert parse_move(without) == Move("t1", "goal:g1", None, 7)


def test_unknown_names_in_a_message_are_ignored() -> None:
    assert parse_move({**MOVE, "colour": "red"}) == Move("t1", "goal:g1", "t2", 7)


def test_the_other_messages_are_read() -> None:
    assert parse_open({"tactic": "t1"}) == OpenTactic("t1")
    assert parse_goal({"goal": "goal:g1"}) == EditGoal("goal:g1")
    assert parse_add({"lane": "unaligned"}) == AddTactic("unaligned")
    assert parse_archive({"tactic": "t1"}) == Archive("t1")


@pytest.mark.parametrize("parse", [parse_move, parse_open, parse_goal, parse_add, parse_archive])
def test_no_message_is_no_action(parse: Callable[[object], object]) -> None:
    assert parse(None) is None


@pytest.mark.parametrize("parse", [parse_move, parse_open, parse_goal, parse_add, parse_archive])
@pytest.mark.parametrize("value", ["t1", 3, True, ["t1"], {}, {1: "t1"}, b"t1"])
def test_a_message_of_another_shape_is_refused(
    parse: Callable[[object], object], value: object
) -> None:
    with pytest.raises(ValueError, match="board"):
        parse(value)


@pytest.mark.parametrize(("parse", "name"), PARSERS)
@pytest.mark.parametrize(
    "ident", [None, 1, True, "", "x" * 65, ["t1"], {"id": "t1"}, "a\nb", "a\x00b", "a\u202eb"]
)
def test_an_identifier_that_is_not_plain_text_is_refused(
    parse: Callable[[object], object], name: str, ident: object
) -> None:
    message = {**MOVE, "goal": "goal:g1", name: ident}
    with pytest.raises(ValueError, match=name):
        parse(message)


def test_an_identifier_of_64_characters_is_accepted() -> None:
    assert parse_open({"tactic": "x" * 64}) == OpenTactic("x" * 64)


@pytest.mark.parametrize("before", [0, False, "", "x" * 65, ["t2"]])
def test_a_move_before_something_that_is_no_card_is_refused(before: object) -> None:
    with pytest.raises(ValueError, match="before"):
        parse_move({**MOVE, "before": before})


def test_a_move_before_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="before itself"):
        parse_move({**MOVE, "before": "t1"})


@pytest.mark.parametrize("revision", [None, "7", 7.0, True, -1, 2**53, float("nan"), [7]])
def test_a_revision_that_is_not_a_whole_number_is_refused(revision: object) -> None:
    with pytest.raises(ValueError, match="revision"):
        parse_move({**MOVE, "revision": revision})
