"""From clean deals to the assumptions a plan needs, each a range with its method and sample.

No random numbers are used: standard errors are analytic, so one file gives one answer.
"""

import datetime
from dataclasses import dataclass, fields
from math import ceil

import numpy as np

from calibration.amount_estimates import deal_size, deal_size_variation
from calibration.cleaning import CleanExport
from calibration.dates import MONTH_DAYS
from calibration.deals import Deals, Finding
from calibration.demand import demand_estimates
from calibration.groups import Groups, rep_groups, segment_groups
from calibration.months import (
    YEAR,
    Month,
    all_created,
    full_months,
    mean_error,
    month_totals,
    monthly_created,
    monthly_won_value,
    settled_months,
    settled_wins,
)
from calibration.observed import balance_note, cycle_note, open_note, quarter_end_note, stage_note
from calibration.progress import Progress, silent
from calibration.ranges import (
    Estimate,
    bounded,
    default_estimate,
    noted,
    positive_estimate,
    share_estimate,
    widened,
)
from calibration.season import Season, season_of_created
from calibration.stages import StageTime, stage_times
from calibration.survival import Incidence, cumulative_incidence

DECIDED_NEEDED = 264  # decided deals for a win rate of 22 % to within 5 points
CYCLES_NEEDED = 50  # wins
MONTHS_NEEDED, MONTHS_LEAST = 12, 3
_HARDLY_ANY = 0.01  # of closed deals are lost: nobody wins all, the report was filtered
_POINTS = 0.03  # half of a good 95 % range of a win rate
_WINDOW_MEDIANS = 3  # a window shorter than this many median cycles hides the slow wins


@dataclass(frozen=True)
class Calibration:
    """Hold what an export says about the team; shares are of deals created, 0 to 1."""

    name: str
    source: str
    bookings_per_seat: Estimate
    bookings_per_month: Estimate | None  # None with under 3 full months
    win_rate: Estimate
    deal_size: Estimate
    deal_size_variation: Estimate
    cycle_months: Estimate
    opportunities_per_month: Estimate | None  # None with under 3 full months
    demand_spread: Estimate
    demand_persistence: Estimate
    seats: int
    currency: str
    closed_only_rate: float | None  # wins over closed deals: overstates; None with none closed
    lost_share: float | None
    never_closed_share: float | None
    months: tuple[Month, ...]
    last_day: datetime.date
    deals: int
    dropped: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    notes: tuple[str, ...]
    reps: Groups | None  # None with no decided deal, as for segments
    segments: Groups | None
    season: Season  # of new deals
    stages: tuple[StageTime, ...]  # none without the days on which stages were entered

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Return the estimates there are, by name."""
        values = (getattr(self, each.name) for each in fields(self))
        return {value.name: value for value in values if isinstance(value, Estimate)}


def estimate(
    clean: CleanExport, seats: int | None = None, progress: Progress = silent
) -> Calibration:
    """Estimate level of bookings, win rate, deal size, cycle and creation rate from deals.

    Parameters
    ----------
    clean : the deals to count
    seats : seats over which bookings are spread, vacant ones included; None takes the number of
        owners with at least 5 deals, which counts those who have left
    progress : called with the share done (0 to 1) and what is being done

    Raises
    ------
    ValueError
        If `seats` is below 1.

    Source
    ------
    docs/model.md, section Calibration.
    """
    if seats is not None and seats < 1:
        raise ValueError(f"seats is {seats} and must be at least 1")
    people = seats or max(1, clean.owners)
    progress(0.0, "Following deals")
    curve = _incidence(clean)
    progress(0.5, "Estimating")
    cycle = _cycle(clean, curve)
    bookings = _bookings(clean, cycle)
    amounts = clean.deals.amount[clean.deals.won]
    won, lost = (int((_cohort(clean).outcome == end).sum()) for end in ("won", "lost"))
    variation = bounded(deal_size_variation(amounts))
    value, wins, first_month = settled_wins(clean, cycle.mode)
    spread, persistence = demand_estimates(value, wins, variation.mode, first_month)
    creation, win_rate = _creation(clean), _win_rate(curve, won, lost)
    size = deal_size(amounts)
    entries = clean.stages
    stages = stage_times(entries, clean.deals, clean.last_day) if entries else ()
    progress(1.0, "Estimating")
    return Calibration(
        name=clean.name,
        source=clean.source,
        bookings_per_seat=bounded(_per_seat(bookings, people, assumed=seats is None)),
        bookings_per_month=bookings,
        win_rate=bounded(win_rate),
        deal_size=bounded(size),
        deal_size_variation=variation,
        cycle_months=bounded(cycle),
        opportunities_per_month=creation,
        demand_spread=bounded(spread),
        demand_persistence=bounded(persistence),
        seats=people,
        currency=clean.currency,
        closed_only_rate=won / (won + lost) if won + lost else None,
        lost_share=curve.lost_share if curve else None,
        never_closed_share=curve.open_share if curve else None,
        months=month_totals(clean),
        last_day=clean.last_day.astype(datetime.date),
        deals=len(clean.deals),
        dropped=clean.dropped,
        kept=clean.kept,
        notes=(
            *clean.notes,
            *open_note(clean.deals),
            *quarter_end_note(clean.deals),
            *cycle_note(curve),
            *balance_note(creation, win_rate, size, bookings),
            stage_note(cycle, stages),
        ),
        reps=rep_groups(clean),
        segments=segment_groups(clean),
        season=season_of_created(*all_created(clean)),
        stages=stages,
    )


def _cohort(clean: CleanExport) -> Deals:
    return clean.deals[clean.deals.in_cohort]


def _incidence(clean: CleanExport) -> Incidence | None:
    """Follow each deal from its creation to its close, or to the end of the export."""
    deals = _cohort(clean)
    if not len(deals):
        return None
    ended = np.where(deals.outcome == "open", clean.last_day, deals.closed)
    days = (ended - deals.created).astype(np.int64)
    return cumulative_incidence(days, deals.won, deals.outcome == "lost")


def _win_rate(curve: Incidence | None, won: int, lost: int) -> Estimate:
    decided = won + lost
    if curve is None or not decided:
        return default_estimate("win_rate", "No closed deal has a created date.")
    if lost <= _HARDLY_ANY * decided:
        why = f"Only {lost:,} of {decided:,} closed deals are lost: lost ones seem left out."
        return default_estimate("win_rate", why)
    error = float(np.sqrt(curve.variance))
    method = "cumulative incidence of won against lost, open deals followed to the last day"
    found = share_estimate("win_rate", curve.won_share, error, method, decided)
    found = noted(found, _points_note(curve.won_share, decided))
    why = f"Only {decided} decided deals of {DECIDED_NEEDED} needed: mixed with the default range."
    return widened(found, decided / DECIDED_NEEDED, why, by="level")


def _points_note(share: float, decided: int) -> str:
    """Say how many decided deals three points take, if there are fewer."""
    needed = ceil(1.96**2 * share * (1 - share) / _POINTS**2)
    if decided >= needed:
        return ""
    return f"To within {100 * _POINTS:.0f} points takes {needed:,} decided deals."


def _cycle(clean: CleanExport, curve: Incidence | None) -> Estimate:
    wins = int((clean.deals.won & clean.deals.in_cohort).sum())
    if curve is None or curve.won_share <= 0:
        return default_estimate("cycle_months", "No won deal has a created date.")
    mean, spread = curve.cycle_moments()
    mean = max(mean, 0.05 * MONTH_DAYS)  # deals entered on the day they close have no length
    months, error = mean / MONTH_DAYS, spread / mean / np.sqrt(wins)
    method = "mean time to a win by cumulative incidence, up to the oldest age observed"
    found = positive_estimate("cycle_months", months, error, "months", method, wins)
    why = f"Only {wins} wins of {CYCLES_NEEDED} needed: mixed with the default range."
    found = widened(found, wins / CYCLES_NEEDED, why, by="level")
    why = "The export spans under three median cycles, which hides slow wins: widened."
    return widened(found, _window(clean, curve), why, by="level")


def _window(clean: CleanExport, curve: Incidence) -> float:
    """Return the length of the export as a share of three median cycles."""
    created = clean.deals.created[clean.deals.in_cohort].min()
    days = int((clean.last_day - created).astype(np.int64))
    return max(days, 1) / max(_WINDOW_MEDIANS * curve.median_days, 1)


def _bookings(clean: CleanExport, cycle: Estimate) -> Estimate | None:
    months = settled_months(clean, cycle.mode)[-YEAR:]
    note = ""
    if len(months) < MONTHS_LEAST:
        months = full_months(clean.deals.closed, clean.last_day)[-YEAR:]
        note = "The first months may lack wins from deals created before the export begins."
    totals = monthly_won_value(clean, months)
    if len(totals) < MONTHS_LEAST or not totals.sum():
        return None
    method = f"mean won value of the last {len(totals)} full months"
    found = positive_estimate(
        "bookings_per_month", float(totals.mean()), mean_error(totals), "currency a month",
        method, len(totals),
    )  # fmt: skip
    why = f"Only {len(totals)} full months of {MONTHS_NEEDED} needed: widened."
    share = len(totals) / MONTHS_NEEDED
    found = widened(found, share, why, by="spread", default="bookings_per_seat")
    return noted(found, note)


def _per_seat(bookings: Estimate | None, seats: int, assumed: bool) -> Estimate:
    if bookings is None:
        why = f"Under {MONTHS_LEAST} full months with won deals."
        return default_estimate("bookings_per_seat", why)
    found = Estimate(
        "bookings_per_seat", bookings.low / seats, bookings.mode / seats, bookings.high / seats,
        bookings.unit, f"{bookings.method}, over {seats} seats", bookings.sample, bookings.note,
    )  # fmt: skip
    return noted(found, "Seats are the owners with at least 5 deals." if assumed else "")


def _creation(clean: CleanExport) -> Estimate | None:
    counts = monthly_created(clean)
    if len(counts) < MONTHS_LEAST or not counts.sum():
        return None
    # A gamma-Poisson mean: never surer than chance alone would allow.
    error = max(mean_error(counts), 1 / float(np.sqrt(counts.sum())))
    found = positive_estimate(
        "opportunities_per_month", float(counts.mean()), error, "deals a month",
        f"mean of deals created in the last {len(counts)} full months", len(counts),
    )  # fmt: skip
    short = f"Only {len(counts)} full months of {YEAR}." if len(counts) < YEAR else ""
    return noted(noted(found, short), _overdispersion(counts))


def _overdispersion(counts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    mean, variance = float(counts.mean()), float(counts.var(ddof=1))
    if variance <= mean:
        return "Months vary no more than chance."
    return f"Months vary more than chance (gamma-Poisson k = {mean**2 / (variance - mean):.1f})."
