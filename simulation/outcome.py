"""What the model returns: metrics by draw and month, chances and money."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np

from simulation.decided import decided
from simulation.draws import Draws
from simulation.inputs import GoalInput, Inputs
from simulation.money import Money, money_of
from simulation.room import room
from simulation.selecting import described_rows
from simulation.types import FloatArray, fixed

Result = TypeVar("Result")
PERCENTILES = {"p10": 10, "p25": 25, "p50": 50, "p75": 75, "p90": 90}


@dataclass(frozen=True)
class Work:
    """What tactics did: `fit` (tactics, draws), `adoption` (tactics, months, draws).

    If adoption was not asked for, it holds the last month only.
    """

    fit: FloatArray
    adoption: FloatArray


@dataclass(frozen=True)
class Path:
    """One run of months, with the plan or without.

    Attributes
    ----------
    metrics : metric -> (draws, months), for the metrics that were asked for
    means : metric -> (months,) mean over draws, for all metrics of the months
    work : what the tactics did
    """

    metrics: Mapping[str, FloatArray]
    means: Mapping[str, FloatArray]
    work: Work
    _cuts: dict[tuple[str, int], dict[str, FloatArray]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _known: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def cuts(self, metric: str, window: int) -> dict[str, FloatArray]:
        """Return `percentiles` of a kept metric by month; worked out once for each window."""
        if (metric, window) not in self._cuts:
            self._cuts[metric, window] = percentiles(self.metrics[metric], window)
        return self._cuts[metric, window]

    def once(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return what follows from this path and `key` alone; made when first asked for.

        A baseline is shared by runs, and so is this: it must not be changed.
        """
        if key not in self._known:
            self._known[key] = make()
        known: Result = self._known[key]
        return known


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
    _counted: dict[tuple[str, str, int, bool, bool], FloatArray] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def metrics(self) -> dict[str, FloatArray]:
        """Every kept metric with the plan, (draws, months), net benefit included."""
        money = self._money
        return dict(self.path.metrics) | {
            "net_benefit": money.net.T,
            "cumulative_net": money.cumulative.T,
        }

    @cached_property
    def baseline(self) -> dict[str, FloatArray]:
        """Every kept metric without tactics, (draws, months); its net benefit is zero."""
        nothing = _nothing(self.inputs.months, self.draws.count).T
        return dict(self.baseline_path.metrics) | {
            "net_benefit": nothing,
            "cumulative_net": nothing,
        }

    @cached_property
    def seats(self) -> FloatArray:
        """How many seats there are with the plan, (draws, months)."""
        change = self.inputs.headcount
        seats = np.full(
            (self.draws.count, self.inputs.months), float(self.inputs.organisation.seats)
        )
        if change is not None:
            seats[:, change.start - 1 :] = decided(self.inputs, self.draws).seats[:, None]
        return seats

    def cuts(
        self, metric: str, *, window: int = 1, of_baseline: bool = False
    ) -> dict[str, FloatArray]:
        """Return `percentiles` of a metric by month."""
        path = self.baseline_path if of_baseline else self.path
        if metric in path.metrics:
            return path.cuts(metric, window)
        return percentiles((self.baseline if of_baseline else self.metrics)[metric], window)

    @cached_property
    def _money(self) -> Money:
        values, path, base = self.draws.values, self.path.metrics, self.baseline_path.metrics
        return money_of(
            path["revenue"].T,
            path["bookings"].T,
            path["cost"].T,
            base["revenue"].T,
            base["bookings"].T,
            fixed(values["gross_margin"]),
            fixed(values["commission"]),
            fixed(values["discount_rate"]),
            room(*base["bookings"].T.shape),
            room(*base["bookings"].T.shape),
        )

    @cached_property
    def finance(self) -> Finance:
        """NPV, ROI and payback of the plan against carrying on as today (equation 18)."""
        money = self._money
        return Finance(npv=money.npv, roi=money.roi, payback=money.payback)

    def goal_values(self, goal: GoalInput, *, of_baseline: bool = False) -> FloatArray:
        """Return what the goal counts in its due month, (draws,) (equation 19).

        Worked out once: its chances, range and dots are all taken from it.
        """
        asked = (goal.metric, goal.statistic, goal.due, goal.per_seat, of_baseline)
        if asked not in self._counted:
            metrics = self.baseline if of_baseline else self.metrics
            values = goal_values(goal, metrics[goal.metric], self.baseline[goal.metric])
            if goal.per_seat:
                today = self.inputs.organisation.seats
                values = values / (today if of_baseline else self.seats[:, goal.due - 1])
            self._counted[asked] = values
        return self._counted[asked]

    def goal_hits(self, goal: GoalInput, *, of_baseline: bool = False) -> np.ndarray[Any, Any]:
        """Return which draws meet the goal, (draws,) of bool."""
        values = self.goal_values(goal, of_baseline=of_baseline)
        return values >= goal.target if goal.comparison == ">=" else values <= goal.target


@lru_cache(maxsize=1)
def _nothing(months: int, draws: int) -> FloatArray:
    return fixed(np.zeros((months, draws)))


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


def percentiles(values: FloatArray, window: int = 1) -> dict[str, FloatArray]:
    """Return p10, p25, p50, p75, p90 and the mean across draws (the first axis).

    With a window, what counts in (draws, months) is each draw's mean over so many months up to
    the month; the first months average over as many as there are.
    """
    rows = fixed(values.T.reshape(-1, len(values)))
    found = described_rows(rows, tuple(PERCENTILES.values()), window)
    names = (*PERCENTILES, "mean")
    return {name: found[:, at].reshape(values.shape[1:]) for at, name in enumerate(names)}


def chance(hits: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Return the share of draws that hit and its Monte Carlo standard error."""
    share = float(np.mean(hits))
    return share, float(np.sqrt(share * (1 - share) / hits.size))
