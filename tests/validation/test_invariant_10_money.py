"""Invariant 10: discounting and payback."""

import numpy as np
from hypothesis import given

from tests.validation.plans import Plan, few, plans, run


@few
@given(plans(least=1))
def test_invariant_10_without_discounting_the_present_value_is_the_plain_sum(plan: Plan) -> None:
    outcome = run(plan | {"assumptions": {"discount_rate": 0}})
    total = outcome.metrics["net_benefit"].sum(axis=1)
    np.testing.assert_allclose(outcome.finance.npv, total, rtol=1e-9, atol=1e-3)


@few
@given(plans(least=1))
def test_invariant_10_payback_never_comes_exactly_when_the_plan_ends_in_the_red(plan: Plan) -> None:
    outcome = run(plan, draws=16)
    in_the_red = outcome.metrics["cumulative_net"][:, -1] < 0
    assert np.array_equal(np.isinf(outcome.finance.payback), in_the_red)
