"""What the model returns: metrics by draw and month, chances and money."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bench.reference.adoption import Takeover
from bench.reference.money import payback_month, present_value
from simulation.draws import Draws
from simulation.inputs import GoalInput, Inputs
from simulation.types import FloatArray

LEAST_COST = 1e-6  # currency; below it there is no cost to earn back
PERCENTILES = {"p10": 10, "p25": 25, "p50": 50, "p75": 75, "p90": 90}


@dataclass(frozen=True)
class Path:
    """Every metric of one run, (draws, months), and what its tactics did."""

    metrics: Mapping[str, FloatArray]
    work: Takeover


@dataclass(frozen=True)
class Finance:
    """Money against the baseline, each (draws,): currency, ratio and months.

    `roi` is nan where nothing was spent; `payback` is inf where it never comes.
    """

    npv: FloatArray
    roi: FloatArray
    payback: FloatArray


@dataclass(frozen=True)
class Outcome:
    """A run and its baseline on the same draws."""

    inputs: Inputs
    draws: Draws
    path: Path
    baseline_path: Path

    @cached_property
    def metrics(self) -> dict[str, FloatArray]:
        """Every metric with the plan, (draws, months), net benefit included."""
        return dict(self.path.metrics) | self._benefit(self.path)

    @cached_property
    def baseline(self) -> dict[str, FloatArray]:
        """Every metric without tactics, (draws, months); its net benefit is zero."""
        return dict(self.baseline_path.metrics) | self._benefit(self.baseline_path)

    def _benefit(self, path: Path) -> dict[str, FloatArray]:
        earned = self._earned(path) - (path.metrics["cost"] - self.baseline_path.metrics["cost"])
        return {"net_benefit": earned, "cumulative_net": np.cumsum(earned, axis=1)}

    def _earned(self, path: Path) -> FloatArray:
        """Return margin on extra revenue less commission on extra bookings (equation 18)."""
        values, base = self.draws.values, self.baseline_path.metrics
        more_revenue = path.metrics["revenue"] - base["revenue"]
        more_bookings = path.metrics["bookings"] - base["bookings"]
        return (
            values["gross_margin"][:, None] * more_revenue
            - values["commission"][:, None] * more_bookings
        )

    @cached_property
    def finance(self) -> Finance:
        """NPV, ROI and payback of the plan against carrying on as today (equation 18)."""
        net = self.metrics["net_benefit"]
        benefit = self._earned(self.path).sum(axis=1)
        cost = self.path.metrics["cost"].sum(axis=1)
        roi = np.divide(
            benefit - cost, cost, out=np.full(cost.shape, np.nan), where=cost > LEAST_COST
        )
        return Finance(
            npv=present_value(net.T, self.draws.values["discount_rate"]),
            roi=roi,
            payback=payback_month(self.metrics["cumulative_net"].T),
        )

    def goal_values(self, goal: GoalInput, *, of_baseline: bool = False) -> FloatArray:
        """Return what the goal counts in its due month, (draws,) (equation 19)."""
        metrics = self.baseline if of_baseline else self.metrics
        return goal_values(goal, metrics[goal.metric], self.baseline[goal.metric])

    def goal_hits(self, goal: GoalInput, *, of_baseline: bool = False) -> np.ndarray[Any, Any]:
        """Return which draws meet the goal, (draws,) of bool."""
        values = self.goal_values(goal, of_baseline=of_baseline)
        return values >= goal.target if goal.comparison == ">=" else values <= goal.target


def goal_values(goal: GoalInput, metric: FloatArray, baseline: FloatArray) -> FloatArray:
    """Return a goal's statistic in its due month, (draws,).

    "level" is the due month, "trailing3" the mean of it and the two months before (as many
    as there are), "cumulative" the sum up to it, "change" the ratio to the same draw's own
    baseline minus 1.
    """
    due = goal.due
    if goal.statistic == "trailing3":
        return np.asarray(metric[:, max(due - 3, 0) : due].mean(axis=1))
    if goal.statistic == "cumulative":
        return np.asarray(metric[:, :due].sum(axis=1))
    level = metric[:, due - 1]
    if goal.statistic == "level":
        return level
    before = baseline[:, due - 1]
    return np.divide(level, before, out=np.ones_like(level), where=before != 0) - 1


def percentiles(values: FloatArray) -> dict[str, FloatArray]:
    """Return p10, p25, p50, p75, p90 and the mean across draws (the first axis)."""
    # Months are contiguous in memory: cutting along the draws of one month is several times
    # faster than across them.
    by_month = np.ascontiguousarray(values.T)
    cuts = np.percentile(by_month, list(PERCENTILES.values()), axis=-1)
    return dict(zip(PERCENTILES, cuts, strict=True)) | {"mean": values.mean(axis=0)}


def chance(hits: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Return the share of draws that hit and its Monte Carlo standard error."""
    share = float(np.mean(hits))
    return share, float(np.sqrt(share * (1 - share) / hits.size))
