"""Invariant 1: no tactics is the baseline, bit for bit; so is a tactic that does nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.inputs import METRICS
from tests.validation.plans import Plan, few, plans, real, run, tactics


def test_invariant_01_a_plan_without_tactics_is_its_own_baseline_bit_for_bit() -> None:
    outcome = run({"tactics": [], "months": 24})
    for metric in METRICS:
        assert np.array_equal(outcome.metrics[metric], outcome.baseline[metric])
    assert not outcome.finance.npv.any()


@few
@given(tactics(), st.integers(1, 24))
def test_invariant_01_a_tactic_that_starts_after_the_horizon_changes_nothing_bit_for_bit(
    tactic: Plan, months: int
) -> None:
    outcome = run({"months": months, "tactics": [tactic | {"start": months + 1, "moves": {}}]})
    for metric in METRICS:
        assert np.array_equal(outcome.metrics[metric], outcome.baseline[metric]), metric


@few
@given(st.integers(1, 24), real(0, 6), real(0, 1), real(0, 1), st.sampled_from(["system", "ops"]))
def test_invariant_01_a_tactic_that_does_and_costs_nothing_changes_nothing_bit_for_bit(
    start: int, delay: float, adopt: float, preparation: float, to: str
) -> None:
    # A used tool still changes who stays, hence the effect of fit on attrition is off.
    nothing = {"start": start, "delay": delay, "adopt": adopt, "preparation": preparation}
    plan = {"months": 24, "tactics": [nothing | {"to": to}]}
    outcome = run(plan | {"assumptions": {"attrition_fit_effect": 0}})
    for metric in METRICS:
        assert np.array_equal(outcome.metrics[metric], outcome.baseline[metric]), metric


@few
@given(plans(), plans())
def test_invariant_01_a_scenario_is_compared_with_a_baseline_it_cannot_touch(
    plan: Plan, other: Plan
) -> None:
    shared = {name: plan[name] for name in ("months", "organisation", "season")}
    one, two = run(plan), run(other | shared)
    for metric in METRICS:
        assert np.array_equal(one.baseline[metric], two.baseline[metric]), metric
