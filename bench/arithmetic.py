"""The counted-arithmetic floor: what a calculation cannot be faster than on one core here.

The slow operations of the model (exp, log, roots, divisions) are counted while its own code runs,
see `bench.counting`, and each is charged what it costs in this run on arrays that fit the cache.
Additions, multiplications, memory and percentiles are free in this reckoning.
"""

import time
from collections.abc import Mapping
from statistics import median

import numpy as np

IN_CACHE = 4_096  # values; 32 kB
CALLS = 32
COUNTED: dict[str, tuple[np.ufunc, int]] = {
    "exp": (np.exp, 1),
    "log": (np.log, 1),
    "sqrt": (np.sqrt, 1),
    "divide": (np.divide, 2),
}


def cost_a_value(name: str, calls: int = CALLS) -> float:
    """Return the seconds one value of an operation takes in cache, as the median of calls."""
    ufunc, arity = COUNTED[name]
    values = [np.linspace(0.5, 2.0, IN_CACHE), np.linspace(2.5, 0.4, IN_CACHE)][:arity]
    out = np.empty(IN_CACHE)
    taken = []
    for _ in range(calls):
        started = time.perf_counter()
        ufunc(*values, out=out)
        taken.append(time.perf_counter() - started)
    return median(taken) / IN_CACHE


def floor_seconds(counts: Mapping[str, float], times: float = 1.0, calls: int = CALLS) -> float:
    """Return the floor of `times` the counted operations, at the speeds of this moment."""
    return sum(times * count * cost_a_value(name, calls) for name, count in counts.items())
