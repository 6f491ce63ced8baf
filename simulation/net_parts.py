"""Where net benefit comes from: the model with one way of acting more, run after run.

Each part is what the plan earns with one more way of acting, on top of those before it, on the
same draws; money spent is taken apart as it is paid. So the parts add up to the net benefit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from simulation.asking import live_months
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import Inputs, TacticInput
from simulation.outcome import Outcome
from simulation.progress import Progress, tracked
from simulation.seats import seat_cost
from simulation.types import FloatArray

NO_CEILING = 0.001  # the lowest buyer pressure an assumption may have
GAINS = ("selling", "ceiling", "strategy", "coaching", "effects", "people")
COSTS = ("licences", "unused", "one_off", "overrun", "unaligned", "headcount")
# What is off until a part comes, in the order of GAINS; "ceiling" and "effects" are not zeros.
_OFF = {
    "strategy": (
        "strategy_win_elasticity",
        "strategy_deal_elasticity",
        "strategy_attention_elasticity",
    ),
    "coaching": ("skill_win_elasticity",),
    "people": ("attrition_fit_effect",),
}
_KEPT = ("adoption",)


@dataclass(frozen=True)
class NetParts:
    """Parts of the net benefit over the horizon, (draws,) of currency; they add up to `net`.

    Attributes
    ----------
    gains : by GAINS. "selling": selling hours if buyers had time without end; "ceiling": what
        the buyer ceiling takes of that; "strategy" and "coaching": the slow stocks of account
        work and skill; "effects": what tactics do of their own to win rate, deal, cycle and
        attention; "people": reps who stay or leave
    costs : by COSTS, below zero. Tactics with a goal: "licences" seats in use and running
        fees, "unused" seats nobody uses, "one_off" as typed, and its "overrun"; "unaligned" is
        all spending of tactics without a goal; "headcount" is what a change of headcount costs,
        above zero where it saves
    net : what the plan earns less what it costs, not discounted
    """

    gains: dict[str, FloatArray]
    costs: dict[str, FloatArray]
    net: FloatArray


def net_parts(inputs: Inputs, draws: Draws, progress: Progress | None = None) -> NetParts:
    """Return where the net benefit of a plan comes from; costs one run for each of GAINS.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    progress : told the share done; may raise to cancel
    """
    before, gains = np.zeros(draws.count), {}
    outcome: Outcome | None = None
    for at, name in tracked(list(enumerate(GAINS)), progress):
        outcome = _with(inputs, draws, GAINS[: at + 1])
        earned = _earned(outcome)
        gains[name], before = earned - before, earned
    assert outcome is not None  # GAINS is not empty; the last one is the run as it is
    return NetParts(
        gains=gains,
        costs=_costs(outcome),
        net=outcome.metrics["cumulative_net"][:, -1],
    )


def _with(inputs: Inputs, draws: Draws, known: Iterable[str]) -> Outcome:
    """Run a plan in a world in which only some ways of acting exist, for the baseline too."""
    values, missing = dict(draws.values), [name for name in GAINS if name not in known]
    for name in missing:
        values |= {each: np.zeros(draws.count) for each in _OFF.get(name, ())}
    if "ceiling" in missing:
        values["buyer_pressure"] = np.full(draws.count, NO_CEILING)
    if "effects" in missing:
        inputs = replace(inputs, tactics=tuple(map(_without_effects, inputs.tactics)))
    return simulate_on(inputs, replace(draws, values=values), keep=_KEPT)


def _without_effects(tactic: TacticInput) -> TacticInput:
    return replace(tactic, cycle=0.0, win=0.0, deal=0.0, attention=0.0)


def _earned(outcome: Outcome) -> FloatArray:
    """Return margin less commission above carrying on as today, (draws,)."""
    spent = outcome.path.metrics["cost"].sum(axis=1)
    return np.asarray(outcome.metrics["cumulative_net"][:, -1] + spent)


def _costs(outcome: Outcome) -> dict[str, FloatArray]:
    inputs, adoption = outcome.inputs, outcome.path.work.adoption
    zeros, starts = np.zeros(outcome.draws.count), outcome.draws.starts(inputs)
    licences, unused, one_off, overrun, unaligned = (zeros for _ in range(5))
    for place, tactic in enumerate(inputs.tactics):
        once, more = _one_off(outcome, place)
        seats = seat_cost(inputs, tactic)
        paid = live_months(starts[place], inputs.months).T
        months = paid.sum(axis=0)
        if tactic.goal is None:
            monthly = (seats + tactic.fixed_monthly) * months
            unaligned = unaligned + monthly + once + more
        else:
            used = adoption[place].sum(axis=0, where=paid)
            licences = licences + seats * used + tactic.fixed_monthly * months
            unused = unused + seats * (1 - adoption[place]).sum(axis=0, where=paid)
            one_off, overrun = one_off + once, overrun + more
    total = outcome.path.metrics["cost"].sum(axis=1)
    of_tactics = licences + unused + one_off + overrun + unaligned
    return {
        "licences": -licences,
        "unused": -unused,
        "one_off": -one_off,
        "overrun": -overrun,
        "unaligned": -unaligned,
        "headcount": zeros if inputs.headcount is None else of_tactics - total,
    }


def _one_off(outcome: Outcome, place: int) -> tuple[FloatArray, FloatArray]:
    """Return a tactic's one-off cost as typed and its overrun, (draws,) (equation 17)."""
    tactic, fit = outcome.inputs.tactics[place], outcome.path.work.fit[place]
    is_paid = outcome.draws.starts(outcome.inputs)[place] <= outcome.inputs.months
    once = np.where(is_paid, tactic.one_off, 0.0)
    return once, once * outcome.draws.values["overrun"] * (1 - fit)
