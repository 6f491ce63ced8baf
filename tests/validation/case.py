"""What a checkable case is: a source, what it says, and how the product answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, isnan


@dataclass(frozen=True)
class Figure:
    """One number of a source, kept as it is printed: its digits say how exact it is.

    `tolerance` is a difference, or a share of the expected value if `relative`.
    """

    label: str
    expected: str
    tolerance: float
    relative: bool = False

    def allows(self, got: float) -> bool:
        """Whether a computed number is near enough; infinite and undefined ones must agree."""
        expected = float(self.expected)
        if not (isfinite(expected) and isfinite(got)):
            return got == expected or (isnan(got) and isnan(expected))
        allowed = self.tolerance * (abs(expected) if self.relative else 1.0)
        return abs(got - expected) <= allowed + 1e-15


@dataclass(frozen=True)
class Case:
    """A case of a source and the run that answers it, one number a figure."""

    id: str
    what: str
    source: str
    through: str
    figures: tuple[Figure, ...]
    compute: Callable[[], Sequence[float]]


@dataclass(frozen=True)
class Absent:
    """A case whose mechanism the product does not contain."""

    id: str
    what: str
    source: str
    reason: str


def figures(
    tolerance: float, printed: dict[str, str], *, relative: bool = False
) -> tuple[Figure, ...]:
    """Return figures of one tolerance from label -> printed number."""
    return tuple(Figure(label, text, tolerance, relative) for label, text in printed.items())
