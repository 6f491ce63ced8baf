"""What happened against a frozen forecast, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.updating import Observed
from strategy.actuals import NOT_COUNTED
from strategy.calendar import month_name, month_of_plan
from strategy.forecasts import Bands, Forecast
from strategy.metrics import GOAL_METRICS, GoalMetric
from strategy.model import Actual

Verdict = Literal["inside", "below", "above"]


@dataclass(frozen=True)
class Compared:
    """A month's figure beside the forecast's 80% range and middle, in the goal metric's unit.

    `number` is the month of the forecast, `month` its name "YYYY-MM".
    """

    number: int
    month: str
    actual: float
    low: float
    middle: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Where the figure lies; the ends belong to the range."""
        if self.actual < self.low:
            return "below"
        return "above" if self.actual > self.high else "inside"


def by_month(
    metric: GoalMetric, actuals: Sequence[Actual], start_month: str, months: int
) -> dict[int, float]:
    """Return a metric's own monthly figures by month of a forecast."""
    found = {
        month_of_plan(start_month, each.month): each.value
        for each in actuals
        if each.metric == metric.key
    }
    return {month: found[month] for month in sorted(found) if 1 <= month <= months}


def in_goal_unit(metric: GoalMetric, figures: Mapping[int, float]) -> dict[int, float]:
    """Return figures as goals count them, for the months in which they can be.

    A quarter needs each of its months; the first two months of a forecast stand for a quarter
    by themselves, as they do in the forecast.
    """
    if metric.window == 1:
        return dict(figures)
    found = {}
    for month in figures:
        needed = range(max(1, month - metric.window + 1), month + 1)
        if all(each in figures for each in needed):
            values = [figures[each] for each in needed]
            found[month] = metric.factor * sum(values) / len(values)
    return found


def compared(
    metric: GoalMetric, actuals: Sequence[Actual], forecast: Forecast
) -> tuple[Compared, ...]:
    """Return each month that can be compared, in order; none if the forecast lacks the metric."""
    bands = forecast.series.get(metric.key, {}).get("plan")
    return laid_over(metric, actuals, bands, forecast.start_month) if bands else ()


def laid_over(
    metric: GoalMetric, actuals: Sequence[Actual], bands: Bands, start_month: str
) -> tuple[Compared, ...]:
    """Return each month whose figure can be compared with percentiles by month, in order."""
    figures = by_month(metric, actuals, start_month, len(bands["p50"]))
    return tuple(
        Compared(
            number=month,
            month=month_name(start_month, month),
            actual=value,
            low=bands["p10"][month - 1],
            middle=bands["p50"][month - 1],
            high=bands["p90"][month - 1],
        )
        for month, value in in_goal_unit(metric, figures).items()
    )


def observed(actuals: Sequence[Actual], forecast: Forecast) -> tuple[Observed, ...]:
    """Return all figures of the forecast's months in the model's own units."""
    found = []
    for metric in GOAL_METRICS.values():
        if metric.key in NOT_COUNTED:
            continue
        figures = by_month(metric, actuals, forecast.start_month, forecast.months)
        scale = _scale(metric, forecast)
        found += [Observed(metric.metric, at, value / scale) for at, value in figures.items()]
    return tuple(found)


def _scale(metric: GoalMetric, forecast: Forecast) -> float:
    """Return what is typed for one unit of the model, of a month where goals count quarters."""
    factor = 1.0 if metric.window > 1 else metric.factor
    return factor / (forecast.inputs["organisation"]["seats"] if metric.is_per_seat else 1)
