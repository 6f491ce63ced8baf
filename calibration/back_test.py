"""What forecasts from each past quarter's data alone would have said, against what happened.

For every quarter end with a year of history before it, the export is put back to what was known
that day, calibrated, and carried on with nothing changed. The model knows nothing of the season
of a year, so that a seasonal business shows it here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from calibration.cleaning import CleanExport
from calibration.estimates import Calibration, estimate
from calibration.hygiene import last_day
from calibration.months import full_months, monthly_won_value
from calibration.progress import Progress, silent
from simulation.defaults import defaults
from simulation.engine import simulate
from simulation.inputs import Inputs

MONTHS_NEEDED = 24
LEARNING_MONTHS = 12  # of history before the first forecast
DRAWS, SEED = 2_000, 1
_QUARTER, _AHEAD = 3, (1, 2)
_OUTSIDE = 0.2  # of outcomes lie outside a right 80% range

Bookings = NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """Hold one forecast of a quarter's bookings and what was booked, in currency units.

    `ahead` is 1 for the quarter after the one whose end it was made on, or 2.
    """

    made_on: str  # a day such as '2025-09-30'
    quarter: str  # such as '2025 Q4'
    ahead: int
    low: float
    middle: float
    high: float
    actual: float

    @property
    def is_hit(self) -> bool:
        """Whether what happened lies inside the 80% range."""
        return self.low <= self.actual <= self.high


@dataclass(frozen=True)
class BackTest:
    """Hold the whole months of closed deals in an export, and the forecasts, oldest first.

    There are no forecasts where the history is too short, or where no past quarter has wins in
    at least three months before it.
    """

    months: int
    forecasts: tuple[Forecast, ...]

    @property
    def is_long_enough(self) -> bool:
        """Whether there are 24 months."""
        return self.months >= MONTHS_NEEDED

    def ahead(self, quarters: int) -> tuple[Forecast, ...]:
        """Return the forecasts made one or two quarters ahead."""
        return tuple(each for each in self.forecasts if each.ahead == quarters)


def chance_of_misses(forecasts: Sequence[Forecast]) -> float:
    """Return the chance that as many or more outcomes miss right 80% ranges by luck, 0 to 1.

    Outcomes are taken as independent. Forecasts from neighbouring days share most of their data,
    so that misses come together more often than this says.
    """
    misses = sum(not each.is_hit for each in forecasts)
    return float(binom.sf(misses - 1, len(forecasts), _OUTSIDE))


def longest_run(forecasts: Sequence[Forecast]) -> tuple[int, str]:
    """Return the most misses in a row to one side, and the side: 'above', 'below' or ''."""
    best, run, last = (0, ""), 0, ""
    for each in forecasts:
        side = "" if each.is_hit else "above" if each.actual > each.high else "below"
        run = run + 1 if side and side == last else int(bool(side))
        last = side
        best = max(best, (run, side), key=lambda found: found[0])
    return best


def back_test(clean: CleanExport, seats: int, progress: Progress = silent) -> BackTest:
    """Forecast each past quarter one and two quarters ahead from the data of its day only.

    Parameters
    ----------
    clean : all deals
    seats : seats over which bookings are spread, those of today
    progress : called with the share done (0 to 1) and what is being done
    """
    months = full_months(clean.deals.closed, clean.last_day)
    if len(months) < MONTHS_NEEDED:
        return BackTest(len(months), ())
    end = months[-1] + 1
    starts = [
        start
        for start in np.arange(months[0] + LEARNING_MONTHS, end - _QUARTER + 1)
        if start.astype(int) % _QUARTER == 0
    ]
    found: list[Forecast] = []
    for place, start in enumerate(starts):
        progress(place / len(starts), f"Going back to {start.astype('M8[D]') - 1}")
        found += _forecasts(clean, start, end, seats)
    progress(1.0, "Going back")
    return BackTest(len(months), tuple(found))


def as_of(clean: CleanExport, day: np.datetime64) -> CleanExport:
    """Return the export as it stood at the end of a day: later deals and endings unknown.

    Amounts, owners and endings of deals closed by then are those of today, since the export does
    not keep what they were.

    Raises
    ------
    ValueError
        If no deal was known that day.
    """
    deals = clean.deals
    known = np.where(np.isnat(deals.created), deals.closed, deals.created) <= day
    deals = deals[known]
    if not len(deals):
        raise ValueError(f"no deal was known on {day}")
    later = deals.closed > day
    past = replace(
        deals,
        closed=np.where(later, np.datetime64("NaT", "D"), deals.closed),
        outcome=np.where(later, "open", deals.outcome).astype(deals.outcome.dtype),
    )
    return replace(clean, deals=past, last_day=max(last_day(past), day))


def _forecasts(
    clean: CleanExport, start: np.datetime64, end: np.datetime64, seats: int
) -> list[Forecast]:
    made_on = start.astype("M8[D]") - 1
    found = estimate(as_of(clean, made_on), seats)
    if found.bookings_per_month is None:
        return []  # the shipped level of bookings is no forecast of this team's
    bookings = _carried_on(found, seats)
    ahead = [each for each in _AHEAD if start + _QUARTER * each <= end]
    return [
        _forecast(clean, bookings, made_on, start + _QUARTER * (each - 1), each) for each in ahead
    ]


def _carried_on(found: Calibration, seats: int) -> Bookings:
    """Return bookings of the next six months with nothing changed, (draws, months)."""
    ranges = {
        name: [each.low, each.mode, each.high]
        for name, each in found.estimates.items()
        if name in defaults().assumptions
    }
    inputs = Inputs.from_json(
        {
            "months": _QUARTER * max(_AHEAD),
            "organisation": {"seats": seats},
            "assumptions": ranges,
            "tactics": [],
        }
    )
    return np.asarray(simulate(inputs, DRAWS, SEED).metrics["bookings"])


def _forecast(
    clean: CleanExport,
    bookings: Bookings,
    made_on: np.datetime64,
    quarter: np.datetime64,
    ahead: int,
) -> Forecast:
    sums = bookings[:, _QUARTER * (ahead - 1) : _QUARTER * ahead].sum(axis=1)
    low, middle, high = (float(each) for each in np.quantile(sums, (0.1, 0.5, 0.9)))
    actual = float(monthly_won_value(clean, np.arange(quarter, quarter + _QUARTER)).sum())
    number = int(quarter.astype(int)) // _QUARTER
    label = f"{1970 + number // 4} Q{number % 4 + 1}"
    return Forecast(str(made_on), label, ahead, low, middle, high, actual)
