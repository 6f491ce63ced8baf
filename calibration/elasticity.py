"""What one more selling hour brings in new deals: reps and months side by side.

Reps differ, and so do months. What is left after both is how a rep's new deals follow the hours
this rep sold in a month. Busy months may bring hours and deals at once, so that what is found is
an upper bound: it may lower the shipped range and never raises it.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from calibration.ranges import REACH, Estimate, bounded, default_estimate, noted
from simulation.defaults import defaults

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

NAME = "selling_elasticity"
REPS_NEEDED, MONTHS_NEEDED = 20, 6
PRIOR_ERROR = 0.12  # standard deviation of the shipped elasticity
_ROUNDS, _STILL = 60, 1e-9
_LEAST_INFORMATION = 1.0  # below it the standard error is above 1, and nothing is told


@dataclass(frozen=True, eq=False)
class Panel:
    """Hold reps in months as columns of equal length: new deals, and hours sold, > 0."""

    rep: Ids
    month: Ids
    deals: Floats
    hours: Floats

    @property
    def reps(self) -> int:
        """Return how many reps there are."""
        return len(np.unique(self.rep))

    @property
    def months(self) -> int:
        """Return how many months there are."""
        return len(np.unique(self.month))


@dataclass(frozen=True)
class Slope:
    """Hold how new deals follow hours, in per cent for each per cent, with its standard error."""

    value: float
    error: float


def slope(panel: Panel) -> Slope | None:
    """Return how new deals follow hours within reps and months; None where nothing tells it.

    Source
    ------
    docs/model.md, section Calibration: a Poisson regression of new deals on ln hours with effects
    of reps and months, which unlike logs of counts keeps the months without a deal. The error
    lets a rep's months hang together.
    """
    kept = _told(panel)
    if not len(kept.rep):
        return None
    effects, x, y = _effects(kept), np.log(kept.hours), kept.deals
    design = np.column_stack([x, effects])
    level = np.log(np.maximum(y, 0.5))
    mean = np.exp(level)
    found = 0.0
    for _ in range(_ROUNDS):
        beta = _weighted(design, mean, level + (y - mean) / mean)
        level = np.clip(design @ beta, -30, 30)
        mean, before, found = np.exp(level), found, float(beta[0])
        if abs(found - before) < _STILL:
            break
    rest = x - effects @ _weighted(effects, mean, x)
    information = float(mean @ rest**2)
    if information < _LEAST_INFORMATION:
        return None
    scores = np.bincount(np.unique(kept.rep, return_inverse=True)[1], rest * (y - mean))
    # Effects take up part of what scatters, and few reps know little of how much they do.
    fitted = len(y) / max(len(y) - design.shape[1], 1) * len(scores) / max(len(scores) - 1, 1)
    together = float(scores @ scores) * fitted
    return Slope(found, sqrt(max(together / information**2, 1 / information)))


def elasticity_estimate(panel: Panel) -> Estimate:
    """Estimate the elasticity of new deals to selling hours.

    Source
    ------
    docs/model.md, section Calibration: mixed with the shipped one by precision, as an upper bound.
    """
    if panel.reps < REPS_NEEDED or panel.months < MONTHS_NEEDED:
        return default_estimate(
            NAME,
            f"Hours and deals of {panel.reps} reps in {panel.months} months; "
            f"{REPS_NEEDED} reps in {MONTHS_NEEDED} months are needed.",
        )
    found = slope(panel)
    if found is None:
        return default_estimate(
            NAME, "Within reps and months hours hardly vary, so that deals cannot follow them."
        )
    shipped = defaults().assumptions[NAME].range
    said = (
        f"In the file 1% more hours go with {found.value:.2f}% more new deals "
        f"(standard error {found.error:.2f}), an upper bound."
    )
    if found.value >= shipped.mode:
        return default_estimate(NAME, f"{said} It is not below the shipped value.")
    precision = found.error**-2 + PRIOR_ERROR**-2
    mixed = (found.value * found.error**-2 + shipped.mode * PRIOR_ERROR**-2) / precision
    mode = max(mixed, shipped.low / 2)
    low, high = min(shipped.low, mode / 2), min(shipped.high, mode + REACH * precision**-0.5)
    method = "Poisson regression with effects of reps and months, mixed with the shipped value"
    unit = defaults().assumptions[NAME].unit
    return noted(bounded(Estimate(NAME, low, mode, high, unit, method, len(panel.rep))), said)


def _told(panel: Panel) -> Panel:
    """Return a panel without reps and months that have no deal or stand alone."""
    rep, month, deals, hours = panel.rep, panel.month, panel.deals, panel.hours
    while len(rep):
        keep = np.ones(len(rep), dtype=bool)
        for ids in (rep, month):
            keep &= (np.bincount(ids, deals) > 0)[ids] & (np.bincount(ids) > 1)[ids]
        if keep.all():
            break
        rep, month, deals, hours = rep[keep], month[keep], deals[keep], hours[keep]
    return Panel(rep, month, deals, hours)


def _effects(panel: Panel) -> Floats:
    """Return a column for each rep and each month but the first."""
    rep = np.unique(panel.rep, return_inverse=True)[1]
    month = np.unique(panel.month, return_inverse=True)[1]
    of_reps = rep[:, None] == np.arange(rep.max() + 1)
    of_months = month[:, None] == np.arange(1, month.max() + 1)
    return np.column_stack([of_reps, of_months]).astype(np.float64)


def _weighted(design: Floats, weights: Floats, y: Floats) -> Floats:
    """Return the coefficients of weighted least squares."""
    scaled = design * weights[:, None]
    return np.asarray(np.linalg.lstsq(design.T @ scaled, scaled.T @ y, rcond=None)[0], np.float64)
