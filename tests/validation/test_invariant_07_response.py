"""Invariant 7: the shape of the response, for any buyers."""

import numpy as np
import pytest
from hypothesis import given, settings

from simulation.draws import modes
from simulation.engine import simulate_on
from simulation.inputs import MAX_MONTHS, Inputs
from simulation.nudge import Nudge
from simulation.types import FloatArray
from tests.validation.engineered import STILL, at_effort, last
from tests.validation.plans import few, real

EFFORTS = np.linspace(0, 5, 101)
TODAY = 20  # place of 1 among the efforts
ELASTICITY, INBOUND, PRESSURE, SHARPNESS = real(0, 2), real(0, 0.95), real(0.01, 20), real(0.5, 20)


def buyers(eps: float, inbound: float, pressure: float, sharp: float) -> dict[str, float]:
    return {
        "selling_elasticity": eps,
        "inbound_share": inbound,
        "buyer_pressure": pressure,
        "ceiling_sharpness": sharp,
    }


def growth(world: dict[str, float]) -> FloatArray:
    """Return new opportunities relative to today at each effort: one month a value."""
    plan = {"months": len(EFFORTS), "assumptions": STILL | world, "tactics": []}
    inputs = Inputs.from_json(plan)
    outcome = simulate_on(inputs, modes(inputs), nudge=Nudge({"selling": EFFORTS}))
    return np.asarray(outcome.metrics["response"][0])


def test_every_effort_has_a_month() -> None:
    assert len(EFFORTS) <= MAX_MONTHS
    assert EFFORTS[TODAY] == 1


@settings(max_examples=100, deadline=None)
@given(ELASTICITY, INBOUND, PRESSURE, SHARPNESS)
def test_invariant_07_the_response_rises_ever_more_slowly_from_inbound_to_its_ceiling(
    eps: float, inbound: float, pressure: float, sharp: float
) -> None:
    grown = growth(buyers(eps, inbound, pressure, sharp))
    assert grown[TODAY] == pytest.approx(1, rel=1e-12)
    if eps > 0:
        assert grown[0] == pytest.approx(inbound, abs=1e-12)
    slopes = np.diff(grown)
    assert (slopes >= -1e-12).all()
    # Contact, a smooth minimum, is concave in effort for every sharpness; a power of at most 1
    # of it stays concave.
    assert (np.diff(slopes) <= 1e-9).all()
    power = min(eps * (1 + pressure**sharp) / (1 - inbound), 1)
    ceiling = inbound + (1 - inbound) * ((1 + pressure**sharp) ** (1 / sharp) / pressure) ** power
    assert (grown <= ceiling * (1 + 1e-9)).all()


@few
@given(real(0, 2), INBOUND, real(0.25, 4), real(1.5, 6))
def test_invariant_07_without_end_to_selling_the_response_meets_its_ceiling(
    eps: float, inbound: float, pressure: float, sharp: float
) -> None:
    run = at_effort(1e6, buyers(eps, inbound, pressure, sharp))
    power = min(eps * (1 + pressure**sharp) / (1 - inbound), 1)
    ceiling = inbound + (1 - inbound) * ((1 + pressure**sharp) ** (1 / sharp) / pressure) ** power
    assert last(run, "response") == pytest.approx(ceiling, rel=1e-6)


@few
@given(real(0.01, 2), INBOUND, real(0.25, 4), real(1.5, 6))
def test_invariant_07_the_slope_today_is_the_elasticity_that_buyers_allow(
    eps: float, inbound: float, pressure: float, sharp: float
) -> None:
    world = buyers(eps, inbound, pressure, sharp)
    step = 1e-5
    more, fewer = (last(at_effort(1 + side * step, world), "response") for side in (1, -1))
    allowed = min(eps, (1 - inbound) / (1 + pressure**sharp))
    assert (more - fewer) / (2 * step) == pytest.approx(allowed, abs=1e-5)


@few
@given(real(0.01, 0.9), real(0, 0.5), real(0.1, 4))
def test_invariant_07_buyers_with_all_the_time_in_the_world_make_it_a_power(
    eps: float, inbound: float, effort: float
) -> None:
    run = at_effort(effort, buyers(eps, inbound, 0.001, 6))
    power = min(eps / (1 - inbound), 1)
    expected = inbound + (1 - inbound) * effort**power
    assert last(run, "response") == pytest.approx(expected, abs=1e-6)
