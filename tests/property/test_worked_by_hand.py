"""For any plan, the hand calculation agrees with the engine and every check holds."""

import numpy as np
import pytest
from hypothesis import given, settings

from simulation.audit import audit
from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.middle import picked
from simulation.worked import work_by_hand
from tests.validation.plans import Plan, plans

DRAWS, SEED = 2, 7


@settings(max_examples=60, deadline=None)
@given(plans() | plans(wild=True, least=1))
def test_hand_and_engine_agree_on_every_figure_of_every_month(plan: Plan) -> None:
    inputs = Inputs.from_json(plan)
    draws = sample(inputs, DRAWS, SEED)
    outcome = simulate_on(inputs, draws)
    for place in range(DRAWS):
        for month in work_by_hand(inputs, picked(draws, [place])).months:
            figures = {step.metric: step.value for step in month.steps if step.metric}
            # Luck multiplies what is expected: where it nearly cancels, that is the scale.
            scale = {"bookings": figures["expected_bookings"]}
            for metric, value in figures.items():
                engine = float(outcome.metrics[metric][place, month.number - 1])
                size = scale.get(metric, np.abs(outcome.metrics[metric][place]).max())
                hours = 1e-9 * float(outcome.metrics["admin_hours"][place].max())
                slack = max(1e-9 * size, hours if metric.endswith("_hours") else 0.0, 1e-12)
                assert value == pytest.approx(engine, rel=1e-9, abs=slack), (metric, month.number)


@settings(max_examples=40, deadline=None)
@given(plans() | plans(wild=True, least=1))
def test_every_check_holds_for_every_plan(plan: Plan) -> None:
    goal = {"metric": "bookings", "target": 500_000, "due": plan["months"]}
    goals = [goal | {"id": "up"}, goal | {"id": "down", "comparison": "<="}]
    inputs = Inputs.from_json(plan | {"goals": goals})
    outcome = simulate_on(inputs, sample(inputs, 4, SEED))
    assert [check for check in audit(outcome) if not check.holds] == []
