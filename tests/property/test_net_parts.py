"""For any plan, the parts of the net benefit add up to it."""

import numpy as np
import pytest
from hypothesis import given, settings

from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.net_parts import COSTS, GAINS, net_parts
from tests.validation.plans import Plan, plans

SEED = 5
TOOL = {"name": "Tool", "goal": "g", "start": 2, "delay": 0.0, "moves": {"crm_entry": 0.6},
        "preparation": 0.5, "seat_price": 30.0, "one_off": 5000.0}  # fmt: skip
STRAY = {"name": "Stray", "start": 1, "fixed_monthly": 100.0, "one_off": 1000.0}


def parts(*tactics: Plan, **more: object):
    inputs = Inputs.from_json({"months": 18, "tactics": list(tactics)} | more)
    return net_parts(inputs, sample(inputs, 60, SEED))


@settings(max_examples=25, deadline=None)
@given(plans() | plans(wild=True, least=1))
def test_gains_and_costs_are_the_net_benefit_in_every_future(plan: Plan) -> None:
    inputs = Inputs.from_json(plan)
    draws = sample(inputs, 4, SEED)
    found, outcome = net_parts(inputs, draws), simulate_on(inputs, draws)
    assert tuple(found.gains) == GAINS
    assert tuple(found.costs) == COSTS
    net = outcome.metrics["cumulative_net"][:, -1]
    assert np.array_equal(found.net, net)
    booked, cost = outcome.metrics["bookings"], outcome.metrics["cost"]
    size = 1.0 + np.abs(booked).sum(axis=1) + np.abs(cost).sum(axis=1)
    for part in found.gains.values():
        size = size + np.abs(part)
    gap = sum(found.gains.values()) + sum(found.costs.values()) - net
    assert np.abs(gap / size).max() <= 1e-9
    paid = [part for name, part in found.costs.items() if name != "headcount"]
    assert all(part.max() <= 1e-9 * size.max() for part in paid)


def test_costs_are_taken_apart_as_they_are_paid() -> None:
    found = parts(TOOL, STRAY)
    costs = {name: -float(values.mean()) for name, values in found.costs.items()}
    assert costs["unaligned"] > 1000 + 18 * 100
    assert costs["one_off"] == pytest.approx(5000)
    assert costs["overrun"] > 0
    assert costs["licences"] + costs["unused"] == pytest.approx(17 * 30 * 20)


def test_a_ceiling_takes_what_selling_hours_would_bring_without_one() -> None:
    sold = {"destinations": {"selling": 1.0, "strategy": 0.0, "coaching": 0.0}, "plan_quality": 1.0}
    found = parts(TOOL, **sold, assumptions={"buyer_pressure": 4.0, "ceiling_sharpness": 6.0,
                                             "coordination_hours": 0.0})  # fmt: skip
    free, lost = found.gains["selling"].mean(), found.gains["ceiling"].mean()
    assert free > 0
    assert lost == pytest.approx(-free, rel=0.05)


def test_a_tactics_own_effect_is_told_from_the_hours_it_frees() -> None:
    found = parts({"name": "Coach", "goal": "g", "start": 1, "delay": 0.0, "win": 0.3})
    assert found.gains["effects"].mean() > 0
    assert abs(found.gains["selling"].mean()) < 0.1 * found.gains["effects"].mean()
