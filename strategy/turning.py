"""At which value of an input the answer turns, in the planner's words."""

from dataclasses import dataclass
from typing import Literal

from simulation.break_even import Crossing, break_evens
from simulation.defaults import defaults
from simulation.progress import Progress
from strategy.model import Board, Run
from strategy.studying import Studied, outcomes, study

ADOPTION = "adoption"
ADOPTION_LABEL = "Reps who adopt each tactic"


@dataclass(frozen=True)
class Turning:
    """Where an outcome turns as one input moves through its range, all else as drawn.

    Net benefit turns at zero in the middle future, a goal where it is met in half of them.

    Attributes
    ----------
    input, label, unit : an assumption as the register shows it, or "adoption": the share of
        reps who adopt in the end, the same for every tactic
    likely : the assumption's likely value; None for adoption, which each tactic has of its own
    low, high : the range that was searched, in the input's unit
    crossings : the values at which the answer turns, rising
    always : "favourable" or "unfavourable" where nothing in the range turns it, else None
    """

    outcome: Studied
    input: str
    label: str
    unit: str
    likely: float | None
    low: float
    high: float
    crossings: tuple[Crossing, ...]
    always: Literal["favourable", "unfavourable"] | None


def turning_points(board: Board, run: Run, progress: Progress | None = None) -> tuple[Turning, ...]:
    """Return where net benefit and each goal turn, input by input."""
    inputs, draws = study(run)
    by_goal = {each.goal: each for each in outcomes(board, inputs)}
    known = defaults().assumptions
    return tuple(
        Turning(
            outcome=by_goal[each.objective.goal],
            input=each.input,
            label=ADOPTION_LABEL if each.input == ADOPTION else known[each.input].label,
            unit="share" if each.input == ADOPTION else known[each.input].unit,
            likely=None if each.input == ADOPTION else inputs.assumptions[each.input].mode,
            low=each.low,
            high=each.high,
            crossings=each.crossings,
            always=each.always,
        )
        for each in break_evens(inputs, draws, progress=progress)
    )
