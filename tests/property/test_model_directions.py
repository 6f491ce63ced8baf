"""Effects have the right sign, and every lever and assumption moves something.

The claims hold for expected bookings in one deterministic world. Each test says where it stops
being true and stays inside that domain.
"""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.defaults import defaults
from simulation.engine import simulate, simulate_modes
from simulation.inputs import METRICS, Inputs, TacticInput

Plan = dict[str, Any]

ADMIN_ROWS = defaults().admin_tasks
some = settings(max_examples=40, deadline=None)


def real(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def sensible(name: str) -> st.SearchStrategy[float]:
    """Draw an assumption from its default range."""
    spread = defaults().assumptions[name].range
    return real(spread.low, spread.high)


WORLDS = st.fixed_dictionaries(
    {
        name: sensible(name)
        for name in (
            *("selling_elasticity", "inbound_share", "buyer_pressure", "ceiling_sharpness"),
            *("leak", "unplanned_leak", "fit_unprepared", "abandonment", "realised_share"),
            *("rework", "pipeline_admin_share", "win_rate", "cycle_months", "strategy_decay"),
        )
    }
)


@st.composite
def tools(draw: st.DrawFn) -> list[Plan]:
    """Build tools that take work of reps only, each from rows of its own.

    Tools on one row share its mean rework rate, so that more use of a badly fitting second tool
    can return more hours than it frees. Work moved to operations costs their strategic time.
    """
    rows = draw(st.permutations(ADMIN_ROWS))
    count = draw(st.integers(1, 3))
    return [
        {
            "name": f"Tool {place}",
            "goal": "g",
            "start": draw(st.integers(1, 8)),
            "delay": draw(real(0, 4)),
            "moves": {row: draw(real(0, 1)) for row in rows[2 * place : 2 * place + 2]},
            "preparation": draw(real(0, 1)),
            "adopt": draw(real(0, 1)),
        }
        for place in range(count)
    ]


def bookings(tactics: list[Plan], world: Plan, **policy: Any) -> Any:
    """Return the expected bookings of each month."""
    plan = {"months": 24, "tactics": tactics, "assumptions": world, **policy}
    return simulate_modes(Inputs.from_json(plan)).metrics["expected_bookings"][0]


def assert_never_lower(higher: Any, lower: Any) -> None:
    assert (higher >= lower * (1 - 1e-9)).all()


# ---- Directions ---------------------------------------------------------------------------


@some
@given(tools(), WORLDS, real(0, 1))
def test_moving_less_work_to_systems_never_raises_bookings(
    tactics: list[Plan], world: Plan, part: float
) -> None:
    less = [
        each | {"moves": {row: part * share for row, share in each["moves"].items()}}
        for each in tactics
    ]
    assert_never_lower(bookings(tactics, world), bookings(less, world))


@some
@given(tools(), WORLDS, real(0, 1), real(0, 3.5))
def test_better_preparation_never_lowers_bookings(
    tactics: list[Plan], world: Plan, part: float, gain: float
) -> None:
    # Preparation helps by assumption only while it adds to fit: fit_gain >= 0.
    world = world | {"fit_gain": gain}
    hasty = [each | {"preparation": part * each["preparation"]} for each in tactics]
    assert_never_lower(bookings(tactics, world), bookings(hasty, world))


@some
@given(tools(), WORLDS, real(0, 1))
def test_more_leak_never_raises_bookings(tactics: list[Plan], world: Plan, more: float) -> None:
    # Without training or coordination hours are only ever freed; a loss does not leak. Bookings
    # before any tool feel the leak too, because the volume of work drifts with the pipeline.
    leakier = world | {"leak": world["leak"] + more * (1 - world["leak"])}
    quiet = {"attention_decline": 0}
    assert_never_lower(bookings(tactics, world | quiet), bookings(tactics, leakier | quiet))


@some
@given(tools(), WORLDS, real(0, 1), real(0, 1))
def test_an_owner_for_freed_hours_never_lowers_bookings(
    tactics: list[Plan], world: Plan, quality: float, part: float
) -> None:
    quiet = world | {"attention_decline": 0}
    planned = bookings(tactics, quiet, plan_quality=quality)
    assert_never_lower(planned, bookings(tactics, quiet, plan_quality=part * quality))


@some
@given(tools(), WORLDS, real(0, 0.25))
def test_a_higher_elasticity_never_lowers_bookings_while_hours_are_freed(
    tactics: list[Plan], world: Plan, more: float
) -> None:
    # Effort must stay at or above today's: no shrinking attention and no effect of bad fit on
    # turnover; the tools here take no training.
    quiet = world | {"attention_decline": 0, "attrition_fit_effect": 0}
    higher = quiet | {"selling_elasticity": quiet["selling_elasticity"] + more}
    assert_never_lower(bookings(tactics, higher), bookings(tactics, quiet))


@some
@given(tools(), WORLDS, real(0, 60))
def test_at_zero_elasticity_selling_hours_make_no_opportunities(
    tactics: list[Plan], world: Plan, training: float
) -> None:
    tactics = [each | {"training_hours": training} for each in tactics]
    plan = {"months": 24, "tactics": tactics, "assumptions": world | {"selling_elasticity": 0}}
    outcome = simulate_modes(Inputs.from_json(plan))
    assert np.all(outcome.metrics["response"] == 1)
    made, before = (each["opportunities"] for each in (outcome.metrics, outcome.baseline))
    assert np.array_equal(made, before)


@some
@given(tools(), WORLDS)
def test_more_automation_never_lowers_selling_hours_when_nobody_is_trained(
    tactics: list[Plan], world: Plan
) -> None:
    plan = {"months": 24, "tactics": tactics, "assumptions": world | {"attrition_fit_effect": 0}}
    outcome = simulate_modes(Inputs.from_json(plan))
    assert_never_lower(outcome.metrics["selling_hours"], outcome.baseline["selling_hours"])


@some
@given(tools(), WORLDS)
def test_more_selling_time_never_brings_bookings_in_proportion(
    tactics: list[Plan], world: Plan
) -> None:
    plan = {"months": 24, "tactics": tactics, "assumptions": world | {"attrition_fit_effect": 0}}
    outcome = simulate_modes(Inputs.from_json(plan))
    sold, before = (each["expected_bookings"] for each in (outcome.metrics, outcome.baseline))
    time, time_before = (each["selling_hours"] for each in (outcome.metrics, outcome.baseline))
    assert (sold / before).max() <= (time / time_before).max() + 1e-9


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


def test_without_its_mechanisms_alignment_makes_no_difference_at_all() -> None:
    # The last one matters little: plan quality also decides how much of the time operations
    # get back goes to strategic work.
    off = dict.fromkeys(
        (
            *("coordination_hours", "unplanned_leak", "fit_gain", "attrition_fit_effect"),
            "ops_strategy_weight",
        ),
        0,
    )

    def value(goal: str | None, preparation: float, quality: float) -> float:
        tactics = [
            {"name": "A", "moves": {"quotes": 0.5}},
            {"name": "B", "moves": {"orders": 0.5}, "start": 3},
        ]
        tactics = [
            each | {"goal": goal, "preparation": preparation, "seat_price": 40} for each in tactics
        ]
        plan = {"tactics": tactics, "plan_quality": quality, "assumptions": off}
        return float(simulate_modes(Inputs.from_json(plan)).finance.npv[0])

    assert value("g", 1, 1) == value(None, 0, 0)


# ---- Nothing is dead ----------------------------------------------------------------------

# A plan in which everything has something to do: all destinations, a stack that overloads
# operations, tools with and without goals, every direct effect.
LIVE: Plan = {
    "months": 18,
    "organisation": {"seats": 20, "ops_people": 2, "hours_per_rep_month": 156},
    "week": {name: task.share for name, task in defaults().tasks.items()},
    "destinations": {"selling": 0.5, "strategy": 0.3, "coaching": 0.2},
    "plan_quality": 0.5,
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


@pytest.mark.parametrize("field", ["seats", "ops_people", "hours_per_rep_month"])
def test_every_figure_of_the_organisation_is_live(field: str) -> None:
    organisation = LIVE["organisation"]
    assert_live(LIVE | {"organisation": organisation | {field: organisation[field] * 1.05}})


@pytest.mark.parametrize("row", defaults().tasks)
def test_every_row_of_the_week_is_live(row: str) -> None:
    week, other = LIVE["week"], "slack" if row != "slack" else "meetings"
    shifted = {row: week[row] + 0.01, other: week[other] - 0.01}
    assert_live(LIVE | {"week": week | shifted})


@pytest.mark.parametrize("row", ADMIN_ROWS)
def test_every_row_of_rep_work_can_be_moved(row: str) -> None:
    assert_live(with_tool(moves=LIVE["tactics"][0]["moves"] | {row: 0.31}))


@pytest.mark.parametrize("row", defaults().ops_tasks)
def test_every_row_of_operations_work_can_be_moved(row: str) -> None:
    assert_live(with_tool(moves_ops=LIVE["tactics"][0]["moves_ops"] | {row: 0.25}))


def with_tool(**changes: Any) -> Plan:
    tool, *others = LIVE["tactics"]
    return LIVE | {"tactics": [tool | changes, *others]}


LEVERS: Plan = {
    "name": "Another name, another luck",
    "goal": "h",
    "start": 3,
    "delay": 2.5,
    "to": "ops",
    "moves": {"crm_entry": 0.4},
    "moves_ops": {"quotes": 0.4},
    "adopt": 0.7,
    "preparation": 0.6,
    "seat_price": 41,
    "seats": None,
    "one_off": 11_000,
    "fixed_monthly": 120,
    "training_hours": 3,
    "upkeep_hours": 7,
    "cycle": 0.06,
    "win": 0.04,
    "deal": 0.03,
    "attention": 0.03,
}


def test_the_list_of_levers_below_is_complete() -> None:
    assert set(LEVERS) == set(TacticInput.__dataclass_fields__)


@pytest.mark.parametrize("field", LEVERS)
def test_every_lever_of_a_tactic_is_live(field: str) -> None:
    assert_live(with_tool(**{field: LEVERS[field]}))


@pytest.mark.parametrize(
    "policy",
    [
        {"plan_quality": 0.6},
        {"destinations": {"selling": 0.6, "strategy": 0.2, "coaching": 0.2}},
        {"destinations": {"selling": 0.5, "strategy": 0.2, "coaching": 0.3}},
    ],
    ids=json.dumps,
)
def test_every_policy_for_freed_hours_is_live(policy: Plan) -> None:
    assert_live(LIVE | policy)


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_answers_to_the_plan(metric: str) -> None:
    outcome = simulate(Inputs.from_json(with_tool(upkeep_hours=60, training_hours=150)), 8, 3)
    assert not np.array_equal(outcome.metrics[metric], outcome.baseline[metric])
