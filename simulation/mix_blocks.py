"""Many choices of the same tactics, block of draws by block of draws, in compiled code."""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import copy, total_of
from simulation.blocks import LANES, Luck
from simulation.compiled import compiled
from simulation.goal_counts import PackedGoals, count, counts_in, meet
from simulation.months import leak_of
from simulation.packing import Packed
from simulation.policies import Policy, policy_in, same_policy
from simulation.replay import (
    Books,
    World,
    copy_of,
    earn,
    figure_of,
    new_books,
    open_books,
    recognise_month,
    restart,
    world_of,
)
from simulation.scene import Scene, figures_of, new_scene, play_month
from simulation.takeover import Row, new_row, schedule_of, take_over
from simulation.types import BoolArray, FloatArray


class Choices(NamedTuple):
    """Which tactics are in, (mixes, tactics), and each mix's policy, (mixes, 7)."""

    chosen: BoolArray
    policy: FloatArray


class Totals(NamedTuple):
    """What is kept of each mix: sums over a block, and the score of each draw.

    Attributes
    ----------
    scored : number of the goal whose hits (1 or 0) are the scores, -1 for present values
    scores : (mixes, draws)
    npv_sum, npv_square, cost, first_year : (mixes, blocks)
    hits : (mixes, goals, blocks) number of draws that meet the goal
    """

    scored: int
    scores: FloatArray
    npv_sum: FloatArray
    npv_square: FloatArray
    cost: FloatArray
    first_year: FloatArray
    hits: FloatArray


@compiled
def run_mixes(
    plan: Packed,
    table: FloatArray,
    luck: Luck,
    goals: PackedGoals,
    usual: FloatArray,
    choices: Choices,
    totals: Totals,
    block: int,
    first: int,
    last: int,
) -> None:
    """Play mixes first to last - 1 in one block of the draws."""
    low = block * LANES
    high = min(low + LANES, table.shape[1])
    n = high - low
    world = world_of(plan, table, luck, low, high)
    scene = new_scene(copy_of(world.start), n)
    row = new_row(n)
    nothing = np.zeros(plan.tactics.start.size, dtype=np.bool_)
    base, books = new_books(plan.months, n), new_books(plan.months, n)
    base_counts = np.zeros((goals.due.size, n))
    counts, met = np.zeros((goals.due.size, n)), np.empty(n)
    carry_on = same_policy(usual, n)
    _play(plan, world, carry_on, nothing, goals, scene, row, base, base, base_counts)
    for mix in range(first, last):
        policy = policy_in(choices.policy[mix], luck.policy, low, high)
        chosen = choices.chosen[mix]
        _play(plan, world, policy, chosen, goals, scene, row, books, base, counts)
        totals.npv_sum[mix, block] = total_of(books.npv)
        totals.npv_square[mix, block] = total_of(books.npv * books.npv)
        totals.cost[mix, block] = total_of(books.cost)
        totals.first_year[mix, block] = total_of(books.first_year)
        for goal in range(goals.due.size):
            meet(goals, goal, policy, counts[goal], base_counts[goal], met)
            totals.hits[mix, goal, block] = total_of(met)
            if goal == totals.scored:
                totals.scores[mix, low:high] = met
        if totals.scored < 0:
            totals.scores[mix, low:high] = books.npv


@compiled
def _play(
    plan: Packed,
    world: World,
    policy: Policy,
    chosen: BoolArray,
    goals: PackedGoals,
    scene: Scene,
    row: Row,
    books: Books,
    base: Books,
    counts: FloatArray,
) -> None:
    """Play all months of one mix; the baseline is its own `base`."""
    table = world.table
    restart(scene.state, world.start)
    leak_of(table, policy, scene.leaked)
    schedule = schedule_of(plan.tactics, chosen, plan.months)
    figures = figures_of(scene)
    open_books(world, books)
    counts[:] = 0.0
    for month in range(1, plan.months + 1):
        take_over(
            plan,
            chosen,
            table,
            world.adoption[month - 1],
            world.fit,
            world.begin,
            month,
            row,
            scene.total,
        )
        play_month(
            plan,
            policy,
            schedule,
            table,
            world.rates,
            world.demand[month - 1],
            world.normal[month - 1],
            world.is_noiseless,
            month,
            scene,
        )
        copy(scene.sales.bookings, books.bookings[month - 1])
        recognise_month(world, books, month)
        earn(world, books, base, scene.spent, month)
        for goal in range(goals.due.size):
            if counts_in(goals, goal, month):
                count(figure_of(figures, books, goals.metric[goal], month), counts[goal])
