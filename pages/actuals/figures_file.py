"""From a table of months and what its columns are to figures of the plan, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from calibration.dates import DateOrder
from calibration.monthly import Kind, monthly_figures
from calibration.reading import RawExport
from strategy.actuals import Place, check_figures, guess_metric
from strategy.metrics import GOAL_METRICS
from strategy.model import Plan


@dataclass(frozen=True)
class FoundFigures:
    """The figures in a table, and what was assumed to read them."""

    figures: Mapping[Place, float]
    notes: tuple[str, ...]


def guessed_columns(table: RawExport, month_column: str) -> dict[str, str | None]:
    """Return the metric each column seems to hold; a metric is guessed once."""
    found: dict[str, str | None] = {}
    for header in table.headers:
        if header == month_column:
            continue
        guess = guess_metric(header)
        found[header] = None if guess in found.values() else guess
    return found


def figures_in(
    table: RawExport,
    month_column: str,
    metrics: Mapping[str, str],
    plan: Plan,
    order: DateOrder | None = None,
) -> FoundFigures:
    """Return a table's figures; `metrics` says which metric each column holds.

    Raises
    ------
    ExportError
        If a row cannot be read; names the rows.
    InvalidValue
        If a figure cannot be true, or its month is none of the plan; names the lines.
    """
    kinds = {header: _kind(metric) for header, metric in metrics.items()}
    read = monthly_figures(table, month_column, kinds, plan.currency, order)
    figures = {
        Place(metrics[header], month): value
        for header, by_month in read.figures.items()
        for month, value in by_month.items()
    }
    check_figures(plan, figures, read.lines)
    return FoundFigures(figures, read.notes)


def _kind(metric: str) -> Kind:
    unit = GOAL_METRICS[metric].unit
    return "money" if unit == "money" else "percent" if unit == "percent" else "number"
