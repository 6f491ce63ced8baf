"""Invariant 8: luck is fair, chances are chances, and equal plans differ by nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.draws import sample
from simulation.engine import simulate_modes, simulate_on
from simulation.inputs import METRICS, Inputs
from tests.validation.plans import Plan, few, fewer, plans, real, run


@few
@given(
    plans(),
    st.sampled_from(METRICS),
    st.sampled_from(["level", "trailing3", "cumulative", "change"]),
    real(-1e7, 1e7),
    real(0, 1e7),
    st.sampled_from([">=", "<="]),
)
def test_invariant_08_a_harder_target_never_has_a_better_chance(
    plan: Plan, metric: str, statistic: str, target: float, more: float, comparison: str
) -> None:
    goal = {"metric": metric, "statistic": statistic, "comparison": comparison, "due": 1}
    goals = [goal | {"id": "near", "target": target}, goal | {"id": "far", "target": target + more}]
    outcome = run(plan | {"goals": goals}, draws=16)
    low, high = (outcome.goal_hits(each).mean() for each in outcome.inputs.goals)
    easy, hard = (low, high) if comparison == ">=" else (high, low)
    assert 0 <= hard <= easy <= 1


@few
@given(plans())
def test_invariant_08_identical_plans_on_the_same_draws_differ_by_exactly_nothing(
    plan: Plan,
) -> None:
    one, two = run(plan), run(plan)
    for metric in METRICS:
        assert np.array_equal(one.metrics[metric], two.metrics[metric])
    assert np.array_equal(one.finance.npv, two.finance.npv)


@fewer
@given(plans(least=1))
def test_invariant_08_draws_can_be_taken_once_and_used_again(plan: Plan) -> None:
    inputs = Inputs.from_json(plan)
    once, again = run(plan), simulate_on(inputs, sample(inputs, 4, 7))
    for metric in METRICS:
        assert np.array_equal(once.metrics[metric], again.metrics[metric])


@fewer
@given(plans(least=1))
def test_invariant_08_at_the_modes_there_is_one_world_and_bookings_are_as_expected(
    plan: Plan,
) -> None:
    metrics = simulate_modes(Inputs.from_json(plan)).metrics
    assert metrics["bookings"].shape == (1, plan["months"])
    assert np.array_equal(metrics["bookings"], metrics["expected_bookings"])
