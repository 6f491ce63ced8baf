"""What happened tells draws apart: each weighs as much as it made the figures likely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulation.counting import NEEDED, counted
from simulation.defaults import Range, defaults
from simulation.draws import Draws, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.types import FloatArray

FEW = 200  # effective draws; with fewer, ranges are mostly luck
SIGMAS = 3.0  # a range that moved less than this by its own Monte Carlo error did not move
QUANTILES = (0.1, 0.5, 0.9)
_TINY = 1e-12


@dataclass(frozen=True)
class Observed:
    """What happened: the figure of a metric in a month of the run, in the model's unit."""

    metric: str
    month: int
    value: float


@dataclass(frozen=True)
class Learned:
    """One assumption before and after, in its own unit.

    `before` and `after` are its 10th, 50th and 90th percentile; `fitted` is the PERT range with
    the mean and spread of what the draws weigh now. `has_moved` says whether that differs by
    more than the error of the weighted draws.
    """

    name: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    fitted: Range
    has_moved: bool


@dataclass(frozen=True)
class Updated:
    """A run whose draws weigh by what happened.

    `weights` is (draws,) and sums to 1; without figures all are equal. `chances` has each goal's
    chance before and after, by id.
    """

    weights: FloatArray
    learned: tuple[Learned, ...]
    chances: Mapping[str, tuple[float, float]]

    @cached_property
    def effective(self) -> float:
        """As many equal draws would be as exact: 1 over the sum of squared weights."""
        return effective_draws(self.weights)


def effective_draws(weights: FloatArray) -> float:
    """Return how many equal draws weights that sum to 1 are worth."""
    return float(1.0 / np.sum(weights**2))


def update(
    inputs: Inputs, count: int, seed: int, figures: Sequence[Observed], error: float
) -> Updated:
    """Weigh the draws of a run by what happened.

    Parameters
    ----------
    inputs, count, seed : the run
    figures : at most one for each metric and month, of the run's months
    error : relative standard deviation of the figures themselves, above 0

    Raises
    ------
    ValueError
        If `error` is not above 0, or a figure's month is none of the run.

    Source
    ------
    docs/model.md, section Updating from actuals.
    """
    _check(inputs, figures, error)
    pair = with_luck_and_without(inputs, sample(inputs, count, seed), _metrics(figures))
    weights = weights_of(*pair, figures, error)
    effective = effective_draws(weights)
    learned = tuple(
        _learned(name, pair[0].draws, weights, inputs.assumptions[name], effective)
        for name in defaults().assumptions
        if not inputs.assumptions[name].is_fixed
    )
    return Updated(weights, learned, _chances(pair[0], weights))


def _chances(outcome: Outcome, weights: FloatArray) -> dict[str, tuple[float, float]]:
    found = {}
    for goal in outcome.inputs.goals:
        hits = outcome.goal_hits(goal)
        found[goal.id] = float(hits.mean()), float(weights @ hits)
    return found


def with_luck_and_without(
    inputs: Inputs, draws: Draws, metrics: Iterable[str]
) -> tuple[Outcome, Outcome]:
    """Return a run, and the same with demand and bookings as expected; metrics by draw."""
    keep = {*NEEDED, *metrics}
    calm = replace(draws, is_noiseless=True)
    return simulate_on(inputs, draws, keep=keep), simulate_on(inputs, calm, keep=keep)


def _check(inputs: Inputs, figures: Sequence[Observed], error: float) -> None:
    if not error > 0:
        raise ValueError(f"the figures' own error is {error}; it must be above 0")
    for each in figures:
        if not 1 <= each.month <= inputs.months:
            raise ValueError(f"month {each.month} is none of 1 to {inputs.months}")


def weights_of(
    outcome: Outcome, calm: Outcome, figures: Sequence[Observed], error: float
) -> FloatArray:
    """Return (draws,) weights: normal likelihoods of what each draw missed, relative to it.

    `calm` is `outcome` without luck. How luck scatters a figure, and how figures go together,
    is taken from all draws alike.
    """
    count = outcome.draws.count
    if not figures:
        return np.full(count, 1.0 / count)
    expected = np.column_stack([_column(calm.metrics[each.metric], each) for each in figures])
    seen = {name: counted(outcome.metrics, outcome.draws, name) for name in _metrics(figures)}
    luck = np.column_stack([_column(seen[each.metric], each) for each in figures]) / expected - 1.0
    covariance = np.atleast_2d(np.cov(luck, rowvar=False)) + error**2 * np.eye(len(figures))
    missed = np.array([each.value for each in figures]) / expected - 1.0 - luck.mean(axis=0)
    root = np.linalg.cholesky(covariance)
    scaled = np.linalg.solve(root, missed.T)
    logs = -0.5 * np.sum(scaled**2, axis=0) - np.sum(np.log(expected), axis=1)
    raw = np.exp(logs - logs.max())
    return np.asarray(raw / raw.sum())


def _metrics(figures: Sequence[Observed]) -> list[str]:
    return list(dict.fromkeys(each.metric for each in figures))


def _column(values: FloatArray, figure: Observed) -> FloatArray:
    return np.maximum(values[:, figure.month - 1], _TINY)


def _learned(
    name: str, draws: Draws, weights: FloatArray, spread: Range, effective: float
) -> Learned:
    values = draws.values[name]
    mean, deviation = _moments(values, weights)
    first_mean, first_deviation = _moments(values, np.full(values.size, 1.0 / values.size))
    shift = abs(mean - first_mean) > SIGMAS * first_deviation / np.sqrt(effective)
    narrower = deviation < first_deviation * (1.0 - SIGMAS / np.sqrt(2.0 * effective))
    return Learned(
        name=name,
        before=_cuts(values, np.full(values.size, 1.0 / values.size)),
        after=_cuts(values, weights),
        fitted=fitted_range(spread, mean, deviation),
        has_moved=bool(shift or narrower),
    )


def _moments(values: FloatArray, weights: FloatArray) -> tuple[float, float]:
    mean = float(weights @ values)
    return mean, float(np.sqrt(weights @ (values - mean) ** 2))


def _cuts(values: FloatArray, weights: FloatArray) -> tuple[float, float, float]:
    low, middle, high = (weighted_quantile(values, weights, at) for at in QUANTILES)
    return low, middle, high


def weighted_quantile(values: FloatArray, weights: FloatArray, share: float) -> float:
    """Return the value that draws of this share of the weight stay below, interpolated."""
    order = np.argsort(values, kind="stable")
    middles = np.cumsum(weights[order]) - 0.5 * weights[order]
    return float(np.interp(share, middles, values[order]))


def fitted_range(spread: Range, mean: float, deviation: float) -> Range:
    """Return the PERT range inside `spread` with this mean and, where it fits, this deviation.

    Ends lie as far to both sides as PERT needs for the deviation; an end that would pass that of
    `spread` stays there and the other one makes up for it. The mean and variance of `spread`
    itself give `spread` back.
    """
    variance = 7.0 * deviation**2  # of PERT: (mean - low) * (high - mean) / 7
    reach = float(np.sqrt(variance))
    low, high = max(mean - reach, spread.low), min(mean + reach, spread.high)
    if mean - low < reach:
        high = min(mean + variance / max(mean - low, _TINY), spread.high)
    elif high - mean < reach:
        low = max(mean - variance / max(high - mean, _TINY), spread.low)
    mode = min(max((6.0 * mean - low - high) / 4.0, low), high)
    return Range(low, mode, high)
