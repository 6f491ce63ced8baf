"""What is left out of the count and why.

Three choices differ from simply dropping what looks odd, because dropping would bias a result:

- A won deal without a usable created date still counts as bookings; it only leaves the cohorts
  from which win rate and cycle are estimated.
- Deals of a bulk-closed day are reported and kept. Such days are nearly always clean-ups that
  close stale deals as lost: the day is arbitrary, the loss is real, and cumulative incidence
  needs the loss, not its day. Dropping them would raise the win rate.
- Owners with few deals are pooled into one, so that their deals still count.
"""

from dataclasses import replace

import numpy as np

from calibration.dates import Days
from calibration.deals import Deals, Finding, Flags, findings
from calibration.errors import ExportError

BULK_MULTIPLE, BULK_DEALS = 5, 20  # a bulk-closed day: 5 times the median day, and 20 deals
_STRAY_GAP = np.timedelta64(180, "D")
_STRAY_SHARE = 0.01


def countable(deals: Deals, repeated: Flags) -> tuple[Deals, list[Finding]]:
    """Return the deals that can be counted, and what was dropped.

    Reasons are taken one after the other, so that no deal is dropped twice.

    Parameters
    ----------
    repeated : which deals repeat the id of an earlier one

    Raises
    ------
    ExportError
        If no deal is left.
    """
    dropped: list[Finding] = []
    deals = _without(deals, repeated, "Same id as an earlier row", dropped)
    decided = deals.outcome != "open"
    deals = _without(
        deals, decided & np.isnat(deals.closed), "Closed deal without a close date", dropped
    )
    deals = _without(
        deals, deals.won & ~(deals.amount > 0), "Won deal without an amount above zero", dropped
    )
    deals = _without(deals, _stray(deals), "Date half a year after all others", dropped)
    deals = _with_plain_cycles(deals, dropped)
    deals = _without(deals, ~deals.in_cohort & ~deals.won, "No created date: in no cohort", dropped)
    if not len(deals):
        raise ExportError("No row is left to count; check the chosen columns and the stages.")
    return deals, dropped


def _without(deals: Deals, chosen: Flags, reason: str, dropped: list[Finding]) -> Deals:
    dropped += findings(reason, deals.line[chosen])
    return deals[~chosen]


def _with_plain_cycles(deals: Deals, dropped: list[Finding]) -> Deals:
    """Drop lost deals closed before they were created; keep such wins as bookings only."""
    decided = deals.outcome != "open"
    negative = decided & (deals.closed < deals.created)
    unknown = deals.won & np.isnat(deals.created)
    dropped += findings(
        "Closed before created: left out of win rate and cycle, won value still counted",
        deals.line[negative],
    )
    dropped += findings(
        "Won without a created date: left out of win rate and cycle, won value still counted",
        deals.line[unknown],
    )
    created = np.where(negative, np.datetime64("NaT", "D"), deals.created)
    closed = np.where(decided, deals.closed, np.datetime64("NaT", "D"))
    known = replace(deals, created=created, closed=closed)
    return known[~(negative & ~known.won)]


def _known_days(deals: Deals) -> Days:
    """Return for each deal the last day on which something is known to have happened.

    The close date of an open deal is a hope, not an event.
    """
    return np.where(deals.outcome == "open", deals.created, np.fmax(deals.created, deals.closed))


def _stray(deals: Deals) -> Flags:
    """Return the few deals dated over 180 days after all others: slips in the year.

    One such date would move the end of the export, and with it every month and follow-up.
    """
    known = _known_days(deals)
    days = np.sort(known[~np.isnat(known)])
    gaps = np.flatnonzero(np.diff(days) > _STRAY_GAP)
    late = [place for place in gaps if len(days) - 1 - place <= _STRAY_SHARE * len(days)]
    return known > days[late[0]] if late else np.zeros(len(deals), dtype=np.bool_)


def last_day(deals: Deals) -> np.datetime64:
    """Return the last day the export knows of."""
    known = _known_days(deals)
    last: np.datetime64 = np.max(known[~np.isnat(known)])
    return last


def bulk_days(deals: Deals) -> list[Finding]:
    """Return the deals closed on days with over 5 times the median closes and at least 20."""
    days = deals.closed[~np.isnat(deals.closed)]
    if not len(days):
        return []
    each, counts = np.unique(days, return_counts=True)
    bulk = each[(counts > BULK_MULTIPLE * np.median(counts)) & (counts >= BULK_DEALS)]
    reason = "Closed on a day with over 5 times the usual number of closes: kept"
    return findings(reason, deals.line[np.isin(deals.closed, bulk)])
