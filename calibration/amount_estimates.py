"""The mean and the spread of won amounts."""

from math import ceil
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from calibration.ranges import (
    Estimate,
    default_estimate,
    noted,
    positive_estimate,
    widened,
)

Floats = NDArray[np.float64]

WINS_NEEDED = 30
_STRAIGHT = 0.995  # correlation on the Q-Q plot from which amounts pass for lognormal
AGREES = 0.10  # and how far the lognormal mean may then be from the plain one
_WITHIN = 0.10  # of the mean: half of a good 95 % range
_POINTS = 500  # of the Q-Q plot
_LARGE_SHARE = 0.10
# Normal-inverse-gamma prior of the log amounts. Its mean is the sample's own, since the whole file
# is looked at, so that only the prior on the spread acts.
PRIOR_WEIGHT, _PRIOR_SPREAD = 10, 1.2


def deal_size(won: Floats) -> Estimate:
    """Estimate the mean won amount, in currency units.

    Amounts that lie straight on a lognormal Q-Q plot get a lognormal mean, with a weak prior on
    the spread; all others get the plain mean. A trimmed mean would be steadier and too low: wins
    times deal size must give bookings.

    Parameters
    ----------
    won : amounts of won deals, > 0
    """
    if not len(won):
        return default_estimate("deal_size", "No deal was won.")
    found = _lognormal(won) or _plain(won)
    found = noted(found, _precision_note(won))
    why = f"Only {len(won)} wins of {WINS_NEEDED} needed: widened."
    found = widened(found, len(won) / WINS_NEEDED, why, by="spread")
    largest = won.max() / won.sum()
    if len(won) < WINS_NEEDED or largest < _LARGE_SHARE:
        return found
    return noted(found, f"The largest deal is {largest:.0%} of all won value.")


def _precision_note(won: Floats) -> str:
    """Say how many wins a mean to within 10 % takes, if there are fewer."""
    if len(won) < 2:
        return ""
    needed = ceil((1.96 * float(won.std(ddof=1) / won.mean()) / _WITHIN) ** 2)
    return "" if len(won) >= needed else f"To within {_WITHIN:.0%} takes {needed:,} wins."


def deal_size_variation(won: Floats) -> Estimate:
    """Estimate the coefficient of variation of won amounts.

    The standard error is the infinitesimal jackknife's: the spread of each deal's influence on
    the logarithm of the coefficient.

    Parameters
    ----------
    won : amounts of won deals, > 0
    """
    name = "deal_size_variation"
    if len(won) < 2:
        return default_estimate(name, "Fewer than two deals were won.")
    mean, spread = float(won.mean()), float(won.std(ddof=1))
    variation = max(spread / mean, 0.01)
    error = _log_variation_error((won - mean) / spread, variation) if spread else 0.0
    method = "standard deviation of won amounts over their mean"
    found = positive_estimate(name, variation, error, "ratio", method, len(won))
    why = f"Only {len(won)} wins of {WINS_NEEDED} needed: mixed with the default range."
    return widened(found, len(won) / WINS_NEEDED, why, by="level")


def _log_variation_error(z: Floats, variation: float) -> float:
    influence = (z**2 - 1) / 2 - variation * z
    return float(influence.std() / np.sqrt(len(z)))


def _plain(won: Floats) -> Estimate:
    mean = float(won.mean())
    spread = float(won.std(ddof=1)) if len(won) > 1 else mean
    error = spread / mean / np.sqrt(len(won))
    method = "mean of won amounts (not lognormal)"
    return positive_estimate("deal_size", mean, error, "currency", method, len(won))


def _lognormal(won: Floats) -> Estimate | None:
    """Return the lognormal mean, or None where the amounts are not lognormal."""
    logs = np.log(won)
    if len(won) < WINS_NEEDED or not is_straight(logs):
        return None
    around = float(((logs - logs.mean()) ** 2).sum())
    variance = (PRIOR_WEIGHT * _PRIOR_SPREAD**2 + around) / (PRIOR_WEIGHT + len(won) - 2)
    mean = float(np.exp(logs.mean() + variance / 2))
    if abs(mean / won.mean() - 1) > AGREES:
        return None
    error = float(np.sqrt((variance + variance**2 / 2) / len(won)))
    method = "lognormal mean of won amounts"
    return positive_estimate("deal_size", mean, error, "currency", method, len(won))


def is_straight(values: Floats) -> bool:
    """Return whether values lie on a straight line on a normal Q-Q plot."""
    shares = (np.arange(min(len(values), _POINTS)) + 0.5) / min(len(values), _POINTS)
    found = np.quantile(values, shares)
    if found[0] == found[-1]:
        return False
    normal = [NormalDist().inv_cdf(share) for share in shares]
    return float(np.corrcoef(found, normal)[0, 1]) >= _STRAIGHT
