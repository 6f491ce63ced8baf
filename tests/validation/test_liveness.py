"""No assumption goes dead at an end of its range, no row of work and no metric is inert.

Directions are in test_signs.py.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.defaults import defaults
from simulation.engine import simulate, simulate_modes
from simulation.inputs import METRICS, Inputs
from tests.validation.plans import ADMIN_ROWS, Plan

# A plan in which everything has something to do: all destinations, a stack that overloads
# operations, tools with and without goals, every direct effect.
LIVE: Plan = {
    "months": 18,
    "organisation": {"seats": 20, "ops_people": 2, "hours_per_rep_month": 156},
    "week": {name: task.share for name, task in defaults().tasks.items()},
    "destinations": {"selling": 0.5, "strategy": 0.3, "coaching": 0.2},
    "plan_quality": 0.5,
    "season": {"opportunities": [1.2, 0.8] * 6},
    "tactics": [
        {
            "name": "Tool",
            "goal": "g",
            "start": 2,
            "delay": 1.0,
            "to": "system",
            "moves": {row: 0.3 for row in ADMIN_ROWS},
            "moves_ops": {row: 0.2 for row in defaults().ops_tasks},
            "adopt": 0.8,
            "preparation": 0.5,
            "seat_price": 40,
            "seats": 15,
            "one_off": 10_000,
            "fixed_monthly": 100,
            "training_hours": 2,
            "upkeep_hours": 6,
            "cycle": 0.05,
            "win": 0.03,
            "deal": 0.02,
            "attention": 0.02,
        },
        {
            "name": "Deal desk",
            "goal": "h",
            "start": 6,
            "to": "ops",
            "moves": {"quotes": 0.5},
            "preparation": 1,
            "upkeep_hours": 4,
        },
    ],
    "goals": [{"id": "g", "metric": "bookings", "target": 820_000, "due": 18}],
}


def numbers(plan: Plan) -> dict[str, Any]:
    """Return everything the model answers, by name."""
    outcome = simulate(Inputs.from_json(plan), 8, seed=3)
    money = outcome.finance
    answers: dict[str, Any] = dict(outcome.metrics)
    answers |= {"npv": money.npv, "roi": money.roi, "payback": money.payback}
    return answers | {goal.id: outcome.goal_values(goal) for goal in outcome.inputs.goals}


@cache
def live_numbers() -> dict[str, Any]:
    return numbers(LIVE)


def assert_live(changed: Plan) -> None:
    before, after = live_numbers(), numbers(changed)
    assert any(not np.array_equal(before[name], after[name]) for name in before)


@pytest.mark.parametrize("name", defaults().assumptions)
@pytest.mark.parametrize("end", ["low", "mode", "high"])
def test_every_assumption_is_live_at_every_end_of_its_range(name: str, end: str) -> None:
    each = defaults().assumptions[name]
    low, mode, high = each.range.low, each.range.mode, each.range.high
    # Shares of the operations team sum to 1, so that they have room only downwards.
    step = -0.05 * (high or 1) if name.startswith("ops_") else 0.05 * (high or 1)
    if each.range.is_fixed:
        moved: Any = mode + step
    elif end == "low":
        moved = [max(low - step, 0.9 * low, each.bounds[0]) if low else mode / 2, mode, high]
    elif end == "high":
        moved = [low, mode, high + abs(step) if high >= 0 else high / 2]
    else:
        moved = [low, (mode + high) / 2, high]
    if name == "fit_unprepared" and end == "low":
        moved = [low - 0.1, mode, high]
    if name == "fit_unprepared" and end == "high":
        moved = [low, mode, 0.1]
    assert_live(LIVE | {"assumptions": {name: moved}})


@pytest.mark.parametrize("row", ADMIN_ROWS)
def test_every_row_of_rep_work_can_be_moved(row: str) -> None:
    assert_live(with_tool(moves=LIVE["tactics"][0]["moves"] | {row: 0.31}))


@pytest.mark.parametrize("row", defaults().ops_tasks)
def test_every_row_of_operations_work_can_be_moved(row: str) -> None:
    assert_live(with_tool(moves_ops=LIVE["tactics"][0]["moves_ops"] | {row: 0.25}))


def with_tool(**changes: Any) -> Plan:
    tool, *others = LIVE["tactics"]
    return LIVE | {"tactics": [tool | changes, *others]}


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_answers_to_the_plan(metric: str) -> None:
    outcome = simulate(Inputs.from_json(with_tool(upkeep_hours=60, training_hours=150)), 8, 3)
    assert not np.array_equal(outcome.metrics[metric], outcome.baseline[metric])


@pytest.mark.parametrize(
    ("field", "size", "metric", "sign"),
    [
        ("cycle", 0.1, "cycle", -1),
        ("win", 0.1, "win_rate", 1),
        ("deal", 0.1, "deal_size", 1),
        ("attention", 0.1, "contact", 1),
        ("attention", -0.1, "contact", -1),
    ],
)
def test_direct_effects_point_where_they_say(
    field: str, size: float, metric: str, sign: int
) -> None:
    plan = {"months": 24, "tactics": [{"name": "Tool", "preparation": 1, field: size}]}
    outcome = simulate_modes(Inputs.from_json(plan))
    change = outcome.metrics[metric][0, -1] - outcome.baseline[metric][0, -1]
    assert np.sign(change) == sign
