"""Cumulative incidence of wins and losses, with open deals followed only as far as known.

Wins over closed deals overstates the win rate, because deals that will never close are missing
from it. Here won and lost are competing risks and an open deal counts as long as it was watched
(Aalen and Johansen 1978).
"""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# The end of a curve rests on few deals: it is read where 1 % of them, at most 10, are at risk.
_AT_RISK_SHARE, _AT_RISK = 0.01, 10


@dataclass(frozen=True, eq=False)
class Incidence:
    """Hold the curves by age in days: `won[t]` is the share won by the age of t days."""

    won: Floats
    lost: Floats
    variance: float  # of the share won at the last age

    @property
    def won_share(self) -> float:
        """Return the share won at the last age that is well observed."""
        return float(self.won[-1])

    @property
    def lost_share(self) -> float:
        """Return the share lost at the last age that is well observed."""
        return float(self.lost[-1])

    @property
    def open_share(self) -> float:
        """Return the share that neither was won nor lost by then."""
        return max(0.0, 1.0 - self.won_share - self.lost_share)

    @property
    def median_days(self) -> int:
        """Return the age by which half of the deals that are won were."""
        return int(np.searchsorted(self.won, self.won_share / 2))

    def cycle_moments(self) -> tuple[float, float]:
        """Return mean and standard deviation of the days to a win, given that it comes."""
        gained = np.diff(self.won, prepend=0.0) / self.won_share
        days = np.arange(len(gained))
        mean = float(days @ gained)
        return mean, sqrt(max(0.0, float((days - mean) ** 2 @ gained)))


def cumulative_incidence(days: Ints, won: NDArray[np.bool_], lost: NDArray[np.bool_]) -> Incidence:
    """Return the Aalen-Johansen curves of winning and losing.

    Parameters
    ----------
    days : age of each deal in days at its close, or at the end of the export if open; >= 0
    won, lost : how it ended; neither for an open deal, which is censored at that age

    Returns
    -------
    shares by age, read up to the last age at which enough deals are at risk (1 %, at most 10)

    Raises
    ------
    ValueError
        If there is no deal or an age below zero.

    Source
    ------
    docs/model.md, section Calibration; variance: Marubini and Valsecchi 1995, chapter 10.
    """
    if not len(days) or days.min() < 0:
        raise ValueError("cumulative incidence needs deals, with ages of zero days or more")
    ages = int(days.max()) + 1
    wins = np.bincount(days[won], minlength=ages).astype(np.float64)
    losses = np.bincount(days[lost], minlength=ages).astype(np.float64)
    leaving = np.bincount(days, minlength=ages)
    at_risk = np.cumsum(leaving[::-1])[::-1].astype(np.float64)
    seen = at_risk >= min(_AT_RISK, ceil(_AT_RISK_SHARE * len(days)))
    return _incidence(wins[seen], losses[seen], at_risk[seen])


def _incidence(wins: Floats, losses: Floats, at_risk: Floats) -> Incidence:
    ended = wins + losses
    still_open = np.cumprod(1.0 - ended / at_risk)
    before = np.concatenate(([1.0], still_open[:-1]))
    won = np.cumsum(before * wins / at_risk)
    lost = np.cumsum(before * losses / at_risk)
    return Incidence(won, lost, _variance(won, before, wins, ended, at_risk))


def _variance(won: Floats, before: Floats, wins: Floats, ended: Floats, at_risk: Floats) -> float:
    to_come = won[-1] - won
    # Where all at risk end at once nothing is left to come, and the term is zero.
    left = np.maximum(at_risk - ended, 1.0)
    terms = to_come**2 * ended / (at_risk * left)
    terms += before**2 * wins * (at_risk - wins) / at_risk**3
    terms -= 2.0 * to_come * before * wins / at_risk**2
    return max(0.0, float(terms.sum()))
