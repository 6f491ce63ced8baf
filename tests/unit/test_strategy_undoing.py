"""Undo takes one change back, redo brings it again, and neither overwrites later work."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.store import SqliteStore
from strategy import commands, sharing
from strategy.errors import CannotUndo, Missing
from strategy.model import Tactic
from strategy.undoing import next_redo, next_undo, undo, undone
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import (
    DRAWS,
    changes,
    content,
    fingerprint,
    lane,
    planned_store,
    refused,
)

RANGE = {"low": 0.1, "mode": 0.2, "high": 0.3, "source": "CRM", "grade": "measured"}
GOAL: dict[str, Any] = {
    "title": "Grow bookings",
    "owner": "Ann",
    "metric": "bookings_quarter",
    "baseline": 1e6,
    "target": 2e6,
    "due_month": "2028-12",
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", clock)
    commands.add_scenario(kept, "p1", "ann", "Bold", {"seats": 12})
    commands.set_assumptions(kept, "p1", "ann", {"leak": RANGE}, "Set leak")
    clock.move(minutes=1)
    yield kept
    kept.close()


def edit_plan(store: SqliteStore, **wanted: Any) -> None:
    base = commands.fields_of(store.board("p1").plan)
    commands.edit_plan(store, "p1", "ann", base, wanted)


def rename(store: SqliteStore, title: str) -> None:
    goal = store.board("p1").goals[0]
    commands.edit_goal(store, "p1", "ann", "g1", commands.fields_of(goal), {"title": title})


def edit_tactic(store: SqliteStore, **wanted: Any) -> None:
    tactic = next(each for each in store.board("p1").tactics if each.id == "t1")
    base = commands.fields_of(tactic)
    commands.edit_tactic(store, "p1", "ann", "t1", base, wanted)


def edit_scenario(store: SqliteStore) -> None:
    kept = store.scenarios("p1")[0]
    wanted = {"name": "Bolder", "overrides": {"seats": 14, "without": ["t1"]}}
    commands.edit_scenario(store, "p1", "ann", kept.id, commands.fields_of(kept), wanted)


def move(store: SqliteStore, tactic_id: str, to: Any, goal_id: str | None = None) -> None:
    commands.move_tactic(store, "p1", "ann", tactic_id, to, goal_id)


def crowd(store: SqliteStore) -> None:
    """Put a card between two that leave no room, so that their lane gets fresh keys."""
    commands.move_tactic(store, "p1", "ann", "t4", "goal", "g1", before="t2")


def last(store: SqliteStore) -> int:
    return store.events("p1", 1)[0].seq


def press_undo(store: SqliteStore) -> str:
    event = next_undo(store.events("p1"))
    assert event is not None
    return undo(store, "p1", "bob", event.seq)


def press_redo(store: SqliteStore) -> str:
    event = next_redo(store.events("p1"))
    assert event is not None
    return undo(store, "p1", "bob", event.seq)


CHANGES: dict[str, tuple[Callable[[SqliteStore], Any], str]] = {
    "plan": (lambda s: edit_plan(s, name="South", seats=12), "Change plan settings"),
    "new goal": (lambda s: commands.add_goal(s, "p1", "ann", **GOAL), "Add goal Grow bookings"),
    "goal": (lambda s: rename(s, "Win most"), "Rename Win more to Win most"),
    "archived goal": (
        lambda s: commands.archive_goal(s, "p1", "ann", "g1"),
        "Archive goal Win more",
    ),
    "new tactic": (
        lambda s: commands.add_tactic(s, "p1", "ann", title="Try", lane="goal", goal_id="g1"),
        "Add Try",
    ),
    "tactic": (
        lambda s: edit_tactic(s, moves={"research": 0.3}, seats=3, buys_tool=True, note=""),
        "Edit Clean the CRM: hours it frees, seats, buys software, note",
    ),
    "archived tactic": (
        lambda s: commands.archive_tactic(s, "p1", "ann", "t1"),
        "Archive Clean the CRM",
    ),
    "moved tactic": (lambda s: move(s, "t1", "goal", "g2"), "Clean the CRM to Sell faster"),
    "moved to ideas": (lambda s: move(s, "t1", "ideas"), "Clean the CRM to Ideas"),
    "fresh keys": (crowd, "Second BI tool to Win more"),
    "new scenario": (
        lambda s: commands.add_scenario(s, "p1", "ann", "Careful", {}),
        "Save scenario Careful",
    ),
    "scenario": (edit_scenario, "Change scenario Bold"),
    "archived scenario": (
        lambda s: commands.archive_scenario(s, "p1", "ann", s.scenarios("p1")[0].id),
        "Archive scenario Bold",
    ),
    "assumptions": (
        lambda s: commands.set_assumptions(
            s, "p1", "ann", {"leak": RANGE | {"high": 0.6}, "win_rate": RANGE}, "Set two", seats=11
        ),
        "Set two",
    ),
    "reset assumption": (
        lambda s: commands.reset_assumption(s, "p1", "ann", "leak", "Leak"),
        "Reset Leak",
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_every_kind_of_change_is_undone_and_redone_in_words(
    store: SqliteStore, clock: Clock, kind: str
) -> None:
    act, words = CHANGES[kind]
    if kind == "fresh keys":
        with store.change("p1", "ann", "place", undoable=False) as change:
            change.update(change.get(Tactic, "t1"), position="V")
            change.update(change.get(Tactic, "t2"), position="V" + "0" * 70 + "1")
    before, count = content(store), changes(store)
    act(store)
    after = content(store)
    assert after != before
    for _ in range(2):
        clock.move(minutes=1)
        assert press_undo(store) == f"Undo: {words}"
        assert content(store) == before
        clock.move(minutes=1)
        assert press_redo(store) == f"Redo: {words}"
        assert content(store) == after
    assert changes(store) == count + 5
    assert [event.words for event in store.events("p1", 2)] == [f"Redo: {words}", f"Undo: {words}"]


def test_an_undo_says_who_took_what_back(store: SqliteStore) -> None:
    rename(store, "Win most")
    seq = last(store)
    press_undo(store)
    event = store.events("p1")[0]
    assert (event.actor, event.op, event.undo_of, event.undoable) == ("bob", "undo", seq, True)


def test_undo_goes_back_change_by_change_and_redo_forward_again(store: SqliteStore) -> None:
    states = [content(store)]
    for title in ("One", "Two", "Three"):
        rename(store, title)
        states.append(content(store))
    for state in states[-2::-1]:
        press_undo(store)
        assert content(store) == state
    for state in states[1:]:
        press_redo(store)
        assert content(store) == state
    assert next_redo(store.events("p1")) is None


def test_undo_stops_where_nothing_can_be_undone(store: SqliteStore) -> None:
    while next_undo(store.events("p1")):
        press_undo(store)
    board = store.board("p1")
    assert [goal.id for goal in board.goals] == ["g1", "g2"]
    assert len(board.tactics) == 5
    assert store.scenarios("p1") == ()


def test_there_is_nothing_to_undo_or_redo_in_an_empty_history() -> None:
    assert undone([]) == set()
    assert next_undo([]) is None
    assert next_redo([]) is None


def test_a_new_change_ends_redo(store: SqliteStore) -> None:
    rename(store, "Win most")
    press_undo(store)
    assert next_redo(store.events("p1")) is not None
    rename(store, "Win all")
    assert next_redo(store.events("p1")) is None
    assert press_undo(store) == "Undo: Rename Win more to Win all"
    assert press_redo(store) == "Redo: Rename Win more to Win all"
    assert next_redo(store.events("p1")) is None


def test_undo_after_a_new_change_skips_what_was_taken_back(store: SqliteStore) -> None:
    rename(store, "One")
    rename(store, "Two")
    press_undo(store)
    rename(store, "Three")
    assert press_undo(store) == "Undo: Rename One to Three"
    assert press_undo(store) == "Undo: Rename Win more to One"
    assert store.board("p1").goals[0].title == "Win more"


def test_a_snapshot_in_between_does_not_end_redo(store: SqliteStore) -> None:
    rename(store, "Win most")
    press_undo(store)
    sharing.take_snapshot(store, "p1", "ann", "June", draws=DRAWS)
    assert press_redo(store) == "Redo: Rename Win more to Win most"


def test_a_snapshot_cannot_be_undone_and_is_never_offered(store: SqliteStore) -> None:
    rename(store, "Win most")
    sharing.take_snapshot(store, "p1", "ann", "June", draws=DRAWS)
    with refused(store, CannotUndo, "“Freeze snapshot 1” cannot be undone"):
        undo(store, "p1", "ann", last(store))
    assert press_undo(store) == "Undo: Rename Win more to Win most"


def test_undo_is_refused_when_the_field_was_changed_again(store: SqliteStore) -> None:
    rename(store, "Win most")
    first = last(store)
    rename(store, "Win all")
    with refused(store, CannotUndo, r"“Rename Win more to Win most” cannot be undone.*\(title\)"):
        undo(store, "p1", "bob", first)


def test_undo_of_several_fields_is_all_or_none(store: SqliteStore) -> None:
    edit_tactic(store, owner="Bob", seat_price=50.0)
    first = last(store)
    edit_tactic(store, seat_price=60.0)
    with refused(store, CannotUndo, r"\(seat price\)"):
        undo(store, "p1", "bob", first)


def test_undo_of_several_rows_is_all_or_none(store: SqliteStore) -> None:
    commands.archive_goal(store, "p1", "ann", "g1")
    first = last(store)
    move(store, "t2", "ideas")
    with refused(store, CannotUndo, "lane"):
        undo(store, "p1", "bob", first)


def test_another_field_changed_since_does_not_stand_in_the_way(store: SqliteStore) -> None:
    edit_tactic(store, owner="Bob")
    first = last(store)
    edit_tactic(store, seat_price=60.0)
    undo(store, "p1", "bob", first)
    tactic = next(each for each in store.board("p1").tactics if each.id == "t1")
    assert (tactic.owner, tactic.seat_price) == ("Ann", 60.0)


def test_undo_of_a_new_row_archives_it_and_redo_restores_it(store: SqliteStore) -> None:
    made = commands.add_tactic(store, "p1", "ann", title="Try", lane="ideas")
    press_undo(store)
    assert lane(store, None, "ideas") == ["t5"]
    with store.change("p1", "ann", "look") as change:
        assert change.get(Tactic, made.id).archived_at == store.now()
    press_redo(store)
    assert lane(store, None, "ideas") == ["t5", made.id]


def test_assumptions_come_back_equal(store: SqliteStore) -> None:
    before = store.board("p1").plan.assumptions
    commands.set_assumptions(store, "p1", "ann", {"leak": RANGE | {"mode": 0.25}}, "Set leak")
    press_undo(store)
    assert store.board("p1").plan.assumptions == before


def test_a_change_of_another_plan_cannot_be_undone_here(store: SqliteStore) -> None:
    rename(store, "Win most")
    with refused(store, Missing, "is not in this plan"):
        undo(store, "p2", "ann", last(store))
    with refused(store, Missing, "is not in this plan"):
        undo(store, "p1", "ann", 10_000)


# ---- Two people press the same button: the second has an old number -----------------------


def test_an_edit_is_not_taken_back_twice(store: SqliteStore) -> None:
    rename(store, "Win most")
    first = last(store)
    undo(store, "p1", "ann", first)
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)


@pytest.mark.parametrize("minutes", [0, 1])
def test_a_new_row_is_not_taken_back_twice(store: SqliteStore, clock: Clock, minutes: int) -> None:
    commands.add_tactic(store, "p1", "ann", title="Try", lane="ideas")
    first = last(store)
    undo(store, "p1", "ann", first)
    clock.move(minutes=minutes)
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)


def test_redo_restores_a_new_row_whatever_was_pressed_before(
    store: SqliteStore, clock: Clock
) -> None:
    made = commands.add_tactic(store, "p1", "ann", title="Try", lane="ideas")
    first = last(store)
    for actor in ("ann", "bob"):
        clock.move(minutes=1)
        try:
            undo(store, "p1", actor, first)
        except CannotUndo:
            assert actor == "bob"
    press_redo(store)
    assert made.id in lane(store, None, "ideas")


def require_whole_board(store: SqliteStore) -> None:
    """Every card stands in a lane that is on the board, and every goal is due in time."""
    board = store.board("p1")
    goals = {goal.id for goal in board.goals}
    assert all(each.goal_id in goals for each in board.tactics if each.lane == "goal")
    assert all(goal.due_month <= "2028-12" for goal in board.goals if board.plan.months == 24)


def test_undo_of_a_new_goal_never_hides_cards_put_under_it_since(store: SqliteStore) -> None:
    goal = commands.add_goal(store, "p1", "ann", **GOAL)
    first = last(store)
    move(store, "t1", "goal", goal.id)
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)
    require_whole_board(store)


def test_undo_of_a_move_never_puts_a_card_under_a_goal_archived_since(store: SqliteStore) -> None:
    move(store, "t1", "ideas")
    first = last(store)
    commands.archive_goal(store, "p1", "ann", "g1")
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)
    require_whole_board(store)


def test_undo_of_an_archived_card_never_puts_it_under_a_goal_archived_since(
    store: SqliteStore,
) -> None:
    commands.archive_tactic(store, "p1", "ann", "t1")
    first = last(store)
    commands.archive_goal(store, "p1", "ann", "g1")
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)
    require_whole_board(store)


def test_undo_never_shortens_the_plan_below_a_goal_added_since(store: SqliteStore) -> None:
    edit_plan(store, months=36)
    first = last(store)
    commands.add_goal(store, "p1", "ann", **(GOAL | {"due_month": "2029-06"}))
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)


def test_undo_never_brings_back_a_goal_the_plan_has_become_too_short_for(
    store: SqliteStore,
) -> None:
    commands.archive_goal(store, "p1", "ann", "g2")
    first = last(store)
    edit_plan(store, months=12)
    with refused(store, CannotUndo):
        undo(store, "p1", "bob", first)


def test_redo_is_refused_when_the_field_was_changed_since(store: SqliteStore) -> None:
    rename(store, "Win most")
    press_undo(store)
    stale = next_redo(store.events("p1"))
    assert stale is not None
    rename(store, "Win all")
    before = fingerprint(store)
    with pytest.raises(CannotUndo, match="cannot be undone|cannot be redone"):
        undo(store, "p1", "bob", stale.seq)
    assert fingerprint(store) == before
