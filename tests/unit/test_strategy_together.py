"""Several people at one plan: words of a change, moves on a changed board, drafts, the way back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.edit_words import LABELS, edit_words
from strategy.errors import Missing
from strategy.replaying import moved_since
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def test_one_changed_field_is_said_with_its_values(store: SqliteStore) -> None:
    tactic = store.board("p1").tactics[0]
    assert edit_words(tactic.title, tactic, {"one_off": 75000.0}, "2027-01").endswith(
        f"one-off cost of {tactic.title}: {tactic.one_off:,.6g} to 75,000"
    )
    assert (
        edit_words(tactic.title, tactic, {"title": "New"}, "2027-01")
        == f"Rename {tactic.title} to New"
    )
    assert edit_words("Map", tactic, {"note": "a\nb"}, "2027-01") == "Change note of Map"
    assert edit_words("Map", tactic, {"adoption_low": 0.375}, "2027-01") == (
        "Change adoption at least of Map: nothing to 37.5%"
    )
    assert edit_words("Map", tactic, {"note": "x", "delay": 99.0}, "2027-01") == (
        "Edit Map: note, months until it works"
    )
    assert edit_words("Map", replace(tactic, start=2), {"start": 14}, "2027-01") == (
        "Change start month of Map: Feb 2027 to Feb 2028"
    )
    goal = replace(store.board("p1").goals[0], due_month="2027-12")
    assert edit_words("Win", goal, {"due_month": "2028-03"}, "2027-01") == (
        "Change due month of Win: Dec 2027 to Mar 2028"
    )
    assert edit_words("Map", tactic, {"buys_tool": not tactic.buys_tool}, "2027-01").startswith(
        "Change buys software of Map: "
    )


def test_every_field_a_dialog_can_edit_has_a_label(store: SqliteStore) -> None:
    board = store.board("p1")
    for row in (board.goals[0], board.tactics[0]):
        typed = commands.fields_of(row).keys() - commands.NEVER_TYPED - {"library_key"}
        assert typed <= LABELS.keys()


def test_a_move_by_somebody_else_since_is_found(store: SqliteStore) -> None:
    tactic, seq = store.board("p1").tactics[0], store.change_seq("p1")
    assert moved_since(store, "p1", tactic.id, seq, "ann") is None
    commands.move_tactic(store, "p1", "bo", tactic.id, "ideas")
    found = moved_since(store, "p1", tactic.id, seq, "ann")
    assert found is not None and found.actor == "bo"
    assert moved_since(store, "p1", tactic.id, seq, "bo") is None
    assert moved_since(store, "p1", tactic.id, found.seq, "ann") is None


def test_an_edit_of_fields_is_no_move(store: SqliteStore) -> None:
    tactic, seq = store.board("p1").tactics[0], store.change_seq("p1")
    base = commands.fields_of(tactic)
    commands.edit_tactic(store, "p1", "bo", tactic.id, base, base | {"note": "new"})
    assert moved_since(store, "p1", tactic.id, seq, "ann") is None


def test_an_archived_tactic_comes_back_where_it_was(store: SqliteStore) -> None:
    tactic = next(each for each in store.board("p1").tactics if each.lane == "goal")
    commands.archive_tactic(store, "p1", "bo", tactic.id)
    assert store.tactic("p1", tactic.id).archived_at is not None
    back = commands.bring_back_tactic(store, "p1", "ann", tactic.id)
    assert (back.archived_at, back.lane, back.goal_id) == (None, "goal", tactic.goal_id)


def test_a_tactic_whose_goal_is_gone_comes_back_under_no_goal(store: SqliteStore) -> None:
    tactic = next(each for each in store.board("p1").tactics if each.lane == "goal")
    commands.archive_tactic(store, "p1", "bo", tactic.id)
    commands.archive_goal(store, "p1", "bo", str(tactic.goal_id))
    back = commands.bring_back_tactic(store, "p1", "ann", tactic.id)
    assert (back.lane, back.goal_id) == ("unaligned", None)
    goal = commands.bring_back_goal(store, "p1", "ann", str(tactic.goal_id))
    assert goal.archived_at is None


def test_a_draft_is_kept_for_one_person_plan_and_kind_and_is_no_change(
    store: SqliteStore,
) -> None:
    seq = store.change_seq("p1")
    store.keep_draft("p1", "ann", "tactic", {"title": "Map", "moves": {"quotes": 0.2}})
    store.keep_draft("p1", "ann", "tactic", {"title": "Maps"})
    found = store.draft("p1", "ann", "tactic")
    assert found is not None and found[0] == {"title": "Maps"}
    assert store.draft("p1", "bo", "tactic") is None
    assert store.draft("p1", "ann", "goal") is None
    store.drop_draft("p1", "ann", "tactic")
    assert store.draft("p1", "ann", "tactic") is None
    assert store.change_seq("p1") == seq


def test_a_row_of_another_plan_is_not_found(store: SqliteStore) -> None:
    with pytest.raises(Missing):
        store.tactic("p1", "elsewhere")
    with pytest.raises(Missing):
        store.goal("p1", "elsewhere")
