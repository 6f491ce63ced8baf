"""The threads that all runs of this process share, and the turns that runs take."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count
from typing import TypeVar

MOST_THREADS = 8
Item = TypeVar("Item")
Result = TypeVar("Result")


def threads() -> int:
    """Return how many threads work at once."""
    return min(_cores(), MOST_THREADS)


@cache
def _cores() -> int:
    return os.cpu_count() or 1


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(threads() - 1, 1), thread_name_prefix="model")


def in_threads(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return the results of independent work, in the order of the items.

    For work that releases Python's lock. The caller's own thread takes one item after the other;
    threads that have nothing else to do help it, at once or as soon as another caller's work is
    done. While as many runs are at work as there are cores, nobody is helped: there is no idle
    core, and handing work over only costs.
    """
    chosen = list(items)
    helpers = 0 if turn().is_crowded() else min(threads(), len(chosen)) - 1
    if helpers < 1:
        return [work(item) for item in chosen]
    found: dict[int, Result] = {}
    places = count()

    def take() -> None:
        while (place := next(places)) < len(chosen):
            found[place] = work(chosen[place])

    helping = [_helpers().submit(take) for _ in range(helpers)]
    try:
        take()
    finally:
        for each in helping:
            if not each.cancel():
                each.result()
    return [found[place] for place in range(len(chosen))]


def parts(most: int) -> int:
    """Return into how many parts work should be cut that `in_threads` does: 1 if nobody helps.

    After each part a thread waits for Python's lock, in a crowd behind all others.
    """
    return 1 if turn().is_crowded() else most


class Turns:
    """What a run holds while it works, so that no more run at once than there are cores.

    More would finish no sooner and hold all their arrays in memory at the same time. Who asked
    first is first: a turn is handed on, so that nobody who comes just then takes it away. Work that
    nobody waits for asks with `wait_until_idle` whether it is in the way.
    """

    def __init__(self, most: int) -> None:
        """Take how many may run at once."""
        self._most = most
        self._taken = 0
        self._waiting: deque[threading.Event] = deque()
        self._change = threading.Condition()

    def acquire(self) -> None:
        """Take a turn, as soon as there is one."""
        mine = threading.Event()
        with self._change:
            self._taken += 1
            if self._taken <= self._most:
                return
            self._waiting.append(mine)
        mine.wait()

    def release(self) -> None:
        """Give the turn back."""
        with self._change:
            self._taken -= 1
            if self._waiting:
                self._waiting.popleft().set()
            self._change.notify_all()

    def __enter__(self) -> None:
        """Take a turn."""
        self.acquire()

    def __exit__(self, *_: object) -> None:
        """Give the turn back."""
        self.release()

    def is_crowded(self) -> bool:
        """Say whether several run or wait, and leave no core free."""
        return self._taken >= max(self._most, 2)

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nobody runs or waits for a turn, but not longer; say whether it is so."""
        with self._change:
            return self._change.wait_for(lambda: self._taken == 0, seconds)


@cache
def turn() -> Turns:
    """Return the turns that all runs of this process take."""
    return Turns(threads())
