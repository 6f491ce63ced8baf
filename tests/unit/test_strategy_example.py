"""The worked example: complete, repeatable, and with its traps in place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.example import ACTOR, crm_export, load_example
from data.store import SqliteStore
from strategy.alignment import balance, unaligned_spend
from strategy.levers import Levers
from strategy.library import tactic_library
from strategy.model import Plan, Tactic
from strategy.projection import live_tactics
from strategy.running import current_run
from strategy.undoing import next_undo
from tests.store_samples import Clock

DRAWS = 2_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("example") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def plan(store: SqliteStore) -> Plan:
    return load_example(store)


@pytest.fixture(scope="module")
def summaries(store: SqliteStore, plan: Plan) -> dict[str, Any]:
    board = store.board(plan.id)
    return {
        scenario.letter: current_run(store, board, scenario, draws=DRAWS).summary
        for scenario in store.scenarios(plan.id)
    }


def test_it_has_four_goals_twelve_tactics_two_ideas_and_three_scenarios(
    store: SqliteStore, plan: Plan
) -> None:
    board = store.board(plan.id)
    assert len(board.goals) == 4
    assert len(live_tactics(board.tactics)) == 12
    assert sum(tactic.lane == "ideas" for tactic in board.tactics) == 2
    assert [each.name for each in store.scenarios(plan.id)] == [
        "Automate and reinvest",
        "All hours to selling",
        "Software first",
    ]
    assert [each.letter for each in store.scenarios(plan.id)] == ["A", "B", "C"]


def test_every_goal_has_tactics_and_an_owner(store: SqliteStore, plan: Plan) -> None:
    board = store.board(plan.id)
    for goal in board.goals:
        assert goal.owner
        assert any(tactic.goal_id == goal.id for tactic in board.tactics)


def test_it_came_through_the_ordinary_commands_and_undo_leaves_it_alone(
    store: SqliteStore, plan: Plan
) -> None:
    events = store.events(plan.id, -1)
    assert len(events) == 1 + 4 + 14 + 3
    assert {event.actor for event in events} == {ACTOR}
    assert next_undo(events) is None


def test_cards_from_the_library_take_their_numbers_from_it(store: SqliteStore, plan: Plan) -> None:
    fields = set(Tactic.__dataclass_fields__)
    for key, entry in tactic_library().items():
        assert entry.keys() <= fields, key
    known = [each for each in store.board(plan.id).tactics if each.library_key]
    assert len(known) >= 8
    for tactic in known:
        assert tactic.moves == tactic_library()[tactic.library_key].get("moves", {})


def test_the_first_scenario_is_the_board_and_every_scenario_can_be_read(
    store: SqliteStore, plan: Plan
) -> None:
    scenarios = store.scenarios(plan.id)
    assert scenarios[0].overrides == {}
    assert all(Levers.from_json(each.overrides).to_json() == each.overrides for each in scenarios)


def test_one_goal_is_likely_and_one_unlikely(summaries: dict[str, Any]) -> None:
    chances = [goal["chance"] for goal in summaries["A"]["goals"]]
    assert max(chances) >= 0.6
    assert min(chances) <= 0.4
    assert all(0.02 < chance < 0.98 for chance in chances)


def test_the_plan_helps_every_goal(summaries: dict[str, Any]) -> None:
    for goal in summaries["A"]["goals"]:
        assert goal["chance"] > goal["baseline_chance"]


def test_the_trap_of_money_on_no_goal_is_set(store: SqliteStore, plan: Plan) -> None:
    board = store.board(plan.id)
    spend = unaligned_spend(board)
    assert spend.share > 0.2
    assert spend.tactics == 3
    assert balance(board).strategic_share < 0.5


def test_the_trap_of_software_first_is_set(summaries: dict[str, Any]) -> None:
    """Tools bought before their requirements bring far less, and may well lose money."""
    first, software = summaries["A"], summaries["C"]
    assert software["net"]["p50"] < 0.25 * first["net"]["p50"]
    assert software["finance"]["npv"]["chance_positive"] < 0.5
    assert first["finance"]["npv"]["chance_positive"] > 0.8
    assert software["freed"]["p50"] < first["freed"]["p50"]


def test_loading_it_again_adds_a_second_plan_and_leaves_the_first_alone(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "plan.db", Clock())
    one = load_example(store)
    before = (store.board(one.id), store.scenarios(one.id), store.events(one.id, -1))
    two = load_example(store)
    assert [plan.id for plan in store.plans()] == [one.id, two.id]
    assert (store.board(one.id), store.scenarios(one.id), store.events(one.id, -1)) == before
    assert len(store.board(two.id).tactics) == 14
    store.close()


def test_its_crm_export_is_a_csv_with_a_header() -> None:
    lines = crm_export().decode("utf-8").splitlines()
    assert len(lines) > 1_000
    assert lines[0].count(",") >= 5
