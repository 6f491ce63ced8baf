"""What a run's tactics ask of people, reckoned beside the engine (docs/model.md, 6 and 7)."""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from simulation.outcome import Outcome
from simulation.types import BoolArray, FloatArray


@dataclass(frozen=True)
class Asked:
    """By draw and month, (draws, months) each.

    Attributes
    ----------
    upkeep : hours of the operations team
    training : hours a head
    pairs : pairs of live tactics that do not share a goal
    """

    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray


def asked_of_people(outcome: Outcome) -> Asked:
    """Return what the plan's tactics ask of people in every month of a run."""
    tactics, shape = outcome.inputs.tactics, (outcome.draws.count, outcome.inputs.months)
    starts, upkeep, training, pairs = outcome.draws.starts(outcome.inputs), *np.zeros((3, *shape))
    months = np.arange(1, outcome.inputs.months + 1)
    live = [live_months(start, outcome.inputs.months) for start in starts]
    for place, tactic in enumerate(tactics):
        first_use = starts[place][:, None] + math.floor(tactic.delay)
        upkeep += tactic.upkeep_hours * live[place]
        training += tactic.training_hours * (first_use == months)
    for one, other in combinations(range(len(tactics)), 2):
        goal = tactics[one].goal
        if goal is None or goal != tactics[other].goal:
            pairs += live[one] & live[other]
    return Asked(upkeep, training, pairs)


def live_months(start: FloatArray, months: int) -> BoolArray:
    """Return whether a tactic has started, (draws, months), from its start month, (draws,)."""
    return np.asarray(start[:, None] <= np.arange(1, months + 1))
