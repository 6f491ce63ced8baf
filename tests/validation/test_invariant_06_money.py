"""Invariant 6: the present value falls in a straight line with the seat price."""

from typing import Any

import numpy as np
from hypothesis import given

from tests.validation.plans import Plan, few, plans, real, run


@few
@given(plans(least=1), real(1, 300), real(1, 300))
def test_invariant_06_present_value_falls_in_a_straight_line_with_the_seat_price(
    plan: Plan, more: float, much_more: float
) -> None:
    first, *rest = plan["tactics"]
    first = first | {"start": 1, "seats": 10}

    def value(price: float) -> Any:
        return run(plan | {"tactics": [first | {"seat_price": price}, *rest]}).finance.npv

    free, dear, dearer = value(0), value(more), value(more + much_more)
    assert (dear < free).all()
    assert (dearer < dear).all()
    size = np.abs(free).max() + 1e5
    np.testing.assert_allclose((free - dear) / more, (dear - dearer) / much_more, atol=1e-9 * size)
