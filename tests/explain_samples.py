"""Small plans that the tests of the explanations share."""

from collections.abc import Mapping
from typing import Any

from simulation.defaults import Range
from simulation.inputs import Inputs

CAPTURE = {
    "name": "Capture",
    "goal": "grow",
    "start": 1,
    "delay": 2,
    "moves": {"crm_entry": 0.7, "forecast": 0.2},
    "preparation": 0.75,
    "seat_price": 40,
    "one_off": 10_000,
    "training_hours": 2,
    "upkeep_hours": 6,
}
QUOTES = {
    "name": "Quotes",
    "goal": "grow",
    "start": 2,
    "delay": 4,
    "moves": {"quotes": 0.6, "orders": 0.2},
    "preparation": 0.5,
    "seat_price": 90,
    "one_off": 30_000,
    "training_hours": 6,
    "upkeep_hours": 12,
    "cycle": 0.08,
}
DESK = {
    "name": "Desk",
    "goal": None,
    "start": 3,
    "to": "ops",
    "moves": {"scheduling": 0.3},
    "preparation": 0.25,
    "fixed_monthly": 500,
    "upkeep_hours": 4,
}
GROW = {"id": "grow", "metric": "bookings", "statistic": "trailing3", "target": 840e3, "due": 18}
LEAN = {"id": "lean", "metric": "admin_hours", "comparison": "<=", "target": 1300, "due": 12}


def plan(**changes: Any) -> Inputs:
    """Return a plan of three tactics and two goals over 18 months, with changes."""
    raw: dict[str, Any] = {
        "months": 18,
        "tactics": [CAPTURE, QUOTES, DESK],
        "goals": [GROW, LEAN],
        "destinations": {"selling": 0.6, "strategy": 0.25, "coaching": 0.15},
        "plan_quality": 0.75,
    }
    return Inputs.from_json(raw | changes)


def with_policy(destinations: Mapping[str, float], quality: float) -> dict[str, Any]:
    """Return the fields of `Inputs` for a policy that worlds do not differ in."""
    shares = {use: Range.fixed_at(share) for use, share in destinations.items()}
    return {"destinations": shares, "plan_quality": Range.fixed_at(quality)}
