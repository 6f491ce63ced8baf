"""A plan is copied whole, and an archived one comes back as it was."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.actuals import Place, set_actuals
from strategy.copying import archive_plan, bring_back_plan, duplicate_plan
from strategy.errors import InvalidValue, Missing
from strategy.running import current_run
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import DRAWS, content, planned_store

IDS = ("id", "plan_id", "goal_id", "created_at")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    without = kept.board("p1").tactics[0].id
    commands.add_scenario(kept, "p1", "ann", "Bold", {"seats": 12, "without": [without]})
    yield kept
    kept.close()


def planned(store: SqliteStore, plan_id: str) -> dict[str, Any]:
    """Return what people see of a plan, without ids and times; goals by title."""
    shown = content(store, plan_id)
    titles = {goal["id"]: goal["title"] for goal in shown["goals"]}
    titles |= {tactic["id"]: tactic["title"] for tactic in shown["tactics"]}
    for tactic in shown["tactics"]:
        tactic["under"] = titles.get(tactic["goal_id"])
    for scenario in shown["scenarios"]:
        scenario["without"] = [titles[each] for each in scenario.pop("overrides")["without"]]
    # Cards in one place of the order stand by id, and ids are the copy's own.
    shown["tactics"].sort(key=lambda tactic: (tactic["position"], tactic["title"]))
    for row in (shown["plan"], *shown["goals"], *shown["tactics"], *shown["scenarios"]):
        for name in IDS:
            row.pop(name, None)
    return shown


def test_a_copy_has_everything_of_the_original_under_its_own_ids(store: SqliteStore) -> None:
    before = content(store)
    copy = duplicate_plan(store, "p1", "Ben", "Second thoughts")
    expected = planned(store, "p1")
    expected["plan"]["name"] = "Second thoughts"
    assert planned(store, copy.id) == expected
    assert expected["scenarios"][0]["without"]
    assert content(store) == before
    old, new = store.board("p1"), store.board(copy.id)
    ids = [{row.id for row in (*board.goals, *board.tactics)} for board in (old, new)]
    assert not ids[0] & ids[1]
    assert [event.words for event in store.events(copy.id)] == [
        f"New plan Second thoughts, a copy of {old.plan.name}"
    ]


def test_a_copy_knows_what_happened_and_by_whom(store: SqliteStore) -> None:
    place = Place("win_rate", "2027-01")
    set_actuals(store, "p1", "Ann", {}, {place: 0.21}, source="CRM")
    copy = duplicate_plan(store, "p1", "Ben", "Second thoughts")
    [old], [new] = store.actuals("p1"), store.actuals(copy.id)
    assert replace(new, id=old.id, plan_id="p1") == old
    assert new.set_by == "Ann"
    set_actuals(store, copy.id, "Ben", {place: 0.21}, {place: None})
    assert store.actuals("p1") == (old,)


def test_a_copy_is_simulated_like_the_original_but_for_each_tactics_own_luck(
    store: SqliteStore,
) -> None:
    copy = duplicate_plan(store, "p1", "Ben", "Second thoughts")
    runs = [current_run(store, store.board(each), draws=DRAWS) for each in ("p1", copy.id)]
    series = [run.summary["series"]["bookings_quarter"]["baseline"] for run in runs]
    assert series[0] == series[1]


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_copy_needs_a_name(store: SqliteStore, name: str) -> None:
    before = store.plans()
    with pytest.raises(InvalidValue, match="The plan's name"):
        duplicate_plan(store, "p1", "Ben", name)
    assert store.plans() == before


def test_an_archived_plan_is_off_the_list_and_comes_back_as_it_was(store: SqliteStore) -> None:
    before = content(store)
    archive_plan(store, "p1", "Ben")
    assert "p1" not in [plan.id for plan in store.plans()]
    assert [plan.id for plan in store.archived_plans()] == ["p1"]
    with pytest.raises(Missing):
        store.board("p1")
    with pytest.raises(Missing):
        duplicate_plan(store, "p1", "Ben", "Copy")
    with pytest.raises(InvalidValue, match="archived already"):
        archive_plan(store, "p1", "Ben")
    bring_back_plan(store, "p1", "Cy")
    assert content(store) == before
    assert store.archived_plans() == ()
    with pytest.raises(InvalidValue, match="is not archived"):
        bring_back_plan(store, "p1", "Cy")
    assert [event.actor for event in store.events("p1")[:2]] == ["Cy", "Ben"]
