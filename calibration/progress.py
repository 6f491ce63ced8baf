"""How long work tells what it is doing, without knowing who listens."""

from collections.abc import Callable

Progress = Callable[[float, str], None]


def silent(share: float, doing: str) -> None:
    """Report to nobody."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """Return a reporter for one part of the work, which runs from `start` to `end` (0 to 1)."""
    return lambda share, doing: progress(start + (end - start) * share, doing)
