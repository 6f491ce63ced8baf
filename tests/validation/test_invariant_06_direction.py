"""Invariant 6: which way bookings go with work moved, preparation, leaks and elasticity.

The claims hold for expected bookings in one deterministic world. Each test says where it stops
being true and stays inside that domain.
"""

import numpy as np
from hypothesis import given

from simulation.engine import simulate_modes
from simulation.inputs import Inputs
from tests.validation.plans import Plan, real
from tests.validation.tools import WORLDS, assert_never_lower, bookings, some, tools


@some
@given(tools(), WORLDS, real(0, 1))
def test_invariant_06_moving_less_work_to_systems_never_raises_bookings(
    tactics: list[Plan], world: Plan, part: float
) -> None:
    less = [
        each | {"moves": {row: part * share for row, share in each["moves"].items()}}
        for each in tactics
    ]
    assert_never_lower(bookings(tactics, world), bookings(less, world))


@some
@given(tools(), WORLDS, real(0, 1), real(0, 3.5))
def test_invariant_06_better_preparation_never_lowers_bookings(
    tactics: list[Plan], world: Plan, part: float, gain: float
) -> None:
    # Preparation helps by assumption only while it adds to fit: fit_gain >= 0.
    world = world | {"fit_gain": gain}
    hasty = [each | {"preparation": part * each["preparation"]} for each in tactics]
    assert_never_lower(bookings(tactics, world), bookings(hasty, world))


@some
@given(tools(), WORLDS, real(0, 1))
def test_invariant_06_more_leak_never_raises_bookings(
    tactics: list[Plan], world: Plan, more: float
) -> None:
    # Without training or coordination hours are only ever freed; a loss does not leak. Bookings
    # before any tool feel the leak too, because the volume of work drifts with the pipeline. Nor
    # does anybody leave over bad tools, or what is below may happen.
    leakier = world | {"leak": world["leak"] + more * (1 - world["leak"])}
    quiet = {"attention_decline": 0, "attrition_fit_effect": 0}
    assert_never_lower(bookings(tactics, world | quiet), bookings(tactics, leakier | quiet))


def test_invariant_06_a_leak_may_raise_later_bookings_a_trifle_where_reps_leave() -> None:
    # Fewer reps leave a thinner pipeline, whose administration frees hours of its own. What they
    # bring thickens it again a little later, and that costs administration.
    tool = {"name": "Tool", "goal": "g", "moves": {"quotes": 1 / 64}, "preparation": 0, "adopt": 1}
    world = {
        **{"selling_elasticity": 0.5, "inbound_share": 0.25, "buyer_pressure": 1, "leak": 0.5},
        **{"ceiling_sharpness": 2, "unplanned_leak": 0, "fit_unprepared": -1, "abandonment": 0.5},
        **{"realised_share": 1, "rework": 0.5, "pipeline_admin_share": 0.5, "win_rate": 0.25},
        **{"cycle_months": 2, "strategy_decay": 0.25, "attention_decline": 0},
    }
    gained = bookings([tool], world | {"leak": 1}) / bookings([tool], world) - 1
    assert 0 < gained.max() < 1e-6
    assert gained.min() < -1e-6


@some
@given(tools(), WORLDS, real(0, 1), real(0, 1))
def test_invariant_06_an_owner_for_freed_hours_never_lowers_bookings(
    tactics: list[Plan], world: Plan, quality: float, part: float
) -> None:
    quiet = world | {"attention_decline": 0}
    planned = bookings(tactics, quiet, plan_quality=quality)
    assert_never_lower(planned, bookings(tactics, quiet, plan_quality=part * quality))


@some
@given(tools(), WORLDS, real(0, 0.25))
def test_invariant_06_a_higher_elasticity_never_lowers_bookings_while_hours_are_freed(
    tactics: list[Plan], world: Plan, more: float
) -> None:
    # Effort must stay at or above today's: no shrinking attention and no effect of bad fit on
    # turnover; the tools here take no training.
    quiet = world | {"attention_decline": 0, "attrition_fit_effect": 0}
    higher = quiet | {"selling_elasticity": quiet["selling_elasticity"] + more}
    assert_never_lower(bookings(tactics, higher), bookings(tactics, quiet))


@some
@given(tools(), WORLDS, real(0, 60))
def test_invariant_06_at_zero_elasticity_selling_hours_make_no_opportunities(
    tactics: list[Plan], world: Plan, training: float
) -> None:
    tactics = [each | {"training_hours": training} for each in tactics]
    plan = {"months": 24, "tactics": tactics, "assumptions": world | {"selling_elasticity": 0}}
    outcome = simulate_modes(Inputs.from_json(plan))
    assert np.all(outcome.metrics["response"] == 1)
    made, before = (each["opportunities"] for each in (outcome.metrics, outcome.baseline))
    assert np.array_equal(made, before)
