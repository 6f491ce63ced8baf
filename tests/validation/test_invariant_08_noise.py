"""Invariant 8: luck has mean 1 and the spread of single deals."""

import numpy as np
import pytest
from hypothesis import given

from simulation.engine import simulate
from simulation.inputs import Inputs
from tests.validation.cases_luck import booked, even_luck
from tests.validation.plans import few, real

LUCK = even_luck(20_000)


@few
@given(real(5, 200), real(0.1, 1))
def test_invariant_08_bookings_have_the_mean_and_variance_of_single_deals(
    wins: float, variation: float
) -> None:
    relative = booked(wins, 30_000, variation, LUCK) / (wins * 30_000)
    assert relative.mean() == pytest.approx(1, abs=1e-3)
    assert relative.var() == pytest.approx((1 + variation**2) / wins, rel=0.01)


@pytest.mark.parametrize(("spread", "persistence"), [(0.1, 0.6), (0.12, 0.0), (0.3, 0.9)])
def test_invariant_08_demand_swings_around_today_as_wide_and_as_long_as_assumed(
    spread: float, persistence: float
) -> None:
    world = {"demand_spread": spread, "demand_persistence": persistence}
    plan = {"months": 14, "tactics": [], "assumptions": world}
    draws = 20_000
    outcome = simulate(Inputs.from_json(plan), draws, seed=5)
    values = outcome.draws.values
    today = values["bookings_per_seat"] * 20 / (values["win_rate"] * values["deal_size"])
    # More demand fills the pipeline, whose administration takes hours from selling: not luck.
    factors = outcome.metrics["opportunities"] / outcome.metrics["response"] / today[:, None]
    assert factors.mean(axis=0) == pytest.approx(np.ones(14), abs=4 * spread / np.sqrt(draws))
    logs = np.log(factors)
    assert logs.std(axis=0) == pytest.approx(np.full(14, spread), rel=0.03)
    assert np.corrcoef(logs[:, 10], logs[:, 11])[0, 1] == pytest.approx(persistence, abs=0.02)
    assert np.corrcoef(logs[:, 10], logs[:, 13])[0, 1] == pytest.approx(persistence**3, abs=0.03)
