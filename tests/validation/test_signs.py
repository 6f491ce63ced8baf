"""Every input moves something, in the direction that docs/model.md says."""

from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.contribution import contributions
from simulation.defaults import defaults
from simulation.engine import simulate, simulate_modes
from simulation.inputs import (
    DESTINATIONS,
    METRICS,
    SEASONAL,
    GoalInput,
    Headcount,
    Inputs,
    Organisation,
    TacticInput,
)
from simulation.outcome import Outcome, chance
from tests.validation.signs import EFFECTS, Effect
from tests.validation.signs_plans import PLANS, Plan

# What only luck shows is read from draws, everything else in the one world without luck.
DRAWS, SEED = 400, 11
OF_LUCK = (
    *("spread of fit", "spread of bookings", "spread of opportunities"),
    *("likeness of successive months", "chance of the goal", "tactics that serve a goal"),
)
LEAST = 1e-6  # relative size of a movement that counts as one


def changed(effect: Effect) -> Plan:
    """Return the effect's plan with its one input changed."""
    plan = deepcopy(PLANS[effect.plan])
    group, _, name = effect.input.partition(".")
    if group == "week":
        other = "meetings" if name == "slack" else "slack"
        plan["week"][name] += effect.value
        plan["week"][other] -= effect.value
    elif group in ("tactic", "goal"):
        plan[f"{group}s"][0] = plan[f"{group}s"][0] | {name: effect.value}
    elif group in ("assumptions", "organisation", "season", "headcount"):
        plan[group] = plan[group] | {name: effect.value}
    else:
        plan[group] = effect.value
    return plan


def answer(name: str, plan: Plan, *, lucky: bool) -> float:
    """Return one number from a run: means are over the months and draws of the run."""
    inputs = Inputs.from_json(plan)
    outcome = simulate(inputs, DRAWS, SEED) if lucky else simulate_modes(inputs)
    if name in METRICS:
        return float(outcome.metrics[name].mean())
    return float(ANSWERS[name](outcome))


def likeness(outcome: Outcome) -> float:
    """Return the correlation of opportunities of two successive months across futures."""
    months = np.log(outcome.baseline["opportunities"][:, 5:7] / base_level(outcome))
    return float(np.corrcoef(months.T)[0, 1])


def base_level(outcome: Outcome) -> Any:
    """Return opportunities a month in each future without swings, (draws, 1)."""
    values = outcome.draws.values
    return (values["bookings_per_seat"] / (values["win_rate"] * values["deal_size"]))[:, None]


def spread_between(outcome: Outcome, metric: str) -> float:
    """Return how far single futures stray from what they could expect, by month."""
    level = {
        "bookings": outcome.metrics["expected_bookings"],
        "opportunities": outcome.metrics["response"] * base_level(outcome),
    }[metric]
    return float(np.log(np.maximum(outcome.metrics[metric], 1.0) / level).std())


ANSWERS = {
    "npv": lambda outcome: outcome.finance.npv.mean(),
    "adoption": lambda outcome: outcome.path.work.adoption.mean(),
    "spread of fit": lambda outcome: outcome.path.work.fit.std(),
    "spread of bookings": lambda outcome: spread_between(outcome, "bookings"),
    "spread of opportunities": lambda outcome: spread_between(outcome, "opportunities"),
    "likeness of successive months": likeness,
    "chance of the goal": lambda outcome: chance(outcome.goal_hits(outcome.inputs.goals[0]))[0],
    "tactics that serve a goal": lambda outcome: sum(
        each.goal_change is not None for each in contributions(outcome)
    ),
}


@cache
def before(plan: str, name: str, *, lucky: bool) -> float:
    return answer(name, PLANS[plan], lucky=lucky)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.input)
def test_the_input_moves_what_the_document_says_and_that_way(effect: Effect) -> None:
    # Another name is another stream of luck, which the world without luck cannot show.
    lucky = effect.moves in OF_LUCK or effect.way == "changes"
    old = before(effect.plan, effect.moves, lucky=lucky)
    new = answer(effect.moves, changed(effect), lucky=lucky)
    moved = new - old
    assert abs(moved) > LEAST * max(abs(old), 1e-3), f"{old} stays {new}"
    if effect.way != "changes":
        assert ("up" if moved > 0 else "down") == effect.way, f"{old} became {new}"


def test_every_input_of_the_model_is_in_the_table_once() -> None:
    inputs = {f"assumptions.{name}" for name in defaults().assumptions}
    inputs |= {f"tactic.{name}" for name in TacticInput.__dataclass_fields__}
    inputs |= {f"goal.{name}" for name in GoalInput.__dataclass_fields__}
    inputs |= {f"organisation.{name}" for name in Organisation.__dataclass_fields__}
    inputs |= {f"week.{name}" for name in defaults().tasks}
    inputs |= {f"destinations.{name}" for name in DESTINATIONS}
    inputs |= {f"season.{name}" for name in SEASONAL}
    inputs |= {f"headcount.{name}" for name in Headcount.__dataclass_fields__}
    groups = {"assumptions", "tactics", "goals", "organisation", "week", "destinations"}
    groups |= {"season", "headcount"}
    inputs |= set(Inputs.__dataclass_fields__) - groups
    listed = [effect.input for effect in EFFECTS]
    assert len(listed) == len(set(listed))
    assert set(listed) == inputs


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.input)
def test_only_one_input_is_changed(effect: Effect) -> None:
    old, new = PLANS[effect.plan], changed(effect)
    assert old != new
    group = effect.input.partition(".")[0]
    touched = {"tactic": "tactics", "goal": "goals"}.get(group, group)
    assert {name for name in old if old[name] != new[name]} == {touched}
