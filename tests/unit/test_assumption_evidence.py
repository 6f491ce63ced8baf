"""Evidence for an assumption: added, refused, taken away, undone, and kept in a plan's file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.example import load_example
from data.store import SqliteStore
from reports.history_words import field_changes
from strategy.assumption_evidence import MOST, add_evidence, remove_evidence
from strategy.document import read_document, to_document
from strategy.errors import InvalidValue, Missing
from strategy.importing import import_plan
from strategy.model import Board
from strategy.projection import engine_inputs
from strategy.undoing import undo
from tests.store_samples import Clock

PIECE = {
    "text": "Pilot with 6 reps",
    "link": "https://intra/pilot?x=1",
    "grade": "measured",
    "day": "2026-11-20",
    "note": "Four weeks",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


def pieces(store: SqliteStore, board: Board, name: str = "leak") -> list[dict[str, str]]:
    return [dict(each) for each in store.board(board.plan.id).plan.evidence.get(name, ())]


def test_evidence_is_kept_said_in_the_history_and_leaves_the_model_alone(
    store: SqliteStore, board: Board
) -> None:
    plan = board.plan.id
    add_evidence(store, plan, "Ann", "leak", PIECE)
    add_evidence(store, plan, "Ben", "leak", {"text": "Finance", "grade": "estimate"})
    first, second = pieces(store, board)
    assert {name: first[name] for name in PIECE} == PIECE
    assert (first["by"], second["by"], second["link"], second["day"]) == ("Ann", "Ben", "", "")
    assert first["at"] and first["id"] != second["id"]
    event = store.events(plan)[0]
    assert event.words == "Add evidence to Freed hours that leak away"
    [change] = field_changes(event, {})
    assert change.after.endswith("Pilot with 6 reps, Finance")
    assert engine_inputs(store.board(plan)) == engine_inputs(board)


def test_evidence_is_taken_away_and_both_are_undone(store: SqliteStore, board: Board) -> None:
    plan = board.plan.id
    add_evidence(store, plan, "Ann", "leak", PIECE)
    [kept] = pieces(store, board)
    remove_evidence(store, plan, "Ann", "leak", kept["id"])
    assert store.board(plan).plan.evidence == {}
    with pytest.raises(Missing):
        remove_evidence(store, plan, "Ann", "leak", kept["id"])
    undo(store, plan, "Ann", store.events(plan)[0].seq)
    assert pieces(store, board) == [kept]
    undo(store, plan, "Ann", store.events(plan)[2].seq)
    assert pieces(store, board) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": " "}, "The source is empty"),
        ({"text": "x" * 301}, "Shorten it to 300"),
        ({"link": "javascript:alert(1)"}, "must be a web address"),
        ({"link": "https://a b"}, "must be a web address"),
        ({"link": "ftp://a"}, "must be a web address"),
        ({"grade": "sure"}, "measured, a benchmark or an estimate"),
        ({"day": "last May"}, "a day such as 2026-11-24"),
        ({"weight": 3}, "no “weight”"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_is_kept(
    store: SqliteStore, board: Board, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidValue, match=words):
        add_evidence(store, board.plan.id, "Ann", "leak", {**PIECE, **wrong})
    assert store.change_seq(board.plan.id) == board.change_seq


def test_unknown_assumptions_and_too_much_evidence_are_refused(
    store: SqliteStore, board: Board
) -> None:
    with pytest.raises(InvalidValue, match="is not an assumption"):
        add_evidence(store, board.plan.id, "Ann", "luck", PIECE)
    for _ in range(MOST):
        add_evidence(store, board.plan.id, "Ann", "leak", PIECE)
    with pytest.raises(InvalidValue, match="20 pieces of evidence at most"):
        add_evidence(store, board.plan.id, "Ann", "leak", PIECE)


def test_a_plans_file_carries_evidence_under_ids_of_its_own(
    store: SqliteStore, board: Board
) -> None:
    add_evidence(store, board.plan.id, "Ann", "leak", PIECE)
    [kept] = pieces(store, board)
    document = to_document(store.board(board.plan.id), (), ())

    def imported() -> list[dict[str, str]]:
        plan = import_plan(store, "Ben", read_document(json.dumps(document).encode()))
        return [dict(each) for each in store.board(plan.id).plan.evidence["leak"]]

    [again] = imported()
    assert again["id"] != kept["id"]
    assert again | {"id": ""} == kept | {"id": ""}
    document["plan"]["evidence"]["leak"][0]["link"] = "javascript:alert(1)"
    with pytest.raises(InvalidValue, match=r"plan\.evidence: The link must be a web address"):
        imported()
