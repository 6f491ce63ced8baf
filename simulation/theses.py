"""The five claims of docs/model.md, each tested on somebody's own plan."""

from simulation.draws import Draws
from simulation.inputs import Inputs
from simulation.progress import Progress, part
from simulation.thesis import Thesis
from simulation.thesis_preparation import preparation_pays
from simulation.thesis_selling_time import selling_time
from simulation.thesis_shared_goal import shared_goal
from simulation.thesis_strategy import time_for_strategy
from simulation.thesis_systems import systems_carry


def theses(inputs: Inputs, draws: Draws, progress: Progress | None = None) -> tuple[Thesis, ...]:
    """Return all five, in order; costs about a hundred runs.

    Parameters
    ----------
    inputs : the plan; a claim it cannot test says why
    draws : the imagined worlds
    progress : told the share done; may raise to cancel
    """
    first = shared_goal(inputs, draws)
    second = selling_time(inputs, draws, part(progress, 0.1, 0.5))
    third = systems_carry(inputs, draws, part(progress, 0.5, 0.8))
    fourth = preparation_pays(inputs, draws)
    fifth = time_for_strategy(inputs, draws, part(progress, 0.85, 1.0))
    return first, second, third, fourth, fifth
