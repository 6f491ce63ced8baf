"""Which months of the year bring more new deals than others, beyond trend and luck."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

Floats = NDArray[np.float64]

YEAR = 12
BY_LUCK = 0.05  # a chance from which on differences are put to luck
MONTHS_NEEDED = 24  # every month of the year twice
METHOD = "log of deals created in each full month less the trend, drawn to 1 by its error"


@dataclass(frozen=True)
class Season:
    """Hold twelve factors that average 1, January first, or why there are none.

    `months` is how many full months were looked at; `why` is empty where there are factors.
    """

    months: int
    factors: tuple[float, ...] | None = None
    why: str = ""


def season_of_created(created: Floats, first_month: int) -> Season:
    """Return the season of new deals.

    Each month of the year has a level of its own beside a trend, found by least squares in the
    logarithm. Levels differ by luck alone: there is a season where an F test says that luck does
    so in fewer than 5 of 100 files. What the variance of levels has beyond that of their errors
    then says how far each is believed (empirical Bayes).

    Parameters
    ----------
    created : (months,) deals created in consecutive full months
    first_month : calendar month of the first, 1 to 12

    Source
    ------
    docs/model.md, section Calibration.
    """
    months = len(created)
    if months < MONTHS_NEEDED:
        return Season(months, why=f"Only {months} full months of {MONTHS_NEEDED} needed.")
    if not (created > 0).all():
        return Season(months, why="Some months have no new deals at all.")
    level, error, chance = _levels(np.log(created), first_month)
    between = float(level @ level) / (YEAR - 1) - float((error**2).mean())
    if between <= 0 or chance >= BY_LUCK:
        return Season(months, why="Months differ by no more than luck.")
    factors = np.exp(level * between / (between + error**2))
    return Season(months, tuple((YEAR * factors / factors.sum()).tolist()))


def _levels(logs: Floats, first_month: int) -> tuple[Floats, Floats, float]:
    """Return each month's level beside the trend, of mean 0, and its standard error, (12,).

    Last the chance that luck alone makes levels differ as much.
    """
    at = np.arange(len(logs))
    calendar = (at + first_month - 1) % YEAR
    months = (calendar[:, None] == np.arange(YEAR)).astype(np.float64)
    trend = at - at.mean()
    design = np.column_stack([months, trend])
    found, *_ = np.linalg.lstsq(design, logs, rcond=None)
    rest, freedom = logs - design @ found, len(logs) - design.shape[1]
    variance = float(rest @ rest) / freedom
    slope = float(trend @ logs) / float(trend @ trend)
    alike = logs - logs.mean() - slope * trend
    explained = (float(alike @ alike) - float(rest @ rest)) / (YEAR - 1)
    chance = float(fdtrc(YEAR - 1, freedom, explained / variance)) if variance > 0 else 0.0
    spread = variance * np.diag(np.linalg.inv(design.T @ design))[:YEAR]
    return found[:YEAR] - found[:YEAR].mean(), np.sqrt(spread), chance
