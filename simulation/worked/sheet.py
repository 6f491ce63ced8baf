"""A calculation written down step by step, each with its numbers filled in."""

from collections.abc import Iterable
from dataclasses import dataclass

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Step:
    """One line of a calculation.

    Attributes
    ----------
    part : heading it stands under
    equation : its number in docs/model.md, 0 for what is typed
    what : what is computed, in plain words
    about : the tactic (by its name in the inputs) or the row of work it is for, or ""
    numbers : the expression with the numbers filled in, rounded for reading
    value : the result in full
    unit : "share", "ratio", "hours", "people", "opportunities", "deals", "currency", "months"
    metric : the metric of the engine it must equal, or ""
    """

    part: str
    equation: int
    what: str
    about: str
    numbers: str
    value: float
    unit: str
    metric: str = ""


class Sheet:
    """Collects steps in the order they are computed; `part` is the heading they stand under."""

    def __init__(self) -> None:
        """Start with an empty sheet."""
        self.part = ""
        self.steps: list[Step] = []

    def line(
        self,
        equation: int,
        what: str,
        numbers: str,
        value: float,
        unit: str,
        *,
        about: str = "",
        metric: str = "",
    ) -> float:
        """Write one step down and return its value."""
        self.steps.append(Step(self.part, equation, what, about, numbers, value, unit, metric))
        return value


def written(value: float) -> str:
    """Return a number short enough to read in an expression."""
    size = abs(value)
    if value == round(value) or size >= 10_000:
        text = f"{value:,.0f}"
    elif size >= 100:
        text = f"{value:,.1f}"
    else:
        text = f"{value:.5g}"
    return text.replace("-", MINUS)


def changes_written(changes: Iterable[float]) -> str:
    """Return "(1 + 0.02) × (1 − 0.1)" for relative changes; 1 for none."""
    signed = (f"{MINUS if each < 0 else '+'} {written(abs(each))}" for each in changes)
    return " × ".join(f"(1 {each})" for each in signed) or "1"


def sum_of(parts: Iterable[str]) -> str:
    """Return parts joined by a plus; 0 for none."""
    return " + ".join(parts) or "0"
