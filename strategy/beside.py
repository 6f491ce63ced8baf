"""A run beside another: what its outcomes would be with other inputs, on the same futures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulation.engine import simulate_on
from simulation.objectives import headline_objectives
from strategy.model import Board, Run
from strategy.studying import Studied, outcomes, study, study_inputs


@dataclass(frozen=True)
class Beside:
    """One outcome in a run, `now`, and with the other inputs, `then`, in the outcome's unit."""

    outcome: Studied
    now: float
    then: float

    @property
    def change(self) -> float:
        """How much more it would be."""
        return self.then - self.now


def with_assumption(run: Run, name: str, low: float, mode: float, high: float) -> dict[str, Any]:
    """Return a run's inputs with another range of one assumption."""
    ranges = {**run.inputs["assumptions"], name: [low, mode, high]}
    return {**run.inputs, "assumptions": ranges}


def beside(board: Board, run: Run, changed: Mapping[str, Any]) -> tuple[Beside, ...]:
    """Return net benefit and each goal's chance in a run of this board and with other inputs.

    Both are counted on the run's first futures; what the two do not differ in meets the same luck.

    Raises
    ------
    InvalidValue
        If the model cannot run the other inputs.
    """
    inputs, _ = study(run)
    now, then = headlines(run, run.inputs), headlines(run, changed)
    return tuple(
        Beside(outcome, one, other)
        for outcome, one, other in zip(outcomes(board, inputs), now, then, strict=True)
    )


def headlines(run: Run, raw: Mapping[str, Any]) -> tuple[float, ...]:
    """Return the headline of each outcome with inputs of a run's goals, on its first futures."""
    inputs, draws = study_inputs(run, raw)
    outcome = simulate_on(inputs, draws)
    return tuple(each.read(outcome).headline for each in headline_objectives(inputs))
