"""Outcomes simulated ahead of the run that is asked for next, so that nothing runs twice."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from simulation.outcome import Outcome

MOST = 3
Asked = tuple[str, str, str, int, int]


class Found(NamedTuple):
    """An outcome, and the seconds it took."""

    outcome: Outcome
    seconds: float


class Ahead:
    """A few outcomes by what was asked; each is given out once. Safe across threads.

    Memory is bounded: the outcome found longest ago makes room. One of 10,000 draws and 36
    months takes some 30 MB.
    """

    def __init__(self, most: int = MOST) -> None:
        """Take how many outcomes wait at most."""
        self._most = most
        self._found: OrderedDict[Asked, Found] = OrderedDict()
        self._lock = Lock()

    def keep(self, asked: Asked, found: Found) -> None:
        """Keep an outcome until somebody takes it or newer ones need its room."""
        with self._lock:
            self._found[asked] = found
            self._found.move_to_end(asked)
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def take(self, asked: Asked) -> Found | None:
        """Return the outcome of what is asked, if it is there, and keep it no longer."""
        with self._lock:
            return self._found.pop(asked, None)
