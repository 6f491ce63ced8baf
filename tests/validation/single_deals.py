"""Bookings the long way: count the deals of a month at random, give each a random size, add up."""

from typing import Literal

import numpy as np

from simulation.types import FloatArray

Sizes = Literal["gamma", "lognormal"]


def gamma_bookings(
    wins: FloatArray, deal: FloatArray, variation: FloatArray, source: np.random.Generator
) -> FloatArray:
    """Return bookings of gamma-sized deals; all arguments broadcast to the shape of `wins`.

    Parameters
    ----------
    wins : expected number of deals, which is then Poisson
    deal : mean size, currency
    variation : standard deviation of sizes divided by their mean, > 0
    """
    counts = source.poisson(wins)
    # The sum of n gamma variables of one shape is a gamma variable of n times that shape.
    return np.asarray(deal * variation**2 * source.gamma(counts / variation**2))


def month_of(
    wins: float, variation: float, sizes: Sizes, months: int, source: np.random.Generator
) -> FloatArray:
    """Return bookings of many months with deals of mean size 1, (months,)."""
    if sizes == "gamma":
        expected = np.full(months, wins)
        return gamma_bookings(expected, np.ones(1), np.array([variation]), source)
    spread = np.sqrt(np.log1p(variation**2))
    counts = source.poisson(wins, months)
    deals = source.lognormal(-(spread**2) / 2, spread, counts.sum())
    ends = np.cumsum(counts)
    totals = np.concatenate([[0.0], np.cumsum(deals)])
    return np.asarray(totals[ends] - totals[ends - counts])
