"""What the explanations of a run look at: outcomes to choose from, and its first futures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulation.draws import Draws, sample
from simulation.inputs import Inputs
from simulation.middle import picked
from strategy.model import Board, Run
from strategy.projection import read_inputs

MOST_DRAWS = 2000
NET_BENEFIT = "Net benefit, discounted"


@dataclass(frozen=True)
class Studied:
    """An outcome to explain: net benefit in currency, or a goal's chance from 0 to 1.

    `goal` is the goal's id, None for net benefit; `label` is what people call it.
    """

    goal: str | None
    label: str
    unit: Literal["money", "chance"]


def outcomes(board: Board, inputs: Inputs) -> tuple[Studied, ...]:
    """Return net benefit and every goal of a run's inputs, in the order analyses give them."""
    titles = {goal.id: goal.title for goal in board.goals}
    goals = (Studied(goal.id, titles.get(goal.id, goal.id), "chance") for goal in inputs.goals)
    return (Studied(None, NET_BENEFIT, "money"), *goals)


def study(run: Run, most: int = MOST_DRAWS) -> tuple[Inputs, Draws]:
    """Return a stored run's inputs and its first futures, at most so many."""
    return study_inputs(run, run.inputs, most)


def study_inputs(run: Run, raw: Mapping[str, Any], most: int = MOST_DRAWS) -> tuple[Inputs, Draws]:
    """Return other inputs with the futures they meet beside a run's, at most so many."""
    inputs = read_inputs(raw)
    draws = sample(inputs, run.draws, run.seed)
    return inputs, draws if run.draws <= most else picked(draws, range(most))
