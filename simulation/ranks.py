"""Rank correlation of two columns of draws."""

import numpy as np

from simulation.types import FloatArray


def ranks(values: FloatArray) -> FloatArray:
    """Return the rank of each value from 1; equal values share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place])


def rank_correlation(first: FloatArray, second: FloatArray) -> float | None:
    """Return Spearman's correlation of two (draws,) columns; None if one does not vary."""
    centred = [ranks(values) - (values.size + 1) / 2 for values in (first, second)]
    size = np.sqrt(float(centred[0] @ centred[0]) * float(centred[1] @ centred[1]))
    return float(centred[0] @ centred[1] / size) if size > 0 else None
