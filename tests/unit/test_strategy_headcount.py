"""Hours for each seat count the seats there are: in series, goals, chances and comparisons."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.describe import percentiles
from simulation.inputs import Headcount
from simulation.outcome import Outcome
from strategy.headcount import as_kept, seats_in, team_in_words
from strategy.levers import Levers
from strategy.metrics import WEEKS_A_MONTH, all_series, metric_of
from strategy.projection import engine_inputs
from strategy.running import simulated
from strategy.summary import summarise
from tests.unit.test_strategy_samples import BOARD, PLAN

START, DRAWS, KEY = 4, 200, "selling_hours_week"
HOURS = replace(
    BOARD.goals[0], id="hours", metric=KEY, baseline=8.0, target=9.0, due_month="2027-12"
)
BOARD_OF_HOURS = replace(BOARD, goals=(HOURS,))
GROWN = Headcount(PLAN.seats + 10.0, START, 100_000)


def run_of(levers: Levers) -> Outcome:
    return simulated(engine_inputs(BOARD_OF_HOURS, levers), DRAWS, seed=3)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run_of(Levers(headcount=GROWN))


def test_seats_change_in_their_month() -> None:
    assert [seats_in(PLAN, GROWN, month) for month in (1, START - 1, START)] == [
        PLAN.seats,
        PLAN.seats,
        PLAN.seats + 10,
    ]
    assert seats_in(PLAN, None, 9) == PLAN.seats


def test_as_many_seats_as_today_are_no_change() -> None:
    same = replace(GROWN, seats=float(PLAN.seats))
    assert as_kept(PLAN, same) == as_kept(PLAN, None) == {}
    assert team_in_words(PLAN, same) == f"{PLAN.seats}, as today"


def test_a_series_for_each_seat_divides_by_the_seats_of_the_month(outcome: Outcome) -> None:
    shown = all_series([KEY], PLAN, outcome)[0]["p50"]
    team = percentiles(outcome.metrics["selling_hours"])["p50"] / WEEKS_A_MONTH
    seats = np.array([seats_in(PLAN, GROWN, month) for month in range(1, PLAN.months + 1)])
    np.testing.assert_allclose(shown, team / seats, rtol=1e-6)
    before = all_series([KEY], PLAN, outcome, of_baseline=True)[0]["p50"]
    base = percentiles(outcome.baseline["selling_hours"])["p50"] / WEEKS_A_MONTH
    np.testing.assert_allclose(before, base / PLAN.seats, rtol=1e-6)


@pytest.mark.parametrize(("target", "side"), [(9.0, "baseline_chance"), (11.2, "chance")])
def test_a_goal_for_each_seat_is_met_by_each_seat_and_not_by_more_of_them(
    target: float, side: str
) -> None:
    board = replace(BOARD, goals=(replace(HOURS, target=target),))
    grown = simulated(engine_inputs(board, Levers(headcount=GROWN)), DRAWS, seed=3)
    [given], scale = grown.inputs.goals, metric_of(KEY).factor
    hours = grown.goal_values(given) * scale / GROWN.seats
    today = grown.goal_values(given, of_baseline=True) * scale / PLAN.seats
    [row] = summarise(board, grown)["goals"]
    assert 0.2 < row[side] < 0.8
    assert row["chance"] == pytest.approx((hours >= target).mean())
    assert row["baseline_chance"] == pytest.approx((today >= target).mean())
    assert row["value"]["p50"] == pytest.approx(np.median(hours), rel=1e-4)
    assert row["baseline_value"]["p50"] == pytest.approx(np.median(today), rel=1e-4)
    [plain] = summarise(board, simulated(engine_inputs(board), DRAWS, seed=3))["goals"]
    assert row["baseline_chance"] == plain["baseline_chance"]
