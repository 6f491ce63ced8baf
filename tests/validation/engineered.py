"""Runs built so that one mechanism shows alone in what a run reports."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.engine import simulate_modes
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.types import FloatArray

Plan = dict[str, Any]

# Nothing moves on its own, and a tool is used in full from its second month on: one that is ten
# times better than promised needs a tenth of the users to take all the work it was meant to.
STILL = {
    "attention_decline": 0,
    "leak": 0,
    "ops_strategy_weight": 0,
    "pipeline_admin_share": 0,
    "attrition_fit_effect": 0,
    "skill_win_elasticity": 0,
    "rework": 0,
    "abandonment": 0,
    "realised_share": 10,
    "adoption_innovation": 10,
    "adoption_imitation": 0,
}
HOURS = 156.0


def at_modes(plan: Plan) -> Outcome:
    """Return the run of a plan with every assumption at its mode and no luck."""
    return simulate_modes(Inputs.from_json(plan))


def last(outcome: Outcome, metric: str) -> float:
    """Return a metric in the last month of the only draw."""
    return float(outcome.metrics[metric][0, -1])


def after_moving(share: float, destination: str, months: int, **assumptions: float) -> Outcome:
    """Move this share of all hours from administration to one use at the end of month 1."""
    tool = {"name": "Tool", "moves": {"crm_entry": share / 0.09}, "adopt": 1}
    return at_modes(
        {
            "months": months,
            "assumptions": STILL | assumptions,
            "tactics": [tool],
            "destinations": {destination: 1},
        }
    )


def at_effort(effort: float, assumptions: Mapping[str, float]) -> Outcome:
    """Return a run whose last month has `effort` times the selling hours of before.

    More hours come from administration that a tool takes over; fewer, from a month in which
    training takes hours from every use alike.
    """
    selling = 0.4 / max(effort, 1.0)
    moved = 0.4 - selling
    week = dict.fromkeys(("crm_entry", "quotes", "research", "scheduling", "orders"), 0.0)
    week |= dict.fromkeys(("forecast", "chasing", "meetings", "prospecting"), 0.0)
    week |= {"live_conversations": selling, "crm_entry": moved, "slack": 0.5}
    week |= {"account_strategy": 0.05, "coaching": 0.05}
    tool: Plan = {"name": "Tool", "moves": {"crm_entry": 1}, "adopt": 1}
    if effort < 1:
        tool = {"name": "Training", "training_hours": (1 - effort) * HOURS}
    return at_modes(
        {
            "months": 2 if effort >= 1 else 1,
            "assumptions": STILL | dict(assumptions),
            "week": week,
            "tactics": [tool],
        }
    )


def adoption_at(times: Sequence[float], innovation: float, imitation: float) -> FloatArray:
    """Return the share using a tool that fits, `times` months after go-live: one tool a time."""
    months = int(np.ceil(max(times))) + 1
    outcome = at_modes(
        {
            "months": months,
            "assumptions": {
                "abandonment": 0,
                "adoption_innovation": innovation,
                "adoption_imitation": imitation,
            },
            "tactics": [{"adopt": 1, "delay": months - 1 - time} for time in times],
        }
    )
    return np.asarray(outcome.path.work.adoption[:, -1, 0])


def dips_after_a_lost_month(months: int, **assumptions: float) -> FloatArray:
    """Return how far the stock of account work lies below 1 after a month without any work."""
    lost = {"name": "All hands", "training_hours": 1e6}
    plan = {"months": months, "assumptions": STILL | assumptions, "tactics": [lost]}
    return np.asarray(1 - at_modes(plan).metrics["strategy_stock"][0])
