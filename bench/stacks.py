"""Inputs of the model that the rows of the engine work on."""

from typing import Any

_COLUMNS = ("name", "delay", "seat_price", "one_off", "training_hours", "upkeep_hours", "moves")
_ROWS = (
    ("Activity capture", 2, 40, 10_000, 2, 6, {"crm_entry": 0.7, "forecast": 0.2}),
    ("Guided quoting", 5, 100, 60_000, 8, 16, {"quotes": 0.6, "orders": 0.2}),
    ("Scheduling", 0.5, 14, 1_000, 0.5, 1, {"scheduling": 0.5}),
    ("Electronic signature", 1, 40, 3_000, 1, 2, {"orders": 0.5}),
    ("Conversation intelligence", 1.5, 130, 8_000, 4, 6, {"crm_entry": 0.3, "research": 0.1}),
    ("Forecasting", 2, 90, 15_000, 2, 6, {"forecast": 0.6}),
    ("Enrichment", 2, 80, 8_000, 2, 4, {"research": 0.5}),
)
_EFFECTS: dict[str, dict[str, Any]] = {
    "Activity capture": {"moves_ops": {"crm_entry": 0.4}},
    "Guided quoting": {"moves_ops": {"quotes": 0.4, "orders": 0.2}, "cycle": 0.08},
    "Electronic signature": {"moves_ops": {"orders": 0.3}, "cycle": 0.03},
    "Conversation intelligence": {"win": 0.03},
    "Forecasting": {"moves_ops": {"forecast": 0.4}},
}
_TOOLS: list[dict[str, Any]] = [
    {"goal": "more", "start": month, "preparation": 0.67}
    | dict(zip(_COLUMNS, row, strict=True))
    | _EFFECTS.get(row[0], {})
    for month, row in enumerate(_ROWS, start=1)  # one a month
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
