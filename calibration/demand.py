"""How much demand swings from month to month, and how long a swing lasts.

What is regular is taken out first: the trend, and the rush at the end of each quarter. So is the
luck of single deals, which the model adds by itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.ranges import (
    Estimate,
    default_estimate,
    noted,
    positive_estimate,
    share_estimate,
)
from simulation.defaults import defaults

Floats = NDArray[np.float64]

MONTHS_NEEDED = 18
YEARS_FOR_SEASON = 36  # months from which each month of the year has its own level
FLOOR = 0.03  # standard deviation of the log, taken where luck explains all there is
_PERSISTENCE_ERROR = 0.2  # how far the default persistence may be off
_SPREAD_ERROR = 0.4  # and the default spread, as a share of it
_HAIR = 0.01  # a range is never a point


@dataclass(frozen=True, eq=False)
class Swings:
    """Hold what is left of the logarithm of monthly bookings, and the quarter-end multiple."""

    rest: Floats
    freedom: int
    quarter_end: float  # bookings of a quarter's last month over those of its other months


def swings(value: Floats, first_month: int) -> Swings:
    """Take trend, quarter and, with three years, season out of monthly bookings.

    Parameters
    ----------
    value : bookings of consecutive full months, > 0
    first_month : calendar month of the first, 1 to 12
    """
    months = np.arange(len(value))
    calendar = (months + first_month - 1) % 12
    period = 12 if len(value) >= YEARS_FOR_SEASON else 3
    place = calendar % period
    columns = [np.ones(len(value)), months - months.mean()]
    columns += [(place == each).astype(np.float64) for each in range(period - 1)]
    design, logs = np.column_stack(columns), np.log(value)
    level, *_ = np.linalg.lstsq(design, logs, rcond=None)
    last = calendar % 3 == 2
    detrended = logs - level[1] * columns[1]
    multiple = float(np.exp(detrended[last].mean() - detrended[~last].mean()))
    return Swings(logs - design @ level, len(value) - design.shape[1], multiple)


def demand_estimates(
    value: Floats, wins: Floats, variation: float, first_month: int
) -> tuple[Estimate, Estimate]:
    """Estimate the spread of demand and its persistence.

    Parameters
    ----------
    value, wins : bookings and won deals of consecutive full months
    variation : coefficient of variation of won amounts
    first_month : calendar month of the first, 1 to 12

    Source
    ------
    docs/model.md, section Calibration: sig_m and rho_m.
    """
    if len(value) < MONTHS_NEEDED or not (value > 0).all():
        why = f"Only {len(value)} full months of {MONTHS_NEEDED} needed."
        if len(value) >= MONTHS_NEEDED:
            why = "Some months have no bookings at all."
        return default_estimate("demand_spread", why), _default_persistence(why)
    found = swings(value, first_month)
    total = float(found.rest @ found.rest) / found.freedom
    luck = float(((1 + variation**2) / wins).mean())
    rush = f"A quarter's last month books {found.quarter_end:.2f} times the others: taken out."
    spread = noted(_spread(total, luck, found.freedom, len(value)), rush)
    return spread, _persistence(found.rest, total, luck)


def _spread(total: float, luck: float, freedom: int, months: int) -> Estimate:
    name, left = "demand_spread", total - luck
    if left <= FLOOR**2:
        prior = defaults().assumptions[name].range
        return Estimate(
            name, FLOOR / 2, FLOOR, prior.mode, "log",
            "floor: the luck of single deals explains the swings", months,
        )  # fmt: skip
    error = float(total * np.sqrt(2 / freedom) / (2 * left))
    prior = np.log(defaults().assumptions[name].range.mode)
    precision = error**-2 + _SPREAD_ERROR**-2
    mode = np.exp((np.log(left) / 2 * error**-2 + prior * _SPREAD_ERROR**-2) / precision)
    method = (
        "residuals of log monthly bookings less trend, quarter and the luck of deals, mixed "
        "with the default by precision"
    )
    return positive_estimate(name, float(mode), float(precision**-0.5), "log", method, months)


def _default_persistence(why: str) -> Estimate:
    """Return the default persistence as a narrow range: it is a fixed number as shipped."""
    mode = defaults().assumptions["demand_persistence"].range.mode
    note = f"{why} The default is used."
    low, high = mode - _HAIR, mode + _HAIR
    return Estimate("demand_persistence", low, mode, high, "share", "default", 0, note)


def _persistence(rest: Floats, total: float, luck: float) -> Estimate:
    """Mix the correlation of one month's swing with the next into the default, by precision."""
    left = total - luck
    if left <= FLOOR**2:
        return _default_persistence("Swings are too small to be followed.")
    prior = defaults().assumptions["demand_persistence"].range.mode
    # Luck is not carried over, so that it hides part of the correlation.
    hidden = total / left
    seen = float(rest[1:] @ rest[:-1] / (rest @ rest)) * hidden
    error = hidden / np.sqrt(len(rest))
    weight = error**-2 / (error**-2 + _PERSISTENCE_ERROR**-2)
    mode = min(0.95, max(0.02, weight * seen + (1 - weight) * prior))
    spread = float(np.sqrt(1 / (error**-2 + _PERSISTENCE_ERROR**-2)))
    method = "correlation of a month's swing with the next, mixed with the default by precision"
    return share_estimate("demand_persistence", float(mode), spread, method, len(rest))
