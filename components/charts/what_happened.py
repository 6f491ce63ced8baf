"""What happened, month by month, against any 80% range: rows, words and columns of a table."""

from collections.abc import Mapping, Sequence

import pandas as pd

from components.charts.bands import Bands, Row
from components.numbers import Unit, format_range, format_value
from strategy.calendar import month_label

Actuals = Mapping[int, float]


def verdict(value: float, low: float, high: float) -> str:
    """Return "inside", "below" or "above" the range; its ends belong to it."""
    return "below" if value < low else "above" if value > high else "inside"


def verdict_of(bands: Bands, month: int, value: float) -> str:
    """Return where a month's figure lies in the 80% range of that month."""
    return verdict(value, bands["p10"][month - 1], bands["p90"][month - 1])


def check_actuals(actuals: Actuals, months: int) -> None:
    """Raise ValueError if a figure is of a month that the bands do not hold."""
    outside = [month for month in actuals if not 1 <= month <= months]
    if outside:
        raise ValueError(f"month {outside[0]} lies outside 1 to {months}")


def with_actuals(
    rows: Sequence[Row], bands: Bands, actuals: Actuals, *, unit: Unit, currency: str
) -> None:
    """Put each month's figure into its row, and into the words of its tooltip."""
    for row in rows:
        month = int(row["month"] or 0)
        row["actual"] = actuals.get(month)
        if month in actuals:
            said = verdict_of(bands, month, actuals[month])
            placed = "inside the range" if said == "inside" else f"{said} the range"
            value = format_value(actuals[month], unit, currency)
            row["tip"] = f"{row['tip']}. Actual {value}, {placed}"


def counted_words(
    bands: Bands, actuals: Actuals, *, unit: Unit, start_month: str, currency: str
) -> str:
    """Return in how many months figures lie inside the range, and each one that does not."""
    missed = [
        f"{month_label(start_month, month)} {format_value(value, unit, currency)}, {said} "
        f"{format_range(low, high, unit, currency)}"
        for month, value in sorted(actuals.items())
        for low, high in [(bands["p10"][month - 1], bands["p90"][month - 1])]
        for said in [verdict(value, low, high)]
        if said != "inside"
    ]
    count = f"{len(actuals)} {'month' if len(actuals) == 1 else 'months'}"
    if not missed:
        return f"inside the 80% range in all of {count}."
    return f"outside the 80% range in {len(missed)} of {count}. {'; '.join(missed)}."


def add_columns(
    table: pd.DataFrame, bands: Bands, actuals: Actuals, *, unit: Unit | None, currency: str
) -> None:
    """Add each month's figure to a table of months, and where it lies; written if a unit is given.

    Parameters
    ----------
    table : one row a month, month 1 first
    """
    known = [actuals.get(at + 1) for at in range(len(table))]
    told = [
        None if value is None else format_value(value, unit, currency) if unit else value
        for value in known
    ]
    table["Actual"] = pd.Series(told, dtype=object)  # else: a month without a figure is a "nan"
    table["Where"] = [
        "" if value is None else verdict_of(bands, at + 1, value) for at, value in enumerate(known)
    ]
