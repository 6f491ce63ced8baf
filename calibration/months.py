"""Totals by calendar month, and which months the export covers in full."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.cleaning import CleanExport
from calibration.dates import MONTH_DAYS, Days

YEAR = 12
# A month may lack this many days at an edge: it may begin or end on days without business.
_SLACK = np.timedelta64(3, "D")


@dataclass(frozen=True)
class Month:
    """Hold the totals of one calendar month; `is_full` says if its wins are all in the export."""

    month: str  # such as '2026-10'
    created: int
    won: int
    won_value: float  # currency units
    is_full: bool


def month_totals(clean: CleanExport) -> tuple[Month, ...]:
    """Return the totals of every month from the first event of the export to its last day."""
    deals = clean.deals
    first = _earliest(np.concatenate([deals.created, deals.closed]))
    months = np.arange(first.astype("M8[M]"), clean.last_day.astype("M8[M]") + 1)
    full = np.isin(months, full_months(deals.closed, clean.last_day))
    created = _counts(deals.created, months)
    won = _counts(deals.closed[deals.won], months)
    value = _counts(deals.closed[deals.won], months, deals.amount[deals.won])
    return tuple(
        Month(str(month), int(created[i]), int(won[i]), float(value[i]), bool(full[i]))
        for i, month in enumerate(months)
    )


def full_months(days: Days, last_day: np.datetime64) -> NDArray[np.datetime64]:
    """Return the months wholly between the first of `days` and the end of the export.

    A month at an edge may lack up to three days.
    """
    known = days[~np.isnat(days)]
    if not len(known):
        return np.array([], dtype="M8[M]")
    first = (known.min() - _SLACK).astype("M8[M]") + 1
    last = (last_day + _SLACK + np.timedelta64(1, "D")).astype("M8[M]")
    return np.arange(first, last, dtype="M8[M]")


def monthly_won_value(clean: CleanExport, months: Days) -> NDArray[np.float64]:
    """Return the won value of each of the months."""
    won = clean.deals[clean.deals.won]
    return _counts(won.closed, months, won.amount)


def all_created(clean: CleanExport) -> tuple[NDArray[np.float64], int]:
    """Return the deals created in every full month, and the calendar month of the first."""
    days = clean.deals.created
    months = full_months(days, clean.last_day)
    first = int(months[0].astype(int)) % YEAR + 1 if len(months) else 1
    return _counts(days, months), first


def monthly_created(clean: CleanExport) -> NDArray[np.float64]:
    """Return the deals created in each of the last 12 full months, or as many as there are."""
    days = clean.deals.created
    return _counts(days, full_months(days, clean.last_day)[-YEAR:])


def settled_months(clean: CleanExport, cycle_months: float) -> Days:
    """Return the full months without those in the first two cycles after the first created deal.

    Wins from deals created before the export begins may be missing from these.
    """
    months = full_months(clean.deals.closed, clean.last_day)
    created = clean.deals.created[clean.deals.in_cohort]
    if not len(created):
        return months
    begin = created.min() + np.timedelta64(round(2 * cycle_months * MONTH_DAYS), "D")
    settled: NDArray[np.bool_] = months.astype("M8[D]") >= begin
    return months[settled]


def settled_wins(
    clean: CleanExport, cycle_months: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Return won value and won deals of settled months, and the calendar month of the first."""
    months = settled_months(clean, cycle_months)
    first = int(months[0].astype(int)) % YEAR + 1 if len(months) else 1
    wins = _counts(clean.deals.closed[clean.deals.won], months)
    return monthly_won_value(clean, months), wins, first


def mean_error(totals: NDArray[np.float64]) -> float:
    """Return the standard error of the mean of monthly totals, as a share of that mean.

    Over a whole year the three months of a quarter are compared with their like, so that the
    regular rush at the end of a quarter is not taken for uncertainty. Few months widen it by the
    standard deviation of Student's distribution.
    """
    rest, lost = totals - totals.mean(), 1
    if len(totals) == YEAR:
        rest, lost = totals - np.tile(totals.reshape(-1, 3).mean(axis=0), 4), 3
    freedom = len(totals) - lost
    error = np.sqrt(rest @ rest / freedom / len(totals))
    tails = np.sqrt(freedom / max(freedom - 2, 0.5))
    return float(tails * error / totals.mean())


def _earliest(days: Days) -> np.datetime64:
    earliest: np.datetime64 = days[~np.isnat(days)].min()
    return earliest


def _counts(
    days: Days, months: NDArray[np.datetime64], weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return the number of `days`, or the sum of their weights, in each of the months."""
    if not len(months):
        return np.zeros(0)
    places = (days.astype("M8[M]") - months[0]).astype(np.int64)
    inside = ~np.isnat(days) & (places >= 0) & (places < len(months))
    chosen = None if weights is None else weights[inside]
    return np.bincount(places[inside], chosen, minlength=len(months)).astype(np.float64)
