"""What happened against a forecast, in sentences made by rule."""

from collections.abc import Sequence

import pandas as pd

from components.numbers import Unit, format_range, format_value
from simulation.updating import FEW
from strategy.actuals import month_label_of
from strategy.against import Compared
from strategy.amounts import symbol
from strategy.calendar import month_label
from strategy.forecasts import Forecast, begins
from strategy.metrics import GoalMetric, metric_of
from strategy.model import Actual, ForecastMark, Scenario

MOST_TOLD = 5
MONTHS = 12
_OUTLIERS = "An 80% range misses about 1 month in 5 even where the forecast is right."
_SINGLE_DEALS = (
    "The range is of what is expected. What is counted also has the luck of single deals, so "
    "that it lies outside more often, the more so the fewer deals a month has."
)
_THIS_RANGE = (
    "The range is the scenario’s of now and may have learned from these months; What happened "
    "compares them with a forecast from before."
)
# Of these the model gives expectations, without the luck of single deals.
_EXPECTED = frozenset(
    {
        "wins_quarter",
        "opportunities_quarter",
        "win_rate",
        "deal_size",
        "cycle_days",
        "open_pipeline",
    }
)


def month_name(month: str) -> str:
    """Return "Mar 2027" for "2027-03"."""
    return month_label(month, 1)


def span_words(first: str, last: str) -> str:
    """Return "Mar 2027", or "Jan 2027 to Mar 2027"."""
    return month_name(first) if first == last else f"{month_name(first)} to {month_name(last)}"


def year_words(months: Sequence[str]) -> str:
    """Return "2027" for a whole calendar year, "From Jul 2027" for other months that follow."""
    first = months[0]
    whole = first.endswith("-01") and len(months) == MONTHS
    return first[:4] if whole else f"From {month_name(first)}"


def exact_words(value: float, unit: Unit, currency: str) -> str:
    """Return a figure as it was typed, with its unit and without rounding it to read well."""
    if unit == "money":
        return f"{symbol(currency)}{value:,.10g}"
    if unit == "percent":
        return f"{100 * value:,.6g}%"
    return f"{value:,.6g}{ {'hours': ' h', 'days': ' days'}.get(unit, '') }"


def figures_frame(actuals: Sequence[Actual]) -> pd.DataFrame:
    """Return all figures, a row a month and a column a metric, as the import reads them."""
    months = sorted({each.month for each in actuals})
    keys = dict.fromkeys(each.metric for each in actuals)
    known = {(each.metric, each.month): each.value for each in actuals}
    columns: dict[str, list[str]] = {"Month": months}
    for key in keys:
        metric = metric_of(key)
        columns[month_label_of(metric)] = [
            "" if (value := known.get((key, month))) is None else _written(metric, value)
            for month in months
        ]
    return pd.DataFrame(columns)


def _written(metric: GoalMetric, value: float) -> str:
    return f"{100 * value:.10g}%" if metric.unit == "percent" else f"{value:.10g}"


def moment_words(at_utc: str) -> str:
    """Return "26 Nov 2026 14:20 UTC"."""
    return f"{int(at_utc[8:10])} {month_name(at_utc[:7])} {at_utc[11:16]} UTC"


def scenario_words(scenario: Scenario | None) -> str:
    """Return what a forecast is of: a scenario by its letter and name, or the plan."""
    return "The plan" if scenario is None else f"Scenario {scenario.letter} {scenario.name}"


def mark_words(mark: ForecastMark) -> str:
    """Return which of the forecasts of one plan or scenario it is, and when it was made."""
    at = moment_words(mark.made_at)
    if mark.kind == "run":
        return f"as it was run {at}"
    named = f" “{mark.title}”" if mark.title != f"Snapshot {mark.number}" else ""
    return f"in snapshot {mark.number}{named}, {at}"


def timing_words(forecast: Forecast, actuals: Sequence[Actual]) -> tuple[str, bool]:
    """Return whether the forecast was made before the months it is compared with, and if so."""
    if not actuals:
        return f"Made {moment_words(forecast.mark.made_at)}.", True
    first = min(each.month for each in actuals)
    if forecast.mark.made_at < begins(first):
        return f"It was made before {month_name(first)}, the first month with a figure.", True
    return (
        f"It was made after {month_name(first)} had begun, so it may know what it is compared "
        "with. Choose an older one if there is one.",
        False,
    )


def headline(metric: GoalMetric, rows: Sequence[Compared]) -> str:
    """Return in how many months what happened lies outside the range."""
    if not rows:
        return "What happened so far?"
    missed = sum(each.verdict != "inside" for each in rows)
    if len(rows) == 1:
        where = rows[0].verdict
        placed = "inside the range" if where == "inside" else f"{where} the range"
        return f"{metric.label}: {placed} in {month_name(rows[0].month)}."
    if missed == 0:
        return f"{metric.label}: inside the range in all of {len(rows)} months."
    return f"{metric.label}: outside the range in {missed} of {len(rows)} months."


def misses(rows: Sequence[Compared], unit: Unit, currency: str) -> tuple[str, ...]:
    """Return the months outside the range, latest first, a sentence each; then how many more."""
    missed = [
        f"{month_name(each.month)}: {format_value(each.actual, unit, currency)}, {each.verdict} "
        f"{format_range(each.low, each.high, unit, currency)}."
        for each in reversed(rows)
        if each.verdict != "inside"
    ]
    left = len(missed) - MOST_TOLD
    return (*missed[:MOST_TOLD], *([f"{left} more; the table has them."] if left > 0 else []))


def fan_words(metric: GoalMetric, rows: Sequence[Compared], currency: str) -> str:
    """Return where what happened lies in a scenario's range, each miss, and what that tells."""
    if not rows:
        return ""
    missed = misses(rows, metric.unit, currency)
    inside = sum(each.verdict == "inside" for each in rows)
    counted = "1 month" if len(rows) == 1 else f"{len(rows)} months"
    said = f"What happened lies inside the 80% range in {inside} of {counted}."
    if inside == len(rows):
        said = f"What happened lies inside the 80% range in all of {counted}."
    return " ".join([said, *missed, _THIS_RANGE])


def reading_words(metric: GoalMetric) -> str:
    """Return how to read misses of a metric."""
    return f"{_OUTLIERS} {_SINGLE_DEALS}" if metric.key in _EXPECTED else _OUTLIERS


def not_comparable_words(metric: GoalMetric, typed: int, rows: Sequence[Compared]) -> str:
    """Return why some figures are not on the chart; "" if all are."""
    left = typed - len(rows)
    if left <= 0:
        return ""
    figures = "1 figure is" if left == 1 else f"{left} figures are"
    if metric.window > 1:
        return (
            f"{figures} not on the chart: a quarter needs the figures of all of its months, "
            "within the months of the forecast."
        )
    return f"{figures} not on the chart: the forecast does not cover the month."


def effective_words(effective: float, draws: int, figures: int) -> str:
    """Return how many futures the figures leave, and what to do if these are few."""
    counted = "1 figure" if figures == 1 else f"{figures} figures"
    verb = "leaves" if figures == 1 else "leave"
    left = f"{counted} {verb} {effective:,.0f} effective futures of {draws:,}"
    if effective >= FEW:
        return f"{left}, enough to read ranges from."
    return (
        f"{left}, fewer than {FEW}: the ranges below are mostly luck. Either the forecast hardly "
        "knew such a world, or figures are taken for more exact than they are: raise how far "
        "they may be off, or look for a wrong figure."
    )
