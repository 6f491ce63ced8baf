"""The plans in which the effect of a single input is looked at."""

from typing import Any

from simulation.defaults import defaults

Plan = dict[str, Any]

TOOL: Plan = {
    "name": "Tool",
    "goal": "more",
    "start": 2,
    "delay": 1.0,
    "to": "system",
    "moves": dict.fromkeys(defaults().admin_tasks, 0.4),
    "moves_ops": dict.fromkeys(defaults().ops_tasks, 0.2),
    "adopt": 0.8,
    "preparation": 0.5,
    "seat_price": 40,
    "seats": 20,
    "one_off": 10_000,
    "fixed_monthly": 100,
    "training_hours": 2,
    "upkeep_hours": 6,
    "cycle": 0.05,
    "win": 0.03,
    "deal": 0.02,
    "attention": 0.02,
}
OTHER: Plan = {"name": "Other tool", "goal": "faster", "moves": {"quotes": 0.2}}
HANDOVER: Plan = {"name": "Deal desk", "to": "ops", "moves": {"quotes": 0.9, "orders": 0.9}}
GOAL: Plan = {
    "id": "more",
    "metric": "bookings",
    "statistic": "level",
    "comparison": ">=",
    "target": 700_000,
    "due": 6,
}


def with_tools(*tactics: Plan, **changes: Any) -> Plan:
    """Return a plan of 24 months with these tactics and one goal."""
    plan: Plan = {
        "months": 24,
        "organisation": dict(defaults().organisation),
        "assumptions": {},
        "week": {name: task.share for name, task in defaults().tasks.items()},
        "destinations": {"selling": 0.4, "strategy": 0.3, "coaching": 0.3},
        "plan_quality": 0.7,
        "tactics": list(tactics),
        "goals": [GOAL],
        "season": {},
        "headcount": None,
    }
    return plan | changes


# The key is how the document names the plan.
PLANS: dict[str, Plan] = {
    "one tool": with_tools(TOOL),
    "one tool, first 8 months": with_tools(TOOL, months=8, goals=[]),
    "strong months first": with_tools(
        TOOL, months=6, goals=[], season={"opportunities": [1.3] * 6 + [0.7] * 6}
    ),
    "one tool, attention steady": with_tools(TOOL, assumptions={"attention_decline": 0}),
    "a team that grows": with_tools(
        TOOL, headcount={"seats": 24, "start": 3, "yearly_cost": 180_000}
    ),
    "one unprepared tool": with_tools(TOOL | {"preparation": 0}),
    "two tools of different goals": with_tools(TOOL, OTHER),
    "a tool that shortens the cycle": with_tools(TOOL | {"moves": {}, "cycle": 0.2}),
    "a tool for operations": with_tools(
        TOOL | {"moves": {}},
        assumptions={"ops_tactical": 0.5, "ops_strategic": 0.2, "ops_flex": 0.1},
    ),
    "too much handed to operations": with_tools(
        HANDOVER, assumptions={"ops_tactical": 0.5, "ops_strategic": 0.2, "ops_flex": 0.1}
    ),
}
