"""Ranges low < mode < high from estimates and their standard errors, and from the defaults.

The simulator draws from PERT(low, mode, high), whose standard deviation is (high - low) / (2 *
sqrt(7)) when it is symmetric. A range of sqrt(7) standard errors to each side therefore makes
the draws spread exactly as wide as the estimate is uncertain.
"""

from dataclasses import dataclass, replace
from math import exp, hypot, isfinite, log, sqrt
from typing import Literal

from simulation.defaults import defaults

REACH = sqrt(7.0)  # standard errors from mode to low and to high
_LEAST, _MOST = 0.01, 3.0  # half widths on the log scale: never a point, never absurd


@dataclass(frozen=True)
class Estimate:
    """Hold one quantity as a range, with how it came about.

    `sample` is the number of deals or months it rests on; 0 means that the default was taken.
    """

    name: str
    low: float
    mode: float
    high: float
    unit: str
    method: str
    sample: int
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a range that is not strictly ordered or not finite."""
        if not (self.low < self.mode < self.high and isfinite(self.high - self.low)):
            raise ValueError(f"{self.name}: {self.low} < {self.mode} < {self.high} does not hold")


def positive_estimate(
    name: str, mode: float, relative_error: float, unit: str, method: str, sample: int
) -> Estimate:
    """Return a range that is even on the log scale, for quantities above zero.

    Parameters
    ----------
    mode : the estimate, > 0
    relative_error : its standard error as a share of it
    """
    reach = exp(min(_MOST, max(_LEAST, REACH * relative_error)))
    return Estimate(name, mode / reach, mode, mode * reach, unit, method, sample)


def share_estimate(name: str, share: float, error: float, method: str, sample: int) -> Estimate:
    """Return a range that is even on the log-odds scale, for shares; it stays inside 0 to 1.

    Parameters
    ----------
    share : the estimate, 0 to 1; at the edges it is moved by half a deal
    error : its standard error
    """
    edge = 0.5 / (sample + 1)
    mode = min(1 - edge, max(edge, share))
    # At the edges the standard error vanishes although little is known.
    error = max(error, edge)
    reach = min(_MOST, max(_LEAST, REACH * error / (mode * (1 - mode))))
    low, high = (_share(log(mode / (1 - mode)) + side * reach) for side in (-1, 1))
    return Estimate(name, low, mode, high, "share", method, sample)


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def default_estimate(name: str, why: str) -> Estimate:
    """Return the default range of an assumption, for data that cannot tell; says why."""
    assumption = defaults().assumptions[name]
    spread = assumption.range
    note = f"{why} The default range is used."
    return Estimate(
        name, spread.low, spread.mode, spread.high, assumption.unit, "default range", 0, note
    )


def widened(
    estimate: Estimate,
    weight: float,
    why: str,
    by: Literal["level", "spread"],
    default: str = "",
) -> Estimate:
    """Return an estimate that leans on the default range as far as its sample falls short.

    Parameters
    ----------
    weight : share of the sample needed that there is, > 0; from 1 the estimate is unchanged
    why : what falls short, a sentence for the note
    by : 'level' mixes both ranges, for quantities that are alike between companies, and never
        makes the range narrower; 'spread' keeps the level and adds the default's relative width,
        for money, whose level is the company's own
    default : name of the assumption leant on, if not the estimate's own
    """
    if weight >= 1:
        return estimate
    assumption = defaults().assumptions[default or estimate.name]
    prior = assumption.range
    if by == "spread":
        extra = sqrt(1 / weight - 1)
        down = hypot(log(estimate.mode / estimate.low), extra * log(prior.mode / prior.low))
        up = hypot(log(estimate.high / estimate.mode), extra * log(prior.high / prior.mode))
        low, mode = estimate.mode / exp(min(_MOST, down)), estimate.mode
        high = estimate.mode * exp(min(_MOST, up))
    else:
        mode = weight * estimate.mode + (1 - weight) * prior.mode
        low = min(estimate.low, weight * estimate.low + (1 - weight) * prior.low)
        high = max(estimate.high, weight * estimate.high + (1 - weight) * prior.high)
    return replace(estimate, low=low, mode=mode, high=high, note=_joined(estimate.note, why))


def bounded(estimate: Estimate) -> Estimate:
    """Return the estimate of an assumption moved inside the bounds the model accepts."""
    least, most = defaults().assumptions[estimate.name].bounds
    low, mode, high = max(estimate.low, least), estimate.mode, min(estimate.high, most)
    if mode <= low:
        mode, high = 1.01 * low, max(high, 1.02 * low)
    elif mode >= high:
        low, mode = min(low, 0.98 * high), 0.99 * high
    return replace(estimate, low=low, mode=mode, high=high)


def noted(estimate: Estimate, note: str) -> Estimate:
    """Return the estimate with a sentence added to its note."""
    return replace(estimate, note=_joined(estimate.note, note))


def _joined(*notes: str) -> str:
    return " ".join(note for note in notes if note)
