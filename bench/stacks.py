"""Inputs of the model that the rows of the engine work on."""

from typing import Any


def _tool(name: str, start: int, **fields: Any) -> dict[str, Any]:
    return {"name": name, "goal": "more", "start": start, "preparation": 0.67, **fields}


_TOOLS = [
    _tool(
        "Activity capture",
        1,
        delay=2,
        moves={"crm_entry": 0.7, "forecast": 0.2},
        moves_ops={"crm_entry": 0.4},
        seat_price=40,
        one_off=10_000,
        training_hours=2,
        upkeep_hours=6,
    ),
    _tool(
        "Guided quoting",
        2,
        delay=5,
        moves={"quotes": 0.6, "orders": 0.2},
        moves_ops={"quotes": 0.4, "orders": 0.2},
        seat_price=100,
        one_off=60_000,
        training_hours=8,
        upkeep_hours=16,
        cycle=0.08,
    ),
    _tool(
        "Scheduling",
        3,
        delay=0.5,
        moves={"scheduling": 0.5},
        seat_price=14,
        one_off=1_000,
        training_hours=0.5,
        upkeep_hours=1,
    ),
    _tool(
        "Electronic signature",
        4,
        delay=1,
        moves={"orders": 0.5},
        moves_ops={"orders": 0.3},
        seat_price=40,
        one_off=3_000,
        training_hours=1,
        upkeep_hours=2,
        cycle=0.03,
    ),
    _tool(
        "Conversation intelligence",
        5,
        delay=1.5,
        moves={"crm_entry": 0.3, "research": 0.1},
        seat_price=130,
        one_off=8_000,
        training_hours=4,
        upkeep_hours=6,
        win=0.03,
    ),
    _tool(
        "Forecasting",
        6,
        delay=2,
        moves={"forecast": 0.6},
        moves_ops={"forecast": 0.4},
        seat_price=90,
        one_off=15_000,
        training_hours=2,
        upkeep_hours=6,
    ),
    _tool(
        "Enrichment",
        7,
        delay=2,
        moves={"research": 0.5},
        seat_price=80,
        one_off=8_000,
        training_hours=2,
        upkeep_hours=4,
    ),
]
_PLAN = {
    "months": 36,
    "destinations": {"selling": 0.5, "strategy": 0.3, "coaching": 0.2},
    "goals": [
        {
            "id": "more",
            "metric": "bookings",
            "statistic": "trailing3",
            "target": 880_000,
            "due": 18,
        }
    ],
}
SEVEN_TOOLS: dict[str, Any] = _PLAN | {"tactics": _TOOLS}
# Five smaller ones that start later, so that mixes differ in many ways.
TWELVE_TOOLS: dict[str, Any] = _PLAN | {
    "tactics": [
        *_TOOLS,
        *(
            tool
            | {
                "name": f"{tool['name']} for the rest",
                "start": tool["start"] + 6,
                "moves": {row: share / 2 for row, share in tool["moves"].items()},
                "seat_price": tool["seat_price"] / 2,
            }
            for tool in _TOOLS[:5]
        ),
    ]
}
