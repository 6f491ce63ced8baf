"""Invariant 2: every seat is vacant, ramping or fully productive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validation.equations import headcounts
from tests.validation.plans import few, real


@few
@given(
    real(0, 0.99),
    real(0, 60),
    real(3, 60),
    st.lists(real(-3, 3), min_size=1, max_size=24),
)
def test_invariant_02_every_seat_is_vacant_ramping_or_full(
    attrition: float, hire: float, ramp: float, effects: list[float]
) -> None:
    for team in headcounts(20, attrition, hire, ramp, effects):
        parts = [team.vacant, *team.ramping, team.full]
        assert min(parts) >= -1e-12
        assert sum(parts) == pytest.approx(20, rel=1e-9)
        assert 0 <= team.productivity <= 1 + 1e-12
