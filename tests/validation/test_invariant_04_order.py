"""Invariant 4: the order of tactics does not matter."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.validation.plans import Plan, assert_same, few, fewer, plans, run


@few
@given(plans(least=2), st.randoms(use_true_random=False))
def test_invariant_04_the_order_of_tactics_does_not_matter(plan: Plan, order: Any) -> None:
    shuffled = list(plan["tactics"])
    order.shuffle(shuffled)
    assert_same(run(plan), run(plan | {"tactics": shuffled}))


@fewer
@given(plans(least=2, most=3))
def test_invariant_04_tactics_of_the_same_name_differ_in_order_only_by_their_luck(
    plan: Plan,
) -> None:
    # Tactics of one name number their streams by place; without luck their order is free.
    sure = {"name": "Same", "adopt": 0.8, "start": 3}
    named = [each | sure for each in plan["tactics"]]
    forward, backward = (plan | {"tactics": each} for each in (named, named[::-1]))
    no_luck = {"assumptions": {"fit_spread": 0}}
    assert_same(run(forward | no_luck), run(backward | no_luck))
