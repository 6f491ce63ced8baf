"""An outcome as plain JSON values (docs/model.md, section Interface)."""

import math
from typing import Any

import numpy as np

from simulation import MODEL_VERSION
from simulation.contribution import Contribution, contributions
from simulation.inputs import METRICS, GoalInput
from simulation.outcome import Outcome, chance, percentiles
from simulation.selecting import described_rows, order_statistics
from simulation.types import FloatArray, fixed

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
        "tactics": tactics_report(outcome),
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
        low, middle, high = (float(each) for each in order_statistics(values, (10.0, 50.0, 90.0)))
    else:
        low, middle, high = np.percentile(values, [10, 50, 90], method="inverted_cdf")
    return {"p10": finite(low), "p50": finite(middle), "p90": finite(high)}


def spreads(rows: FloatArray) -> list[dict[str, float]]:
    """Return p10, p50 and p90 across draws of each row; (rows, draws), finite."""
    found = described_rows(fixed(rows), (10.0, 50.0, 90.0)) if len(rows) else rows
    return [dict(zip(("p10", "p50", "p90"), map(float, row[:3]), strict=True)) for row in found]


def _mean(values: FloatArray) -> float | None:
    return finite(float(np.mean(values)))


def finance_report(outcome: Outcome) -> dict[str, Any]:
    """Return NPV, ROI and payback with their chances."""
    money = outcome.finance
    return finance_of(money.npv, money.roi, money.payback)


def finance_of(npv: FloatArray, roi: FloatArray, payback: FloatArray) -> dict[str, Any]:
    """Return the three, each (draws,), with their chances."""
    return {
        "npv": spread(npv) | {"mean": _mean(npv), "chance_positive": float(np.mean(npv > 0))},
        "roi": spread(roi) | {"mean": _mean(roi)},
        "payback": spread(payback) | {"chance_by_24": float(np.mean(payback <= 24))},
    }


def goals_report(outcome: Outcome) -> list[dict[str, Any]]:
    """Return each goal's chance with its standard error, and its chance without tactics."""
    return [goal_report(outcome, goal) for goal in outcome.inputs.goals]


def goal_report(outcome: Outcome, goal: GoalInput) -> dict[str, Any]:
    """Return one goal's chance with its standard error, and its chance without tactics."""
    return goal_row(
        goal.id,
        chance(outcome.goal_hits(goal))[0],
        chance(outcome.goal_hits(goal, of_baseline=True))[0],
        outcome.draws.count,
    )


def goal_row(goal: str, share: float, before: float, draws: int) -> dict[str, Any]:
    """Return a goal's chance with the plan and without; the error is that of the first."""
    return {
        "id": goal,
        "chance": share,
        "standard_error": float(np.sqrt(share * (1 - share) / draws)),
        "baseline_chance": before,
    }


def tactics_report(outcome: Outcome) -> list[dict[str, Any]]:
    """Return fit, adoption and contribution of each tactic; costs a run for each."""
    return [_tactic(outcome, index, each) for index, each in enumerate(contributions(outcome))]


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
