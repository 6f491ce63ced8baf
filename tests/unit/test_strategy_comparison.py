"""Comparing scenarios: the same draws, so that only what was planned differs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.store import SqliteStore
from simulation.engine import simulate
from strategy import commands
from strategy.comparison import ComparedOutcome, _row, compare
from strategy.errors import InvalidValue
from strategy.metrics import GOAL_METRICS
from strategy.model import Board, Run
from strategy.projection import read_inputs
from strategy.running import current_run
from tests.unit.test_strategy_samples import DRAWS, planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db")
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board("p1")


def run(store: SqliteStore, seed: int | None = None, draws: int = DRAWS, **overrides: Any) -> Run:
    scenario = commands.add_scenario(store, "p1", "ann", "Case", overrides) if overrides else None
    return current_run(store, store.board("p1"), scenario, draws=draws, seed=seed)


def by_label(rows: list[ComparedOutcome]) -> dict[str, ComparedOutcome]:
    return {row.label: row for row in rows}


def test_the_outcomes_are_money_goals_payback_and_cost(store: SqliteStore, board: Board) -> None:
    rows = compare(board, (run(store), run(store, without=["t4"])))
    assert [(row.label, row.unit) for row in rows] == [
        ("Net benefit", "money"),
        ("Win more", "percent"),
        ("Sell faster", "days"),
        ("Payback", "payback"),
        ("Cost, year 1", "money"),
    ]
    goal = by_label(rows)["Win more"]
    assert goal.target == 0.24
    assert goal.note.startswith("Win rate")
    assert rows[0].note == "24 months, not discounted, against carrying on as today"


def test_a_run_against_itself_ties_in_every_draw(store: SqliteStore, board: Board) -> None:
    same = run(store)
    for row in compare(board, (same, same)):
        assert row.values[0] == row.values[1]
        assert (row.first_better, row.second_better) == (0, 0)
        assert set(row.difference.values()) <= {0.0, None}
        if row.label != "Payback":
            assert set(row.difference.values()) == {0.0}


def test_the_numbers_are_those_that_are_stored(store: SqliteStore, board: Board) -> None:
    runs = (run(store), run(store, without=["t1"]))
    rows = by_label(compare(board, runs))
    for place, kept in enumerate(runs):
        assert rows["Net benefit"].values[place] == kept.summary["net"]
        assert rows["Cost, year 1"].values[place] == kept.summary["cost_year_one"]
        payback = {name: kept.summary["finance"]["payback"][name] for name in ("p10", "p50", "p90")}
        assert rows["Payback"].values[place] == payback
        for goal in kept.summary["goals"]:
            row = rows[goal["title"]]
            assert row.chances[place] == goal["chance"]
            assert row.values[place]["p50"] == pytest.approx(goal["value"]["p50"], rel=1e-6)


def test_no_draw_is_better_for_both(store: SqliteStore, board: Board) -> None:
    for row in compare(board, (run(store), run(store, preparation=1.0))):
        assert row.first_better >= 0
        assert row.second_better >= 0
        assert row.first_better + row.second_better <= 1


def test_turning_the_runs_round_turns_the_answer_round(store: SqliteStore, board: Board) -> None:
    one, two = run(store), run(store, preparation=1.0)
    for row, turned in zip(compare(board, (one, two)), compare(board, (two, one)), strict=True):
        assert (row.first_better, row.second_better) == (turned.second_better, turned.first_better)
        if None not in row.difference.values():
            assert row.difference["p50"] == pytest.approx(-(turned.difference["p50"] or 0.0))


def test_a_shorter_cycle_is_better_where_the_goal_aims_down(
    store: SqliteStore, board: Board
) -> None:
    rows = by_label(compare(board, (run(store), run(store, without=["t3"]))))
    cycle = rows["Sell faster"]
    assert cycle.first_better > 0.9
    assert (cycle.difference["p50"] or 0) < 0
    assert cycle.chances[0] > cycle.chances[1]


def test_a_higher_value_is_better_where_the_goal_aims_up(store: SqliteStore, board: Board) -> None:
    rows = by_label(compare(board, (run(store), run(store, without=["t2"]))))
    assert rows["Win more"].first_better > 0.9
    assert (rows["Win more"].difference["p50"] or 0) > 0


def test_the_goals_direction_decides_not_the_metrics(store: SqliteStore) -> None:
    """Whoever plans for a lower win rate is better off without the coaching."""
    goal = store.board("p1").goals[0]
    commands.edit_goal(
        store, "p1", "ann", "g1", commands.fields_of(goal), {"baseline": 0.3, "target": 0.2}
    )
    rows = by_label(compare(store.board("p1"), (run(store), run(store, without=["t2"]))))
    assert rows["Win more"].second_better > 0.9


def test_lower_cost_is_better(store: SqliteStore, board: Board) -> None:
    cost = by_label(compare(board, (run(store), run(store, without=["t4"]))))["Cost, year 1"]
    assert (cost.first_better, cost.second_better) == (0, 1)
    assert (cost.difference["p10"] or 0) > 0


def test_values_are_in_the_planners_unit(store: SqliteStore, board: Board) -> None:
    kept = run(store)
    row = by_label(compare(board, (kept, kept)))["Sell faster"]
    outcome = simulate(read_inputs(kept.inputs), kept.draws, kept.seed)
    days = outcome.goal_values(outcome.inputs.goals[1]) * GOAL_METRICS["cycle_days"].factor
    assert row.values[0]["p50"] == pytest.approx(float(np.median(days)))


def test_three_runs_have_three_values_and_the_first_two_are_compared(
    store: SqliteStore, board: Board
) -> None:
    one, two, three = run(store), run(store, without=["t3"]), run(store, without=["t1"])
    rows, pair = compare(board, (one, two, three)), compare(board, (one, two))
    assert {len(row.values) for row in rows} == {3}
    assert [row.difference for row in rows] == [row.difference for row in pair]


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_runs_are_refused(store: SqliteStore, board: Board, count: int) -> None:
    with pytest.raises(InvalidValue, match="Choose at least two scenarios to compare"):
        compare(board, (run(store),) * count)


def test_runs_of_different_futures_are_refused(store: SqliteStore, board: Board) -> None:
    kept = run(store)
    longer = replace(kept, months=36)
    for other in (run(store, seed=8), run(store, draws=DRAWS + 1), longer):
        with pytest.raises(InvalidValue, match="Run both again with one seed"):
            compare(board, (kept, other))


def test_runs_with_different_goals_are_refused(store: SqliteStore) -> None:
    old = run(store)
    commands.archive_goal(store, "p1", "ann", "g1")
    with pytest.raises(InvalidValue):
        compare(store.board("p1"), (run(store), old))


def test_runs_from_before_a_goal_was_added_are_refused(store: SqliteStore) -> None:
    old = (run(store), run(store, without=["t3"]))
    commands.add_goal(
        store,
        "p1",
        "ann",
        title="Grow",
        owner="",
        metric="deal_size",
        baseline=1.0,
        target=2.0,
        due_month="2027-06",
    )
    with pytest.raises(InvalidValue):
        compare(store.board("p1"), old)


# ---- Payback that never comes -------------------------------------------------------------

NEVER = float("inf")


def payback(first: list[float], second: list[float]) -> ComparedOutcome:
    return _row("Payback", "", "payback", [np.array(first), np.array(second)], lower=True)


def test_a_payback_that_comes_is_better_than_one_that_never_does() -> None:
    row = payback([12.0, NEVER, 20.0, NEVER], [NEVER, 9.0, 10.0, NEVER])
    assert (row.first_better, row.second_better) == (0.25, 0.5)


def test_never_against_never_is_a_tie_without_a_difference() -> None:
    row = payback([NEVER] * 5, [NEVER] * 5)
    assert (row.first_better, row.second_better) == (0, 0)
    assert row.values[0] == row.difference == {"p10": None, "p50": None, "p90": None}


def test_a_difference_is_taken_only_where_both_come() -> None:
    row = payback([12.0, NEVER, 20.0], [10.0, 9.0, 18.0])
    assert row.difference == {"p10": 2.0, "p50": 2.0, "p90": 2.0}


def test_a_plan_that_never_pays_back_is_compared_without_a_warning(
    store: SqliteStore, board: Board
) -> None:
    costly = replace(board, goals=(), tactics=(replace(board.tactics[-1], one_off=1e9),))
    assert costly.tactics[0].lane != "ideas"
    dear = current_run(store, costly, draws=DRAWS)
    row = by_label(compare(costly, (dear, dear)))["Payback"]
    assert row.values[0] == {"p10": None, "p50": None, "p90": None}
    assert (row.first_better, row.second_better) == (0, 0)
