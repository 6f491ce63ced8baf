"""The counted-arithmetic floor: what a calculation cannot be faster than on one core here.

The slow operations of the model (exp, log, roots, divisions) are counted while its own code runs,
see `bench.counting`, and each is charged what it costs in this run on arrays that fit the cache,
by NumPy or by the model's own compiled loop, whichever is faster: NumPy does several exponentials
or logarithms at once only on some processors. Additions, multiplications, memory and percentiles
are free in this reckoning.
"""

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

import numpy as np

from simulation.arithmetic import exp, log
from simulation.compiled import compiled
from simulation.types import FloatArray

IN_CACHE = 4_096  # values; 32 kB
CALLS = 32


@compiled
def exp_all(values: FloatArray, out: FloatArray) -> None:
    """Write the exponential of each value as the model calculates it."""
    for i in range(out.size):
        out[i] = exp(values[i])


@compiled
def log_all(values: FloatArray, out: FloatArray) -> None:
    """Write the logarithm of each value as the model calculates it."""
    for i in range(out.size):
        out[i] = log(values[i])


COUNTED: dict[str, tuple[Callable[..., Any], ...]] = {
    "exp": (np.exp, exp_all),
    "log": (np.log, log_all),
    "sqrt": (np.sqrt,),
    "divide": (np.divide,),
}
TAKE_TWO = ("divide",)


def cost_a_value(name: str, calls: int = CALLS) -> float:
    """Return the seconds one value of an operation takes in cache, the faster way.

    Each way is the median of calls.
    """
    arity = 2 if name in TAKE_TWO else 1
    values = [np.linspace(0.5, 2.0, IN_CACHE), np.linspace(2.5, 0.4, IN_CACHE)][:arity]
    return min(_median_seconds(way, values, calls) for way in COUNTED[name]) / IN_CACHE


def _median_seconds(way: Callable[..., Any], values: list[FloatArray], calls: int) -> float:
    out = np.empty(IN_CACHE)
    way(*values, out)  # compiled or read from disk the first time
    taken = []
    for _ in range(calls):
        started = time.perf_counter()
        way(*values, out)
        taken.append(time.perf_counter() - started)
    return median(taken)


def floor_seconds(counts: Mapping[str, float], times: float = 1.0, calls: int = CALLS) -> float:
    """Return the floor of `times` the counted operations, at the speeds of this moment."""
    return sum(times * count * cost_a_value(name, calls) for name, count in counts.items())
