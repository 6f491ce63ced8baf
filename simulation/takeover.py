"""What a plan's tactics do in a month, in a block of draws (docs/model.md, equations 2 to 5)."""

from typing import NamedTuple

import numpy as np

from simulation.adoption import adoption_of, bass, fit_of
from simulation.arithmetic import exp
from simulation.compiled import compiled
from simulation.packing import Moves, Packed, PackedTactics, Schedule
from simulation.types import BoolArray, FloatArray
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
    """How each tactic is used, month after month; (tactics, lanes) or (lanes,).

    `most` will use it in the end. `decay` and `faded` are the exponentials of equation 5 at the
    present month; `slower` and `fading` are what a month multiplies them by.
    """

    fit: FloatArray
    most: FloatArray
    adoption: FloatArray
    decay: FloatArray
    faded: FloatArray
    slower: FloatArray
    fading: FloatArray
    imitation_ratio: FloatArray


class Rows(NamedTuple):
    """Products and sums over tactics for each row of work, (rows, lanes).

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


@compiled
def take_over(
    plan: Packed,
    chosen: BoolArray,
    rep_touched: BoolArray,
    ops_touched: BoolArray,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    month: int,
    rep: Rows,
    ops: Rows,
    total: Takeover,
) -> None:
    """Find what the chosen tactics do in a month; `adoption` and `fit` are (tactics, lanes)."""
    tactics, has_desk = plan.tactics, False
    clear(rep, rep_touched)
    clear(ops, ops_touched)
    clear_effects(total)
    for tactic in range(chosen.size):
        if not chosen[tactic] or month < tactics.start[tactic]:
            continue
        pay(tactics, tactic, table, adoption[tactic], fit[tactic], month, total)
        if month - tactics.start[tactic] - tactics.delay[tactic] > 0.0:
            move_work(tactics, tactic, table, adoption[tactic], fit[tactic], rep, ops)
            add_effects(tactics, tactic, table, adoption[tactic], fit[tactic], total)
            has_desk = has_desk or tactics.to_ops[tactic]
    share_out(plan, rep, rep_touched, ops, ops_touched, has_desk, total)


@compiled
def start_use(
    tactics: PackedTactics,
    table: FloatArray,
    noise: FloatArray,
    most: FloatArray,
    fit: FloatArray,
) -> Use:
    """Return use before the first month; writes every tactic's `fit`, (tactics, lanes)."""
    count, lanes = fit.shape
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
        np.zeros((count, lanes)),
        np.ones((count, lanes)),
        np.ones((count, lanes)),
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
    more = plan.nudge[3, month - 1]
    for tactic in range(tactics.start.size):
        elapsed = month - tactics.start[tactic] - tactics.delay[tactic]
        if elapsed <= 0.0:
            continue
        decay, faded = use.decay[tactic], use.faded[tactic]
        if elapsed <= 1.0:
            _go_live(elapsed, table, decay, faded)
        else:
            _scale(decay, use.slower)
            _scale(faded, use.fading)
        _adopt(
            use.most[tactic],
            more,
            use.imitation_ratio,
            decay,
            faded,
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
def _scale(values: FloatArray, factors: FloatArray) -> None:
    for i in range(values.size):
        values[i] *= factors[i]


@compiled
def _adopt(
    most: FloatArray,
    more: float,
    ratio: FloatArray,
    decay: FloatArray,
    faded: FloatArray,
    fit: FloatArray,
    adoption: FloatArray,
) -> None:
    for i in range(adoption.size):
        now = adoption_of(most[i], bass(decay[i], ratio[i]), fit[i], faded[i])
        adoption[i] = min(now * more, 1.0)


@compiled
def touched_rows(moves: Moves, chosen: BoolArray, rows: int) -> BoolArray:
    """Return which rows of work the chosen tactics move, (rows,)."""
    touched = np.zeros(rows, dtype=np.bool_)
    for tactic in range(chosen.size):
        if chosen[tactic]:
            for place in range(moves.first[tactic], moves.first[tactic + 1]):
                touched[moves.row[place]] = True
    return touched


@compiled
def schedule_of(tactics: PackedTactics, chosen: BoolArray, months: int) -> Schedule:
    """Return what the chosen tactics ask of people, by month (6 and 7).

    Two live tactics are a pair unless both name the same goal; one without a goal shares none.
    """
    upkeep, training, pairs = np.zeros(months), np.zeros(months), np.zeros(months)
    for month in range(1, months + 1):
        for tactic in range(chosen.size):
            if not chosen[tactic] or tactics.start[tactic] > month:
                continue
            upkeep[month - 1] += tactics.upkeep_hours[tactic]
            if tactics.go_live[tactic] == month:
                training[month - 1] += tactics.training_hours[tactic]
            for other in range(tactic):
                if not chosen[other] or tactics.start[other] > month:
                    continue
                shares = tactics.goal[tactic] >= 0 and tactics.goal[tactic] == tactics.goal[other]
                if not shares:
                    pairs[month - 1] += 1.0
    return Schedule(upkeep, training, pairs)


@compiled
def new_rows(rows: int, lanes: int) -> Rows:
    """Return room for the products of `rows` rows of work."""
    shape = (rows, lanes)
    return Rows(np.ones(shape), np.ones(shape), np.zeros(shape), np.zeros(shape))


@compiled
def clear(rows: Rows, touched: BoolArray) -> None:
    """Begin a month: nothing is moved yet; rows that nobody touches are not looked at."""
    for row in range(touched.size):
        if touched[row]:
            rows.not_system[row, :] = 1.0
            rows.not_ops[row, :] = 1.0
            rows.moved[row, :] = 0.0
            rows.returned[row, :] = 0.0


@compiled
def move_work(
    tactics: PackedTactics,
    tactic: int,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    rep: Rows,
    ops: Rows,
) -> None:
    """Add what one tactic takes over to the rows of work it moves (2 and 3)."""
    realised, back = np.empty(adoption.size), np.empty(adoption.size)
    realise(adoption, fit, table[REALISED_SHARE], table[REWORK], realised, back)
    moves = tactics.rep_moves
    for place in range(moves.first[tactic], moves.first[tactic + 1]):
        row, share = moves.row[place], moves.share[place]
        if tactics.to_ops[tactic]:
            delegate(share, realised, rep.not_ops[row])
        else:
            automate(share, realised, back, rep.not_system[row], rep.moved[row], rep.returned[row])
    moves = tactics.ops_moves
    for place in range(moves.first[tactic], moves.first[tactic + 1]):
        row, share = moves.row[place], moves.share[place]
        automate(share, realised, back, ops.not_system[row], ops.moved[row], ops.returned[row])


@compiled
def realise(
    adoption: FloatArray,
    fit: FloatArray,
    scale: FloatArray,
    rework: FloatArray,
    realised: FloatArray,
    back: FloatArray,
) -> None:
    """Find the share of its promise a tactic takes over, and how much of that comes back."""
    for i in range(realised.size):
        realised[i] = min(adoption[i] * scale[i], 1.0)
        back[i] = rework[i] * (1.0 - fit[i])


@compiled
def delegate(share: float, realised: FloatArray, not_ops: FloatArray) -> None:
    """Let operations take a share of a row of work."""
    for i in range(not_ops.size):
        not_ops[i] *= 1.0 - share * realised[i]


@compiled
def automate(
    share: float,
    realised: FloatArray,
    back: FloatArray,
    not_system: FloatArray,
    moved: FloatArray,
    returned: FloatArray,
) -> None:
    """Let a system take a share of a row of work, some of which comes back."""
    for i in range(moved.size):
        taken = share * realised[i]
        not_system[i] *= 1.0 - taken
        moved[i] += taken
        returned[i] += taken * back[i]


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
    )


@compiled
def share_out(
    plan: Packed,
    rep: Rows,
    rep_touched: BoolArray,
    ops: Rows,
    ops_touched: BoolArray,
    has_desk: bool,
    total: Takeover,
) -> None:
    """Sum the rows of work into what reps keep, systems take and operations get.

    `has_desk` says whether any rep work goes to operations.
    """
    for shares in (total.rep_kept, total.rep_system, total.rep_rework, total.delegated):
        shares[:] = 0.0
    for shares in (total.ops_kept, total.ops_system, total.ops_rework):
        shares[:] = 0.0
    # Every row in one order, touched or not: a tactic that moves nothing changes no bit.
    for row in range(plan.rep_rows.size):
        if rep_touched[row]:
            rep_row(plan.rep_rows[row], rep, row, total)
            if has_desk:
                desk_row(plan.rep_rows[row], rep.not_system[row], rep.not_ops[row], total.delegated)
        else:
            _add_to_all(total.rep_kept, plan.rep_rows[row])
    for row in range(plan.ops_rows.size):
        if ops_touched[row]:
            ops_row(plan.ops_rows[row], ops, row, total)
        else:
            _add_to_all(total.ops_kept, plan.ops_rows[row])


@compiled
def _add_to_all(values: FloatArray, amount: float) -> None:
    for i in range(values.size):
        values[i] += amount


@compiled
def rep_row(hours: float, rows: Rows, row: int, total: Takeover) -> None:
    """Add one row of the reps' work to what they keep and what systems take."""
    not_system, not_ops = rows.not_system[row], rows.not_ops[row]
    moved, returned = rows.moved[row], rows.returned[row]
    kept, system = total.rep_kept, total.rep_system
    rework = total.rep_rework
    for i in range(kept.size):
        automated = hours * (1.0 - not_system[i])
        rate = returned[i] / moved[i] if moved[i] > 0.0 else 0.0
        kept[i] += hours * (not_system[i] * not_ops[i])
        system[i] += automated
        rework[i] += automated * rate


@compiled
def desk_row(
    hours: float, not_system: FloatArray, not_ops: FloatArray, delegated: FloatArray
) -> None:
    """Add what operations take of one row of the reps' work."""
    for i in range(delegated.size):
        delegated[i] += hours * not_system[i] * (1.0 - not_ops[i])


@compiled
def ops_row(hours: float, rows: Rows, row: int, total: Takeover) -> None:
    """Add one row of the operations team's work to what it keeps and what systems take."""
    not_system, moved, returned = rows.not_system[row], rows.moved[row], rows.returned[row]
    kept, system, rework = total.ops_kept, total.ops_system, total.ops_rework
    for i in range(kept.size):
        automated = hours * (1.0 - not_system[i])
        rate = returned[i] / moved[i] if moved[i] > 0.0 else 0.0
        kept[i] += hours * not_system[i]
        system[i] += automated
        rework[i] += automated * rate


@compiled
def clear_effects(total: Takeover) -> None:
    """Begin a month: no tactic has any effect yet and nothing is paid."""
    total.win[:] = 0.0
    total.misfit[:] = 0.0
    total.cost[:] = 0.0
    total.shelfware[:] = 0.0
    total.deal[:] = 1.0
    total.cycle[:] = 1.0
    total.attention[:] = 1.0


@compiled
def add_effects(
    tactics: PackedTactics,
    tactic: int,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    total: Takeover,
) -> None:
    """Add one tactic's direct effects, and its pull on attrition (16)."""
    if tactics.win[tactic] != 0.0:
        _add(total.win, tactics.win[tactic], adoption)
    if tactics.deal[tactic] != 0.0:
        multiply(total.deal, tactics.deal[tactic], adoption)
    if tactics.cycle[tactic] != 0.0:
        multiply(total.cycle, -tactics.cycle[tactic], adoption)
    if tactics.attention[tactic] != 0.0:
        multiply(total.attention, tactics.attention[tactic], adoption)
    _misfit(adoption, fit, table[FIT_NEUTRAL], total.misfit)


@compiled
def pay(
    tactics: PackedTactics,
    tactic: int,
    table: FloatArray,
    adoption: FloatArray,
    fit: FloatArray,
    month: int,
    total: Takeover,
) -> None:
    """Pay from the start on, not from go-live; shelfware is what nobody uses (17)."""
    seats = tactics.seat_cost[tactic]
    _add_to_all(total.cost, seats + tactics.fixed_monthly[tactic])
    if month == tactics.start[tactic] and tactics.one_off[tactic] != 0.0:
        _pay_once(tactics.one_off[tactic], table[OVERRUN], fit, total.cost)
    if seats != 0.0:
        _shelve(seats, adoption, total.shelfware)


@compiled
def _pay_once(amount: float, overrun: FloatArray, fit: FloatArray, cost: FloatArray) -> None:
    for i in range(cost.size):
        cost[i] += amount * (1.0 + overrun[i] * (1.0 - fit[i]))


@compiled
def _shelve(seats: float, adoption: FloatArray, shelfware: FloatArray) -> None:
    for i in range(shelfware.size):
        shelfware[i] += seats * (1.0 - adoption[i])


@compiled
def _add(values: FloatArray, effect: float, adoption: FloatArray) -> None:
    for i in range(values.size):
        values[i] += effect * adoption[i]


@compiled
def multiply(values: FloatArray, effect: float, adoption: FloatArray) -> None:
    """Multiply by one tactic's relative effect."""
    for i in range(values.size):
        values[i] *= 1.0 + effect * adoption[i]


@compiled
def _misfit(adoption: FloatArray, fit: FloatArray, neutral: FloatArray, misfit: FloatArray) -> None:
    for i in range(misfit.size):
        misfit[i] += adoption[i] * (neutral[i] - fit[i])
