"""A plan with one tactic swapped, left out or added, block by block, in compiled code.

All that does not change is worked out once for a block: every tactic's adoption, and what the
plan's tactics do together in each month. A swap takes one tactic's part out of that and puts
another's in.
"""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import copy, total_of
from simulation.blocks import Luck
from simulation.compiled import compiled
from simulation.goal_counts import PackedGoals, count, counts_in, meet
from simulation.months import leak_of
from simulation.packing import Packed, Schedule
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
from simulation.takeover import (
    Row,
    Takeover,
    add_effects,
    add_work,
    ask_people,
    live_tactics,
    multiply_all,
    new_row,
    new_takeover,
    take_over,
    touched_rows,
)
from simulation.types import BoolArray, FloatArray, IntArray

SWAP_LANES = 512  # draws a block: its months of totals stay in the cache of one core
NONE = -1
TOTALS = 17  # arrays of a Takeover


class Swaps(NamedTuple):
    """What is played; those with the same `out` and `put` must follow each other.

    Attributes
    ----------
    out : (plays,) tactic of the plan that is taken out, NONE for none
    put : (plays,) tactic that is put in, NONE for none
    whose, goal : (plays,) tactic whose goal has another number, and that number as in
        `packing.PackedTactics`; NONE where goals stay or no start differs between worlds
    policy : (plays, 7)
    upkeep, training, pairs : (plays, months) as in `packing.Schedule`
    """

    out: IntArray
    put: IntArray
    whose: IntArray
    goal: IntArray
    policy: FloatArray
    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray


class Desk(NamedTuple):
    """Room to work in: a row of work, and the part of one tactic in a month."""

    row: Row
    part: Takeover


@compiled
def run_swaps(
    plan: Packed,
    table: FloatArray,
    luck: Luck,
    goals: PackedGoals,
    usual: FloatArray,
    present: BoolArray,
    swaps: Swaps,
    hits: FloatArray,
    block: int,
) -> None:
    """Play all swaps in one block of the draws; `hits` is (plays, goals, blocks).

    `plan` holds the plan's tactics, those of `present`, and every other that may be put in.
    """
    low = block * SWAP_LANES
    high = min(low + SWAP_LANES, table.shape[1])
    n, months = high - low, plan.months
    world = world_of(plan, table, luck, low, high)
    scene = new_scene(copy_of(world.start), n)
    desk = Desk(
        new_row(n),
        new_takeover(n),
    )
    base, books = new_books(months, n), new_books(months, n)
    base_counts, counts = np.zeros((goals.due.size, n)), np.zeros((goals.due.size, n))
    met = np.empty(n)
    own = np.zeros((months, TOTALS, n))
    swapped = np.zeros((months, TOTALS, n))
    nothing = Schedule(np.zeros(months), np.zeros(months), np.zeros(months))
    _plan_totals(plan, world, np.zeros(present.size, dtype=np.bool_), desk, swapped)
    carry_on = same_policy(usual, n)
    _play(plan, world, carry_on, nothing, swapped, goals, scene, base, base, base_counts)
    _plan_totals(plan, world, present, desk, own)
    out, put = NONE, NONE
    swapped[:] = own
    for play in range(swaps.out.size):
        if swaps.out[play] != out or swaps.put[play] != put:
            out, put = swaps.out[play], swaps.put[play]
            _swap_totals(plan, world, present, out, put, desk, own, swapped)
        _ask_people(plan, world, present, swaps, play, swapped)
        policy = policy_in(swaps.policy[play], luck.policy, low, high)
        schedule = Schedule(swaps.upkeep[play], swaps.training[play], swaps.pairs[play])
        _play(plan, world, policy, schedule, swapped, goals, scene, books, base, counts)
        for goal in range(goals.due.size):
            meet(goals, goal, policy, counts[goal], base_counts[goal], met)
            hits[play, goal, block] = total_of(met)


@compiled
def _totals_in(kept: FloatArray, month: int) -> Takeover:
    """Return a month of (months, TOTALS, lanes), counted from 1, under its names."""
    of = kept[month - 1]
    return Takeover(
        of[0],
        of[1],
        of[2],
        of[3],
        of[4],
        of[5],
        of[6],
        of[7],
        of[8],
        of[9],
        of[10],
        of[11],
        of[12],
        of[13],
        of[14],
        of[15],
        of[16],
    )


@compiled
def _plan_totals(
    plan: Packed, world: World, chosen: BoolArray, desk: Desk, kept: FloatArray
) -> None:
    """Find what the chosen tactics do together, month by month."""
    for month in range(1, plan.months + 1):
        take_over(
            plan,
            chosen,
            world.table,
            world.adoption[month - 1],
            world.fit,
            world.begin,
            month,
            desk.row,
            _totals_in(kept, month),
        )


@compiled
def _swap_totals(
    plan: Packed,
    world: World,
    present: BoolArray,
    out: int,
    put: int,
    desk: Desk,
    own: FloatArray,
    swapped: FloatArray,
) -> None:
    """Find what the plan's tactics do together with `put` in the place of `out`."""
    tactics = plan.tactics
    swapped[:] = own
    moving = np.zeros(present.size, dtype=np.bool_)
    after = present.copy()
    for tactic, is_in in ((out, False), (put, True)):
        if tactic != NONE:
            moving[tactic] = True
            after[tactic] = is_in
    rep_touched = touched_rows(tactics.rep_moves, moving)
    ops_touched = touched_rows(tactics.ops_moves, moving)
    for month in range(1, plan.months + 1):
        total = _totals_in(swapped, month)
        _add_part(plan, world, out, month, -1.0, desk.part, total)
        _add_part(plan, world, put, month, 1.0, desk.part, total)
        _factors(plan, world, moving, after, month, total)
        for chosen, sign in ((present, -1.0), (after, 1.0)):
            _add_rows(plan, world, chosen, rep_touched, ops_touched, month, sign, desk, total)


@compiled
def _ask_people(
    plan: Packed, world: World, present: BoolArray, swaps: Swaps, play: int, swapped: FloatArray
) -> None:
    """Find anew what tactics of an unsure start ask of people, with goals as in this play."""
    tactics, chosen, goal = plan.tactics, present.copy(), plan.tactics.goal.copy()
    if not np.any(tactics.is_unsure):
        return
    if swaps.out[play] != NONE:
        chosen[swaps.out[play]] = False
    if swaps.put[play] != NONE:
        chosen[swaps.put[play]] = True
    if swaps.whose[play] != NONE:
        goal[swaps.whose[play]] = swaps.goal[play]
    for month in range(1, plan.months + 1):
        ask_people(tactics, goal, chosen, world.begin, month, _totals_in(swapped, month))


@compiled
def _add_part(
    plan: Packed,
    world: World,
    tactic: int,
    month: int,
    sign: float,
    part: Takeover,
    total: Takeover,
) -> None:
    """Add to the sums what one tactic pays and does, or take it away."""
    if tactic == NONE or month < plan.tactics.start[tactic]:
        return
    alone = np.zeros(plan.tactics.start.size, dtype=np.bool_)
    alone[tactic] = True
    adoption = world.adoption[month - 1]
    add_effects(plan.tactics, alone, world.table, adoption, world.fit, world.begin, month, part)
    _add_signed(sign, part.cost, total.cost)
    _add_signed(sign, part.shelfware, total.shelfware)
    _add_signed(sign, part.win, total.win)
    _add_signed(sign, part.misfit, total.misfit)


@compiled
def _add_signed(sign: float, values: FloatArray, total: FloatArray) -> None:
    for i in range(total.size):
        total[i] += sign * values[i]


@compiled
def _factors(
    plan: Packed, world: World, moving: BoolArray, after: BoolArray, month: int, total: Takeover
) -> None:
    """Multiply anew the factors that a moving tactic is part of; a factor may be zero."""
    tactics, live = plan.tactics, live_tactics(plan.tactics, after, month)
    for effects, sign, factor in (
        (tactics.deal, 1.0, total.deal),
        (tactics.cycle, -1.0, total.cycle),
        (tactics.attention, 1.0, total.attention),
    ):
        if np.any(effects[moving] != 0.0):
            multiply_all(effects, sign, live, world.adoption[month - 1], factor)


@compiled
def _add_rows(
    plan: Packed,
    world: World,
    chosen: BoolArray,
    rep_touched: BoolArray,
    ops_touched: BoolArray,
    month: int,
    sign: float,
    desk: Desk,
    total: Takeover,
) -> None:
    """Add what becomes of the touched rows of work by the chosen tactics, or take it away."""
    part, adoption = desk.part, world.adoption[month - 1]
    add_work(
        plan,
        chosen,
        rep_touched,
        ops_touched,
        world.table,
        adoption,
        world.fit,
        month,
        desk.row,
        part,
    )
    _add_signed(sign, part.rep_kept, total.rep_kept)
    _add_signed(sign, part.rep_system, total.rep_system)
    _add_signed(sign, part.rep_rework, total.rep_rework)
    _add_signed(sign, part.delegated, total.delegated)
    _add_signed(sign, part.ops_kept, total.ops_kept)
    _add_signed(sign, part.ops_system, total.ops_system)
    _add_signed(sign, part.ops_rework, total.ops_rework)


@compiled
def _play(
    plan: Packed,
    world: World,
    policy: Policy,
    schedule: Schedule,
    totals: FloatArray,
    goals: PackedGoals,
    room: Scene,
    books: Books,
    base: Books,
    counts: FloatArray,
) -> None:
    """Play all months with what tactics do in them known; the baseline is its own `base`."""
    restart(room.state, world.start)
    leak_of(world.table, policy, room.leaked)
    open_books(world, books)
    counts[:] = 0.0
    for month in range(1, plan.months + 1):
        total = _totals_in(totals, month)
        scene = Scene(
            room.state,
            room.work,
            room.hours,
            room.market,
            room.sales,
            total,
            room.leaked,
            room.spent,
        )
        play_month(
            plan,
            policy,
            schedule,
            world.table,
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
                figures = figures_of(scene)
                count(figure_of(figures, books, goals.metric[goal], month), counts[goal])
