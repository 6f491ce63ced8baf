"""Deals as columns, and what is told about those that are odd."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.dates import Days

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Finding:
    """Tell one oddity, with the line of each deal that has it."""

    reason: str
    lines: tuple[int, ...] = field(repr=False)

    @property
    def count(self) -> int:
        """Return the number of deals that have it."""
        return len(self.lines)


@dataclass(frozen=True, eq=False)
class Deals:
    """Hold deals as columns of equal length; owners are numbers, names are not kept."""

    line: NDArray[np.int64]
    owner: NDArray[np.int64]
    amount: NDArray[np.float64]  # currency units, nan where none is written
    created: Days  # NaT where unknown or later than the close
    closed: Days  # day of closing; NaT for open deals
    outcome: NDArray[np.str_]  # 'won', 'lost' or 'open'
    segment: NDArray[np.int64]  # 0 where none is known

    def __len__(self) -> int:
        """Return the number of deals."""
        return len(self.line)

    def __getitem__(self, chosen: Flags) -> "Deals":
        """Return the deals for which `chosen` is true."""
        columns: dict[str, NDArray[Any]] = vars(self)
        return Deals(**{name: column[chosen] for name, column in columns.items()})

    @property
    def won(self) -> Flags:
        """Return which deals were won."""
        return np.asarray(self.outcome == "won")

    @property
    def in_cohort(self) -> Flags:
        """Return which deals have a created date, so that their follow-up is known."""
        return ~np.isnat(self.created)


def findings(reason: str, lines: Sequence[int] | NDArray[np.int64]) -> list[Finding]:
    """Return one finding, or none if no line has the oddity."""
    return [Finding(reason, tuple(int(line) for line in lines))] if len(lines) else []
