"""The parts of the engine against closed forms and published figures."""

import numpy as np
import pytest
from scipy.special import ndtri

from simulation.defaults import Range
from simulation.draws import sample
from simulation.engine import simulate_modes
from simulation.inputs import GoalInput, Inputs
from simulation.money import payback_month, present_value, recognised
from simulation.outcome import Outcome, chance, goal_values
from simulation.pert import pert
from simulation.types import FloatArray
from tests.model_equations import (
    advance,
    bass,
    contact,
    contact_elasticity,
    demand_factors,
    month_later,
    noisy_bookings,
    response,
    steady_pipeline,
    steady_team,
)


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=float)


def monthly(payments: dict[int, float]) -> FloatArray:
    """Return (months, 1) amounts, zero but in the months given."""
    amounts = np.zeros((max(payments), 1))
    for month, amount in payments.items():
        amounts[month - 1] = amount
    return amounts


# ---- Buyers' response ---------------------------------------------------------------------


def growth(
    effort: float, eps: float = 0.31, inbound: float = 0.2, pressure: float = 0.8, sharp: float = 2
) -> float:
    """Return opportunities relative to baseline as the engine chains its three functions."""
    one, share, u, k = array(1), array(inbound), array(pressure), array(sharp)
    together = contact(array(effort), one, u, k) / contact(one, one, u, k)
    return float(response(together, share, contact_elasticity(array(eps), share, u, k))[0])


@pytest.mark.parametrize(
    ("effort", "expected"),
    [(1, 1), (1.1, 1.0289), (1.2, 1.0542), (1.5, 1.1124), (2, 1.1715), (1e9, 1.2788)],
)
def test_response_follows_the_worked_example_up_to_the_buyers_ceiling(
    effort: float, expected: float
) -> None:
    assert growth(effort) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("effort", [0.25, 0.5, 1.5, 2, 4])
def test_response_is_a_power_law_while_buyers_have_time_to_spare(effort: float) -> None:
    expected = 0.2 + 0.8 * effort ** (0.31 / 0.8)
    assert growth(effort, pressure=1e-5) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("pressure", [0.25, 0.8, 2.0])
def test_response_ends_at_its_ceiling(pressure: float) -> None:
    power = min(0.31 * (1 + pressure**2) / 0.8, 1)
    ceiling = 0.2 + 0.8 * (np.sqrt(1 + pressure**2) / pressure) ** power
    assert growth(1e9, pressure=pressure) == pytest.approx(ceiling, abs=1e-6)


def test_without_selling_only_inbound_opportunities_come() -> None:
    assert growth(0.0, inbound=0.35) == pytest.approx(0.35, abs=1e-12)


@pytest.mark.parametrize(
    ("eps", "pressure", "local"),
    [(0.31, 0.8, 0.31), (0.31, 2.0, 0.8 / 5), (0.55, 0.25, 0.55), (1.5, 1.0, 0.4)],
)
def test_local_elasticity_is_the_assumed_one_unless_buyers_allow_less(
    eps: float, pressure: float, local: float
) -> None:
    step = 1e-5
    above, below = (growth(1 + sign * step, eps, pressure=pressure) for sign in (1, -1))
    assert (above - below) / (2 * step) == pytest.approx(local, abs=1e-6)


# ---- Adoption -----------------------------------------------------------------------------


def test_adoption_follows_the_published_bass_curve() -> None:
    adopted = bass(np.arange(1.0, 6.0), array(0.03), array(0.38))
    assert adopted == pytest.approx([0.035758, 0.085056, 0.1505, 0.23315, 0.331199], abs=1e-4)


def test_bass_adoption_is_fastest_where_theory_says() -> None:
    time = np.arange(0, 20, 1e-3)
    speed = np.gradient(bass(time, array(0.03), array(0.38)), time)
    peak = int(np.argmax(speed))
    assert time[peak] == pytest.approx(6.1926, abs=2e-3)
    assert bass(time[peak : peak + 1], array(0.03), array(0.38))[0] == pytest.approx(
        0.4605, abs=1e-3
    )
    assert speed[peak] == pytest.approx(0.1106, abs=1e-4)


def test_default_adoption_reaches_half_of_the_users_after_four_months() -> None:
    adopted = bass(array(1, 3, 6, 12, 4.060), array(0.05), array(0.6))
    expected = [0.065793, 0.316821, 0.788282, 0.994700]
    assert adopted[:4] == pytest.approx(expected, abs=1e-6)
    assert adopted[4] == pytest.approx(0.5, abs=1e-4)


def test_nobody_adopts_before_go_live() -> None:
    assert not bass(array(-5, -0.5, 0), array(0.05), array(0.6)).any()


# ---- Money --------------------------------------------------------------------------------


def test_present_value_agrees_with_the_spreadsheet_function() -> None:
    payments = monthly({12: -10_000, 24: 3_000, 36: 4_200, 48: 6_800})
    assert present_value(payments, array(0.10))[0] == pytest.approx(1188.443412, abs=1e-6)


def test_present_value_agrees_with_the_numpy_financial_example() -> None:
    later = monthly({12: 39, 24: 59, 36: 55, 48: 20})
    assert present_value(later, array(0.281))[0] - 100 == pytest.approx(-0.0084786, abs=1e-6)


def test_present_value_of_the_payback_example() -> None:
    later = monthly({12: 500, 24: 500, 36: 500})
    assert present_value(later, array(0.10))[0] - 1000 == pytest.approx(243.426, abs=1e-3)


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


# ---- Pipeline -----------------------------------------------------------------------------


def test_open_pipeline_obeys_littles_law() -> None:
    created, cycle, win_rate = array(800_000 / 0.22 / 30_000), array(3), array(0.22)
    pipeline = steady_pipeline(created, cycle, win_rate)
    assert sum(pipeline)[0] == pytest.approx(238.5590, abs=5e-5)
    later, wins = advance(pipeline, created, cycle, win_rate)
    assert sum(later)[0] == pytest.approx(sum(pipeline)[0], rel=1e-12)
    assert wins[0] == pytest.approx(created[0] * 0.22, rel=1e-12)


@pytest.mark.parametrize("cycle", [0.75, 1.0, 3.0, 7.5])
def test_any_pipeline_settles_where_littles_law_says(cycle: float) -> None:
    created, win_rate = array(50), array(0.3)
    pipeline = steady_pipeline(array(400), array(2), array(0.6))
    for _ in range(400):
        pipeline, wins = advance(pipeline, created, array(cycle), win_rate)
    passing = 0.3 ** (1 / 3)
    expected = 50 * cycle / 3 * (1 + passing + passing**2)
    assert sum(pipeline)[0] == pytest.approx(expected, rel=1e-9)
    assert wins[0] == pytest.approx(15, rel=1e-9)


# ---- Slow stocks and the tipping condition ------------------------------------------------

STILL = {
    "attention_decline": 0,
    "leak": 0,
    "ops_strategy_weight": 0,
    "pipeline_admin_share": 0,
    "attrition_fit_effect": 0,
    "skill_win_elasticity": 0,
    "rework": 0,
    "abandonment": 0,
    # A tool that many times better than promised is used fully from its first month on.
    "realised_share": 10,
    "adoption_innovation": 10,
    "adoption_imitation": 0,
}


def after_moving(share: float, destination: str, months: int) -> Outcome:
    """Move this share of all hours from administration to one use at the end of month 1."""
    tactic = {"name": "Tool", "moves": {"crm_entry": share / 0.09}, "adopt": 1}
    plan = {
        "months": months,
        "assumptions": STILL,
        "tactics": [tactic],
        "destinations": {destination: 1},
    }
    return simulate_modes(Inputs.from_json(plan))


def test_doubled_account_work_builds_the_stock_in_closed_form() -> None:
    stock = after_moving(0.06, "strategy", 13).metrics["strategy_stock"][0]
    assert stock[0] == pytest.approx(1, abs=1e-12)
    assert stock[12] == pytest.approx(1.784329, abs=1e-6)
    assert stock[1:] == pytest.approx(2 - 0.88 ** np.arange(1, 13), abs=1e-9)


def test_doubled_coaching_builds_skill_in_closed_form() -> None:
    stock = after_moving(0.06, "coaching", 13).metrics["skill_stock"][0]
    assert stock[1:] == pytest.approx(2 - 0.75 ** np.arange(1, 13), abs=1e-9)


@pytest.mark.parametrize(("destination", "slope"), [("selling", 1.107), ("strategy", 0.836)])
def test_a_small_move_of_hours_pays_what_the_tipping_condition_says(
    destination: str, slope: float
) -> None:
    share = 9e-5
    outcome = after_moving(share, destination, 120)
    after = outcome.metrics["expected_bookings"][0, -1]
    before = outcome.baseline["expected_bookings"][0, -1]
    assert np.log(after / before) / share == pytest.approx(slope, rel=0.01)


def test_hours_a_system_takes_over_go_to_selling_in_full_when_nothing_leaks() -> None:
    hours = after_moving(0.06, "selling", 2).metrics["selling_hours"][0]
    assert hours[1] / hours[0] == pytest.approx((0.28 + 0.06) / 0.28, rel=1e-12)


# ---- Chance -------------------------------------------------------------------------------


def normal_grid(count: int) -> FloatArray:
    """Return the quantiles of a standard normal at evenly spaced chances: no sampling error."""
    return np.asarray(ndtri((np.arange(count) + 0.5) / count))


def test_pert_has_the_textbook_mean_and_variance() -> None:
    values = pert(Range(0.10, 0.31, 0.55), (np.arange(100_000) + 0.5) / 100_000)
    assert values.mean() == pytest.approx(0.315, abs=1e-6)
    assert values.var() == pytest.approx(0.00721786, rel=1e-4)
    assert (values.min() >= 0.10, values.max() <= 0.55) == (True, True)


def test_sampled_assumptions_have_the_textbook_mean() -> None:
    inputs = Inputs.from_json({"months": 1, "tactics": []})
    values = sample(inputs, 20_000, 3).values["selling_elasticity"]
    assert values.mean() == pytest.approx(0.315, abs=3 * np.sqrt(0.00721786 / 20_000))


def test_a_fixed_assumption_is_the_same_in_every_draw() -> None:
    assert pert(Range(2.0, 2.0, 2.0), array(0.1, 0.9)) == pytest.approx([2, 2], abs=0)


def test_booking_noise_matches_a_month_of_ten_deals() -> None:
    booked = noisy_bookings(array(10), array(30_000), array(1), normal_grid(20_000))
    assert booked.mean() == pytest.approx(300_000, rel=2e-3)
    assert booked.std() == pytest.approx(134_164, rel=1e-2)
    assert np.mean(booked >= 400_000) == pytest.approx(0.204, abs=0.02)


@pytest.mark.parametrize(("wins", "variation"), [(5.0, 1.0), (10.0, 0.7), (27.0, 1.0)])
def test_booking_noise_stays_close_to_counting_and_sizing_single_deals(
    wins: float, variation: float
) -> None:
    source = np.random.default_rng(5)
    counts = source.poisson(wins, 20_000)
    shape = 1 / variation**2
    single = np.array([source.gamma(shape, 1 / shape, count).sum() for count in counts])
    booked = noisy_bookings(array(wins), array(1), array(variation), normal_grid(20_000))
    for level in (0.8, 1.0, 1.2, 1.5):
        expected = np.mean(single >= level * wins)
        assert np.mean(booked >= level * wins) == pytest.approx(expected, abs=0.03)


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
    created = metrics["opportunities"] / metrics["response"]
    assert created == pytest.approx(np.full((1, 36), 800_000 / 0.22 / 30_000), rel=1e-14)


# ---- People -------------------------------------------------------------------------------


def test_headcount_rests_where_attrition_and_hiring_balance() -> None:
    people = steady_team(array(0.32), array(2.5), array(5))
    assert people.hazard[0] == pytest.approx(0.0316276, abs=1e-6)
    assert (people.hazard * people.heads)[0] == pytest.approx(0.586201, abs=1e-6)
    assert people.vacant[0] == pytest.approx(1.465503, abs=1e-6)
    assert sum(people.ramping)[0] == pytest.approx(2.647153, abs=1e-6)
    assert people.full[0] == pytest.approx(15.887343, abs=1e-6)


def test_a_month_leaves_a_balanced_team_as_it_was() -> None:
    before = steady_team(array(0.2, 0.32, 0.45), array(1.5, 2.5, 4), array(3.5, 5, 9))
    after = month_later(before)
    assert after.heads == pytest.approx(before.heads, rel=1e-12)
    assert after.productivity == pytest.approx(before.productivity, rel=1e-12)
    assert after.vacant == pytest.approx(before.vacant, rel=1e-12)
    assert after.full == pytest.approx(before.full, rel=1e-12)
    for cohort, same in zip(after.ramping, before.ramping, strict=True):
        assert cohort == pytest.approx(same, rel=1e-12)


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
