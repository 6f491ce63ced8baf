"""All months of a plan, block of draws by block of draws, in compiled code."""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import copy, part_of, total_of
from simulation.compiled import compiled
from simulation.months import leak_of, rates_of, steady_state
from simulation.packing import Packed
from simulation.policies import Drawn, policy_in
from simulation.scene import NOT_OF_A_MONTH, figures_of, new_scene, play_month, swing_demand
from simulation.takeover import (
    new_row,
    schedule_of,
    start_use,
    take_over,
    use_tactics,
)
from simulation.types import FloatArray, IntArray

LANES = 1024  # draws a block: what a month works on stays in the cache of one core


class Luck(NamedTuple):
    """Luck of all draws: standard normals, `fit` (tactics, draws), the others (months, draws).

    `most` is no normal but the share of reps who will use each tactic, `begin` the month in
    which it starts; (tactics, draws) each.
    `is_noiseless`: demand and bookings equal their expectation, whatever the normals say.
    `policy` is what worlds draw of what is decided beside tactics.
    """

    fit: FloatArray
    most: FloatArray
    begin: FloatArray
    demand: FloatArray
    bookings: FloatArray
    is_noiseless: bool
    policy: Drawn


class Kept(NamedTuple):
    """Where results go.

    Attributes
    ----------
    place : (metrics,) place of each metric in `values`, -1 if it is not kept
    values : (kept metrics, months, draws)
    sums : (metrics, months, blocks) sum over the draws of a block
    fit : (tactics, draws)
    adoption : (tactics, months, draws), or only the last month
    """

    place: IntArray
    values: FloatArray
    sums: FloatArray
    fit: FloatArray
    adoption: FloatArray


@compiled
def run_blocks(
    plan: Packed,
    decided: FloatArray,
    table: FloatArray,
    luck: Luck,
    kept: Kept,
    first: int,
    last: int,
) -> None:
    """Run blocks first to last - 1 of the draws.

    `table` is (assumptions, draws), `decided` a policy as it is packed.
    """
    for block in range(first, last):
        _run_block(plan, decided, table, luck, kept, block)


@compiled
def _run_block(
    plan: Packed, decided: FloatArray, table: FloatArray, luck: Luck, kept: Kept, block: int
) -> None:
    low = block * LANES
    high = min(low + LANES, table.shape[1])
    n, tactics = high - low, plan.tactics.start.size
    worlds = part_of(table, low, high)
    rates = rates_of(plan, worlds)
    scene = new_scene(steady_state(plan, worlds, rates), n)
    figures = figures_of(scene)
    policy = policy_in(decided, luck.policy, low, high)
    leak_of(worlds, policy, scene.leaked)
    chosen = np.ones(tactics, dtype=np.bool_)
    schedule = schedule_of(plan.tactics, chosen, plan.months)
    fit = np.empty((tactics, n))
    noise, most = part_of(luck.fit, low, high), part_of(luck.most, low, high)
    begin = part_of(luck.begin, low, high)
    use = start_use(plan.tactics, worlds, noise, most, begin, fit)
    for tactic in range(tactics):
        copy(fit[tactic], kept.fit[tactic, low:high])
    row = new_row(n)
    level, demand = np.zeros(n), np.ones(n)
    for month in range(1, plan.months + 1):
        innovation = luck.demand[month - 1, low:high]
        swing_demand(worlds, rates, innovation, luck.is_noiseless, month, level, demand)
        use_tactics(plan, worlds, use, month)
        if kept.adoption.shape[1] > 1 or month == plan.months:
            at = min(month, kept.adoption.shape[1]) - 1
            for tactic in range(tactics):
                copy(use.adoption[tactic], kept.adoption[tactic, at, low:high])
        take_over(plan, chosen, worlds, use.adoption, fit, begin, month, row, scene.total)
        normal = luck.bookings[month - 1, low:high]
        play_month(
            plan,
            policy,
            schedule,
            worlds,
            rates,
            demand,
            normal,
            luck.is_noiseless,
            month,
            scene,
        )
        for metric in range(kept.place.size):
            if metric in NOT_OF_A_MONTH:
                continue
            values = figures[metric]
            kept.sums[metric, month - 1, block] = total_of(values)
            if kept.place[metric] >= 0:
                copy(values, kept.values[kept.place[metric], month - 1, low:high])
