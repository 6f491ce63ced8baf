"""Deal sizes of small groups, drawn towards the whole file on a log scale.

The mean of a handful of amounts is ruled by the luck of one large deal; that of their logs is
not. Each group has a normal and inverse-gamma prior whose mean and spread are the file's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from calibration.amount_estimates import (
    AGREES,
    PRIOR_WEIGHT,
    WINS_NEEDED,
    is_straight,
)

Floats = NDArray[np.float64]

GROUPS_NEEDED = 3  # below it groups are drawn to the whole by the weight of the prior
_WEAKEST, _STRONGEST = 0.1, 1e5  # wins of the whole that a group may be mixed with
_LEANING = 1.5  # deviation of the log strength from that of the prior, before data
_SURE = 1.2816  # standard errors of an 80 % range


@dataclass(frozen=True)
class Size:
    """Hold a mean won amount with its 80 % range, in currency units; no range without one."""

    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class LogPrior:
    """Hold what groups share: mean and variance of log amounts, and the wins it counts for.

    `doubt` is the standard error of `mean`. `is_fitted` says whether `strength` follows from how
    much the groups differ.
    """

    mean: float
    doubt: float
    variance: float
    strength: float
    is_fitted: bool


def log_prior(groups: Sequence[Floats]) -> LogPrior | None:
    """Return the prior of groups of amounts; None where amounts are not lognormal in groups.

    Parameters
    ----------
    groups : won amounts, > 0, of each group

    Source
    ------
    docs/model.md, section Calibration.
    """
    logs = [np.log(each) for each in groups if len(each)]
    if sum(map(len, logs)) < WINS_NEEDED:
        return None
    rest = np.concatenate([each - each.mean() for each in logs if len(each) > 1] or [np.zeros(1)])
    freedom = sum(len(each) - 1 for each in logs)
    if not freedom or not is_straight(rest):
        return None
    variance = float(rest @ rest) / freedom
    means, counts = np.array([x.mean() for x in logs]), np.array([float(len(x)) for x in logs])
    is_fitted = len(logs) >= GROUPS_NEEDED
    strength = _strength(means, counts, variance) if is_fitted else float(PRIOR_WEIGHT)
    doubt = sqrt(variance / _weights(counts, strength).sum())
    prior = LogPrior(_centre(means, counts, strength), doubt, variance, strength, is_fitted)
    return prior if _adds_up(groups, prior) else None


def shrunk_size(amounts: Floats, prior: LogPrior) -> Size:
    """Return a group's mean amount, given the prior.

    Parameters
    ----------
    amounts : won amounts of the group, > 0; none gives the prior's own

    Source
    ------
    docs/model.md, section Calibration: a prior of kappa = `prior.strength` and nu = 10.
    """
    count, logs = len(amounts), np.log(amounts)
    own = float(logs.mean()) if count else prior.mean
    weight = prior.strength + count
    mean = (prior.strength * prior.mean + count * own) / weight
    # How far a group lies from the whole tells nothing of the spread within it.
    around, freedom = float(((logs - own) ** 2).sum()), PRIOR_WEIGHT - 2 + max(count - 1, 0)
    variance = ((PRIOR_WEIGHT - 2) * prior.variance + around) / freedom
    doubt = prior.strength / weight * prior.doubt
    error = sqrt(variance / weight + doubt**2 + variance**2 / (2 * freedom))
    size = exp(mean + variance / 2)
    return Size(size, size * exp(-_SURE * error), size * exp(_SURE * error))


def _strength(means: Floats, counts: Floats, variance: float) -> float:
    """Return the strength under which group means as far apart as these are most likely.

    A few groups are often alike by luck, and would count as one: it leans on the weight of the
    prior.
    """

    def surprise(log_strength: float) -> float:
        spread = variance * (1 / counts + exp(-log_strength))
        apart = means - _centre(means, counts, exp(log_strength))
        leaning = (log_strength - log(PRIOR_WEIGHT)) / _LEANING
        return float((np.log(spread) + apart**2 / spread).sum() + leaning**2)

    found = minimize_scalar(surprise, bounds=(log(_WEAKEST), log(_STRONGEST)), method="bounded")
    return exp(float(found.x))


def _centre(means: Floats, counts: Floats, strength: float) -> float:
    weights = _weights(counts, strength)
    return float(weights @ means / weights.sum())


def _weights(counts: Floats, strength: float) -> Floats:
    """Return the wins that each group's mean counts for, beside how much groups differ."""
    return 1 / (1 / counts + 1 / strength)


def _adds_up(groups: Sequence[Floats], prior: LogPrior) -> bool:
    """Return whether wins times these sizes give what was won, as they must."""
    total = sum(float(each.sum()) for each in groups)
    given = sum(len(each) * shrunk_size(each, prior).mean for each in groups)
    return abs(given / total - 1) <= AGREES
