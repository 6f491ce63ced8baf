"""For any plan, the ledger of freed hours balances in every future and month."""

import numpy as np
import pytest
from hypothesis import example, given, settings

from simulation.defaults import defaults
from simulation.draws import modes, sample
from simulation.engine import simulate, simulate_on
from simulation.inputs import Inputs
from simulation.ledger import LOSSES, NEEDED, USES, Ledger, freed_hours_ledger
from tests.validation.plans import Plan, plans

SEED = 11
TEAM = {"seats": 10, "ops_people": 2, "hours_per_rep_month": 150}
TOOL = {
    "name": "Tool",
    "start": 1,
    "delay": 0.0,
    "moves": {"crm_entry": 0.5},
    "adopt": 0.8,
    "preparation": 0.0,
}


def ledger(draws: int = 4, **plan: object) -> Ledger:
    given_ = {"months": 12, "organisation": TEAM, "tactics": [TOOL]} | plan
    return freed_hours_ledger(simulate(Inputs.from_json(given_), draws, SEED, keep=NEEDED))


# No hour is left for selling in months whose buyers have met all they wanted before.
SWAMPED = {
    "months": 9,
    "organisation": {"seats": 169.0, "ops_people": 1.0, "hours_per_rep_month": 161.0},
    "plan_quality": 0.0,
    "tactics": [{"name": f"Tactic {at}", "upkeep_hours": 15_535.0 * (at == 2)} for at in range(3)],
    "season": {"opportunities": [12.0] + [0.0] * 11},
}


@settings(max_examples=60, deadline=None)
@given(plans() | plans(wild=True, least=1))
@example(SWAMPED)
def test_every_promised_hour_is_lost_or_used_in_every_future(plan: Plan) -> None:
    outcome = simulate(Inputs.from_json(plan), 4, SEED, keep=NEEDED)
    found = freed_hours_ledger(outcome)
    base, with_plan = outcome.baseline_path.metrics, outcome.path.metrics
    freed = base["admin_hours"] - with_plan["admin_hours"]
    # A head of the team is the unit in which people read it; wild plans have months of training.
    size = base["heads"] * np.maximum(1.0, np.abs(with_plan["admin_hours"] / base["admin_hours"]))
    made = found.promised + sum(found.losses[name] for name in LOSSES)
    used = sum(found.uses[name] for name in USES)
    assert np.abs((made - freed) / size).max() <= 1e-9
    assert np.abs((used - freed) / size).max() <= 1e-9


@settings(max_examples=30, deadline=None)
@given(plans(least=1))
def test_no_step_gives_hours_that_it_can_only_take(plan: Plan) -> None:
    found = ledger(**plan)
    for name in ("not_yet_used", "given_up", "rework", "coordination", "training"):
        assert found.losses[name].max() <= 1e-9, name
    assert found.promised.min() >= 0


def test_without_tactics_and_with_todays_policy_nothing_is_in_the_ledger() -> None:
    found = ledger(tactics=[], **defaults().policy)
    parts = [found.promised, found.freed, *found.losses.values(), *found.uses.values()]
    assert max(np.abs(part).max() for part in parts) < 1e-12


def test_promises_are_what_the_tactic_says_on_todays_work() -> None:
    inputs = Inputs.from_json({"organisation": TEAM, "tactics": [TOOL]})
    outcome = simulate_on(inputs, modes(inputs))
    heads = outcome.baseline["heads"][0, 0]
    share = defaults().tasks["crm_entry"].share
    found = freed_hours_ledger(outcome)
    assert found.promised[0] == pytest.approx(heads * 150 * share * 0.5 * 0.8)


def test_hours_past_a_hard_ceiling_are_blocked() -> None:
    pressed = {"buyer_pressure": 1.5, "ceiling_sharpness": 50.0, "attention_decline": 0.0,
               "strategy_attention_elasticity": 0.0, "attrition_fit_effect": 0.0,
               "leak": 0.0}  # fmt: skip
    sold = {"destinations": {"selling": 1.0, "strategy": 0.0, "coaching": 0.0}, "plan_quality": 1.0}
    full = ledger(assumptions=pressed, **sold)
    free = ledger(assumptions=pressed | {"buyer_pressure": 0.1}, **sold)
    assert np.abs(full.uses["selling"][:, -1]).max() < 0.01
    assert full.uses["blocked"][:, -1].min() > 1
    assert np.abs(free.uses["blocked"][:, -1]).max() < 1e-6
    assert free.uses["selling"][:, -1].min() > 0


def test_met_hours_are_those_of_the_engines_contact() -> None:
    inputs = Inputs.from_json({"organisation": TEAM, "tactics": [TOOL], "assumptions": {
        "attrition_fit_effect": 0.0}})  # fmt: skip
    draws = sample(inputs, 50, SEED)
    outcome = simulate_on(inputs, draws, keep=NEEDED)
    found = freed_hours_ledger(outcome)
    pressure, sharpness = (
        draws.values[name][:, None] for name in ("buyer_pressure", "ceiling_sharpness")
    )
    today = outcome.baseline["selling_hours"][:, :1] * (1 + pressure**sharpness) ** (-1 / sharpness)
    contact = outcome.metrics["contact"] - outcome.baseline["contact"]
    # Heads and their ramp do not change, so contact is hours with buyers and nothing else.
    assert found.uses["selling"] == pytest.approx(today * contact, rel=1e-9, abs=1e-7)
