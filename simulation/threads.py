"""The threads that all runs of this process share, and the turns that runs take."""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

MOST_THREADS = 8
Item = TypeVar("Item")
Result = TypeVar("Result")
_POOL_TAKEN = threading.Lock()


def threads() -> int:
    """Return how many threads work at once."""
    return min(os.cpu_count() or 1, MOST_THREADS)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads(), thread_name_prefix="model")


def in_threads(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return the results of independent work, in the order of the items.

    For work that releases Python's lock. While one caller has the pool, others work in their
    own thread: there is no idle core for them, and handing work over only costs.
    """
    chosen = list(items)
    if len(chosen) < 2 or threads() == 1 or not _POOL_TAKEN.acquire(blocking=False):
        return [work(item) for item in chosen]
    try:
        return list(_pool().map(work, chosen))
    finally:
        _POOL_TAKEN.release()


@cache
def turn() -> threading.Semaphore:
    """Return what a run holds while it works, so that no more run at once than there are cores.

    More would finish no sooner and hold all their arrays in memory at the same time.
    """
    return threading.Semaphore(threads())
