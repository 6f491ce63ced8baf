"""Invariant 9: open opportunities are what flows in times the time it stays."""

import numpy as np
import pytest
from hypothesis import given
from scipy.special import logit

from tests.validation.engineered import STILL, at_modes, last
from tests.validation.plans import few, real

# A stage must keep a deal for a substep: a cycle of .75 months or more.
CYCLE, WIN_RATE = real(0.75, 4), real(0.02, 0.9)


def expected_pipeline(created: float, cycle: float, win_rate: float) -> float:
    """Return what three stages hold when each passes on the cube root of the win rate."""
    passing = win_rate ** (1 / 3)
    return created * cycle / 3 * (1 + passing + passing**2)


@few
@given(CYCLE, WIN_RATE, real(1_000, 100_000))
def test_invariant_09_carrying_on_as_today_keeps_the_pipeline_as_it_is(
    cycle: float, win_rate: float, bookings: float
) -> None:
    world = {"cycle_months": cycle, "win_rate": win_rate, "bookings_per_seat": bookings}
    run = at_modes({"months": 36, "tactics": [], "assumptions": STILL | world})
    created = 20 * bookings / (win_rate * 30_000)
    held = run.metrics["pipeline"][0]
    np.testing.assert_allclose(held, expected_pipeline(created, cycle, win_rate), rtol=1e-9)
    np.testing.assert_allclose(run.metrics["wins"][0], created * win_rate, rtol=1e-9)


@few
@given(CYCLE, WIN_RATE)
def test_invariant_09_any_pipeline_settles_where_the_law_says(
    cycle: float, win_rate: float
) -> None:
    tool = {"adopt": 1, "cycle": 1 - cycle / 3, "win": logit(win_rate) - logit(0.22)}
    run = at_modes({"months": 120, "tactics": [tool], "assumptions": STILL})
    created = 800_000 / (0.22 * 30_000)
    expected = expected_pipeline(created, cycle, win_rate)
    assert last(run, "pipeline") == pytest.approx(expected, rel=1e-9)
    assert last(run, "wins") == pytest.approx(created * win_rate, rel=1e-9)
