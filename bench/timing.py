"""Medians of interleaved rounds: every row runs once a round, so that all meet the same noise."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Measure = Callable[[], float]  # runs once and returns seconds


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured and what it is measured against.

    Attributes
    ----------
    what : the work in words, with its size
    unit : "ms" or "s"
    measure : does the work once
    against : the reference in words, empty if there is none
    reference : does the reference once, in the same round
    scale : the ratio is multiplied by this, where both do not do the same amount of work
    """

    what: str
    unit: str
    measure: Measure
    against: str = ""
    reference: Measure | None = None
    scale: float = 1.0


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


def shown(seconds: float, unit: str) -> str:
    """Return a time with three significant figures in the row's unit."""
    value = seconds * (1000 if unit == "ms" else 1)
    digits = 2 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{value:,.{min(max(digits, 0), 3)}f} {unit}"


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table."""
    lines = ["| what | value | reference | ratio |", "| --- | --- | --- | --- |"]
    for each in results:
        unit = each.row.unit
        against = "-"
        if each.reference is not None:
            against = f"{each.row.against}: {shown(each.reference, unit)}"
        ratio = "-" if each.ratio is None else f"{each.ratio:.{2 if each.ratio >= 0.1 else 4}f}"
        lines.append(f"| {each.row.what} | {shown(each.value, unit)} | {against} | {ratio} |")
    return "\n".join(lines)
