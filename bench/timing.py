"""Medians of interleaved rounds: every row runs once a round, so that all meet the same noise."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Measure = Callable[[], float]  # runs once and returns seconds, or a count
FACTORS = {"ms": 1000.0, "s": 1.0, "MB": 1.0, "lost": 1.0}


@dataclass(frozen=True)
class Target:
    """What a row should not exceed: a ratio to its reference, or a value in the row's unit."""

    most: float
    is_ratio: bool = True

    def words(self, unit: str) -> str:
        """Return "<= 1.6x" or "<= 40 ms"."""
        return f"<= {self.most:g}x" if self.is_ratio else f"<= {self.most:g} {unit}"

    def is_met(self, result: "Result") -> bool:
        """Say whether the measured row keeps it; a ratio nobody measured does not."""
        if self.is_ratio:
            return result.ratio is not None and result.ratio <= self.most
        return result.value * FACTORS[result.row.unit] <= self.most


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured and what it is measured against.

    Attributes
    ----------
    what : the work in words, with its size
    unit : "ms", "s", "MB", or "lost" for a count
    measure : does the work once
    against : the reference in words, empty if there is none
    reference : does the reference once, in the same round
    scale : the ratio is multiplied by this, where both do not do the same amount of work
    targets : what the row should keep; all of them, to be called met
    """

    what: str
    unit: str
    measure: Measure
    against: str = ""
    reference: Measure | None = None
    scale: float = 1.0
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Result:
    """The medians of a row, in seconds; the ratio is the median of each round's own ratio."""

    row: Row
    value: float
    reference: float | None
    ratio: float | None


def timed(work: Callable[[], Any], times: int = 1) -> Measure:
    """Return a measure of `work`: the median of `times` calls, for work too short for one."""

    def measure() -> float:
        return median(_seconds(work) for _ in range(times))

    return measure


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run_rounds(
    rows: Sequence[Row], rounds: int, tell: Callable[[int], None] = lambda _: None
) -> list[Result]:
    """Measure all rows `rounds` times, one after the other; return medians.

    Raises
    ------
    ValueError
        If `rounds` is below 1.
    """
    if rounds < 1:
        raise ValueError(f"rounds is {rounds} and must be at least 1")
    taken: list[list[tuple[float, float | None]]] = [[] for _ in rows]
    for number in range(rounds):
        tell(number + 1)
        for row, kept in zip(rows, taken, strict=True):
            kept.append((row.measure(), row.reference() if row.reference else None))
    return [_result(row, kept) for row, kept in zip(rows, taken, strict=True)]


def _result(row: Row, kept: Iterable[tuple[float, float | None]]) -> Result:
    pairs = list(kept)
    references = [reference for _, reference in pairs if reference is not None]
    ratios = [row.scale * value / reference for value, reference in pairs if reference]
    return Result(
        row=row,
        value=median(value for value, _ in pairs),
        reference=median(references) if references else None,
        ratio=median(ratios) if ratios else None,
    )


def shown(value: float, unit: str) -> str:
    """Return a measured value with three significant figures in the row's unit."""
    value *= FACTORS[unit]
    digits = 2 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{value:,.{min(max(digits, 0), 3)}f} {unit}"


HEADER = "| what | value | reference | ratio | target | |"


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table; met and missed follow from what was measured."""
    return "\n".join([HEADER, "| --- | --- | --- | --- | --- | --- |", *map(_line, results)])


def _line(result: Result) -> str:
    row = result.row
    against = "-"
    if result.reference is not None:
        against = f"{row.against}: {shown(result.reference, row.unit)}"
    ratio = "-" if result.ratio is None else f"{result.ratio:.{2 if result.ratio >= 0.1 else 4}f}"
    targets, mark = "-", "-"
    if row.targets:
        targets = " and ".join(target.words(row.unit) for target in row.targets)
        mark = "met" if all(target.is_met(result) for target in row.targets) else "missed"
    cells = (row.what, shown(result.value, row.unit), against, ratio, targets, mark)
    return f"| {' | '.join(cells)} |"
