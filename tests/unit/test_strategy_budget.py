"""A budget for the first year: how likely it is enough, told, taken over by the plan."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from data.example import load_example
from data.store import SqliteStore
from simulation.draws import sample
from simulation.engine import simulate_on
from strategy import commands
from strategy.adopting import adopt
from strategy.budget import budget_of, spending
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Board
from strategy.overrides import overrides_of
from strategy.projection import engine_inputs, read_inputs
from strategy.running import current_run
from strategy.sharing import describe_levers
from tests.store_samples import Clock

ACTOR, DRAWS = "Ann", 400
KEY = "budget"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("budget") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


@pytest.mark.parametrize("quantile", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_the_chance_is_the_share_of_futures_that_cost_no_more(
    store: SqliteStore, board: Board, quantile: float
) -> None:
    run = current_run(store, board, draws=DRAWS)
    inputs = read_inputs(engine_inputs(board))
    outcome = simulate_on(inputs, sample(inputs, DRAWS, board.plan.seed))
    costs = outcome.metrics["cost"][:, :12].sum(axis=1)
    budget = float(np.quantile(costs, quantile))
    found = spending(run.summary, budget)
    assert found.chance == pytest.approx((costs <= budget).mean(), abs=0.01)
    assert found.over == pytest.approx(np.median(costs) - budget, rel=0.01, abs=1)
    assert (found.chance == 1) == (quantile == 1)


def test_without_a_budget_there_is_no_chance(store: SqliteStore, board: Board) -> None:
    found = spending(current_run(store, board, draws=DRAWS).summary, None)
    assert found.low < found.middle < found.high
    assert (found.chance, found.over) == (None, None)


def test_a_budget_changes_nothing_the_model_reads(board: Board) -> None:
    assert engine_inputs(board, Levers(budget=5.0)) == engine_inputs(board)
    plan = replace(board.plan, budget=7.0)
    assert engine_inputs(replace(board, plan=plan)) == engine_inputs(board)
    assert (budget_of(plan, Levers()), budget_of(plan, Levers(budget=0.0))) == (7, 0)


def test_a_scenarios_budget_is_told_and_made_the_plans(store: SqliteStore, board: Board) -> None:
    plan = board.plan.id
    scenario = commands.add_scenario(store, plan, ACTOR, "Thrifty", {"budget": 80_000})
    [override] = overrides_of(scenario, board)
    assert (override.base, override.value) == ("none", "$80,000")
    assert describe_levers(Levers(budget=80_000), board) == [
        "Budget for the first 12 months: $80,000"
    ]
    adopt(store, plan, ACTOR, scenario.id, [KEY])
    assert store.board(plan).plan.budget == 80_000
    base = commands.fields_of(store.board(plan).plan)
    commands.edit_plan(store, plan, ACTOR, base, {"budget": None})
    assert store.board(plan).plan.budget is None


def test_a_budget_below_nothing_is_refused(store: SqliteStore, board: Board) -> None:
    base = commands.fields_of(store.board(board.plan.id).plan)
    with pytest.raises(InvalidValue, match="The budget is -1"):
        commands.edit_plan(store, board.plan.id, ACTOR, base, {"budget": -1.0})
