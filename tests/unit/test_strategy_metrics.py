"""Planner's metrics and months: units people plan in, on top of the model's."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.draws import modes
from simulation.engine import simulate_modes
from simulation.inputs import METRICS, STATISTICS
from simulation.outcome import Outcome, Path, Work
from strategy.calendar import month_index, month_name, month_of_plan
from strategy.errors import InvalidValue
from strategy.metrics import GOAL_METRICS, all_series, metric_of
from strategy.projection import engine_goal, engine_inputs, read_inputs
from tests.unit.test_strategy_samples import BOARD, PLAN, WEEK, WIN


def test_every_metric_is_one_the_model_produces() -> None:
    for metric in GOAL_METRICS.values():
        assert metric.metric in METRICS
        assert metric.statistic in STATISTICS
        assert metric.label
        assert metric.short


def test_labels_are_told_apart() -> None:
    assert len({metric.label for metric in GOAL_METRICS.values()}) == len(GOAL_METRICS)
    assert len({metric.short for metric in GOAL_METRICS.values()}) == len(GOAL_METRICS)
    assert all(key == metric.key for key, metric in GOAL_METRICS.items())


def test_less_is_better_only_for_cycle_and_admin() -> None:
    lower = {key for key, metric in GOAL_METRICS.items() if metric.lower_is_better}
    assert lower == {"cycle_days", "admin_hours_week"}


@pytest.mark.parametrize("key", ["", "bookings", "Win rate", "__class__"])
def test_an_unknown_metric_is_refused_by_name(key: str) -> None:
    with pytest.raises(InvalidValue, match=f"“{key}” is not a metric. Choose one from the list"):
        metric_of(key)


def test_only_hours_depend_on_seats() -> None:
    more = replace(PLAN, seats=20)
    for metric in GOAL_METRICS.values():
        ratio = 2 if metric.unit == "hours" else 1
        assert metric.scale(PLAN) == pytest.approx(ratio * metric.scale(more))


def outcome_of(**metrics: Any) -> Outcome:
    """Return an outcome of a team of 40 with these metrics, (draws, months), and no others."""
    inputs = read_inputs(engine_inputs(BOARD))
    values = {name: np.array(each) for name, each in metrics.items()}
    nothing = np.zeros((0, 0))
    path = Path(values, {}, Work(fit=nothing, adoption=nothing))
    return Outcome(inputs, modes(inputs), path, path)


def test_a_quarter_is_three_months_of_the_moving_mean() -> None:
    outcome = outcome_of(wins=[[1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 2.0, 3.0, 4.0, 8.0]])
    values = all_series(["wins_quarter"], PLAN, outcome)[0]
    assert values["p50"] == pytest.approx([3.0, 4.5, 6.0, 9.0, 13.5])
    assert values["p90"][-1] == pytest.approx(12 + 0.9 * 3)
    assert values["mean"][-1] == pytest.approx(13.5)


def test_a_level_is_the_month_itself() -> None:
    outcome = outcome_of(cycle=[[1.0, 2.0, 4.0]])
    values = all_series(["cycle_days"], PLAN, outcome)[0]
    assert values["p10"] == pytest.approx([30.4375, 60.875, 121.75])


def test_hours_a_week_of_a_seat_come_from_the_teams_month() -> None:
    outcome = outcome_of(selling_hours=[[PLAN.seats * 52 / 12 * 9.0]])
    values = all_series(["selling_hours_week"], PLAN, outcome)[0]
    assert values["p50"] == pytest.approx([9.0])


def test_today_is_the_middle_of_the_first_month_without_tactics() -> None:
    board = replace(BOARD, tactics=())
    outcome = simulate_modes(read_inputs(engine_inputs(board)))

    def today(key: str) -> float:
        return all_series([key], PLAN, outcome, of_baseline=True)[0]["p50"][0]

    assert today("win_rate") == pytest.approx(0.22)
    assert today("cycle_days") == pytest.approx(3 * 30.4375)
    assert today("cumulative_net") == 0
    heads = outcome.baseline["heads"][0, 0]
    week = 150 * (WEEK["live_conversations"] + WEEK["prospecting"]) * 12 / 52
    assert today("selling_hours_week") == pytest.approx(week * heads / PLAN.seats, rel=1e-3)


def test_the_series_at_the_due_month_is_what_the_goal_counts() -> None:
    """A card's number and its chart never differ, whatever the metric."""
    outcome = simulate_modes(read_inputs(engine_inputs(BOARD)))
    for key, metric in GOAL_METRICS.items():
        goal = replace(WIN, metric=key, baseline=1.0, target=2.0)
        raw = engine_inputs(replace(BOARD, goals=(goal,)))
        (given,) = read_inputs(raw).goals
        (counted,) = outcome.goal_values(given) * metric.scale(PLAN)
        due = engine_goal(goal, PLAN)["due"]
        drawn = all_series([metric.key], PLAN, outcome)[0]["p50"][due - 1]
        assert drawn == pytest.approx(counted, rel=1e-6)


# ---- Months -------------------------------------------------------------------------------


def test_month_one_is_the_plans_first_month() -> None:
    assert month_of_plan("2027-01", "2027-01") == 1
    assert month_of_plan("2027-11", "2028-02") == 4
    assert month_of_plan("2027-01", "2026-12") == 0


@pytest.mark.parametrize("month", range(-14, 40))
def test_naming_a_month_and_counting_it_are_each_others_reverse(month: int) -> None:
    assert month_of_plan("2027-05", month_name("2027-05", month)) == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027",
        "2027-1",
        "2027-00",
        "2027-13",
        "27-01",
        "2027/01",
        "2027-01-01",
        " 2027-01",
        "2027-01\n",
        "２０２７-01",
    ],
)
def test_anything_else_is_not_a_month(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not a month. Write it as 2027-03"):
        month_index(text)


def test_runs_of_one_baseline_share_its_series_and_a_plan_of_other_seats_has_its_own() -> None:
    outcome = simulate_modes(read_inputs(engine_inputs(BOARD)))
    keys = ["bookings_quarter", "selling_hours_week"]
    first = all_series(keys, PLAN, outcome, of_baseline=True)
    again = replace(outcome, path=replace(outcome.path))
    assert all_series(keys, PLAN, again, of_baseline=True) is first
    fewer = all_series(keys, replace(PLAN, seats=PLAN.seats // 2), again, of_baseline=True)
    assert fewer[0] == first[0]
    assert fewer[1]["p50"] == pytest.approx([2 * each for each in first[1]["p50"]], rel=1e-6)
