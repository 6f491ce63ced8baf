"""Parts of the engine against closed forms; tests/validation has those with a source."""

import numpy as np
import pytest

from simulation.defaults import Range
from simulation.engine import simulate, simulate_modes
from simulation.inputs import GoalInput, Inputs
from simulation.outcome import chance, goal_values
from simulation.pert import pert
from simulation.types import FloatArray
from tests.validation.equations import headcounts, payback


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=float)


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
    assert payback(list(net)) == month


@pytest.mark.parametrize(
    ("months", "weights"),
    [(1, [1]), (3, [1, 1, 1]), (2.5, [1, 1, 0.5]), (12, [1] * 12), (7.3, [1] * 7 + [0.3])],
)
def test_a_booking_becomes_revenue_in_equal_parts_its_own_month_first(
    months: float, weights: list[float]
) -> None:
    plan = {"months": 20, "tactics": [], "assumptions": {"recognition_months": months}}
    outcome = simulate(Inputs.from_json(plan), 5, seed=4)
    for draw, before in enumerate(20 * outcome.draws.values["bookings_per_seat"]):
        # Before the first month the team booked what it books today.
        booked = np.concatenate(
            [np.full(len(weights) - 1, before), outcome.metrics["bookings"][draw]]
        )
        expected = np.convolve(booked, weights, mode="valid") / months
        np.testing.assert_allclose(outcome.metrics["revenue"][draw], expected, rtol=1e-9)


# ---- Chance -------------------------------------------------------------------------------


def test_pert_has_the_textbook_mean_and_variance() -> None:
    values = pert(Range(0.10, 0.31, 0.55), (np.arange(100_000) + 0.5) / 100_000)
    assert values.mean() == pytest.approx(0.315, abs=1e-6)
    assert values.var() == pytest.approx(0.00721786, rel=1e-4)
    assert (values.min() >= 0.10, values.max() <= 0.55) == (True, True)


def test_a_fixed_assumption_is_the_same_in_every_draw() -> None:
    assert pert(Range(2.0, 2.0, 2.0), array(0.1, 0.9)) == pytest.approx([2, 2], abs=0)


def test_a_run_at_the_modes_has_no_noise_at_all() -> None:
    quiet = {"tactics": [], "assumptions": {"attention_decline": 0}}
    metrics = simulate_modes(Inputs.from_json(quiet)).metrics
    assert np.array_equal(metrics["bookings"], metrics["expected_bookings"])
    assert metrics["opportunities"][0] == pytest.approx(np.full(36, 800_000 / 6_600), rel=1e-12)


# ---- People -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attrition", "hire", "ramp"), [(0.2, 1.5, 3.5), (0.32, 2.5, 5), (0.45, 4, 9)]
)
def test_a_month_leaves_a_balanced_team_as_it_was(
    attrition: float, hire: float, ramp: float
) -> None:
    before, after = headcounts(20, attrition, hire, ramp, [0.0])
    assert after.full == pytest.approx(before.full, rel=1e-12)
    assert after.ramping == pytest.approx(before.ramping, rel=1e-12)
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
