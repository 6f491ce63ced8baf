"""Arrays of draws described in a few numbers that can be kept and drawn."""

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.figures import rounded, rounded_list, rounded_lists
from simulation.outcome import PERCENTILES, Outcome, percentiles
from simulation.types import FloatArray

Cuts = Mapping[str, FloatArray]
Scale = float | Sequence[float]


def moving_mean(values: FloatArray, window: int) -> FloatArray:
    """Return the mean of each month and those before it, (draws, months).

    The first months average over as many as there are.
    """
    by_month = np.ascontiguousarray(values.T)
    months = by_month.shape[0]
    totals = np.cumsum(by_month, axis=0)
    totals[window:] -= totals[:-window].copy()
    counts = np.minimum(np.arange(1, months + 1), window)
    return np.asarray((totals / counts[:, None]).T)


def bands(cuts: Cuts, scale: Scale = 1.0) -> dict[str, list[float]]:
    """Return percentiles and mean by month as plain numbers.

    Each is multiplied by `scale` (> 0), which may be one number a month.
    """
    return all_bands([(cuts, scale)])[0]


def all_bands(several: Sequence[tuple[Cuts, Scale]]) -> list[dict[str, list[float]]]:
    """Return what `bands` returns for each, of equally many months, in less time."""
    names = (*PERCENTILES, "mean")
    scaled = [cuts[name] * np.asarray(scale) for cuts, scale in several for name in names]
    rows = iter(rounded_lists(scaled))
    return [{name: next(rows) for name in names} for _ in several]


def cuts(values: FloatArray) -> dict[str, float]:
    """Return percentiles and mean of (draws,) values."""
    return {name: rounded(float(value)) for name, value in percentiles(values).items()}


def equally_likely(values: FloatArray, count: int) -> list[float]:
    """Return `count` values that stand for equal shares of the draws, in order.

    These are what `numpy.quantile` returns, to the bit, in a fifth of its time.
    """
    ordered = np.sort(values)
    at = (np.arange(count) + 0.5) / count * (len(ordered) - 1)
    below = np.floor(at).astype(np.int64)
    low, high, part = ordered[below], ordered[np.minimum(below + 1, len(ordered) - 1)], at - below
    step = high - low
    return rounded_list(np.where(part >= 0.5, high - step * (1 - part), low + step * part))


def joint_chances(outcome: Outcome) -> list[float]:
    """Return the share of draws that meet at least 0, 1, 2... of the goals at once."""
    hits = np.zeros(outcome.draws.count, dtype=int)
    for goal in outcome.inputs.goals:
        hits = hits + outcome.goal_hits(goal)
    return [float(np.mean(hits >= count)) for count in range(len(outcome.inputs.goals) + 1)]
