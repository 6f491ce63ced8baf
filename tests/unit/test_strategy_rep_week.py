"""The admin tasks of a rep's week: what is promised, where a shift stops, and whose hours it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.example import load_example
from data.store import SqliteStore
from simulation.ceiling import buyer_ceiling
from simulation.defaults import Range
from strategy import commands
from strategy.errors import InvalidValue
from strategy.levers import Levers, Shift
from strategy.library import tactic_library
from strategy.model import Board
from strategy.projection import engine_inputs
from strategy.rep_week import (
    AdminTask,
    admin_tasks,
    automate,
    best_offer,
    ceiling_of,
    offer_tactic,
    promised,
    why_it_stops,
)
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock

ACTOR = "ann"
TASK = AdminTask(
    "crm_entry", "CRM data entry", 4.0, 0.25, 0.0, 0.7, ("Capture",), "activity_capture"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("week") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


def tasks_of(board: Board, levers: Levers) -> dict[str, AdminTask]:
    found = admin_tasks(board, levers, engine_inputs(board, levers))
    return {each.task: each for each in found}


@given(st.floats(0, 1))
def test_what_is_set_is_what_is_promised(share_of_the_way: float) -> None:
    wanted = TASK.least + share_of_the_way * (TASK.limit - TASK.least)
    levers = automate(Levers(), TASK, wanted)
    share = levers.shifts["crm_entry"].share if levers.shifts else 0.0
    assert TASK.automated(share) == pytest.approx(wanted, abs=1e-4)
    assert 0 <= share <= TASK.most


def test_the_engine_is_given_the_hours_that_were_set(board: Board) -> None:
    before = tasks_of(board, Levers())["quotes"]
    wanted = (before.now + before.limit) / 2
    levers = automate(Levers(), before, wanted)
    inputs = engine_inputs(board, levers)
    assert before.hours * promised("quotes", inputs["tactics"]) == pytest.approx(wanted, abs=1e-4)
    after = tasks_of(board, levers)["quotes"]
    assert after.now == pytest.approx(wanted, abs=1e-4)
    assert after.least == pytest.approx(before.least)


def test_a_shift_stops_at_what_the_strongest_tactic_takes_over() -> None:
    with pytest.raises(InvalidValue, match="Activity capture takes over 70%"):
        automate(Levers(), TASK, TASK.limit + 0.2)
    assert best_offer("crm_entry") == "activity_capture"
    best = max(row.get("moves", {}).get("crm_entry", 0) for row in tactic_library().values())
    assert best == 0.7


def test_hours_that_tactics_promise_are_not_taken_back_here() -> None:
    with pytest.raises(InvalidValue, match=r"1\.0 h are promised by Capture"):
        automate(Levers(), replace(TASK, board=0.25), 0.5)


def test_a_scenario_that_shifts_more_already_keeps_it(board: Board) -> None:
    task = tasks_of(board, Levers(shifts={"crm_entry": Shift(0.95, 3)}))["crm_entry"]
    assert task.most == 0.95
    assert "already promises" in why_it_stops(task, is_most=True)


def test_a_start_that_was_chosen_stays(board: Board) -> None:
    levers = Levers(shifts={"orders": Shift(0.1, 7)})
    task = tasks_of(board, levers)["orders"]
    changed = automate(levers, task, (task.now + task.limit) / 2)
    assert changed.shifts["orders"].start == 7
    assert not automate(changed, task, task.least).shifts


def test_a_tactic_left_out_promises_nothing(board: Board) -> None:
    everyone = tuple(each.id for each in board.tactics)
    for task in tasks_of(board, Levers(without=everyone)).values():
        assert task.now == task.least == 0
        assert task.tactics == ()


def test_the_tactic_offered_takes_the_place_of_the_shift_in_one_change(
    store: SqliteStore, board: Board
) -> None:
    overrides = {"shifts": {"orders": {"share": 0.2, "start": 1}}, "seats": 30}
    scenario = commands.add_scenario(store, board.plan.id, ACTOR, "Bold", overrides)
    before = store.change_seq(board.plan.id)
    tactic = offer_tactic(store, board.plan.id, ACTOR, scenario.id, "orders")
    assert store.change_seq(board.plan.id) == before + 1
    assert (tactic.lane, tactic.library_key) == ("unaligned", best_offer("orders"))
    left = next(each for each in store.scenarios(board.plan.id) if each.id == scenario.id)
    assert dict(left.overrides) == {"seats": 30}
    with pytest.raises(InvalidValue, match="any more"):
        offer_tactic(store, board.plan.id, ACTOR, scenario.id, "orders")
    change = next_undo(store.events(board.plan.id))
    assert change is not None
    undo(store, board.plan.id, ACTOR, change.seq)
    assert store.board(board.plan.id).tactics == board.tactics
    back = next(each for each in store.scenarios(board.plan.id) if each.id == scenario.id)
    assert back.overrides == scenario.overrides


def test_the_ceiling_is_where_offered_hours_meet_attention(board: Board) -> None:
    assert buyer_ceiling(10, Range(0.8, 0.8, 0.8)) == pytest.approx((12.5, 12.5, 12.5))
    found = buyer_ceiling(10, Range(0.5, 0.8, 1.25))
    assert 8 < found.p10 < found.p50 < found.p90 < 20
    inputs = engine_inputs(board, Levers(assumptions={"buyer_pressure": 0.5}))
    selling = 36 * (inputs["week"]["live_conversations"] + inputs["week"]["prospecting"])
    assert ceiling_of(inputs, 36).p50 == pytest.approx(2 * selling)
