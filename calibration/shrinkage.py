"""Win rates of small groups, drawn towards the whole as far as the data ask for it.

A group of few deals has an extreme rate by luck. The beta-binomial model says how much groups
really differ, and its strength M says how many deals of the whole each group is mixed with.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaln
from scipy.stats import chi2

from calibration.amount_groups import Size

Counts = NDArray[np.float64]

SEGMENT_STRENGTH, REP_STRENGTH = 40.0, 10.0  # taken with too few groups to fit one
MEAN_WEIGHT = 10.0  # deals of the whole in a group's mean amount
GROUPS_NEEDED = 5
WINS_NEEDED = 15  # before a group's own rate is shown
_STRONGEST = 1e5  # beyond it groups are the same to any number of digits shown
_NO_DIFFERENCE = 0.05  # chance of such differences by luck above which none is claimed


@dataclass(frozen=True)
class Fit:
    """Hold how much groups differ: their mean rate, and the strength that draws them to it.

    `chance` is the chance that groups without any difference would look as different by luck.
    """

    mean: float
    strength: float
    chance: float
    is_fitted: bool

    @property
    def differ(self) -> bool:
        """Whether the groups differ by more than luck."""
        return self.chance < _NO_DIFFERENCE


@dataclass(frozen=True)
class Group:
    """Hold one group's deals, its own win rate and the shrunk one with its standard error.

    `deal_size` is the mean won amount, drawn to that of all wins; None without any win.
    """

    label: str
    wins: int
    decided: int
    shrunk: float
    error: float
    deal_size: Size | None

    @property
    def own(self) -> float | None:
        """Return the group's own win rate; None with fewer than 15 wins, where luck rules it."""
        return self.wins / self.decided if self.wins >= WINS_NEEDED else None


def fit_strength(wins: Counts, decided: Counts, default: float) -> Fit:
    """Fit a beta prior to groups by marginal likelihood.

    Parameters
    ----------
    wins, decided : of each group; groups without decided deals are left out
    default : strength taken with fewer than 5 groups

    Raises
    ------
    ValueError
        If no group has a decided deal.

    Source
    ------
    docs/model.md, section Calibration.
    """
    wins, decided = wins[decided > 0], decided[decided > 0]
    if not len(wins):
        raise ValueError("no group has a decided deal")
    mean = float(wins.sum() / decided.sum())
    if len(wins) < GROUPS_NEEDED or not 0 < mean < 1:
        return Fit(mean, default, 1.0, is_fitted=False)
    found = minimize(
        _surprise, (log(mean / (1 - mean)), log(default)), args=(wins, decided),
        method="Nelder-Mead", bounds=[(-12, 12), (log(0.1), log(_STRONGEST))],
        options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2_000},
    )  # fmt: skip
    share, strength = 1 / (1 + exp(-found.x[0])), exp(found.x[1])
    return Fit(share, strength, _luck(wins, decided, mean), is_fitted=True)


def shrunk(wins: float, decided: float, mean: float, strength: float) -> tuple[float, float]:
    """Return mean and standard deviation of a group's win rate, given the prior.

    Source
    ------
    docs/model.md, section Calibration: (wins + M w) / (n + M).
    """
    total = decided + strength
    rate = (wins + strength * mean) / total
    return rate, sqrt(rate * (1 - rate) / (total + 1))


def shrunk_mean(total: float, count: float, mean: float) -> float:
    """Return a group's mean amount as if ten more deals of the overall mean were in it.

    Source
    ------
    docs/model.md, section Calibration: a prior mean of weight 10.
    """
    return (total + MEAN_WEIGHT * mean) / (count + MEAN_WEIGHT)


def _surprise(place: NDArray[np.float64], wins: Counts, decided: Counts) -> float:
    mean, strength = 1 / (1 + exp(-place[0])), exp(place[1])
    a, b = mean * strength, (1 - mean) * strength
    return -float((betaln(a + wins, b + decided - wins) - betaln(a, b)).sum())


def _luck(wins: Counts, decided: Counts, mean: float) -> float:
    statistic = float(((wins - decided * mean) ** 2 / (decided * mean * (1 - mean))).sum())
    return float(chi2.sf(statistic, len(wins) - 1))
