"""An outcome as plain JSON values (docs/model.md, section Interface)."""

import math
from typing import Any

import numpy as np

from simulation import MODEL_VERSION
from simulation.contribution import Contribution, contributions
from simulation.inputs import METRICS
from simulation.outcome import Outcome, chance, percentiles
from simulation.types import FloatArray

SHOWN = ("p10", "p50", "p90", "mean")


def report(outcome: Outcome) -> dict[str, Any]:
    """Return the output object: percentiles by month, money, goal chances, tactics.

    Numbers that do not exist (an ROI without cost, a payback that never comes) are None.
    """
    return {
        "model_version": MODEL_VERSION,
        "draws": outcome.draws.count,
        "seed": outcome.draws.seed,
        "months": outcome.inputs.months,
        "metrics": {name: _bands(outcome.metrics[name]) for name in METRICS},
        "baseline": {name: _bands(outcome.baseline[name]) for name in METRICS},
        "finance": finance_report(outcome),
        "goals": goals_report(outcome),
        "tactics": [
            _tactic(outcome, index, each) for index, each in enumerate(contributions(outcome))
        ],
    }


def _bands(values: FloatArray) -> dict[str, list[float]]:
    cuts = percentiles(values)
    return {name: [float(value) for value in cuts[name]] for name in SHOWN}


def finite(value: float) -> float | None:
    """Return the value, or None if it is infinite or not a number."""
    return float(value) if math.isfinite(value) else None


def spread(values: FloatArray) -> dict[str, float | None]:
    """Return p10, p50 and p90 across draws; None where one is not finite.

    Infinite values (a payback that never comes) count as the largest; undefined ones (an ROI
    without cost) make all three None.
    """
    if np.isnan(values).any():
        return {"p10": None, "p50": None, "p90": None}
    if np.isfinite(values).all():
        low, middle, high = np.percentile(values, [10, 50, 90])
    else:
        low, middle, high = np.percentile(values, [10, 50, 90], method="inverted_cdf")
    return {"p10": finite(low), "p50": finite(middle), "p90": finite(high)}


def _mean(values: FloatArray) -> float | None:
    return finite(float(np.mean(values)))


def finance_report(outcome: Outcome) -> dict[str, Any]:
    """Return NPV, ROI and payback with their chances."""
    money = outcome.finance
    return {
        "npv": spread(money.npv)
        | {"mean": _mean(money.npv), "chance_positive": float(np.mean(money.npv > 0))},
        "roi": spread(money.roi) | {"mean": _mean(money.roi)},
        "payback": spread(money.payback) | {"chance_by_24": float(np.mean(money.payback <= 24))},
    }


def goals_report(outcome: Outcome) -> list[dict[str, Any]]:
    """Return each goal's chance with its standard error, and its chance without tactics."""
    rows = []
    for goal in outcome.inputs.goals:
        share, error = chance(outcome.goal_hits(goal))
        before, _ = chance(outcome.goal_hits(goal, of_baseline=True))
        rows.append(
            {"id": goal.id, "chance": share, "standard_error": error, "baseline_chance": before}
        )
    return rows


def _tactic(outcome: Outcome, index: int, each: Contribution) -> dict[str, Any]:
    tactic = outcome.inputs.tactics[index]
    return {
        "name": each.name,
        "goal": tactic.goal,
        "fit": spread(outcome.path.work.fit[index]),
        "adoption": spread(outcome.path.work.adoption[index, -1]),
        "aligned": each.is_aligned,
        "chance_it_helps": each.chance_it_helps,
        "goal_change": None if each.goal_change is None else spread(each.goal_change),
        "npv_change": spread(each.npv_change) | {"mean": _mean(each.npv_change)},
    }
