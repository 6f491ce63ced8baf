"""A plan and its baseline, run on the same draws."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from simulation.blocks import LANES, Kept, Luck, run_blocks
from simulation.draws import Draws, modes, sample, tactic_keys
from simulation.inputs import METRICS, Inputs, usual_destinations, usual_quality
from simulation.money import recognised
from simulation.nudge import Nudge
from simulation.outcome import Outcome, Path, Work
from simulation.packing import pack
from simulation.policies import pack_drawn, pack_policy
from simulation.policy_ranges import likely_policy
from simulation.room import room
from simulation.threads import in_threads, parts, threads
from simulation.types import FloatArray, fixed

NOT_OF_A_MONTH = ("revenue", "net_benefit", "cumulative_net")  # these need all months
EVERYTHING = (*METRICS, "adoption")
MONEY = ("bookings", "cost")


def simulate(inputs: Inputs, draws: int, seed: int, *, keep: Iterable[str] = EVERYTHING) -> Outcome:
    """Run the model and its baseline (the same inputs without tactics) on the same draws.

    Parameters
    ----------
    inputs : what is planned
    draws : number of imagined worlds, 1 to 1,000,000
    seed : 0 to 2**63 - 1; same inputs, draws and seed give the same outcome
    keep : see `simulate_on`
    """
    return simulate_on(inputs, sample(inputs, draws, seed), keep=keep)


def simulate_modes(inputs: Inputs) -> Outcome:
    """Run the one world in which every assumption is at its mode and nothing is random."""
    return simulate_on(inputs, modes(inputs))


def simulate_on(
    inputs: Inputs,
    draws: Draws,
    *,
    nudge: Nudge | None = None,
    baseline: Path | None = None,
    keep: Iterable[str] = EVERYTHING,
) -> Outcome:
    """Run the model and its baseline on given draws.

    Carrying on as today has no tactics and no policy for freed hours, so the baseline keeps
    the default policy whatever the plan's is.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    nudge : a little more of something for the plan, see `simulation.nudge`
    baseline : the baseline's path, if it is known from a run with the same organisation, week,
        season, assumptions, months and draws; tactics, policy and goals do not enter it
    keep : metrics whose values by draw and month are wanted, and "adoption" of each tactic;
        those that goals and money need are always there, and so are the last month's adoption
        and all means. Fewer take less time and memory.
    """
    wanted = {*keep, *MONEY, *(goal.metric for goal in inputs.goals)}
    if baseline is None:
        baseline = _path(untouched(inputs), draws, None, wanted)
    if inputs == untouched(inputs) and nudge is None:
        return Outcome(inputs, draws, baseline, baseline)
    return Outcome(inputs, draws, _path(inputs, draws, nudge, wanted), baseline)


def untouched(inputs: Inputs, *, goals: bool = True) -> Inputs:
    """Return the inputs of carrying on as today, with the plan's goals or without."""
    return replace(
        inputs,
        tactics=(),
        destinations=usual_destinations(),
        plan_quality=usual_quality(),
        goals=inputs.goals if goals else (),
        headcount=None,
    )


def _path(inputs: Inputs, draws: Draws, nudge: Nudge | None, wanted: set[str]) -> Path:
    """Run all months, in several threads; the result does not depend on how many."""
    names = [name for name in METRICS if name in wanted and name not in NOT_OF_A_MONTH]
    months, count, tactics = inputs.months, draws.count, len(inputs.tactics)
    blocks = -(-count // LANES)
    kept = Kept(
        place=np.array([names.index(name) if name in names else -1 for name in METRICS]),
        values=room(len(names), months, count),
        sums=np.zeros((len(METRICS), months, blocks)),
        fit=room(tactics, count),
        adoption=room(tactics, months if "adoption" in wanted else 1, count),
    )
    plan, table, luck = pack(inputs, nudge), draws.table, luck_of(inputs, draws)
    policy = pack_policy(inputs, likely_policy(inputs))
    cuts = np.linspace(0, blocks, min(blocks, parts(4 * threads())) + 1).astype(int)
    in_threads(
        lambda part: run_blocks(plan, policy, table, luck, kept, *part),
        zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True),
    )
    metrics = dict(zip(names, kept.values, strict=True))
    metrics["revenue"] = _revenue(inputs, draws, metrics["bookings"])
    sums = dict(zip(METRICS, kept.sums.sum(axis=-1), strict=True))
    return Path(
        metrics={name: values.T for name, values in metrics.items()},
        means={name: sums[name] / count for name in METRICS if name not in NOT_OF_A_MONTH},
        work=Work(fit=kept.fit, adoption=kept.adoption),
    )


def _revenue(inputs: Inputs, draws: Draws, bookings: FloatArray) -> FloatArray:
    before = inputs.organisation.seats * draws.values["bookings_per_seat"]
    revenue = room(*bookings.shape)
    recognised(bookings, before, fixed(draws.values["recognition_months"]), revenue)
    return revenue


def luck_of(inputs: Inputs, draws: Draws) -> Luck:
    """Return the luck of a run as compiled code reads it."""
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    fit = np.array([draws.fit_noise[key] for key in keys]).reshape(len(keys), draws.count)
    return Luck(
        fit,
        draws.most(inputs),
        draws.starts(inputs),
        fixed(draws.demand_noise),
        fixed(draws.bookings_noise),
        draws.is_noiseless,
        pack_drawn(inputs, draws),
    )
