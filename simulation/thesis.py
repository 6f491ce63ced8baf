"""The shape of a claim tested on somebody's own plan, and the rule that judges it."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from simulation.plain import Plain
from simulation.types import FloatArray

Verdict = Literal[
    "holds on your numbers",
    "does not hold",
    "no clear difference",
    "cannot be tested on this plan",
]
TIE = 0.01  # currency or hours; smaller differences of a draw are none
AHEAD = (
    "Holds if it is ahead in more than half of the futures, by two standard errors or more. "
    "Does not hold if it is behind by as much. A tie counts half."
)


@dataclass(frozen=True)
class Figure(Plain):
    """A number found, with its unit; `low` and `high` enclose 80% of the draws if given.

    `value` is None where there is no such number.
    """

    key: str
    label: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Thesis(Plain):
    """One claim, what was run for it, what came out and what would refute it.

    Attributes
    ----------
    number : 1 to 5, the order of docs/model.md
    claim, run, rule, refuted_if : sentences; `rule` is how `verdict` follows from `figures`
    refutation_in_range : whether the plan's own assumptions allow what would refute it
    why_not : why it cannot be tested, None if it can
    """

    number: int
    claim: str
    run: str
    figures: tuple[Figure, ...]
    verdict: Verdict
    rule: str
    refuted_if: str
    refutation_in_range: bool
    why_not: str | None = None


def share_ahead(difference: FloatArray) -> float:
    """Return the share of (draws,) differences above zero; ties count half."""
    return float(np.mean((difference > TIE) + 0.5 * (np.abs(difference) <= TIE)))


def verdict_on(difference: FloatArray) -> Verdict:
    """Judge (draws,) differences by the rule AHEAD."""
    margin = share_ahead(difference) - 0.5
    two_errors = 2 * 0.5 / np.sqrt(difference.size)
    if abs(margin) < two_errors:
        return "no clear difference"
    return "holds on your numbers" if margin > 0 else "does not hold"


def relative_change(after: FloatArray, before: FloatArray) -> FloatArray:
    """Return after / before - 1, (draws,); 0 where there was nothing before."""
    return np.divide(after, before, out=np.ones_like(after), where=before > 0) - 1


def middle(key: str, label: str, values: FloatArray, unit: str) -> Figure:
    """Return the middle draw of (draws,) values with the range of 80% of them."""
    low, median, high = (float(cut) for cut in np.percentile(values, [10, 50, 90]))
    return Figure(key, label, median, unit, low, high)


def share(key: str, label: str, hits: np.ndarray[Any, Any]) -> Figure:
    """Return the share of draws in which something is so."""
    return Figure(key, label, float(np.mean(hits)), "share")
