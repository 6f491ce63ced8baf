"""What any choice of the plan's tactics is worth, on the same draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.draws import Draws, tactic_keys
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.objectives import standard_error
from simulation.outcome import Outcome
from simulation.plain import Plain
from simulation.progress import Progress, tracked
from simulation.types import FloatArray

FIRST_YEAR = 12
PolicyOf = Callable[[int], tuple[Mapping[str, float], float]]


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
    policy_of : mask -> destinations and plan quality of that mix; None keeps the inputs' own
    progress : told the share done; may raise to cancel

    Raises
    ------
    ValueError
        If there is no mask, or one names a tactic that does not exist.
    """
    if not masks:
        raise ValueError("there is no mask to evaluate")
    baseline = None
    rows = []
    for mask in tracked(masks, progress):
        chosen, worlds = mix_of(inputs, draws, mask)
        if policy_of is not None:
            destinations, quality = policy_of(mask)
            chosen = replace(chosen, destinations=destinations, plan_quality=quality)
        outcome = simulate_on(chosen, worlds, baseline=baseline)
        baseline = outcome.baseline_path
        rows.append(_row(outcome))
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return Mixes(tuple(masks), tuple(goal.id for goal in inputs.goals), **columns)


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
    noise = {new: draws.fit_noise[keys[place]] for new, place in zip(new_keys, kept, strict=True)}
    return replace(inputs, tactics=tactics), replace(draws, fit_noise=noise)


def _row(outcome: Outcome) -> dict[str, float | list[float]]:
    npv, cost = outcome.finance.npv, outcome.metrics["cost"]
    return {
        "npv_mean": float(npv.mean()),
        "npv_error": standard_error(npv),
        "npv_median": float(np.median(npv)),
        "chances": [float(np.mean(outcome.goal_hits(goal))) for goal in outcome.inputs.goals],
        "cost": float(cost.sum(axis=1).mean()),
        "first_year_cost": float(cost[:, :FIRST_YEAR].sum(axis=1).mean()),
    }
