"""Hours for each seat count the seats there are: in series, goals, chances and comparisons."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.decided import decided
from simulation.defaults import Range
from simulation.describe import percentiles
from simulation.inputs import Headcount
from simulation.outcome import Outcome
from strategy.errors import InvalidValue
from strategy.headcount import as_kept, headcount_of, seats_in, seats_of, team_in_words
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
MORE = PLAN.seats + 10.0
GROWN = Headcount(Range.fixed_at(MORE), START, 100_000)
UNSURE = Headcount(Range(PLAN.seats - 2.0, PLAN.seats + 3.0, MORE), START, 100_000)


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
    same = replace(GROWN, seats=Range.fixed_at(float(PLAN.seats)))
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
    hours = grown.goal_values(given) * scale / MORE
    today = grown.goal_values(given, of_baseline=True) * scale / PLAN.seats
    [row] = summarise(board, grown)["goals"]
    assert 0.2 < row[side] < 0.8
    assert row["chance"] == pytest.approx((hours >= target).mean())
    assert row["baseline_chance"] == pytest.approx((today >= target).mean())
    assert row["value"]["p50"] == pytest.approx(np.median(hours), rel=1e-4)
    assert row["baseline_value"]["p50"] == pytest.approx(np.median(today), rel=1e-4)
    [plain] = summarise(board, simulated(engine_inputs(board), DRAWS, seed=3))["goals"]
    assert row["baseline_chance"] == plain["baseline_chance"]


# ---- seats that nobody is sure of ----------------------------------------------------------


@pytest.fixture(scope="module")
def unsure() -> Outcome:
    return run_of(Levers(headcount=UNSURE))


def test_unsure_seats_are_kept_read_back_and_told() -> None:
    seats = [PLAN.seats - 2, PLAN.seats + 3, PLAN.seats + 10]
    kept = as_kept(PLAN, UNSURE)
    assert kept == {"seats": seats, "start": START, "yearly_cost": 100_000}
    assert headcount_of(replace(PLAN, headcount=kept)) == UNSURE
    levers = Levers(headcount=UNSURE)
    assert levers.to_json() == {"headcount": kept}
    assert Levers.from_json(levers.to_json()) == levers
    assert team_in_words(PLAN, UNSURE).startswith(
        f"{seats[1]} ({seats[0]} to {seats[2]}) from Apr 2027 on, "
    )
    assert seats_in(PLAN, UNSURE, START) == seats[1]


def test_seats_are_typed_as_one_number_or_three() -> None:
    assert seats_of(None, 12, None) == Range.fixed_at(12.0)
    assert seats_of(12, 12, 12) == Range.fixed_at(12.0)
    assert seats_of(10, 12, 15) == Range(10.0, 12.0, 15.0)
    with pytest.raises(InvalidValue, match="both a low and a high number, or leave both empty"):
        seats_of(10, 12, None)
    with pytest.raises(InvalidValue, match="9 must lie between its low number 10 and its high"):
        seats_of(10, 9, 15)


def test_hours_for_each_seat_count_the_seats_of_each_future(unsure: Outcome) -> None:
    seats = decided(unsure.inputs, unsure.draws).seats
    assert set(seats) <= set(range(PLAN.seats - 2, PLAN.seats + 11))
    shown = all_series([KEY], PLAN, unsure)[0]
    each = unsure.metrics["selling_hours"] / WEEKS_A_MONTH
    each[:, : START - 1] /= PLAN.seats
    each[:, START - 1 :] /= seats[:, None]
    for name in ("p10", "p50", "mean"):
        np.testing.assert_allclose(shown[name], percentiles(each)[name], rtol=1e-6)


@pytest.mark.parametrize("target", [9.0, 10.0])
def test_a_goal_for_each_seat_is_met_by_each_seat_of_a_future(target: float) -> None:
    board = replace(BOARD, goals=(replace(HOURS, target=target),))
    run = simulated(engine_inputs(board, Levers(headcount=UNSURE)), DRAWS, seed=3)
    [given] = run.inputs.goals
    seats = decided(run.inputs, run.draws).seats
    team = run.metrics["selling_hours"][:, given.due - 1] / WEEKS_A_MONTH
    before = run.baseline["selling_hours"][:, given.due - 1] / WEEKS_A_MONTH / PLAN.seats
    [row] = summarise(board, run)["goals"]
    assert row["chance"] == pytest.approx((team / seats >= target).mean())
    assert row["value"]["p50"] == pytest.approx(np.median(team / seats), rel=1e-4)
    assert row["baseline_chance"] == pytest.approx((before >= target).mean())
    assert row["baseline_value"]["p50"] == pytest.approx(np.median(before), rel=1e-4)
    [plain] = summarise(board, simulated(engine_inputs(board), DRAWS, seed=3))["goals"]
    assert row["baseline_chance"] == plain["baseline_chance"]


def test_only_a_goal_of_an_unsure_team_is_divided_in_the_engine() -> None:
    [sure] = engine_inputs(BOARD_OF_HOURS, Levers(headcount=GROWN))["goals"]
    [unsure] = engine_inputs(BOARD_OF_HOURS, Levers(headcount=UNSURE))["goals"]
    assert "per_seat" not in sure and unsure["per_seat"] is True
    assert unsure["target"] == pytest.approx(HOURS.target * WEEKS_A_MONTH)
    assert all("per_seat" not in goal for goal in engine_inputs(BOARD)["goals"])
