"""The store keeps what it is given, whole or not at all, and says who changed what."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.database import writing
from data.example import load_example
from data.store import SqliteStore
from strategy import commands
from strategy.errors import InvalidValue, Missing, PlanError
from strategy.model import (
    AssumptionRange,
    Comment,
    Goal,
    Plan,
    Scenario,
    ShareLink,
    Snapshot,
    Tactic,
)
from strategy.ports import Store
from tests.store_samples import (
    GOAL,
    LINK,
    PLAN,
    RUN,
    SCENARIO,
    SNAPSHOT,
    TACTIC,
    Clock,
    store_with,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Any:
    kept = store_with(tmp_path / "plan.db", GOAL, TACTIC, SCENARIO, SNAPSHOT, LINK, clock=clock)
    yield kept
    kept.close()


def test_sqlite_is_a_store(store: SqliteStore) -> None:
    as_planning_sees_it: Store = store
    assert as_planning_sees_it.now() == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("row", [PLAN, GOAL, TACTIC, SCENARIO, SNAPSHOT, LINK])
def test_a_row_comes_back_as_it_was_given(store: SqliteStore, row: Any) -> None:
    with store.change("p1", "ann", "look") as change:
        kept = change.get(type(row), row.id)
    assert kept == replace(row, created_at="2026-01-01T00:00:00Z")


def test_a_board_holds_its_plan_its_rows_in_order_and_its_last_change(store: SqliteStore) -> None:
    with store.change("p1", "ann", "add") as change:
        change.add(replace(GOAL, id="g0", position="K"))
        change.add(replace(TACTIC, id="t9", position="V"))
        change.add(replace(TACTIC, id="t0", position="V"))
    board = store.board("p1")
    assert board.plan.id == "p1"
    assert board.change_seq == store.change_seq("p1") == 2
    assert [goal.id for goal in board.goals] == ["g0", "g1"]
    assert [tactic.id for tactic in board.tactics] == ["t0", "t1", "t9"]


def test_one_action_leaves_one_event_with_only_what_changed(store: SqliteStore) -> None:
    with store.change("p1", "bob", "edit", "renamed a goal", undo_of=1, undoable=False) as change:
        goal = change.get(Goal, "g1")
        change.update(goal, title="Win most", owner=goal.owner)
        change.update(goal, title="Win all")
        change.update(change.get(Tactic, "t1"), moves={"admin": 0.1})
    event, first = store.events("p1")
    assert (event.seq, event.actor, event.op, event.words) == (2, "bob", "edit", "renamed a goal")
    assert (event.undo_of, event.undoable, first.undo_of, first.undoable) == (1, False, None, True)
    assert event.before == {
        "goals": {"g1": {"title": "Win more"}},
        "tactics": {"t1": {"moves": {}}},
    }
    assert event.after == {
        "goals": {"g1": {"title": "Win all"}},
        "tactics": {"t1": {"moves": {"admin": 0.1}}},
    }


def test_an_added_row_was_nothing_before(store: SqliteStore) -> None:
    with store.change("p1", "ann", "add") as change:
        goal = change.add(replace(GOAL, id="g2"))
        change.update(goal, title="Another")
    event = store.events("p1")[0]
    assert event.before == {"goals": {"g2": None}}
    assert event.after["goals"]["g2"]["title"] == "Another"


def test_the_history_holds_neither_token_hashes_nor_copies_of_snapshots(store: SqliteStore) -> None:
    after = store.events("p1")[0].after
    assert "token_hash" not in after["share_links"]["l1"]
    assert "content" not in after["snapshots"]["n1"]


def test_an_update_raises_the_version_once_and_returns_the_row_as_kept(store: SqliteStore) -> None:
    with store.change("p1", "ann", "edit") as change:
        kept = change.update(change.get(Goal, "g1"), target=1, title="New")
    assert (kept.version, kept.target, kept.title) == (2, 1.0, "New")
    assert store.board("p1").goals == (kept,)


@pytest.mark.parametrize(
    "fields", [{"title": "Win more"}, {"target": 0.25}, {}, {"archived_at": None}]
)
def test_setting_what_is_already_so_is_no_change(
    store: SqliteStore, fields: dict[str, Any]
) -> None:
    with store.change("p1", "ann", "edit") as change:
        change.update(change.get(Goal, "g1"), **fields)
    assert store.change_seq("p1") == 1
    assert store.board("p1").goals[0].version == 1


def test_a_change_that_is_taken_back_in_the_same_action_leaves_nothing(store: SqliteStore) -> None:
    with store.change("p1", "ann", "edit") as change:
        change.update(change.get(Goal, "g1"), title="Other")
        change.update(change.get(Goal, "g1"), title="Win more")
    assert store.change_seq("p1") == 1
    assert store.board("p1").goals[0].version == 1


def test_mappings_are_compared_as_values_not_as_text(store: SqliteStore) -> None:
    with store.change("p1", "ann", "edit") as change:
        change.update(change.get(Plan, "p1"), week={"admin": 0.7, "selling": 0.3})
    assert store.change_seq("p1") == 1


def test_assumptions_can_be_restored_from_the_history(store: SqliteStore) -> None:
    with store.change("p1", "ann", "edit") as change:
        change.update(change.get(Plan, "p1"), assumptions={})
    before = store.events("p1")[0].before["plans"]["p1"] or {}
    with store.change("p1", "ann", "undo", undo_of=2) as change:
        change.update(change.get(Plan, "p1"), **before)
    assert isinstance(store.board("p1").plan.assumptions["win_rate"], AssumptionRange)
    assert store.board("p1").plan.assumptions == PLAN.assumptions


def test_an_exception_leaves_no_trace_and_reaches_the_caller(store: SqliteStore) -> None:
    board = store.board("p1")

    def fail_half_way() -> None:
        with store.change("p1", "ann", "edit") as change:
            change.add(replace(GOAL, id="g2"))
            change.update(change.get(Goal, "g1"), title="Lost")
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert store.board("p1") == board
    assert len(store.events("p1")) == 1


def test_others_see_nothing_before_the_action_ends(store: SqliteStore) -> None:
    with store.change("p1", "ann", "edit") as change:
        change.update(change.get(Goal, "g1"), title="Not yet")
        assert change.goals()[0].title == "Not yet"
        assert store.board("p1").goals[0].title == "Win more"
    assert store.board("p1").goals[0].title == "Not yet"


@pytest.mark.parametrize(
    ("kind", "row_id", "fields"),
    [
        (Goal, "g1", {"baseline": math.nan}),
        (Goal, "g1", {"target": math.inf}),
        (Goal, "g1", {"colour": "red"}),
        (Goal, "g1", {"version": 9}),
        (Goal, "g1", {"plan_id": "p2"}),
        (Goal, "g1", {"title": None}),
        (Goal, "g1", {"title": ["a", "list"]}),
        (Goal, "g1", {"title": "half \ud800"}),
        (Goal, "g1", {"target": "much"}),
        (Tactic, "t1", {"moves": {"admin": -math.inf}}),
        (Tactic, "t1", {"moves": {1: 0.1}}),
        (Tactic, "t1", {"moves": ["admin"]}),
        (Tactic, "t1", {"moves": {"admin": object()}}),
        (Tactic, "t1", {"lane": "elsewhere"}),
        (Tactic, "t1", {"lane": "ideas"}),
        (Tactic, "t1", {"seats": 2**63}),
        (Tactic, "t1", {"seats": 1.5}),
        (Tactic, "t1", {"buys_tool": 2}),
        (Tactic, "t1", {"goal_id": "nobody"}),
        (Plan, "p1", {"assumptions": {"win_rate": {"low": 1}}}),
        (Plan, "p1", {"assumptions": 3}),
        (Snapshot, "n1", {"title": "Another"}),
        (ShareLink, "l1", {"expires_at": "soon"}),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    store: SqliteStore, kind: Any, row_id: str, fields: dict[str, Any]
) -> None:
    board = store.board("p1")

    def edit() -> None:
        with store.change("p1", "ann", "edit") as change:
            change.add(replace(GOAL, id="g2"))
            change.update(change.get(kind, row_id), **fields)

    with pytest.raises(PlanError):
        edit()
    assert store.board("p1") == board
    assert store.change_seq("p1") == 1


def test_a_refusal_names_the_field(store: SqliteStore) -> None:
    with (
        pytest.raises(InvalidValue, match="Ops people must be a finite number, not nan"),
        store.change("p1", "ann", "edit") as change,
    ):
        change.update(change.get(Plan, "p1"), ops_people=math.nan)


def test_a_change_reaches_only_its_own_plan(store: SqliteStore) -> None:
    with store.change("p2", "eve", "start") as change:
        change.add(replace(PLAN, id="p2"))
        others: list[tuple[Any, str]] = [(Goal, "g1"), (Plan, "p1"), (Snapshot, "n1")]
        for kind, row_id in others:
            with pytest.raises(Missing):
                change.get(kind, row_id)
        with pytest.raises(Missing):
            change.update(GOAL, title="Mine now")
        with pytest.raises(Missing):
            change.event(1)
        with pytest.raises(InvalidValue):
            change.add(replace(GOAL, id="g7"))
    with pytest.raises(Missing), store.change("p2", "eve", "add") as change:
        change.add(replace(TACTIC, id="t7", plan_id="p2"))  # its goal is in the other plan
    assert store.board("p2").tactics == ()
    assert store.board("p1").goals[0].title == "Win more"


def test_a_plan_that_does_not_exist_is_missing(store: SqliteStore) -> None:
    with pytest.raises(Missing):
        store.board("nowhere")
    with pytest.raises(Missing), store.change("nowhere", "ann", "add") as change:
        change.add(replace(GOAL, id="g2", plan_id="nowhere"))
    assert store.change_seq("nowhere") == 0
    assert store.events("nowhere") == ()


def test_archived_rows_leave_the_board_but_can_be_fetched(store: SqliteStore) -> None:
    with store.change("p1", "ann", "archive") as change:
        change.update(change.get(Tactic, "t1"), archived_at=change.now)
        change.update(change.get(Scenario, "s1"), archived_at=change.now)
        assert change.tactics() == ()
        assert change.scenarios() == ()
        assert change.get(Tactic, "t1").archived_at == change.now
    assert store.board("p1").tactics == ()
    assert store.scenarios("p1") == ()


def test_an_archived_plan_is_on_no_list_and_has_no_board(store: SqliteStore) -> None:
    with store.change("p1", "ann", "archive") as change:
        change.update(change.get(Plan, "p1"), archived_at=change.now)
    assert store.plans() == ()
    with pytest.raises(Missing, match="archived"):
        store.board("p1")


def test_an_id_can_be_given_once(store: SqliteStore) -> None:
    with pytest.raises(InvalidValue), store.change("p1", "ann", "add") as change:
        change.add(GOAL)


def test_runs_are_found_by_their_inputs_newest_first_without_an_event(
    store: SqliteStore, clock: Clock
) -> None:
    kept = store.keep_run(RUN)
    clock.move(days=-1)  # a clock set back does not reorder anything
    newer = store.keep_run(replace(RUN, id="r2"))
    other = store.keep_run(replace(RUN, id="r3", scenario_id="s1", seed=8))
    assert kept.created_at == "2026-01-01T00:00:00Z"
    assert store.run("p1", "r1") == kept
    assert store.runs("p1", None) == (newer, kept)
    assert store.runs("p1", None, 1) == (newer,)
    assert store.runs("p1", "s1") == (other,)
    assert store.runs_of_plan("p1") == (other, newer, kept)
    assert store.runs_of_plan("p1", 2) == (other, newer)
    assert store.runs_of_plan("p2") == ()
    assert store.find_run("p1", "hash", "1.0", 7, 1000) == newer
    assert store.find_run("p1", "hash", "1.1", 7, 1000) is None
    assert store.change_seq("p1") == 1
    with pytest.raises(Missing):
        store.run("p2", "r1")


def test_a_run_with_a_number_that_is_not_finite_is_not_kept(store: SqliteStore) -> None:
    with pytest.raises(InvalidValue, match="Summary.p50"):
        store.keep_run(replace(RUN, summary={"p50": math.nan}))
    assert store.runs("p1", None) == ()


def test_comments_are_read_oldest_first_links_and_snapshots_newest_first(
    store: SqliteStore,
) -> None:
    with store.change("p1", "ann", "more") as change:
        change.add(replace(SNAPSHOT, id="n2", number=2))
        change.add(replace(LINK, id="l2", token_hash=b"x" * 32))
        for number in range(3):
            change.add(Comment(f"c{number}", "p1", "n1", "eve", "plan", f"Thought {number}"))
        assert [snapshot.id for snapshot in change.snapshots()] == ["n2", "n1"]
    assert [comment.id for comment in store.comments("p1", "n1")] == ["c0", "c1", "c2"]
    assert [link.id for link in store.share_links("p1")] == ["l2", "l1"]
    assert [snapshot.id for snapshot in store.snapshots("p1")] == ["n2", "n1"]


def test_a_live_link_opens_its_snapshot_until_it_expires(store: SqliteStore, clock: Clock) -> None:
    opened = store.snapshot_for_token(b"h" * 32)
    assert opened is not None
    assert (opened[0].id, opened[1].id) == ("l1", "n1")
    assert store.snapshot_for_token(b"g" * 32) is None
    clock.move(days=30, hours=23, minutes=59, seconds=59)
    assert store.snapshot_for_token(b"h" * 32) is not None
    clock.move(seconds=1)
    assert store.snapshot_for_token(b"h" * 32) is None


@pytest.mark.parametrize(("kind", "row_id"), [(ShareLink, "l1"), (Plan, "p1")])
def test_a_revoked_link_and_a_link_to_an_archived_plan_open_nothing(
    store: SqliteStore, kind: Any, row_id: str
) -> None:
    field = "revoked_at" if kind is ShareLink else "archived_at"
    with store.change("p1", "ann", "close") as change:
        change.update(change.get(kind, row_id), **{field: change.now})
    assert store.snapshot_for_token(b"h" * 32) is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET actor = 'nobody'",
        "DELETE FROM events",
        "UPDATE snapshots SET title = 'other'",
    ],
)
def test_the_database_itself_refuses_to_rewrite_records(store: SqliteStore, sql: str) -> None:
    with pytest.raises(InvalidValue, match="never"), writing(store.path) as db:
        db.execute(sql)


def test_a_change_inside_a_change_is_a_mistake_not_a_deadlock(store: SqliteStore) -> None:
    with (
        store.change("p1", "ann", "outer"),
        pytest.raises(RuntimeError, match="inside another"),
        store.change("p1", "ann", "inner"),
    ):
        pass


def test_changes_are_numbered_over_all_plans_and_read_newest_first(store: SqliteStore) -> None:
    for title in ("a", "b", "c"):
        with store.change("p1", "ann", "edit") as change:
            change.words = f"named it {title}"
            change.update(change.get(Goal, "g1"), title=title)
            assert change.event(1).op == "start"
    assert [event.seq for event in store.events("p1")] == [4, 3, 2, 1]
    assert [event.words for event in store.events("p1", 2)] == ["named it c", "named it b"]


def test_what_did_not_change_is_read_again_as_the_same_noun(store: SqliteStore) -> None:
    plan = load_example(store)
    before = store.board(plan.id)
    moved = before.tactics[0]
    commands.move_tactic(store, plan.id, "Ann", moved.id, "ideas", None, None)
    after = store.board(plan.id)
    assert all(one is other for one, other in zip(before.goals, after.goals, strict=True))
    kept = {each.id: each for each in before.tactics}
    changed = [each.id for each in after.tactics if each is not kept[each.id]]
    assert changed == [moved.id]
    assert store.tactic(plan.id, moved.id).lane == "ideas"
