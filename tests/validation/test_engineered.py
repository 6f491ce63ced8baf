"""The runs that the cases read really isolate what they say."""

import numpy as np
import pytest

from tests.validation.engineered import (
    adoption_at,
    after_moving,
    at_effort,
    dips_after_a_lost_month,
)


@pytest.mark.parametrize("effort", [0.0, 0.4, 0.99, 1.0, 1.1, 3.0, 1e6])
def test_selling_hours_are_the_asked_multiple_and_nothing_else_changes(effort: float) -> None:
    run = at_effort(effort, {})
    after, before = (each["selling_hours"][0, -1] for each in (run.metrics, run.baseline))
    assert after / before == pytest.approx(effort, rel=1e-9, abs=1e-12)
    assert run.metrics["heads"][0, -1] == run.metrics["heads"][0, 0]
    if effort >= 1:
        assert run.metrics["strategy_stock"][0, -1] == pytest.approx(1, abs=1e-12)


def test_hours_a_system_takes_over_go_to_selling_in_full_when_nothing_leaks() -> None:
    hours = after_moving(0.06, "selling", 2).metrics["selling_hours"][0]
    assert hours[1] / hours[0] == pytest.approx((0.28 + 0.06) / 0.28, rel=1e-12)


def test_nobody_uses_a_tool_before_go_live() -> None:
    assert not adoption_at((-5.0, -0.5, 0.0), 0.05, 0.6).any()


def test_the_stock_of_account_work_comes_back_after_a_lost_month() -> None:
    dips = dips_after_a_lost_month(60)
    assert dips[0] == pytest.approx(0.12, abs=1e-12)
    assert (np.diff(dips) < 0).all()
    assert dips[-1] == pytest.approx(0, abs=1e-3)
