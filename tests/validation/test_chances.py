"""Stated chances come true as often as they say, over many plans and goals."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.defaults import defaults
from simulation.engine import simulate, simulate_modes
from simulation.inputs import Inputs
from simulation.outcome import chance
from tests.validation.worlds import true_worlds

PLANS, DRAWS, WORLDS = 100, 600, 200
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
LEAST_PLANS = 8  # a bin
METRICS = ("bookings", "revenue", "win_rate", "selling_hours", "pipeline", "opportunities")


@dataclass(frozen=True)
class Forecast:
    """What was said of a goal, and in which share of true worlds it was met."""

    stated: float
    came_true: float


def random_plan(source: np.random.Generator) -> dict[str, Any]:
    """Return a plan of up to three tools and a policy, without a goal."""
    rows = defaults().admin_tasks
    tools = [
        {
            "name": f"Tool {place}",
            "goal": str(source.choice(["g", "h"])),
            "start": int(source.integers(1, 10)),
            "delay": float(source.uniform(0, 4)),
            "moves": {str(source.choice(rows)): float(source.uniform(0.2, 0.9))},
            "preparation": float(source.uniform(0, 1)),
            "seat_price": float(source.uniform(0, 150)),
            "win": float(source.uniform(-0.05, 0.1)),
        }
        for place in range(source.integers(0, 4))
    ]
    selling = float(source.uniform(0, 1))
    return {
        "months": int(source.integers(6, 19)),
        "tactics": tools,
        "destinations": {"selling": selling, "strategy": 1 - selling},
        "plan_quality": float(source.uniform(0, 1)),
    }


def with_goal(plan: dict[str, Any], source: np.random.Generator) -> Inputs:
    """Return the plan with a goal near what the modes promise, so that chances differ widely."""
    goal = {
        "id": "g",
        "metric": str(source.choice(METRICS)),
        "statistic": str(source.choice(["level", "trailing3", "cumulative"])),
        "comparison": str(source.choice([">=", "<="])),
        "target": 0,
        "due": int(source.integers(3, plan["months"] + 1)),
    }
    promised = simulate_modes(Inputs.from_json(plan | {"goals": [goal]}))
    level = float(promised.goal_values(promised.inputs.goals[0])[0])
    target = level * float(source.normal(1, 0.12))
    return Inputs.from_json(plan | {"goals": [goal | {"target": target}]})


@cache
def forecasts() -> tuple[Forecast, ...]:
    source = np.random.default_rng(7)
    made = []
    for place in range(PLANS):
        inputs = with_goal(random_plan(source), source)
        (goal,) = inputs.goals
        stated, _ = chance(simulate(inputs, DRAWS, seed=place).goal_hits(goal))
        came_true = true_worlds(inputs, WORLDS, seed=1_000 + place).hits(goal).mean()
        made.append(Forecast(stated, float(came_true)))
    return tuple(made)


def in_bin(low: float, high: float) -> list[Forecast]:
    return [each for each in forecasts() if low <= each.stated < high or each.stated == high == 1]


@pytest.mark.parametrize(("low", "high"), list(zip(EDGES, EDGES[1:], strict=False)))
def test_goals_of_a_stated_chance_are_met_that_often(low: float, high: float) -> None:
    made = in_bin(low, high)
    assert len(made) >= LEAST_PLANS
    stated = np.array([each.stated for each in made])
    came_true = np.array([each.came_true for each in made])
    variance = (stated * (1 - stated) * (1 / WORLDS + 1 / DRAWS)).sum() / len(made) ** 2
    assert came_true.mean() == pytest.approx(stated.mean(), abs=3 * np.sqrt(variance))


def test_over_all_plans_forecasts_are_neither_too_high_nor_too_low() -> None:
    stated = np.array([each.stated for each in forecasts()])
    came_true = np.array([each.came_true for each in forecasts()])
    variance = (stated * (1 - stated) * (1 / WORLDS + 1 / DRAWS)).sum() / PLANS**2
    assert came_true.mean() == pytest.approx(stated.mean(), abs=3 * np.sqrt(variance))
