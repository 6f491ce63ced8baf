"""What any choice of the plan's tactics is worth, on the same draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.blocks import LANES
from simulation.draws import Draws, tactic_keys
from simulation.engine import luck_of
from simulation.goal_counts import pack_goals
from simulation.inputs import Inputs
from simulation.mix_blocks import Choices, Totals, run_mixes
from simulation.packing import pack
from simulation.plain import Plain
from simulation.policies import PolicyValues, pack_policy, usual_policy
from simulation.policy_ranges import likely_policy
from simulation.progress import Progress, tracked
from simulation.selecting import order_statistics
from simulation.threads import in_threads, threads
from simulation.types import FloatArray

MIXES_AT_ONCE = 64
PolicyOf = Callable[[int], PolicyValues]


@dataclass(frozen=True)
class Mixes(Plain):
    """One row a mix, in the order asked for; means and medians are over the draws.

    Attributes
    ----------
    masks : bit i is set where tactic i of the inputs is in the mix
    goals : ids of the goals, the columns of `chances`
    npv_mean, npv_error, npv_median : (mixes,) currency; the error is that of the mean
    chances : (mixes, goals) share of draws that meet the goal
    cost, first_year_cost : (mixes,) currency, not discounted; horizon, and months 1 to 12
    """

    masks: tuple[int, ...]
    goals: tuple[str, ...]
    npv_mean: FloatArray
    npv_error: FloatArray
    npv_median: FloatArray
    chances: FloatArray
    cost: FloatArray
    first_year_cost: FloatArray


def evaluate_mixes(
    inputs: Inputs,
    draws: Draws,
    masks: Sequence[int],
    *,
    policy_of: PolicyOf | None = None,
    progress: Progress | None = None,
) -> Mixes:
    """Run the plan with only some of its tactics, for each mask.

    A tactic keeps its luck in every mix. Without tactics and with the default policy a mix is
    the baseline.

    Parameters
    ----------
    inputs : the plan with all its tactics
    draws : the imagined worlds
    masks : bit i set means that tactic i is in the mix; at least one mask
    policy_of : mask -> destinations and plan quality of that mix; None keeps the inputs' own. What
        the inputs have a range for is drawn from it in every mix
    progress : told the share done; may raise to cancel

    Raises
    ------
    ValueError
        If there is no mask, or one names a tactic that does not exist.
    """
    played = play_mixes(inputs, draws, masks, policy_of=policy_of, progress=progress)
    return Mixes(
        masks=tuple(masks),
        goals=tuple(goal.id for goal in inputs.goals),
        npv_mean=played.npv_mean,
        npv_error=played.npv_error,
        npv_median=order_statistics(played.scores, (50.0,))[0],
        chances=played.chances,
        cost=played.cost,
        first_year_cost=played.first_year_cost,
    )


@dataclass(frozen=True)
class Played:
    """What each mix came to; see `Mixes`.

    `scores` is (mixes, draws): present values, or 1 where the chosen goal is met.
    """

    scores: FloatArray
    npv_mean: FloatArray
    npv_error: FloatArray
    chances: FloatArray
    cost: FloatArray
    first_year_cost: FloatArray


def play_mixes(
    inputs: Inputs,
    draws: Draws,
    masks: Sequence[int],
    *,
    policy_of: PolicyOf | None = None,
    progress: Progress | None = None,
    scored: int = -1,
) -> Played:
    """Play each mix in all draws, in several threads; parameters as in `evaluate_mixes`.

    `scored` is the number of the goal whose hits are the scores, -1 for present values.
    """
    if not masks:
        raise ValueError("there is no mask to evaluate")
    tactics, count, goals = len(inputs.tactics), draws.count, len(inputs.goals)
    if wrong := next((mask for mask in masks if not 0 <= mask < 1 << tactics), None):
        raise ValueError(f"mask {wrong} does not fit {tactics} tactics")
    blocks, mixes = -(-count // LANES), len(masks)
    totals = Totals(
        scored=scored,
        scores=np.empty((mixes, count)),
        npv_sum=np.empty((mixes, blocks)),
        npv_square=np.empty((mixes, blocks)),
        cost=np.empty((mixes, blocks)),
        first_year=np.empty((mixes, blocks)),
        hits=np.empty((mixes, goals, blocks)),
    )
    plan, table, luck = pack(inputs), draws.table, luck_of(inputs, draws)
    usual = usual_policy()
    packed, choices = pack_goals(inputs), _choices(inputs, masks, policy_of)
    parts = [
        (block, first, min(first + MIXES_AT_ONCE, mixes))
        for first in range(0, mixes, MIXES_AT_ONCE)
        for block in range(blocks)
    ]
    waves = [parts[at : at + 2 * threads()] for at in range(0, len(parts), 2 * threads())]
    for wave in tracked(waves, progress):
        in_threads(
            lambda part: run_mixes(plan, table, luck, packed, usual, choices, totals, *part), wave
        )
    mean = totals.npv_sum.sum(axis=-1) / count
    square = totals.npv_square.sum(axis=-1) / count
    return Played(
        scores=totals.scores,
        npv_mean=mean,
        npv_error=np.sqrt(np.maximum(square - mean**2, 0.0) / count),
        chances=totals.hits.sum(axis=-1) / count,
        cost=totals.cost.sum(axis=-1) / count,
        first_year_cost=totals.first_year.sum(axis=-1) / count,
    )


def _choices(inputs: Inputs, masks: Sequence[int], policy_of: PolicyOf | None) -> Choices:
    tactics = len(inputs.tactics)
    chosen = [[bool(mask >> place & 1) for place in range(tactics)] for mask in masks]
    own = likely_policy(inputs)
    policies = [pack_policy(inputs, policy_of(mask) if policy_of else own) for mask in masks]
    return Choices(
        chosen=np.array(chosen, dtype=np.bool_).reshape(len(masks), tactics),
        policy=np.array(policies, dtype=np.float64),
    )


def mix_of(inputs: Inputs, draws: Draws, mask: int) -> tuple[Inputs, Draws]:
    """Return the inputs with the mask's tactics only, and the draws that give them their luck.

    Raises
    ------
    ValueError
        If the mask names a tactic that does not exist.
    """
    count = len(inputs.tactics)
    if not 0 <= mask < 1 << count:
        raise ValueError(f"mask {mask} does not fit {count} tactics")
    kept = [place for place in range(count) if mask >> place & 1]
    # Names may repeat: a stream is found by its key in the whole plan, and filed under the
    # key it has in the mix.
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    tactics = tuple(inputs.tactics[place] for place in kept)
    new_keys = tactic_keys(tactic.name for tactic in tactics)
    source = {new: keys[place] for new, place in zip(new_keys, kept, strict=True)}
    return replace(inputs, tactics=tactics), draws.for_tactics(source)
