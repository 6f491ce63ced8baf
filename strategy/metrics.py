"""What a goal can count: the planner's metrics and how the model produces each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.describe import all_bands
from simulation.inputs import Headcount
from simulation.outcome import Outcome, percentiles
from simulation.types import FloatArray
from strategy.errors import InvalidValue
from strategy.headcount import seats_in
from strategy.model import Goal, Plan

DAYS_A_MONTH = 365.25 / 12
WEEKS_A_MONTH = 52 / 12

Unit = Literal["money", "percent", "hours", "days", "count"]


@dataclass(frozen=True)
class GoalMetric:
    """A metric people plan with, in its own unit, on top of one of the model's metrics.

    `factor` turns the model's monthly figure into the planner's unit; metrics marked
    `is_per_seat` are also divided by the plan's seats. `unit` "percent" is kept as a share.
    """

    key: str
    label: str
    short: str
    unit: Unit
    metric: str
    statistic: Literal["level", "trailing3"]
    factor: float = 1.0
    is_per_seat: bool = False
    lower_is_better: bool = False

    def scale(self, plan: Plan, change: Headcount | None = None, month: int = 1) -> float:
        """Return planner's units for one unit of the model, in a month of a changing team."""
        return self.factor / (seats_in(plan, change, month) if self.is_per_seat else 1)

    @property
    def window(self) -> int:
        """Return over how many months a draw's values are averaged."""
        return 3 if self.statistic == "trailing3" else 1


_METRICS = (
    GoalMetric(
        "bookings_quarter", "Bookings a quarter", "bookings", "money", "bookings", "trailing3", 3
    ),
    GoalMetric(
        "revenue_quarter", "Revenue a quarter", "revenue", "money", "revenue", "trailing3", 3
    ),
    GoalMetric("wins_quarter", "Deals won a quarter", "deals", "count", "wins", "trailing3", 3),
    GoalMetric(
        "opportunities_quarter",
        "New opportunities a quarter",
        "new opps",
        "count",
        "opportunities",
        "trailing3",
        3,
    ),
    GoalMetric("win_rate", "Win rate", "win rate", "percent", "win_rate", "level"),
    GoalMetric("deal_size", "Mean deal", "deal size", "money", "deal_size", "level"),
    GoalMetric(
        "cycle_days",
        "Sales cycle",
        "cycle",
        "days",
        "cycle",
        "level",
        DAYS_A_MONTH,
        lower_is_better=True,
    ),
    GoalMetric(
        "selling_hours_week",
        "Selling hours a week, per seat",
        "selling hours",
        "hours",
        "selling_hours",
        "level",
        1 / WEEKS_A_MONTH,
        is_per_seat=True,
    ),
    GoalMetric(
        "account_hours_week",
        "Account work hours a week, per seat",
        "account hours",
        "hours",
        "strategy_hours",
        "level",
        1 / WEEKS_A_MONTH,
        is_per_seat=True,
    ),
    GoalMetric(
        "admin_hours_week",
        "Admin hours a week, per seat",
        "admin hours",
        "hours",
        "admin_hours",
        "level",
        1 / WEEKS_A_MONTH,
        is_per_seat=True,
        lower_is_better=True,
    ),
    GoalMetric("open_pipeline", "Open opportunities", "open opps", "count", "pipeline", "level"),
    GoalMetric(
        "cumulative_net",
        "Net benefit so far",
        "net benefit",
        "money",
        "cumulative_net",
        "level",
    ),
)
GOAL_METRICS = {metric.key: metric for metric in _METRICS}


def metric_of(key: str) -> GoalMetric:
    """Return a metric by its key; raise InvalidValue if there is none."""
    if key not in GOAL_METRICS:
        raise InvalidValue(f"“{key}” is not a metric. Choose one from the list.")
    return GOAL_METRICS[key]


def metric_label(goal: Goal) -> str:
    """Return what a goal counts, in words."""
    return metric_of(goal.metric).label if goal.is_simulated else goal.own_name


def metric_short(goal: Goal) -> str:
    """Return what a goal counts in a word or two."""
    return metric_of(goal.metric).short if goal.is_simulated else goal.own_name.lower()


def progress_share(goal: Goal) -> float | None:
    """Return how much of the way from today's value to the target is done, 1 at the target.

    Of the typed progress; None while nobody typed any. Below 0 it went the other way.
    """
    if goal.progress is None:
        return None
    return (goal.progress - goal.baseline) / (goal.target - goal.baseline)


def all_series(
    keys: Sequence[str], plan: Plan, outcome: Outcome, *, of_baseline: bool = False
) -> list[dict[str, list[float]]]:
    """Return each metric's percentiles and mean by month, in the planner's unit.

    Those of a baseline are shared by all its runs; do not change them.
    """
    metrics = [metric_of(key) for key in keys]
    scales = [_scale_of(metric, plan, outcome, of_baseline) for metric in metrics]

    def described() -> list[dict[str, list[float]]]:
        return all_bands(
            [
                (_cuts_of(each, outcome, of_baseline), scale)
                for each, scale in zip(metrics, scales, strict=True)
            ]
        )

    if not of_baseline:
        return described()
    asked = tuple((each.key, scale) for each, scale in zip(metrics, scales, strict=True))
    return outcome.baseline_path.once(("series", asked), described)


def has_unsure_seats(change: Headcount | None) -> bool:
    """Return whether futures differ in how many seats there are."""
    return change is not None and not change.seats.is_fixed


def _cuts_of(metric: GoalMetric, outcome: Outcome, of_baseline: bool) -> dict[str, FloatArray]:
    """Return percentiles by month, for each seat of a future where futures differ in them."""
    if metric.is_per_seat and not of_baseline and has_unsure_seats(outcome.inputs.headcount):
        return percentiles(outcome.metrics[metric.metric] / outcome.seats, metric.window)
    return outcome.cuts(metric.metric, window=metric.window, of_baseline=of_baseline)


def _scale_of(
    metric: GoalMetric, plan: Plan, outcome: Outcome, of_baseline: bool
) -> float | list[float]:
    """Return planner's units for one of the model: one number, or one a month."""
    change = outcome.inputs.headcount
    if change is None or of_baseline or not metric.is_per_seat:
        return metric.scale(plan)
    if has_unsure_seats(change):
        return metric.factor
    return [metric.scale(plan, change, month) for month in range(1, outcome.inputs.months + 1)]
