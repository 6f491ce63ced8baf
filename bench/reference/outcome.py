"""Metrics and money of a run by the plain engine; goals are read as from any outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bench.reference.adoption import Takeover
from bench.reference.money import payback_month, present_value
from simulation import outcome
from simulation.outcome import Finance
from simulation.types import FloatArray

LEAST_COST = 1e-6  # currency; below it there is no cost to earn back


@dataclass(frozen=True)
class Path:
    """Every metric of one run, (draws, months), and what its tactics did."""

    metrics: Mapping[str, FloatArray]
    work: Takeover


@dataclass(frozen=True)
class Outcome(outcome.Outcome):
    """A run and its baseline on the same draws; what they add up to is worked out anew here."""

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
