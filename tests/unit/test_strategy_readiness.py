"""Readiness and the strategic test: what a tool needs before it is more than a draft."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.errors import InvalidValue
from strategy.model import Tactic
from strategy.proposing import propose_tactic
from strategy.readiness import missing_ticks, preparation
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store

PREPARED = {
    "requirements_written": True,
    "process_standardised": True,
    "baseline_measured": True,
}
ANSWER: dict[str, Any] = {"test_metric": "Quote time, days", "test_from": 5.0, "test_to": 2.0}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def a_tool(store: SqliteStore, **fields: Any) -> Tactic:
    goal = store.board("p1").goals[0].id
    given = {"title": "Quoting tool", "buys_tool": True, "lane": "goal", "goal_id": goal}
    return commands.add_tactic(store, "p1", "ann", **(given | PREPARED | fields))


def edited(store: SqliteStore, tactic: Tactic, **wanted: Any) -> Tactic:
    base = commands.fields_of(tactic)
    return commands.edit_tactic(store, "p1", "ann", tactic.id, base, base | wanted)


@pytest.mark.parametrize("status", ["ready", "running", "done"])
def test_a_tool_is_a_draft_until_all_four_ticks_are_there(store: SqliteStore, status: str) -> None:
    tool = a_tool(store, requirements_written=False)
    with pytest.raises(InvalidValue, match="its requirements are written"):
        edited(store, tool, status=status)
    kept = edited(store, tool, requirements_written=True, status=status)
    assert (kept.status, preparation(kept), missing_ticks(kept)) == (status, 1.0, ())


def test_a_tactic_that_buys_nothing_is_ready_when_people_say_so(store: SqliteStore) -> None:
    tactic = a_tool(store, buys_tool=False, requirements_written=False)
    assert edited(store, tactic, status="ready").status == "ready"


def test_taking_a_tick_away_makes_a_tool_a_draft_again(store: SqliteStore) -> None:
    tool = a_tool(store, status="ready")
    assert edited(store, tool, baseline_measured=False).status == "draft"


def test_a_ready_tool_moved_from_its_goal_is_a_draft_and_undo_brings_both_back(
    store: SqliteStore,
) -> None:
    tool = a_tool(store, status="ready")
    moved = commands.move_tactic(store, "p1", "ann", tool.id, "unaligned")
    assert moved.status == "draft"
    change = next_undo(store.events("p1"))
    assert change is not None
    undo(store, "p1", "ann", change.seq)
    back = next(each for each in store.board("p1").tactics if each.id == tool.id)
    assert (back.lane, back.status) == ("goal", "ready")


def test_a_goal_that_is_archived_makes_its_ready_tools_drafts(store: SqliteStore) -> None:
    tool = a_tool(store, status="running")
    commands.archive_goal(store, "p1", "ann", str(tool.goal_id))
    kept = next(each for each in store.board("p1").tactics if each.id == tool.id)
    assert (kept.lane, kept.status) == ("unaligned", "draft")


def test_an_unknown_status_is_refused(store: SqliteStore) -> None:
    with pytest.raises(InvalidValue, match="draft, ready, under way or done"):
        a_tool(store, status="maybe")


def test_a_new_tactic_under_a_goal_names_the_metric_it_will_move(store: SqliteStore) -> None:
    goal = store.board("p1").goals[0].id
    new = propose_tactic(store, "p1", "ann", "goal", goal, title="Map", **ANSWER)
    assert (new.lane, new.goal_id, new.test_from, new.test_to) == ("goal", goal, 5.0, 2.0)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        ANSWER | {"test_metric": " "},
        ANSWER | {"test_to": None},
        ANSWER | {"test_to": 5.0},
    ],
)
def test_without_an_answer_it_waits_under_no_goal(
    store: SqliteStore, answer: dict[str, Any]
) -> None:
    goal = store.board("p1").goals[0].id
    new = propose_tactic(store, "p1", "ann", "goal", goal, title="Map", **answer)
    assert (new.lane, new.goal_id) == ("unaligned", None)
    assert commands.move_tactic(store, "p1", "ann", new.id, "goal", goal).lane == "goal"
