"""The threads that all runs of this process share."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

MOST_THREADS = 8
Item = TypeVar("Item")
Result = TypeVar("Result")


def threads() -> int:
    """Return how many threads work at once."""
    return min(os.cpu_count() or 1, MOST_THREADS)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads(), thread_name_prefix="model")


def in_threads(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return the results of independent work, in the order of the items.

    For work that releases Python's lock. It must not call `in_threads` itself.
    """
    chosen = list(items)
    if len(chosen) < 2 or threads() == 1:
        return [work(item) for item in chosen]
    return list(_pool().map(work, chosen))
