"""Draws described in a few numbers are what NumPy says of them, to the bit."""

import numpy as np
import pytest

from simulation.describe import equally_likely
from simulation.figures import rounded

RANDOM = np.random.default_rng(11)


@pytest.mark.parametrize("draws", [1, 2, 3, 10, 999, 4000])
@pytest.mark.parametrize("count", [1, 20, 200])
def test_equally_likely_values_are_quantiles(draws: int, count: int) -> None:
    wide = RANDOM.normal(size=draws) * 10.0 ** RANDOM.uniform(-6, 9, draws)
    few = RANDOM.integers(0, 4, draws).astype(float)
    for values in (wide, few, np.full(draws, 2.5)):
        expected = np.quantile(values, (np.arange(count) + 0.5) / count)
        assert equally_likely(values, count) == [rounded(each) for each in expected.tolist()]
