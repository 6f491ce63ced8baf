"""Parts of the engine against closed forms; tests/validation has those with a source."""

import numpy as np
import pytest

from simulation.adoption import bass
from simulation.defaults import Range
from simulation.draws import modes, pert, sample
from simulation.engine import simulate_modes
from simulation.inputs import GoalInput, Inputs
from simulation.money import payback_month, recognised
from simulation.noise import demand_factors
from simulation.outcome import chance, goal_values
from simulation.people import next_month, staffing, steady_state
from simulation.types import FloatArray


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=float)


# ---- Adoption -----------------------------------------------------------------------------


def test_nobody_adopts_before_go_live() -> None:
    assert not bass(array(-5, -0.5, 0), array(0.05), array(0.6)).any()


# ---- Money --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("net", "month"),
    [
        ((-1000, 500, 500, 500), 3),
        ((-1000, 500, 499, 500), 4),
        ((0, 0, 0, 0), 1),
        ((5, 1, 1, 1), 1),
        ((-1, 2, -2, 5), 4),
        ((5, 1, 1, -8), np.inf),
        ((-1, 0, 0, 0), np.inf),
    ],
)
def test_payback_is_the_month_from_which_the_total_stays_positive(
    net: tuple[float, ...], month: float
) -> None:
    assert payback_month(np.cumsum(net)[:, None])[0] == month


def test_one_booking_becomes_revenue_in_equal_parts() -> None:
    bookings = np.zeros((8, 2))
    bookings[2] = 1200.0
    revenue = recognised(bookings, np.zeros(2), array(3, 2.5))
    assert revenue[:, 0] == pytest.approx([0, 0, 400, 400, 400, 0, 0, 0])
    assert revenue[:, 1] == pytest.approx([0, 0, 480, 480, 240, 0, 0, 0])


def test_steady_bookings_are_steady_revenue_from_the_first_month() -> None:
    revenue = recognised(np.full((5, 2), 70.0), array(70, 70), array(12, 7.3))
    assert revenue == pytest.approx(np.full((5, 2), 70.0))


# ---- Chance -------------------------------------------------------------------------------


def test_pert_has_the_textbook_mean_and_variance() -> None:
    values = pert(Range(0.10, 0.31, 0.55), (np.arange(100_000) + 0.5) / 100_000)
    assert values.mean() == pytest.approx(0.315, abs=1e-6)
    assert values.var() == pytest.approx(0.00721786, rel=1e-4)
    assert (values.min() >= 0.10, values.max() <= 0.55) == (True, True)


def test_a_fixed_assumption_is_the_same_in_every_draw() -> None:
    assert pert(Range(2.0, 2.0, 2.0), array(0.1, 0.9)) == pytest.approx([2, 2], abs=0)


def test_demand_swings_around_one_with_the_assumed_spread_and_persistence() -> None:
    plan = {
        "months": 24,
        "tactics": [],
        "assumptions": {"demand_spread": 0.1, "demand_persistence": 0.6},
    }
    factors = demand_factors(sample(Inputs.from_json(plan), 20_000, 1))
    assert factors.mean(axis=1) == pytest.approx(np.ones(24), abs=4e-3)
    logs = np.log(factors)
    assert logs.std(axis=1) == pytest.approx(np.full(24, 0.1), rel=0.03)
    assert np.corrcoef(logs[10], logs[11])[0, 1] == pytest.approx(0.6, abs=0.02)
    assert np.corrcoef(logs[10], logs[13])[0, 1] == pytest.approx(0.6**3, abs=0.03)


def test_a_run_at_the_modes_has_no_noise_at_all() -> None:
    metrics = simulate_modes(Inputs.from_json({"tactics": []})).metrics
    assert np.array_equal(metrics["bookings"], metrics["expected_bookings"])
    assert np.all(demand_factors(modes(Inputs.from_json({"tactics": []}))) == 1)


# ---- People -------------------------------------------------------------------------------


def test_a_month_leaves_a_balanced_team_as_it_was() -> None:
    rates = staffing(array(0.2, 0.32, 0.45), array(1.5, 2.5, 4), array(3.5, 5, 9))
    before = steady_state(20, rates)
    after = next_month(before, rates, rates.hazard)
    assert after.heads == pytest.approx(before.heads, rel=1e-12)
    assert after.productivity == pytest.approx(before.productivity, rel=1e-12)
    assert after.vacant == pytest.approx(before.vacant, rel=1e-12)


# ---- Goals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statistic", "due", "expected"),
    [
        ("level", 4, 8.0),
        ("trailing3", 4, 14 / 3),
        ("trailing3", 2, 1.5),
        ("trailing3", 1, 1.0),
        ("cumulative", 4, 15.0),
        ("change", 4, 1.0),
    ],
)
def test_goal_statistics_count_what_their_names_say(
    statistic: str, due: int, expected: float
) -> None:
    goal = GoalInput("g", "bookings", statistic, ">=", 0.0, due)
    metric, baseline = np.array([[1.0, 2.0, 4.0, 8.0]]), np.full((1, 4), 4.0)
    assert goal_values(goal, metric, baseline)[0] == pytest.approx(expected)


def test_a_chance_comes_with_its_monte_carlo_error() -> None:
    hits = np.arange(100) < 30
    share, error = chance(hits)
    assert (share, error) == pytest.approx((0.3, np.sqrt(0.3 * 0.7 / 100)))


@pytest.mark.parametrize("comparison", [">=", "<="])
def test_a_target_met_exactly_counts_as_met(comparison: str) -> None:
    heads = simulate_modes(Inputs.from_json({"months": 1, "tactics": []})).metrics["heads"][0, 0]
    goal = {"id": "g", "metric": "heads", "comparison": comparison, "target": heads, "due": 1}
    outcome = simulate_modes(Inputs.from_json({"months": 1, "tactics": [], "goals": [goal]}))
    assert outcome.goal_hits(outcome.inputs.goals[0]).all()
