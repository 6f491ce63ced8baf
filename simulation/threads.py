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


class Turns:
    """What a run holds while it works, so that no more run at once than there are cores.

    More would finish no sooner and hold all their arrays in memory at the same time. Work that
    nobody waits for asks with `wait_until_idle` whether it is in the way.
    """

    def __init__(self, most: int) -> None:
        """Take how many may run at once."""
        self._room = threading.Semaphore(most)
        self._taken = 0
        self._change = threading.Condition()

    def acquire(self) -> None:
        """Take a turn, as soon as there is one."""
        with self._change:
            self._taken += 1
        self._room.acquire()

    def release(self) -> None:
        """Give the turn back."""
        self._room.release()
        with self._change:
            self._taken -= 1
            self._change.notify_all()

    def __enter__(self) -> None:
        """Take a turn."""
        self.acquire()

    def __exit__(self, *_: object) -> None:
        """Give the turn back."""
        self.release()

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nobody runs or waits for a turn, but not longer; say whether it is so."""
        with self._change:
            return self._change.wait_for(lambda: self._taken == 0, seconds)


@cache
def turn() -> Turns:
    """Return the turns that all runs of this process take."""
    return Turns(threads())
