"""A plan with one tactic swapped, left out or added, block by block, in compiled code.

All that does not change is worked out once for a block: every tactic's adoption, and what the
plan's tactics do together in each month. A swap takes one tactic's part out of that and puts
another's in.
"""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import total_of
from simulation.blocks import Luck
from simulation.compiled import compiled
from simulation.goal_counts import PackedGoals, count, counts_in, meet
from simulation.months import leak_of
from simulation.packing import Moves, Packed, Policy, Schedule
from simulation.replay import (
    Books,
    World,
    copy_of,
    earn,
    figure_of,
    new_books,
    open_books,
    recognise,
    restart,
    world_of,
)
from simulation.scene import Scene, figures_of, new_scene, play_month
from simulation.takeover import (
    Rows,
    Takeover,
    add_effects,
    automate,
    clear,
    clear_effects,
    delegate,
    desk_row,
    multiply,
    new_rows,
    new_takeover,
    ops_row,
    pay,
    realise,
    rep_row,
    take_over,
    touched_rows,
)
from simulation.types import BoolArray, FloatArray, IntArray
from simulation.worlds import REALISED_SHARE, REWORK

SWAP_LANES = 512  # draws a block: its months of totals stay in the cache of one core
NONE = -1
TOTALS = 14  # arrays of a Takeover


class Swaps(NamedTuple):
    """What is played; those with the same `out` and `put` must follow each other.

    Attributes
    ----------
    out : (plays,) tactic of the plan that is taken out, NONE for none
    put : (plays,) tactic that is put in, NONE for none
    policy : (plays, 4)
    upkeep, training, pairs : (plays, months) as in `packing.Schedule`
    """

    out: IntArray
    put: IntArray
    policy: FloatArray
    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray


class Desk(NamedTuple):
    """Room to work in: rows of work, and the part of one tactic in a month."""

    rep: Rows
    ops: Rows
    part: Takeover
    realised: FloatArray
    back: FloatArray


@compiled
def run_swaps(
    plan: Packed,
    table: FloatArray,
    luck: Luck,
    goals: PackedGoals,
    usual: Policy,
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
        new_rows(plan.rep_rows.size, n),
        new_rows(plan.ops_rows.size, n),
        new_takeover(n),
        np.empty(n),
        np.empty(n),
    )
    base, books = new_books(months, n), new_books(months, n)
    base_counts, counts = np.zeros((goals.due.size, n)), np.zeros((goals.due.size, n))
    met = np.empty(n)
    own = np.empty((months, TOTALS, n))
    swapped = np.empty((months, TOTALS, n))
    nothing = Schedule(np.zeros(months), np.zeros(months), np.zeros(months))
    _plan_totals(plan, world, np.zeros(present.size, dtype=np.bool_), desk, swapped)
    _play(plan, world, usual, nothing, swapped, goals, scene, base, base, base_counts)
    _plan_totals(plan, world, present, desk, own)
    out, put = NONE, NONE
    swapped[:] = own
    for play in range(swaps.out.size):
        if swaps.out[play] != out or swaps.put[play] != put:
            out, put = swaps.out[play], swaps.put[play]
            _swap_totals(plan, world, present, out, put, desk, own, swapped)
        policy = Policy(
            swaps.policy[play, 0],
            swaps.policy[play, 1],
            swaps.policy[play, 2],
            swaps.policy[play, 3],
            swaps.policy[play, 4],
            swaps.policy[play, 5],
            swaps.policy[play, 6],
        )
        schedule = Schedule(swaps.upkeep[play], swaps.training[play], swaps.pairs[play])
        _play(plan, world, policy, schedule, swapped, goals, scene, books, base, counts)
        for goal in range(goals.due.size):
            meet(goals, goal, counts[goal], base_counts[goal], met)
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
    )


@compiled
def _plan_totals(
    plan: Packed, world: World, chosen: BoolArray, desk: Desk, kept: FloatArray
) -> None:
    """Find what the chosen tactics do together, month by month."""
    rep_touched = touched_rows(plan.tactics.rep_moves, chosen, plan.rep_rows.size)
    ops_touched = touched_rows(plan.tactics.ops_moves, chosen, plan.ops_rows.size)
    for month in range(1, plan.months + 1):
        take_over(
            plan,
            chosen,
            rep_touched,
            ops_touched,
            world.table,
            world.adoption[month - 1],
            world.fit,
            month,
            desk.rep,
            desk.ops,
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
    rep_touched = touched_rows(tactics.rep_moves, moving, plan.rep_rows.size)
    ops_touched = touched_rows(tactics.ops_moves, moving, plan.ops_rows.size)
    for month in range(1, plan.months + 1):
        total = _totals_in(swapped, month)
        _add_part(plan, world, out, month, -1.0, desk.part, total)
        _add_part(plan, world, put, month, 1.0, desk.part, total)
        _factors(plan, world, moving, after, month, total)
        for chosen, sign in ((present, -1.0), (after, 1.0)):
            _gather(plan, world, chosen, rep_touched, ops_touched, month, desk)
            _add_rows(plan, rep_touched, ops_touched, sign, desk, total)


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
    tactics = plan.tactics
    if tactic == NONE or month < tactics.start[tactic]:
        return
    clear_effects(part)
    adoption, fit = world.adoption[month - 1, tactic], world.fit[tactic]
    pay(tactics, tactic, world.table, adoption, fit, month, part)
    if _is_live(plan, tactic, month):
        add_effects(tactics, tactic, world.table, adoption, fit, part)
    _add_signed(sign, part.cost, total.cost)
    _add_signed(sign, part.shelfware, total.shelfware)
    _add_signed(sign, part.win, total.win)
    _add_signed(sign, part.misfit, total.misfit)


@compiled
def _is_live(plan: Packed, tactic: int, month: int) -> bool:
    tactics = plan.tactics
    return bool(month - tactics.start[tactic] - tactics.delay[tactic] > 0.0)


@compiled
def _add_signed(sign: float, values: FloatArray, total: FloatArray) -> None:
    for i in range(total.size):
        total[i] += sign * values[i]


@compiled
def _factors(
    plan: Packed, world: World, moving: BoolArray, after: BoolArray, month: int, total: Takeover
) -> None:
    """Multiply anew the factors that a moving tactic is part of; a factor may be zero."""
    tactics = plan.tactics
    for effects, sign, factor in (
        (tactics.deal, 1.0, total.deal),
        (tactics.cycle, -1.0, total.cycle),
        (tactics.attention, 1.0, total.attention),
    ):
        if not np.any(effects[moving] != 0.0):
            continue
        factor[:] = 1.0
        for tactic in range(after.size):
            if after[tactic] and effects[tactic] != 0.0 and _is_live(plan, tactic, month):
                multiply(factor, sign * effects[tactic], world.adoption[month - 1, tactic])


@compiled
def _gather(
    plan: Packed,
    world: World,
    chosen: BoolArray,
    rep_touched: BoolArray,
    ops_touched: BoolArray,
    month: int,
    desk: Desk,
) -> None:
    """Take over the touched rows of work by the chosen tactics, from nothing."""
    tactics = plan.tactics
    clear(desk.rep, rep_touched)
    clear(desk.ops, ops_touched)
    for tactic in range(chosen.size):
        if not chosen[tactic] or not _is_live(plan, tactic, month):
            continue
        moves_rep = _moves_any(tactics.rep_moves, tactic, rep_touched)
        moves_ops = _moves_any(tactics.ops_moves, tactic, ops_touched)
        if not moves_rep and not moves_ops:
            continue
        realise(
            world.adoption[month - 1, tactic],
            world.fit[tactic],
            world.table[REALISED_SHARE],
            world.table[REWORK],
            desk.realised,
            desk.back,
        )
        moves = tactics.rep_moves
        for place in range(moves.first[tactic], moves.first[tactic + 1]):
            row, share = moves.row[place], moves.share[place]
            if rep_touched[row] and tactics.to_ops[tactic]:
                delegate(share, desk.realised, desk.rep.not_ops[row])
            elif rep_touched[row]:
                _automate(share, row, desk.rep, desk)
        moves = tactics.ops_moves
        for place in range(moves.first[tactic], moves.first[tactic + 1]):
            row = moves.row[place]
            if ops_touched[row]:
                _automate(moves.share[place], row, desk.ops, desk)


@compiled
def _automate(share: float, row: int, rows: Rows, desk: Desk) -> None:
    automate(
        share, desk.realised, desk.back, rows.not_system[row], rows.moved[row], rows.returned[row]
    )


@compiled
def _moves_any(moves: Moves, tactic: int, touched: BoolArray) -> bool:
    for place in range(moves.first[tactic], moves.first[tactic + 1]):
        if touched[moves.row[place]]:
            return True
    return False


@compiled
def _add_rows(
    plan: Packed,
    rep_touched: BoolArray,
    ops_touched: BoolArray,
    sign: float,
    desk: Desk,
    total: Takeover,
) -> None:
    """Add what the gathered rows come to, or take it away."""
    part, rep = desk.part, desk.rep
    for shares in (part.rep_kept, part.rep_system, part.rep_rework, part.delegated):
        shares[:] = 0.0
    for shares in (part.ops_kept, part.ops_system, part.ops_rework):
        shares[:] = 0.0
    for row in range(rep_touched.size):
        if rep_touched[row]:
            rep_row(plan.rep_rows[row], rep, row, part)
            desk_row(plan.rep_rows[row], rep.not_system[row], rep.not_ops[row], part.delegated)
    for row in range(ops_touched.size):
        if ops_touched[row]:
            ops_row(plan.ops_rows[row], desk.ops, row, part)
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
        books.bookings[month - 1] = scene.sales.bookings
        recognise(world, books, month)
        earn(world, books, base, scene.spent, month)
        for goal in range(goals.due.size):
            if counts_in(goals, goal, month):
                figures = figures_of(scene)
                count(figure_of(figures, books, goals.metric[goal], month), counts[goal])
