"""Going back to a moment: all of the plan or one row, as a change that can be undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.errors import CannotUndo, InvalidValue, Missing
from strategy.model import Board
from strategy.restoring import forget_moment, name_moment, restore
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import content, planned_store

WHEN = "24 Nov 2026 09:12 UTC"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def board(store: SqliteStore) -> Board:
    return store.board("p1")


def changed(store: SqliteStore) -> None:
    """Rename the plan, edit and archive a tactic, add one, edit a goal, save a scenario."""
    now = board(store)
    commands.edit_plan(store, "p1", "Ann", commands.fields_of(now.plan), {"name": "Second try"})
    first, second = now.tactics[:2]
    commands.edit_tactic(
        store, "p1", "Ben", first.id, commands.fields_of(first), {"title": "Another", "one_off": 5}
    )
    commands.archive_tactic(store, "p1", "Ben", second.id)
    commands.add_tactic(store, "p1", "Cy", title="Late idea", lane="ideas")
    goal = now.goals[0]
    commands.edit_goal(
        store, "p1", "Ann", goal.id, commands.fields_of(goal), {"title": "Grow more"}
    )
    commands.add_scenario(store, "p1", "Ann", "Bold", {"seats": 12})


def test_the_whole_plan_comes_back_and_the_restore_is_undone(store: SqliteStore) -> None:
    before, seq = content(store), board(store).change_seq
    changed(store)
    after = content(store)
    assert after != before
    said = restore(store, "p1", "Dee", seq, WHEN)
    assert said == f"Restore the plan as of {WHEN}"
    assert content(store) == before
    assert store.scenarios("p1") == ()
    newest = next_undo(store.events("p1"))
    assert newest is not None
    assert (newest.words, newest.actor) == (said, "Dee")
    undo(store, "p1", "Dee", newest.seq)
    assert content(store) == after
    assert [each.name for each in store.scenarios("p1")] == ["Bold"]


def test_one_card_comes_back_and_the_rest_stays(store: SqliteStore) -> None:
    before, seq = board(store), board(store).change_seq
    changed(store)
    first = before.tactics[0]
    restore(store, "p1", "Dee", seq, WHEN, only=first.id)
    now = {tactic.id: tactic for tactic in board(store).tactics}
    assert (now[first.id].title, now[first.id].one_off) == (first.title, first.one_off)
    assert board(store).plan.name == "Second try"
    assert before.tactics[1].id not in now
    assert "Restore “" in store.events("p1")[0].words


def test_an_archived_card_comes_back(store: SqliteStore) -> None:
    before, seq = content(store), board(store).change_seq
    commands.archive_tactic(store, "p1", "Ben", board(store).tactics[0].id)
    restore(store, "p1", "Dee", seq, WHEN)
    assert content(store) == before


def test_a_moment_in_between_is_not_one_before(store: SqliteStore) -> None:
    tactic = board(store).tactics[0]
    for title in ("One", "Two", "Three"):
        now = next(each for each in board(store).tactics if each.id == tactic.id)
        commands.edit_tactic(
            store, "p1", "Ben", tactic.id, commands.fields_of(now), {"title": title}
        )
    second = store.events("p1")[1].seq
    restore(store, "p1", "Dee", second, WHEN)
    assert next(each for each in board(store).tactics if each.id == tactic.id).title == "Two"


def test_nothing_to_restore_is_said_and_leaves_no_change(store: SqliteStore) -> None:
    seq = board(store).change_seq
    with pytest.raises(InvalidValue, match="Nothing has changed since then"):
        restore(store, "p1", "Dee", seq, WHEN)
    changed(store)
    restore(store, "p1", "Dee", seq, WHEN)
    kept = board(store).change_seq
    with pytest.raises(InvalidValue, match="Nothing has changed since then"):
        restore(store, "p1", "Dee", seq, WHEN)
    assert board(store).change_seq == kept


def test_a_card_is_not_put_back_under_a_goal_that_is_gone(store: SqliteStore) -> None:
    now = board(store)
    goal = now.goals[0]
    tactic = next(each for each in now.tactics if each.goal_id == goal.id)
    seq = now.change_seq
    for each in now.tactics:
        if each.goal_id == goal.id:
            commands.move_tactic(store, "p1", "Ben", each.id, "ideas")
    commands.archive_goal(store, "p1", "Ben", goal.id)
    kept = board(store).change_seq
    with pytest.raises(CannotUndo, match="would stand under a goal that is not on the board"):
        restore(store, "p1", "Dee", seq, WHEN, only=tactic.id)
    assert board(store).change_seq == kept
    restore(store, "p1", "Dee", seq, WHEN)
    assert next(each for each in board(store).tactics if each.id == tactic.id).goal_id == goal.id


def test_a_moment_is_named_listed_and_forgotten(store: SqliteStore) -> None:
    seq = board(store).change_seq
    mark = name_moment(store, "p1", "Ann", seq, "  Before the cut ")
    assert (mark.name, mark.seq, mark.created_by) == ("Before the cut", seq, "Ann")
    assert store.checkpoints("p1") == (mark,)
    forget_moment(store, "p1", "Ben", mark.id)
    assert store.checkpoints("p1") == ()
    newest = next_undo(store.events("p1"))
    assert newest is not None
    undo(store, "p1", "Ben", newest.seq)
    assert [each.name for each in store.checkpoints("p1")] == ["Before the cut"]


def test_restoring_keeps_the_names_of_moments(store: SqliteStore) -> None:
    seq = board(store).change_seq
    name_moment(store, "p1", "Ann", seq, "Start")
    changed(store)
    restore(store, "p1", "Dee", seq, "“Start”")
    assert [each.name for each in store.checkpoints("p1")] == ["Start"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_is_none_is_refused(store: SqliteStore, name: str) -> None:
    with pytest.raises(InvalidValue, match="The name"):
        name_moment(store, "p1", "Ann", 1, name)


def test_another_plans_moment_is_not_touched(store: SqliteStore) -> None:
    mark = name_moment(store, "p1", "Ann", 1, "Start")
    with pytest.raises(Missing):
        forget_moment(store, "p2", "Ann", mark.id)
