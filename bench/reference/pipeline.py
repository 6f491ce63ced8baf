"""Opportunities on their way to a decision (docs/model.md, equation 14)."""

from dataclasses import dataclass

import numpy as np

from simulation.types import FloatArray

SUBSTEPS = 4


@dataclass(frozen=True)
class Pipeline:
    """Open opportunities in the three stages, each (draws,)."""

    stages: tuple[FloatArray, FloatArray, FloatArray]

    @property
    def total(self) -> FloatArray:
        """All open opportunities."""
        return self.stages[0] + self.stages[1] + self.stages[2]


def _leaving(cycle: FloatArray) -> FloatArray:
    """Return the share of a stage that leaves it in a substep."""
    return np.minimum(1.0, 3 / (SUBSTEPS * cycle))


def steady_pipeline(created: FloatArray, cycle: FloatArray, win_rate: FloatArray) -> Pipeline:
    """Return the pipeline that `created` opportunities a month leave unchanged."""
    passing = np.cbrt(win_rate)
    first = created / SUBSTEPS / _leaving(cycle)
    return Pipeline((first, first * passing, first * passing**2))


def advance(
    pipeline: Pipeline, created: FloatArray, cycle: FloatArray, win_rate: FloatArray
) -> tuple[Pipeline, FloatArray]:
    """Move a month in four substeps; return the pipeline at its end and the month's wins."""
    passing = np.cbrt(win_rate)
    leaving = _leaving(cycle)
    first, second, third = pipeline.stages
    won = np.zeros_like(created)
    for _ in range(SUBSTEPS):
        out_first, out_second, out_third = leaving * first, leaving * second, leaving * third
        won = won + passing * out_third
        first = first + created / SUBSTEPS - out_first
        second = second + passing * out_first - out_second
        third = third + passing * out_second - out_third
    return Pipeline((first, second, third)), won
