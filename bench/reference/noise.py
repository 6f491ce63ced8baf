"""Luck: swings of demand and of deals closed in a month (docs/model.md, equation 15)."""

import numpy as np

from simulation.draws import Draws
from simulation.types import FloatArray


def demand_factors(draws: Draws) -> FloatArray:
    """Return demand relative to its mean, (months, draws), with mean 1.

    The logarithm is an AR(1) that starts in its stationary state, in which its standard
    deviation is the assumption `demand_spread`.
    """
    spread, persistence = draws.values["demand_spread"], draws.values["demand_persistence"]
    innovations = draws.demand_noise
    if draws.is_noiseless:
        return np.ones_like(innovations)
    levels = np.empty_like(innovations)
    levels[0] = innovations[0]
    kick = np.sqrt(1 - persistence**2)
    for month in range(1, innovations.shape[0]):
        levels[month] = persistence * levels[month - 1] + kick * innovations[month]
    return np.asarray(np.exp(spread * levels - spread**2 / 2))


def noisy_bookings(
    expected_wins: FloatArray, deal: FloatArray, variation: FloatArray, normal: FloatArray
) -> FloatArray:
    """Return a month's bookings given its expected wins and mean deal (equation 15).

    A gamma variable by the Wilson-Hilferty cube, so that one normal number drives it and a
    scenario shares its luck with the baseline.
    """
    shape = np.maximum(expected_wins / (1 + variation**2), 1e-12)
    cube = np.maximum(1 - 1 / (9 * shape) + normal / (3 * np.sqrt(shape)), 0.0) ** 3
    return np.asarray(expected_wins * deal * cube)
