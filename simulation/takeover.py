"""What a plan's tactics do in a month, in a block of draws (docs/model.md, equations 2 to 5)."""

from typing import NamedTuple

import numpy as np

from simulation.adoption import adoption_of, bass, fit_of
from simulation.arithmetic import exp
from simulation.compiled import compiled, equation
from simulation.packing import Moves, Packed, PackedTactics, Schedule
from simulation.types import BoolArray, FloatArray, IntArray
from simulation.worlds import (
    ABANDONMENT,
    ADOPTION_IMITATION,
    ADOPTION_INNOVATION,
    FIT_GAIN,
    FIT_NEUTRAL,
    FIT_SPREAD,
    FIT_UNPREPARED,
    OVERRUN,
    REALISED_SHARE,
    REWORK,
)


class Use(NamedTuple):
    """How each tactic is used, month after month; (tactics, lanes), (waves, lanes) or (lanes,).

    `most` will use it in the end; it starts in month `begin`. Tactics of a wave share `decay` and
    `faded`, the exponentials of equation 5 at the present month, and the share that has
    `adopted`; `slower` and `fading` are what a month multiplies the exponentials by.
    """

    fit: FloatArray
    most: FloatArray
    begin: FloatArray
    adoption: FloatArray
    decay: FloatArray
    faded: FloatArray
    adopted: FloatArray
    slower: FloatArray
    fading: FloatArray
    imitation_ratio: FloatArray


class Row(NamedTuple):
    """Products and sums over tactics for the row of work in hand, (lanes,).

    Products make overlaps order-free and never negative. `not_system` and `not_ops` are the
    shares not taken over; `moved` and `returned` are the sums of equation 3.
    """

    not_system: FloatArray
    not_ops: FloatArray
    moved: FloatArray
    returned: FloatArray


class Takeover(NamedTuple):
    """What all tactics do together in a month, (lanes,).

    The shares are of baseline work before the pipeline scales it: rep rows as shares of all
    rep hours, operations rows as shares of the operations team's tactical hours. `win` adds to
    log-odds; `deal`, `cycle` and `attention` are factors; `misfit` is the sum of eq. 16.
    `upkeep`, `training` and `pairs` are as in `packing.Schedule`, of those tactics alone whose
    start differs between worlds, and zero where there are none.
    """

    rep_kept: FloatArray
    rep_system: FloatArray
    rep_rework: FloatArray
    delegated: FloatArray
    ops_kept: FloatArray
    ops_system: FloatArray
    ops_rework: FloatArray
    win: FloatArray
    deal: FloatArray
    cycle: FloatArray
    attention: FloatArray
    misfit: FloatArray
    cost: FloatArray
    shelfware: FloatArray
    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray


@compiled
def take_over(
    plan: Packed,
    chosen: BoolArray,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    begin: FloatArray,
    month: int,
    row: Row,
    total: Takeover,
) -> None:
    """Find what the chosen tactics do in a month.

    `adoption`, `fit` and `begin` are (tactics, lanes).
    """
    add_effects(plan.tactics, chosen, table, adoption, fit, begin, month, total)
    ask_people(plan.tactics, plan.tactics.goal, chosen, begin, month, total)
    rep_rows = np.ones(plan.rep_rows.size, dtype=np.bool_)
    ops_rows = np.ones(plan.ops_rows.size, dtype=np.bool_)
    add_work(plan, chosen, rep_rows, ops_rows, table, adoption, fit, month, row, total)


@compiled
def live_tactics(tactics: PackedTactics, chosen: BoolArray, month: int) -> BoolArray:
    """Return which of the chosen tactics are in use by a month, counted from 1; (tactics,).

    In use in any world: where a tactic starts later its adoption is zero, which changes no bit.
    """
    start, delay, live = tactics.start, tactics.delay, np.empty(chosen.size, dtype=np.bool_)
    for tactic in range(chosen.size):
        live[tactic] = chosen[tactic] and month - start[tactic] - delay[tactic] > 0.0
    return live


@compiled
def start_use(
    tactics: PackedTactics,
    table: FloatArray,
    noise: FloatArray,
    most: FloatArray,
    begin: FloatArray,
    fit: FloatArray,
) -> Use:
    """Return use before the first month; writes every tactic's `fit`, (tactics, lanes)."""
    (count, lanes), waves = fit.shape, tactics.opens.size
    for tactic in range(count):
        _fit(tactics.preparation[tactic], table, noise[tactic], fit[tactic])
    slower, fading, ratio = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    _rates(
        table[ADOPTION_INNOVATION],
        table[ADOPTION_IMITATION],
        table[ABANDONMENT],
        slower,
        fading,
        ratio,
    )
    return Use(
        fit,
        most,
        begin,
        np.zeros((count, lanes)),
        np.ones((waves, lanes)),
        np.ones((waves, lanes)),
        np.zeros((waves, lanes)),
        slower,
        fading,
        ratio,
    )


@compiled
def _fit(preparation: float, table: FloatArray, noise: FloatArray, fit: FloatArray) -> None:
    unprepared, gain, spread = table[FIT_UNPREPARED], table[FIT_GAIN], table[FIT_SPREAD]
    for i in range(fit.size):
        fit[i] = fit_of(preparation, unprepared[i], gain[i], spread[i], noise[i])


@compiled
def _rates(
    innovation: FloatArray,
    imitation: FloatArray,
    abandonment: FloatArray,
    slower: FloatArray,
    fading: FloatArray,
    ratio: FloatArray,
) -> None:
    for i in range(slower.size):
        slower[i] = exp(-(innovation[i] + imitation[i]))
        fading[i] = exp(-abandonment[i])
        ratio[i] = imitation[i] / innovation[i]


@compiled
def use_tactics(plan: Packed, table: FloatArray, use: Use, month: int) -> None:
    """Bring every tactic's adoption to this month, counted from 1."""
    tactics = plan.tactics
    more, live = plan.nudge[3, month - 1], np.zeros(tactics.opens.size, dtype=np.bool_)
    for wave in range(live.size):
        first, decay, faded = tactics.opens[wave], use.decay[wave], use.faded[wave]
        elapsed = month - tactics.start[first] - tactics.delay[first]
        if elapsed <= 0.0:
            continue
        live[wave] = True
        if tactics.is_unsure[first]:
            since = month - tactics.delay[first]
            _go_on_each(since, use.begin[first], table, use.slower, use.fading, decay, faded)
        elif elapsed <= 1.0:
            _go_live(elapsed, table, decay, faded)
        else:
            _go_on(use.slower, use.fading, decay, faded)
        _catch_on(use.imitation_ratio, decay, use.adopted[wave])
    for tactic in range(tactics.wave.size):
        wave = tactics.wave[tactic]
        if live[wave]:
            _adopt(
                use.most[tactic],
                more,
                use.adopted[wave],
                use.faded[wave],
                use.fit[tactic],
                use.adoption[tactic],
            )


@compiled
def _go_live(elapsed: float, table: FloatArray, decay: FloatArray, faded: FloatArray) -> None:
    innovation, imitation = table[ADOPTION_INNOVATION], table[ADOPTION_IMITATION]
    abandonment = table[ABANDONMENT]
    for i in range(decay.size):
        decay[i] = exp(-(innovation[i] + imitation[i]) * elapsed)
        faded[i] = exp(-abandonment[i] * elapsed)


@compiled
def _go_on(slower: FloatArray, fading: FloatArray, decay: FloatArray, faded: FloatArray) -> None:
    for i in range(decay.size):
        decay[i] *= slower[i]
        faded[i] *= fading[i]


@compiled
def _go_on_each(
    since: float,
    begin: FloatArray,
    table: FloatArray,
    slower: FloatArray,
    fading: FloatArray,
    decay: FloatArray,
    faded: FloatArray,
) -> None:
    """Go live or on in each world by itself; before that, both stay 1 and nobody has adopted."""
    innovation, imitation = table[ADOPTION_INNOVATION], table[ADOPTION_IMITATION]
    abandonment = table[ABANDONMENT]
    for i in range(decay.size):
        elapsed = since - begin[i]
        if 0.0 < elapsed <= 1.0:
            decay[i] = exp(-(innovation[i] + imitation[i]) * elapsed)
            faded[i] = exp(-abandonment[i] * elapsed)
        elif elapsed > 1.0:
            decay[i] *= slower[i]
            faded[i] *= fading[i]


@compiled
def _catch_on(ratio: FloatArray, decay: FloatArray, adopted: FloatArray) -> None:
    for i in range(adopted.size):
        adopted[i] = bass(decay[i], ratio[i])


@compiled
def _adopt(
    most: FloatArray,
    more: float,
    adopted: FloatArray,
    faded: FloatArray,
    fit: FloatArray,
    adoption: FloatArray,
) -> None:
    for i in range(adoption.size):
        now = adoption_of(most[i], adopted[i], fit[i], faded[i])
        adoption[i] = min(now * more, 1.0)


@compiled
def touched_rows(moves: Moves, chosen: BoolArray) -> BoolArray:
    """Return which rows of work the chosen tactics move, (rows,)."""
    touched = np.zeros(moves.first.size - 1, dtype=np.bool_)
    for row in range(touched.size):
        for place in range(moves.first[row], moves.first[row + 1]):
            touched[row] = touched[row] or chosen[moves.tactic[place]]
    return touched


@compiled
def schedule_of(tactics: PackedTactics, chosen: BoolArray, months: int) -> Schedule:
    """Return what the chosen tactics ask of people, by month (6 and 7).

    Two live tactics are a pair unless both name the same goal; one without a goal shares none.
    """
    upkeep, training, pairs = np.zeros(months), np.zeros(months), np.zeros(months)
    for month in range(1, months + 1):
        live, with_goal = 0.0, np.zeros(chosen.size)
        for tactic in range(chosen.size):
            if not chosen[tactic] or not _is_surely_live(tactics, tactic, month):
                continue
            upkeep[month - 1] += tactics.upkeep_hours[tactic]
            if tactics.go_live[tactic] == month:
                training[month - 1] += tactics.training_hours[tactic]
            goal = tactics.goal[tactic]
            pairs[month - 1] += live
            live += 1.0
            if goal >= 0:
                pairs[month - 1] -= with_goal[goal]
                with_goal[goal] += 1.0
    return Schedule(upkeep, training, pairs)


@compiled
def _is_surely_live(tactics: PackedTactics, tactic: int, month: int) -> bool:
    """Return whether a tactic has started that starts in the same month in all worlds."""
    return bool(tactics.start[tactic] <= month) and not tactics.is_unsure[tactic]


@compiled
def _share_goal(goal: IntArray, one: int, other: int) -> bool:
    return bool(goal[one] >= 0 and goal[one] == goal[other])


@compiled
def ask_people(
    tactics: PackedTactics,
    goal: IntArray,
    chosen: BoolArray,
    begin: FloatArray,
    month: int,
    total: Takeover,
) -> None:
    """Find what tactics whose start differs between worlds ask of people (6 and 7).

    `goal` is that of each tactic as in `PackedTactics`. Pairs are those with at least one such
    tactic; `schedule_of` has the others.
    """
    if not np.any(tactics.is_unsure):
        return
    total.upkeep[:] = 0.0
    total.training[:] = 0.0
    total.pairs[:] = 0.0
    for tactic in range(chosen.size):
        if not chosen[tactic] or not tactics.is_unsure[tactic]:
            continue
        wait = tactics.go_live[tactic] - tactics.start[tactic]
        upkeep, training = tactics.upkeep_hours[tactic], tactics.training_hours[tactic]
        _ask(begin[tactic], wait, upkeep, training, month, total)
        for other in range(chosen.size):
            if not chosen[other] or _share_goal(goal, tactic, other):
                continue
            if _is_surely_live(tactics, other, month):
                _meet(begin[tactic], begin[tactic], month, total.pairs)
            elif tactics.is_unsure[other] and other < tactic:
                _meet(begin[tactic], begin[other], month, total.pairs)


@compiled
def _ask(
    begin: FloatArray, wait: int, upkeep: float, training: float, month: int, total: Takeover
) -> None:
    for i in range(begin.size):
        if begin[i] <= month:
            total.upkeep[i] += upkeep
        if begin[i] + wait == month:
            total.training[i] += training


@compiled
def _meet(one: FloatArray, other: FloatArray, month: int, pairs: FloatArray) -> None:
    for i in range(pairs.size):
        if one[i] <= month and other[i] <= month:
            pairs[i] += 1.0


@compiled
def new_row(lanes: int) -> Row:
    """Return room for the products of one row of work."""
    return Row(np.empty(lanes), np.empty(lanes), np.empty(lanes), np.empty(lanes))


@compiled
def add_work(
    plan: Packed,
    chosen: BoolArray,
    rep_rows: BoolArray,
    ops_rows: BoolArray,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    month: int,
    row: Row,
    total: Takeover,
) -> None:
    """Add up what becomes of the asked-for rows of work, from nothing (2 and 3)."""
    tactics = plan.tactics
    live, scale, back = live_tactics(tactics, chosen, month), table[REALISED_SHARE], table[REWORK]
    total.delegated[:] = 0.0
    _add_rows(
        plan.rep_rows,
        tactics.rep_moves,
        rep_rows,
        live,
        tactics.to_ops,
        adoption,
        fit,
        scale,
        back,
        row,
        total.rep_kept,
        total.rep_system,
        total.rep_rework,
        total.delegated,
    )
    _add_rows(
        plan.ops_rows,
        tactics.ops_moves,
        ops_rows,
        live,
        tactics.to_ops,
        adoption,
        fit,
        scale,
        back,
        row,
        total.ops_kept,
        total.ops_system,
        total.ops_rework,
        total.delegated,
    )


@compiled
def _add_rows(
    hours: FloatArray,
    moves: Moves,
    rows: BoolArray,
    live: BoolArray,
    to_ops: BoolArray,
    adoption: FloatArray,
    fit: FloatArray,
    scale: FloatArray,
    back: FloatArray,
    row: Row,
    kept: FloatArray,
    system: FloatArray,
    rework: FloatArray,
    delegated: FloatArray,
) -> None:
    """Add up what is kept, what systems take, what comes back and what operations get.

    In one function, since handing arrays on for each row costs more than many a row. Every row
    in one order, moved or not: a tactic that moves nothing changes no bit. What is kept alike in
    all draws is one number until the first row that something moves.
    """
    first, mover, share = moves.first, moves.tactic, moves.share
    not_system, not_ops, moved, returned = row.not_system, row.not_ops, row.moved, row.returned
    alike, is_alike = 0.0, True
    system[:] = 0.0
    rework[:] = 0.0
    for number in range(hours.size):
        if not rows[number]:
            continue
        by_system, by_ops, only = 0, 0, 0
        for place in range(first[number], first[number + 1]):
            if live[mover[place]] and to_ops[mover[place]]:
                by_ops += 1
            elif live[mover[place]]:
                by_system += 1
                only = place
        if by_system + by_ops == 0:
            if is_alike:
                alike += hours[number]
            else:
                _add_to_all(kept, hours[number])
            continue
        if is_alike:
            kept[:] = alike
            is_alike = False
        if by_system == 1 and by_ops == 0:
            tactic = mover[only]
            _only_system(
                hours[number],
                share[only],
                adoption[tactic],
                fit[tactic],
                scale,
                back,
                kept,
                system,
                rework,
            )
            continue
        not_system[:] = 1.0
        not_ops[:] = 1.0
        moved[:] = 0.0
        returned[:] = 0.0
        for place in range(first[number], first[number + 1]):
            tactic = mover[place]
            if live[tactic] and to_ops[tactic]:
                _delegate(share[place], adoption[tactic], scale, not_ops)
            elif live[tactic]:
                _automate(
                    share[place],
                    adoption[tactic],
                    fit[tactic],
                    scale,
                    back,
                    not_system,
                    moved,
                    returned,
                )
        _add_row(hours[number], not_system, not_ops, moved, returned, kept, system, rework)
        if by_ops > 0:
            _give_row(hours[number], not_system, not_ops, delegated)
    if is_alike:
        kept[:] = alike


@equation
def realised_of(adoption: float, scale: float) -> float:
    """Return the share of its promise that a tactic takes over."""
    return min(adoption * scale, 1.0)


@compiled
def _delegate(share: float, adoption: FloatArray, scale: FloatArray, not_ops: FloatArray) -> None:
    for i in range(not_ops.size):
        not_ops[i] *= 1.0 - share * realised_of(adoption[i], scale[i])


@compiled
def _automate(
    share: float,
    adoption: FloatArray,
    fit: FloatArray,
    scale: FloatArray,
    rework: FloatArray,
    not_system: FloatArray,
    moved: FloatArray,
    returned: FloatArray,
) -> None:
    for i in range(moved.size):
        taken = share * realised_of(adoption[i], scale[i])
        not_system[i] *= 1.0 - taken
        moved[i] += taken
        returned[i] += taken * (rework[i] * (1.0 - fit[i]))


@compiled
def _only_system(
    hours: float,
    share: float,
    adoption: FloatArray,
    fit: FloatArray,
    scale: FloatArray,
    back: FloatArray,
    kept: FloatArray,
    system: FloatArray,
    rework: FloatArray,
) -> None:
    """Do what `_automate` and `_add_row` do where one tactic alone moves a row, at once."""
    for i in range(kept.size):
        taken = share * realised_of(adoption[i], scale[i])
        returned = taken * (back[i] * (1.0 - fit[i]))
        not_system = 1.0 - taken
        automated = hours * (1.0 - not_system)
        rate = returned / taken if taken > 0.0 else 0.0
        kept[i] += hours * not_system
        system[i] += automated
        rework[i] += automated * rate


@compiled
def _add_row(
    hours: float,
    not_system: FloatArray,
    not_ops: FloatArray,
    moved: FloatArray,
    returned: FloatArray,
    kept: FloatArray,
    system: FloatArray,
    rework: FloatArray,
) -> None:
    for i in range(kept.size):
        automated = hours * (1.0 - not_system[i])
        rate = returned[i] / moved[i] if moved[i] > 0.0 else 0.0
        kept[i] += hours * (not_system[i] * not_ops[i])
        system[i] += automated
        rework[i] += automated * rate


@compiled
def _give_row(
    hours: float, not_system: FloatArray, not_ops: FloatArray, delegated: FloatArray
) -> None:
    for i in range(delegated.size):
        delegated[i] += hours * not_system[i] * (1.0 - not_ops[i])


@compiled
def new_takeover(lanes: int) -> Takeover:
    """Return room for what tactics do in a month."""
    return Takeover(
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.zeros(lanes),
        np.zeros(lanes),
        np.zeros(lanes),
    )


@compiled
def _add_to_all(values: FloatArray, amount: float) -> None:
    for i in range(values.size):
        values[i] += amount


@compiled
def add_effects(
    tactics: PackedTactics,
    chosen: BoolArray,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    begin: FloatArray,
    month: int,
    total: Takeover,
) -> None:
    """Add up what the chosen tactics cost and change, and their pull on attrition (16, 17)."""
    live, start, seat_cost = live_tactics(tactics, chosen, month), tactics.start, tactics.seat_cost
    _pay_all(tactics, chosen, table, fit, begin, month, total.cost)
    neutral, misfit, shelfware = table[FIT_NEUTRAL], total.misfit, total.shelfware
    misfit[:] = 0.0
    shelfware[:] = 0.0
    for tactic in range(chosen.size):
        if chosen[tactic] and month >= start[tactic] and seat_cost[tactic] != 0.0:
            if tactics.is_unsure[tactic]:
                _shelve_each(seat_cost[tactic], adoption[tactic], begin[tactic], month, shelfware)
            else:
                _shelve(seat_cost[tactic], adoption[tactic], shelfware)
        if live[tactic]:
            _misfit(adoption[tactic], fit[tactic], neutral, misfit)
    total.win[:] = 0.0
    win = tactics.win
    for tactic in range(chosen.size):
        if live[tactic] and win[tactic] != 0.0:
            _add(total.win, win[tactic], adoption[tactic])
    multiply_all(tactics.deal, 1.0, live, adoption, total.deal)
    multiply_all(tactics.cycle, -1.0, live, adoption, total.cycle)
    multiply_all(tactics.attention, 1.0, live, adoption, total.attention)


@compiled
def multiply_all(
    effects: FloatArray, sign: float, live: BoolArray, adoption: FloatArray, factor: FloatArray
) -> None:
    """Multiply the relative effects of live tactics, from nothing."""
    factor[:] = 1.0
    for tactic in range(live.size):
        if live[tactic] and effects[tactic] != 0.0:
            _multiply(factor, sign * effects[tactic], adoption[tactic])


@compiled
def _pay_all(
    tactics: PackedTactics,
    chosen: BoolArray,
    table: FloatArray,
    fit: FloatArray,
    begin: FloatArray,
    month: int,
    cost: FloatArray,
) -> None:
    """Pay from the start on, not from go-live; what all draws pay alike is one number."""
    start, seat_cost, one_off = tactics.start, tactics.seat_cost, tactics.one_off
    fixed_monthly, overrun = tactics.fixed_monthly, table[OVERRUN]
    alike, is_alike = 0.0, True
    for tactic in range(chosen.size):
        if not chosen[tactic] or month < start[tactic]:
            continue
        regular = seat_cost[tactic] + fixed_monthly[tactic]
        if tactics.is_unsure[tactic]:
            if is_alike:
                cost[:] = alike
                is_alike = False
            _pay_each(regular, one_off[tactic], begin[tactic], overrun, fit[tactic], month, cost)
            continue
        if is_alike:
            alike += regular
        else:
            _add_to_all(cost, regular)
        if month == start[tactic] and one_off[tactic] != 0.0:
            if is_alike:
                cost[:] = alike
                is_alike = False
            _pay_once(one_off[tactic], overrun, fit[tactic], cost)
    if is_alike:
        cost[:] = alike


@compiled
def _pay_once(amount: float, overrun: FloatArray, fit: FloatArray, cost: FloatArray) -> None:
    for i in range(cost.size):
        cost[i] += amount * (1.0 + overrun[i] * (1.0 - fit[i]))


@compiled
def _pay_each(
    regular: float,
    amount: float,
    begin: FloatArray,
    overrun: FloatArray,
    fit: FloatArray,
    month: int,
    cost: FloatArray,
) -> None:
    for i in range(cost.size):
        if begin[i] <= month:
            cost[i] += regular
        if begin[i] == month:
            cost[i] += amount * (1.0 + overrun[i] * (1.0 - fit[i]))


@compiled
def _shelve(seats: float, adoption: FloatArray, shelfware: FloatArray) -> None:
    for i in range(shelfware.size):
        shelfware[i] += seats * (1.0 - adoption[i])


@compiled
def _shelve_each(
    seats: float, adoption: FloatArray, begin: FloatArray, month: int, shelfware: FloatArray
) -> None:
    for i in range(shelfware.size):
        if begin[i] <= month:
            shelfware[i] += seats * (1.0 - adoption[i])


@compiled
def _add(values: FloatArray, effect: float, adoption: FloatArray) -> None:
    for i in range(values.size):
        values[i] += effect * adoption[i]


@compiled
def _multiply(values: FloatArray, effect: float, adoption: FloatArray) -> None:
    for i in range(values.size):
        values[i] *= 1.0 + effect * adoption[i]


@compiled
def _misfit(adoption: FloatArray, fit: FloatArray, neutral: FloatArray, misfit: FloatArray) -> None:
    for i in range(misfit.size):
        misfit[i] += adoption[i] * (neutral[i] - fit[i])
