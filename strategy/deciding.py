"""Which assumptions decide an outcome, in the planner's words."""

from dataclasses import dataclass

from simulation.defaults import defaults
from simulation.progress import Progress
from simulation.tornado import Bar, tornado
from strategy.model import Board, Run
from strategy.studying import Studied, outcomes, study


@dataclass(frozen=True)
class Decider:
    """One assumption at its 10th and 90th percentile, all others as drawn.

    Attributes
    ----------
    assumption, label, unit : its name, and how the register shows it
    low_value, high_value : the two values, in its unit
    low, high : the outcome with it there in every future
    correlation : rank correlation with the outcome, -1 to 1; None where one does not vary
    """

    assumption: str
    label: str
    unit: str
    low_value: float
    high_value: float
    low: float
    high: float
    correlation: float | None


@dataclass(frozen=True)
class Deciding:
    """An outcome as drawn, and its assumptions, the widest swing first."""

    outcome: Studied
    as_drawn: float
    deciders: tuple[Decider, ...]


def deciding(board: Board, run: Run, progress: Progress | None = None) -> tuple[Deciding, ...]:
    """Return what decides net benefit and each goal's chance in a run of this board."""
    inputs, draws = study(run)
    found = tornado(inputs, draws, progress=progress)
    return tuple(
        Deciding(
            outcome=outcome,
            as_drawn=each.as_drawn.headline,
            deciders=tuple(_decider(bar) for bar in each.bars),
        )
        for outcome, each in zip(outcomes(board, inputs), found, strict=True)
    )


def _decider(bar: Bar) -> Decider:
    shipped = defaults().assumptions[bar.assumption]
    return Decider(
        assumption=bar.assumption,
        label=shipped.label,
        unit=shipped.unit,
        low_value=bar.low_value,
        high_value=bar.high_value,
        low=bar.low,
        high=bar.high,
        correlation=bar.correlation,
    )
