"""Telling a caller how far a long analysis has come."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Progress = Callable[[float], None]
Item = TypeVar("Item")


def tracked(items: Sequence[Item], progress: Progress | None) -> Iterator[Item]:
    """Yield each item, and report the share done (above 0, to 1) after its turn.

    `progress` may raise, which ends the analysis.
    """
    for done, item in enumerate(items, start=1):
        yield item
        if progress is not None:
            progress(done / len(items))


def part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Return a report for a part of the work that takes it from `start` to `end`."""
    if progress is None:
        return None
    report = progress
    return lambda done: report(start + (end - start) * done)
