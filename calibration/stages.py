"""How long deals stay in each stage, where an export says when they entered it.

The model gives each of its stages a third of the cycle. What is found here is shown beside that
and not used: it tells whether a third is far from what happens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from calibration.columns import stage_outcomes
from calibration.dates import DateOrder, Days, parse_dates
from calibration.deals import Deals
from calibration.errors import ExportError
from calibration.reading import RawExport
from calibration.survival import cumulative_incidence

ENTRIES_NEEDED = 30  # deals that entered a stage, before its time is shown
# HubSpot's `hs_v2_date_entered_demo`, and `Date entered "Demo (Sales Pipeline)"` in its reports.
_ENTERED = re.compile(r'(?:hs_(?:v2_)?date_entered_|date entered )"?(.{1,200}?)"?', re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class StageEntries:
    """Hold the day on which each row's deal entered each stage, (stages, rows); NaT for never."""

    names: tuple[str, ...]
    lines: NDArray[np.int64]
    days: Days = field(repr=False)


@dataclass(frozen=True)
class StageTime:
    """Hold how long deals stay in a stage, open ones followed to the last day; days."""

    name: str
    entered: int
    median_days: int
    mean_days: float


def stage_columns(headers: Sequence[str]) -> dict[str, str]:
    """Return column -> stage for columns of entry days; stages that end a deal are none."""
    named = {each: found[1] for each in headers if (found := _ENTERED.fullmatch(each.strip()))}
    ends = stage_outcomes(named.values())
    return {column: stage for column, stage in named.items() if ends[stage] == "open"}


def read_entries(raw: RawExport, order: DateOrder | None) -> tuple[StageEntries | None, list[str]]:
    """Read the columns of entry days; None without any, or with a note where one is unreadable."""
    columns = stage_columns(raw.headers)
    if not columns:
        return None, []
    try:
        days, _ = parse_dates({each: raw.column(each) for each in columns}, raw.lines, order)
    except ExportError as error:
        return None, [f"The days on which stages were entered were left out. {error}"]
    lines = np.array(raw.lines, dtype=np.int64)
    return StageEntries(tuple(columns.values()), lines, np.array(list(days.values()))), []


def stage_times(
    entries: StageEntries, deals: Deals, last_day: np.datetime64
) -> tuple[StageTime, ...]:
    """Return the time in each stage, in the order in which deals enter them.

    A stay ends when a later stage is entered or the deal closes. Stages entered by fewer than
    30 deals are left out.

    Source
    ------
    docs/model.md, section Calibration.
    """
    places = np.searchsorted(entries.lines, deals.line)
    days = entries.days[:, places]
    chosen = np.flatnonzero((~np.isnat(days)).sum(axis=1) >= ENTRIES_NEEDED)
    order = sorted(chosen, key=lambda stage: _typical_age(days[stage], deals))
    found = (
        _time(entries.names[stage], days[stage], _left(days[order[at + 1 :]], deals), last_day)
        for at, stage in enumerate(order)
    )
    return tuple(each for each in found if each is not None)


def _typical_age(entered: Days, deals: Deals) -> float:
    """Return the median age in days at which a stage is entered."""
    ages = (entered - deals.created)[~np.isnat(entered) & deals.in_cohort]
    return float(np.median(ages.astype(np.int64))) if len(ages) else np.inf


def _left(later: Days, deals: Deals) -> Days:
    """Return the first day on which a later stage was entered or the deal closed."""
    left: Days = np.fmin.reduce([*later, deals.closed])
    return left


def _time(name: str, entered: Days, left: Days, last_day: np.datetime64) -> StageTime | None:
    is_over = ~np.isnat(left)
    stay = np.where(is_over, left, last_day) - entered
    known = ~np.isnat(entered) & (stay >= np.timedelta64(0, "D"))
    if not (known & is_over).any():
        return None
    ended = is_over[known]
    curve = cumulative_incidence(stay[known].astype(np.int64), ended, np.zeros_like(ended))
    if not curve.won_share:
        return None
    return StageTime(name, int(known.sum()), curve.median_days, curve.cycle_moments()[0])
