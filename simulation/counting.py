"""What would be counted in each draw: a month's figure with the luck that expectations leave out.

Runs give expected wins, and rates and means as they are. Who counts sees single deals: their
number, how many are won and how large they are vary by luck. That luck goes with the run's own
luck of bookings, so that bookings stay wins times deal size.
"""

from collections.abc import Callable, Mapping

import numpy as np

from simulation.draws import Draws, counting_noise
from simulation.types import FloatArray

Metrics = Mapping[str, FloatArray]
# What the luck of a metric needs besides the metric itself.
NEEDED = ("bookings", "wins", "win_rate", "deal_size")
STAGES = 3  # a cycle passes three stages, so its variance is a third of its mean's square


def counted(metrics: Metrics, draws: Draws, metric: str) -> FloatArray:
    """Return a metric as it would be counted, (draws, months), never below zero.

    Parameters
    ----------
    metrics : a run's metrics, (draws, months) each; those of `NEEDED` must be there

    Source
    ------
    docs/model.md, section Updating from actuals.
    """
    luck = _LUCK.get(metric)
    if luck is None:
        return metrics[metric]
    return np.maximum(metrics[metric] * (1.0 + luck(metrics, draws)), 0.0)


def _root(count: FloatArray) -> FloatArray:
    """Return the relative standard deviation of a count; a month in which none is due has 1."""
    return 1.0 / np.sqrt(np.maximum(count, 1.0))


def _tilt(draws: Draws) -> FloatArray:
    """Return how closely the number of wins goes with the luck of bookings, (draws, 1)."""
    return np.asarray(1.0 / np.sqrt(1.0 + draws.values["deal_size_variation"] ** 2)[:, None])


def _number(draws: Draws) -> FloatArray:
    """Return the luck of the number of wins in standard deviations, (draws, months)."""
    tilt = _tilt(draws)
    other = counting_noise(draws, "wins").T
    return tilt * draws.bookings_noise.T + np.sqrt(1.0 - tilt**2) * other


def _wins(metrics: Metrics, draws: Draws) -> FloatArray:
    return _root(metrics["wins"]) * _number(draws)


def _deal_size(metrics: Metrics, draws: Draws) -> FloatArray:
    tilt = _tilt(draws)
    other = counting_noise(draws, "wins").T
    size = np.sqrt(1.0 - tilt**2) * draws.bookings_noise.T - tilt * other
    variation = draws.values["deal_size_variation"][:, None]
    return variation * _root(metrics["wins"]) * size


def _win_rate(metrics: Metrics, draws: Draws) -> FloatArray:
    rate = metrics["win_rate"]
    share = np.sqrt(1.0 - rate) * _number(draws)
    share += np.sqrt(rate) * counting_noise(draws, "win_rate").T
    return np.sqrt(1.0 - rate) * _root(metrics["wins"]) * share


def _cycle(metrics: Metrics, draws: Draws) -> FloatArray:
    return _root(STAGES * metrics["wins"]) * counting_noise(draws, "cycle").T


def _own_count(name: str) -> Callable[[Metrics, Draws], FloatArray]:
    return lambda metrics, draws: _root(metrics[name]) * counting_noise(draws, name).T


_LUCK: dict[str, Callable[[Metrics, Draws], FloatArray]] = {
    "wins": _wins,
    "deal_size": _deal_size,
    "win_rate": _win_rate,
    "cycle": _cycle,
    "opportunities": _own_count("opportunities"),
    "pipeline": _own_count("pipeline"),
}
