"""The Plan page's words for goals on metrics of the team's own, for status and further goals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import SqliteStore
from pages.plan.view import board_data
from reports.share_page import report_file
from strategy import commands
from strategy.model import Goal
from strategy.running import current_run
from strategy.sharing import take_snapshot
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import DRAWS, planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def an_own_goal(store: SqliteStore, progress: float | None = 6.8) -> Goal:
    return commands.add_goal(
        store,
        "p1",
        "ann",
        title="Happy new hires",
        owner="Ann",
        metric="own",
        own_name="Survey score",
        own_unit="points",
        baseline=6.0,
        target=8.0,
        progress=progress,
        due_month="2027-12",
    )


def test_a_goal_on_an_own_metric_shows_its_progress_and_claims_no_chance(
    store: SqliteStore,
) -> None:
    goal = an_own_goal(store)
    board = store.board("p1")
    run = current_run(store, board, draws=DRAWS)
    assert goal.id not in {row["id"] for row in run.summary["goals"]}
    lane = next(
        each
        for each in board_data(board, run, {}, None)["lanes"]
        if each["title"] == "Happy new hires"
    )
    assert lane["chance"] is None
    assert lane["note"].startswith("40% of the way.")
    bar = lane["bar"]
    assert bar is not None and bar["today"] < bar["middle"] < bar["target"]
    assert bar["range_text"] == "6.8 points"


def test_without_typed_progress_the_bar_says_so(store: SqliteStore) -> None:
    an_own_goal(store, None)
    lane = board_data(store.board("p1"), None, {}, None)["lanes"][-3]
    assert lane["bar"] is not None and lane["bar"]["range_text"] == "none yet"
    assert lane["note"].startswith("No progress typed yet.")


def test_typed_progress_is_one_change_that_can_be_undone(store: SqliteStore) -> None:
    goal = an_own_goal(store)
    base = commands.fields_of(goal)
    commands.edit_goal(store, "p1", "ann", goal.id, base, base | {"progress": 7.5})
    change = next_undo(store.events("p1"))
    assert change is not None and change.after["goals"][goal.id] == {"progress": 7.5}
    undo(store, "p1", "ann", change.seq)
    assert next(g for g in store.board("p1").goals if g.id == goal.id).progress == 6.8


def test_a_run_does_not_depend_on_goals_that_are_typed(store: SqliteStore) -> None:
    before = current_run(store, store.board("p1"), draws=DRAWS)
    an_own_goal(store)
    assert current_run(store, store.board("p1"), draws=DRAWS).id == before.id


def test_a_shared_plan_shows_typed_progress_as_typed(store: SqliteStore) -> None:
    an_own_goal(store)
    page = report_file(take_snapshot(store, "p1", "ann", "", draws=DRAWS))
    assert "Survey score: 8 points by" in page
    assert "From 6 points, now 6.8 points" in page
    assert "no chance is claimed" in page


def test_a_card_says_its_status_and_its_further_goals(store: SqliteStore) -> None:
    first, second = store.board("p1").goals[:2]
    commands.add_tactic(
        store,
        "p1",
        "ann",
        title="Map",
        lane="goal",
        goal_id=first.id,
        status="running",
        supports={second.id: 0.25},
    )
    lanes = board_data(store.board("p1"), None, {}, None)["lanes"]
    (card,) = (each for lane in lanes for each in lane["cards"] if each["title"] == "Map")
    assert card["status"] == "Under way"
    assert card["also"] == f"also {second.title} 25%"
