"""Invariant 2: hours, work and seats are conserved; nothing is negative."""

import numpy as np
from hypothesis import given, settings

from simulation.decided import decided
from simulation.inputs import METRICS
from simulation.outcome import Outcome
from tests.validation.plans import (
    ADMIN_SHARE,
    AMOUNTS,
    HOURS_USED,
    Plan,
    few,
    plans,
    run,
)


@few
@given(plans() | plans(wild=True, least=1))
def test_invariant_02_every_rep_hour_has_exactly_one_use(plan: Plan) -> None:
    outcome = run(plan)
    hours = outcome.inputs.organisation.hours_per_rep_month
    used = sum(outcome.metrics[f"{use}_hours"] for use in HOURS_USED)
    np.testing.assert_allclose(used, outcome.metrics["heads"] * hours, rtol=1e-8)


@few
@given(plans(), plans(wild=True, least=1))
def test_invariant_02_work_is_done_by_reps_by_systems_or_by_operations_and_never_lost(
    plan: Plan, wild: Plan
) -> None:
    # Coordination and training are work that tactics add; without them volume is conserved.
    # Little's law needs stages that keep a deal for a substep: a cycle of .75 months or more.
    extra = wild["assumptions"] | {"coordination_hours": 0, "cycle_months": 2.5}
    tactics_ = [each | {"training_hours": 0} for each in plan["tactics"]]
    outcome = run(plan | {"tactics": tactics_, "assumptions": extra})
    organisation, values = outcome.inputs.organisation, outcome.draws.values
    metrics = {name: each.T for name, each in outcome.metrics.items()}

    hazard = 1 - (1 - values["attrition"]) ** (1 / 12)
    heads = organisation.seats / (1 + hazard * values["hire_months"])
    created = organisation.seats * values["bookings_per_seat"]
    created = created / (values["win_rate"] * values["deal_size"])
    passing = values["win_rate"] ** (1 / 3)
    open_before = created * values["cycle_months"] / 3 * (1 + passing + passing**2)
    open_at_start = np.vstack([open_before, metrics["pipeline"][:-1]])
    share = values["pipeline_admin_share"]
    volume = 1 - share + share * open_at_start / open_before

    hours = organisation.hours_per_rep_month
    work = heads * hours * ADMIN_SHARE * volume
    work = work + organisation.ops_people * hours * values["ops_tactical"] * volume
    starts = outcome.draws.starts(outcome.inputs)
    upkeep = [
        sum(
            (
                each["upkeep_hours"] * (start <= month)
                for each, start in zip(tactics_, starts, strict=True)
            ),
            start=np.zeros(outcome.draws.count),
        )
        for month in range(1, plan["months"] + 1)
    ]
    done = metrics["admin_hours"] + metrics["unmet_hours"]
    done = done + metrics["system_hours"] + metrics["ops_hours"]
    np.testing.assert_allclose(done, work + np.array(upkeep), rtol=1e-8)


@few
@given(plans())
def test_invariant_02_operations_never_work_more_than_their_capacity(plan: Plan) -> None:
    outcome = run(plan)
    organisation = outcome.inputs.organisation
    capacity = organisation.ops_people * organisation.hours_per_rep_month * (0.65 + 0.15)
    assert (outcome.metrics["ops_hours"] <= capacity + 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(plans(wild=True, least=1))
def test_invariant_02_no_plan_however_absurd_makes_anything_negative_or_undefined(
    plan: Plan,
) -> None:
    outcome = run(plan)
    for metric in METRICS:
        assert np.isfinite(outcome.metrics[metric]).all(), metric
    for metric in AMOUNTS:
        tiny = 1e-9 * np.abs(outcome.metrics[metric]).max()
        least = -pay_spared(outcome) if metric == "cost" else 0.0
        assert (outcome.metrics[metric] >= least - tiny).all(), metric
    assert ((outcome.metrics["win_rate"] >= 0) & (outcome.metrics["win_rate"] <= 1)).all()
    assert ((outcome.path.work.fit >= 0) & (outcome.path.work.fit <= 1)).all()
    assert ((outcome.path.work.adoption >= 0) & (outcome.path.work.adoption <= 1)).all()


def pay_spared(outcome: Outcome) -> float:
    """Return the pay a month of the seats a smaller team goes without, in currency."""
    change, today = outcome.inputs.headcount, outcome.inputs.organisation.seats
    return 0.0 if change is None else max(today - change.seats.low, 0.0) * change.yearly_cost / 12


@few
@given(plans())
def test_invariant_02_there_are_never_more_heads_than_seats(plan: Plan) -> None:
    outcome = run(plan)
    today, change = outcome.inputs.organisation.seats, outcome.inputs.headcount
    seats = np.full((outcome.draws.count, plan["months"]), today)
    if change is not None:
        seats[:, change.start - 1 :] = decided(outcome.inputs, outcome.draws).seats[:, None]
    assert (outcome.metrics["heads"] <= seats * (1 + 1e-9)).all()
