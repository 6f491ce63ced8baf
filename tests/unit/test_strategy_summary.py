"""The summary of a run: complete, in the planner's units, and consistent with itself."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.engine import simulate
from simulation.naive import linear_promise
from simulation.outcome import Outcome
from strategy.metrics import GOAL_METRICS
from strategy.model import Board, Goal
from strategy.projection import engine_inputs, read_inputs
from strategy.summary import DOTS, HOURS, summarise
from tests.unit.test_strategy_samples import BOARD, PLAN

DRAWS = 400
BANDS = {"p10", "p25", "p50", "p75", "p90", "mean"}
GOALS = (
    *BOARD.goals,
    Goal("g3", "p1", "Book more", "", "bookings_quarter", 1.1e6, 1.25e6, "2027-09"),
    Goal("g4", "p1", "Less admin", "", "admin_hours_week", 17.0, 15.0, "2028-03"),
)
TOLERANCE = 2e-6  # seven significant figures are kept


def simulated(board: Board) -> Outcome:
    return simulate(read_inputs(engine_inputs(board)), DRAWS, PLAN.seed)


@pytest.fixture(scope="module")
def board() -> Board:
    return replace(BOARD, goals=GOALS)


@pytest.fixture(scope="module")
def outcome(board: Board) -> Outcome:
    return simulated(board)


@pytest.fixture(scope="module")
def summary(board: Board, outcome: Outcome) -> dict[str, Any]:
    return summarise(board, outcome)


def test_the_keys_are_those_the_pages_draw_from(summary: dict[str, Any]) -> None:
    assert summary.keys() == {
        "version",
        "series",
        "goals",
        "joint",
        "finance",
        "cost_year_one",
        "costs_year_one",
        "shelfware_year_one",
        "net",
        "hours",
        "freed",
        "linear",
        "response",
        "tactics",
    }


def test_it_is_plain_json_without_infinite_numbers(summary: dict[str, Any]) -> None:
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_every_series_has_a_number_a_month(summary: dict[str, Any]) -> None:
    assert summary["series"].keys() == GOAL_METRICS.keys()
    for bands in (*(each for row in summary["series"].values() for each in row.values()),):
        assert bands.keys() == BANDS
        assert {len(values) for values in bands.values()} == {24}
    assert {len(values) for values in summary["response"].values()} == {24}
    assert summary["hours"].keys() == set(HOURS)
    for row in summary["hours"].values():
        assert (len(row["plan"]), len(row["baseline"])) == (24, 24)


def test_percentiles_never_cross(summary: dict[str, Any]) -> None:
    for row in summary["series"].values():
        for bands in row.values():
            cuts = np.array([bands[name] for name in ("p10", "p25", "p50", "p75", "p90")])
            assert (np.diff(cuts, axis=0) >= 0).all()


def test_net_benefit_of_carrying_on_is_zero(summary: dict[str, Any]) -> None:
    assert set(summary["series"]["cumulative_net"]["baseline"]["p50"]) == {0.0}


def test_each_goal_has_its_row_in_the_order_of_the_board(
    board: Board, summary: dict[str, Any]
) -> None:
    rows = summary["goals"]
    assert [row["id"] for row in rows] == [goal.id for goal in board.goals]
    assert [row["title"] for row in rows] == [goal.title for goal in board.goals]
    assert [row["due"] for row in rows] == [12, 18, 9, 15]


def test_a_chance_is_the_share_of_draws_that_meet_the_target(
    board: Board, outcome: Outcome, summary: dict[str, Any]
) -> None:
    for goal, given, row in zip(board.goals, outcome.inputs.goals, summary["goals"], strict=True):
        metric = GOAL_METRICS[goal.metric]
        values = outcome.goal_values(given) * metric.scale(board.plan)
        reached = values >= goal.target if goal.target > goal.baseline else values <= goal.target
        assert row["chance"] == float(reached.mean())
        assert 0 <= row["baseline_chance"] <= 1
        assert row["standard_error"] == pytest.approx(
            (row["chance"] * (1 - row["chance"]) / DRAWS) ** 0.5
        )


def test_the_value_in_the_due_month_is_the_one_the_series_shows(
    board: Board, summary: dict[str, Any]
) -> None:
    for goal, row in zip(board.goals, summary["goals"], strict=True):
        series = summary["series"][goal.metric]
        for name in BANDS:
            assert row["value"][name] == pytest.approx(
                series["plan"][name][row["due"] - 1], rel=TOLERANCE
            )
            assert row["baseline_value"][name] == pytest.approx(
                series["baseline"][name][row["due"] - 1], rel=TOLERANCE
            )


def test_the_dots_are_sorted_and_as_many_meet_the_target_as_the_chance_says(
    board: Board, summary: dict[str, Any]
) -> None:
    for goal, row in zip(board.goals, summary["goals"], strict=True):
        dots = row["dots"]
        assert len(dots) == DOTS == 20
        assert dots == sorted(dots)
        up = goal.target > goal.baseline
        met = sum(dot >= goal.target if up else dot <= goal.target for dot in dots)
        assert abs(met - 20 * row["chance"]) <= 1


def test_meeting_more_goals_at_once_is_never_likelier(summary: dict[str, Any]) -> None:
    joint = summary["joint"]
    assert len(joint) == 5
    assert joint[0] == 1
    assert joint == sorted(joint, reverse=True)


def test_joint_chances_add_up_to_the_single_ones(summary: dict[str, Any]) -> None:
    """The mean number of goals met is the sum of their chances."""
    chances = sum(row["chance"] for row in summary["goals"])
    assert sum(summary["joint"][1:]) == pytest.approx(chances)


def test_meeting_every_goal_is_no_likelier_than_meeting_the_hardest(
    summary: dict[str, Any],
) -> None:
    assert summary["joint"][-1] <= min(row["chance"] for row in summary["goals"])


@pytest.mark.parametrize("path", ["plan", "baseline"])
def test_hours_of_the_week_add_up_to_heads_times_hours(summary: dict[str, Any], path: str) -> None:
    hours = {name: np.array(row[path]) for name, row in summary["hours"].items()}
    parts = ("selling", "strategy", "coaching", "slack", "admin", "meeting")
    spent = sum(hours[f"{part}_hours"] for part in parts)
    assert spent == pytest.approx(hours["heads"] * PLAN.hours_per_rep_month, rel=1e-5)


def test_freed_hours_are_what_admin_fell_by_in_the_last_month(
    outcome: Outcome, summary: dict[str, Any]
) -> None:
    fell = outcome.baseline["admin_hours"][:, -1] - outcome.metrics["admin_hours"][:, -1]
    assert summary["freed"]["p50"] == pytest.approx(float(np.median(fell)))
    assert summary["freed"]["heads"] == pytest.approx(
        summary["hours"]["heads"]["baseline"][-1], rel=TOLERANCE
    )


def test_promised_hours_multiply_what_tactics_leave_of_a_task(board: Board) -> None:
    card = replace(BOARD.tactics[0], moves={"crm_entry": 0.5}, adoption=1.0)
    twice = replace(board, tactics=(card, replace(card, id="t7")))
    raw = summarise(twice, simulated(twice))["freed"]
    hours = raw["heads"] * PLAN.hours_per_rep_month
    assert raw["promised"] == pytest.approx(PLAN.week["crm_entry"] * 0.75 * hours)


def test_cost_and_net_are_those_of_the_outcome(outcome: Outcome, summary: dict[str, Any]) -> None:
    cost = outcome.metrics["cost"][:, :12].sum(axis=1)
    assert summary["cost_year_one"]["p50"] == pytest.approx(float(np.median(cost)))
    net = outcome.metrics["cumulative_net"][:, -1]
    assert summary["net"]["p50"] == pytest.approx(float(np.median(net)))
    assert summary["shelfware_year_one"]["p90"] <= summary["cost_year_one"]["p90"]


def test_live_tactics_have_their_fit_and_adoption_between_none_and_all(
    summary: dict[str, Any],
) -> None:
    assert [row["id"] for row in summary["tactics"]] == ["t1", "t2", "t3", "t4"]
    for row in summary["tactics"]:
        for spread in (row["fit"], row["adoption"]):
            assert 0 <= spread["p10"] <= spread["p50"] <= spread["p90"] <= 1


def test_a_plan_without_goals_and_tactics_has_a_summary_too() -> None:
    empty = replace(BOARD, goals=(), tactics=())
    summary = summarise(empty, simulated(empty))
    assert (summary["goals"], summary["tactics"], summary["joint"]) == ([], [], [1.0])
    assert summary["net"] == {"p10": 0.0, "p50": 0.0, "p90": 0.0}
    assert summary["freed"]["promised"] == 0


def test_a_linear_calculator_is_kept_month_by_month(
    outcome: Outcome, summary: dict[str, Any]
) -> None:
    promise = linear_promise(outcome.inputs)
    linear = summary["linear"]
    assert linear["cumulative"] == pytest.approx(list(promise.cumulative), rel=TOLERANCE)
    assert linear["hours"] == pytest.approx(list(promise.hours), rel=TOLERANCE)
    assert linear["value_per_hour"] == promise.value_per_hour
    assert len(linear["cumulative"]) == 24
