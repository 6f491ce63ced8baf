"""What each tactic adds to net benefit and to each goal's chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from simulation.draws import Draws
from simulation.inputs import Inputs
from simulation.mixes import Mixes, PolicyOf, evaluate_mixes
from simulation.objectives import Objective, headline_objectives
from simulation.plain import Plain
from simulation.progress import Progress
from simulation.types import FloatArray

MOST_FOR_SHAPLEY = 12


@dataclass(frozen=True)
class Added(Plain):
    """What one tactic adds to one objective, in its unit; positive is more.

    Attributes
    ----------
    tactic, goal : its name and the goal it serves
    last : the plan less the plan without it; 0 if other tactics make up for it
    shapley : its mean addition over every order in which the tactics could be introduced;
        None where there are too many tactics for that
    """

    tactic: str
    goal: str | None
    last: float
    shapley: float | None


@dataclass(frozen=True)
class Attribution(Plain):
    """One objective with all tactics, with none, and what lies between.

    Attributes
    ----------
    objective : net benefit (here its mean, so that parts add up) or a goal's chance
    with_all, without : its mean over the draws with every tactic and with none
    parts : one a tactic, in the order of the inputs; shares of `shapley` add up to
        `with_all - without`, those of `last` need not
    note : why there are no Shapley shares, or None
    """

    objective: Objective
    with_all: float
    without: float
    parts: tuple[Added, ...]
    note: str | None


def attribution(
    inputs: Inputs,
    draws: Draws,
    *,
    policy_of: PolicyOf | None = None,
    progress: Progress | None = None,
) -> tuple[Attribution, ...]:
    """Return what each tactic adds to net benefit and to each goal's chance.

    Up to 12 tactics every mix is run, 2 to the power of their number; above, only the plan
    without each of them.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    policy_of : mask -> destinations and plan quality of a mix; None keeps the inputs' own
    progress : told the share done; may raise to cancel
    """
    count = len(inputs.tactics)
    everything = (1 << count) - 1
    if count <= MOST_FOR_SHAPLEY:
        masks = list(range(1 << count))
    else:
        masks = [0, *(everything ^ 1 << place for place in range(count)), everything]
    mixes = evaluate_mixes(inputs, draws, masks, policy_of=policy_of, progress=progress)
    return tuple(
        _attribution(inputs, objective, masks, _worth(mixes, place))
        for place, objective in enumerate(headline_objectives(inputs))
    )


def _worth(mixes: Mixes, place: int) -> FloatArray:
    """Return the mean of an objective for each mix; net benefit comes before the goals."""
    return mixes.npv_mean if place == 0 else mixes.chances[:, place - 1]


def _attribution(
    inputs: Inputs, objective: Objective, masks: Sequence[int], worth: FloatArray
) -> Attribution:
    count = len(inputs.tactics)
    of_mask = dict(zip(masks, worth.tolist(), strict=True))
    everything = (1 << count) - 1
    is_complete = len(masks) == 1 << count
    shares = shapley_values(worth).tolist() if is_complete else [None] * count
    return Attribution(
        objective=objective,
        with_all=of_mask[everything],
        without=of_mask[0],
        parts=tuple(
            Added(
                tactic=tactic.name,
                goal=tactic.goal,
                last=of_mask[everything] - of_mask[everything ^ 1 << place],
                shapley=shares[place],
            )
            for place, tactic in enumerate(inputs.tactics)
        ),
        note=None
        if is_complete
        else f"Shares that add up are worked out for at most {MOST_FOR_SHAPLEY} tactics; "
        f"this plan has {count}.",
    )


def shapley_values(worth: FloatArray) -> FloatArray:
    """Return Shapley's share of each of n players, (n,), adding up to last less first.

    Parameters
    ----------
    worth : (2**n,) worth of each coalition; bit i of the index is set where player i is in it
    """
    count = worth.size.bit_length() - 1
    masks = np.arange(worth.size)
    sizes = np.array([mask.bit_count() for mask in range(worth.size)])
    # How many of all orders put a coalition of this size just before a given player.
    weights = np.array(
        [factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)]
    )
    shares = np.empty(count)
    for player in range(count):
        without = masks[masks >> player & 1 == 0]
        gains = worth[without | 1 << player] - worth[without]
        shares[player] = weights[sizes[without]] @ gains
    return shares
