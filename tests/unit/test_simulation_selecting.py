"""Percentiles without sorting are those of the sorted values, to the bit."""

import numpy as np
import pytest

from simulation.selecting import BINS, order_statistics

RANDOM = np.random.default_rng(5)
QUARTERS = (3, 1, 0, 2, 4, 3)


def kinds(draws: int) -> dict[str, np.ndarray]:
    """Return values that lie evenly, far apart, close together, or nearly all in one place."""
    few = np.where(np.arange(draws) % 1000 == 7, 1e12, 0.0)
    return {
        "normal": RANDOM.normal(size=draws),
        "skewed": RANDOM.lognormal(sigma=3, size=draws),
        "far apart": RANDOM.standard_cauchy(size=draws) * 1e9,
        "whole": RANDOM.integers(-2, 3, draws).astype(float),
        "neighbours": 1.0 + RANDOM.integers(0, 3, draws) * np.finfo(float).eps,
        "few stand out, unseen in a sample": few,
        "in order": np.arange(draws, dtype=float),
        "equal": np.full(draws, -7.5),
    }


@pytest.mark.parametrize("draws", [1, 5, 9, 17, 33, BINS + 1, 5001])
def test_quarters_of_the_draws_are_at_their_places_among_the_sorted(draws: int) -> None:
    rows = kinds(draws)
    percents = tuple(25.0 * quarter for quarter in QUARTERS)
    found = np.array(order_statistics(np.array(list(rows.values())), percents))
    for row, (kind, values) in enumerate(rows.items()):
        expected = [np.sort(values)[quarter * (draws - 1) // 4] for quarter in QUARTERS]
        assert found[:, row].tolist() == expected, kind
