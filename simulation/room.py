"""Room for the large arrays of runs, used again as soon as nobody holds it."""

import weakref
from collections import defaultdict, deque
from math import prod

import numpy as np

from simulation.types import FloatArray

MOST_BYTES = 128 * 2**20  # of free room

# By number of values. What is done to it is done at once: no lock, as room may be given back
# at any moment, also in the middle of a take.
_FREE: defaultdict[int, deque[FloatArray]] = defaultdict(deque)


def room(*shape: int) -> FloatArray:
    """Return an array of 64-bit numbers with any content.

    Fresh memory is cleared page by page when it is first written to, which takes a fifth of the
    time of a run. Here it is memory of an array that was as large and is gone, views included.
    """
    count = prod(shape)
    if count == 0:
        return np.empty(shape)
    try:
        memory = _FREE[count].pop()
    except IndexError:
        memory = np.empty(count)
    values = np.frombuffer(memory.data, dtype=np.float64, count=count)
    weakref.finalize(values, _give_back, memory).atexit = False
    return values.reshape(shape)


def _give_back(memory: FloatArray) -> None:
    if memory.nbytes > MOST_BYTES:
        return
    if free_bytes() + memory.nbytes > MOST_BYTES:
        _FREE.clear()  # of sizes that nobody has asked for lately, or too much at once
    _FREE[memory.size].append(memory)


def free_bytes() -> int:
    """Return how much room is free."""
    return sum(8 * count * len(free) for count, free in list(_FREE.items()))
