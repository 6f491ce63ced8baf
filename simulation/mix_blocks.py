"""Many choices of the same tactics, block of draws by block of draws, in compiled code."""

import math
from typing import NamedTuple

import numpy as np

from simulation.arithmetic import exp, log, total_of
from simulation.blocks import LANES, Luck
from simulation.compiled import compiled
from simulation.inputs import METRICS
from simulation.months import Rates, State, leak_of, rates_of, steady_state
from simulation.packing import Packed, Policy
from simulation.scene import Scene, figures_of, new_scene, play_month, swing_demand
from simulation.takeover import (
    Rows,
    new_rows,
    schedule_of,
    start_use,
    take_over,
    touched_rows,
    use_tactics,
)
from simulation.types import BoolArray, FloatArray, IntArray
from simulation.worlds import (
    BOOKINGS_PER_SEAT,
    COMMISSION,
    DISCOUNT_RATE,
    GROSS_MARGIN,
    RECOGNITION_MONTHS,
)

REVENUE, NET = METRICS.index("revenue"), METRICS.index("net_benefit")
CUMULATIVE = METRICS.index("cumulative_net")
LEVEL, TRAILING, SUM, CHANGE = 0, 1, 2, 3
FIRST_YEAR = 12


class PackedGoals(NamedTuple):
    """Goals as arrays, (goals,): number of the metric, one of LEVEL, TRAILING, SUM, CHANGE..."""

    metric: IntArray
    statistic: IntArray
    due: IntArray
    target: FloatArray
    at_least: BoolArray


class Choices(NamedTuple):
    """Which tactics are in, (mixes, tactics), and each mix's policy, (mixes, 4)."""

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


class World(NamedTuple):
    """What all mixes of a block share; (assumptions, lanes), (months, lanes) or (lanes,)."""

    table: FloatArray
    rates: Rates
    start: State
    demand: FloatArray
    normal: FloatArray
    is_noiseless: bool
    adoption: FloatArray  # (months, tactics, lanes)
    fit: FloatArray  # (tactics, lanes)
    factor: FloatArray  # what money at the end of a month is worth today
    before: FloatArray  # bookings a month before month 1
    window: int  # whole months over which bookings are recognised; -1 where draws differ


class Books(NamedTuple):
    """Money of one mix as its months pass by; (months, lanes) or (lanes,)."""

    bookings: FloatArray
    revenue: FloatArray
    running: FloatArray
    net: FloatArray
    cumulative: FloatArray
    npv: FloatArray
    cost: FloatArray
    first_year: FloatArray


@compiled
def run_mixes(
    plan: Packed,
    table: FloatArray,
    luck: Luck,
    goals: PackedGoals,
    baseline_policy: Policy,
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
    world = _world(plan, table, luck, low, high)
    scene = new_scene(_copy(world.start), n)
    rep, ops = new_rows(plan.rep_rows.size, n), new_rows(plan.ops_rows.size, n)
    nothing = np.zeros(plan.tactics.start.size, dtype=np.bool_)
    base, books = _new_books(plan.months, n), _new_books(plan.months, n)
    base_counts = np.zeros((goals.due.size, n))
    counts, met = np.zeros((goals.due.size, n)), np.empty(n)
    _play(plan, world, baseline_policy, nothing, goals, scene, rep, ops, base, base, base_counts)
    for mix in range(first, last):
        policy = Policy(
            choices.policy[mix, 0],
            choices.policy[mix, 1],
            choices.policy[mix, 2],
            choices.policy[mix, 3],
        )
        chosen = choices.chosen[mix]
        _play(plan, world, policy, chosen, goals, scene, rep, ops, books, base, counts)
        totals.npv_sum[mix, block] = total_of(books.npv)
        totals.npv_square[mix, block] = total_of(books.npv * books.npv)
        totals.cost[mix, block] = total_of(books.cost)
        totals.first_year[mix, block] = total_of(books.first_year)
        for goal in range(goals.due.size):
            _meet(goals, goal, counts[goal], base_counts[goal], met)
            totals.hits[mix, goal, block] = total_of(met)
            if goal == totals.scored:
                totals.scores[mix, low:high] = met
        if totals.scored < 0:
            totals.scores[mix, low:high] = books.npv


@compiled
def _world(plan: Packed, table: FloatArray, luck: Luck, low: int, high: int) -> World:
    n, months, tactics = high - low, plan.months, plan.tactics.start.size
    worlds = np.ascontiguousarray(table[:, low:high])
    rates = rates_of(plan, worlds)
    start = steady_state(plan, worlds, rates)
    fit = np.empty((tactics, n))
    use = start_use(plan.tactics, worlds, luck.fit[:, low:high].copy(), fit)
    adoption = np.empty((months, tactics, n))
    demand, factor = np.ones((months, n)), np.empty((months, n))
    level, swing = np.zeros(n), np.ones(n)
    for month in range(1, months + 1):
        use_tactics(plan, worlds, use, month)
        adoption[month - 1] = use.adoption
        if not luck.is_noiseless:
            swing_demand(worlds, luck.demand[month - 1, low:high], month, level, swing)
        demand[month - 1] = swing
        for i in range(n):
            factor[month - 1, i] = exp(log(1.0 + worlds[DISCOUNT_RATE, i]) * month / -12.0)
    before = np.empty(n)
    for i in range(n):
        before[i] = plan.seats * worlds[BOOKINGS_PER_SEAT, i]
    normal = luck.bookings[:, low:high].copy()
    return World(
        worlds,
        rates,
        start,
        demand,
        normal,
        luck.is_noiseless,
        adoption,
        fit,
        factor,
        before,
        _window(worlds[RECOGNITION_MONTHS]),
    )


@compiled
def _window(spread: FloatArray) -> int:
    whole = math.floor(spread[0])
    for i in range(spread.size):
        if math.floor(spread[i]) != whole:
            return -1
    return int(whole)


@compiled
def _copy(state: State) -> State:
    return State(
        state.vacant.copy(),
        state.first_ramp.copy(),
        state.second_ramp.copy(),
        state.third_ramp.copy(),
        state.full.copy(),
        state.first_stage.copy(),
        state.second_stage.copy(),
        state.third_stage.copy(),
        state.strategy.copy(),
        state.skill.copy(),
        state.log_strategy.copy(),
        state.log_skill.copy(),
    )


@compiled
def _restart(state: State, start: State) -> None:
    state.vacant[:] = start.vacant
    state.first_ramp[:] = start.first_ramp
    state.second_ramp[:] = start.second_ramp
    state.third_ramp[:] = start.third_ramp
    state.full[:] = start.full
    state.first_stage[:] = start.first_stage
    state.second_stage[:] = start.second_stage
    state.third_stage[:] = start.third_stage
    state.strategy[:] = start.strategy
    state.skill[:] = start.skill
    state.log_strategy[:] = start.log_strategy
    state.log_skill[:] = start.log_skill


@compiled
def _new_books(months: int, n: int) -> Books:
    shape = (months, n)
    return Books(
        np.empty(shape),
        np.empty(shape),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
    )


@compiled
def _play(
    plan: Packed,
    world: World,
    policy: Policy,
    chosen: BoolArray,
    goals: PackedGoals,
    scene: Scene,
    rep: Rows,
    ops: Rows,
    books: Books,
    base: Books,
    counts: FloatArray,
) -> None:
    """Play all months of one mix; the baseline is its own `base`."""
    table = world.table
    _restart(scene.state, world.start)
    leak_of(table, policy, scene.leaked)
    schedule = schedule_of(plan.tactics, chosen, plan.months)
    rep_touched = touched_rows(plan.tactics.rep_moves, chosen, plan.rep_rows.size)
    ops_touched = touched_rows(plan.tactics.ops_moves, chosen, plan.ops_rows.size)
    figures = figures_of(scene)
    _open(world, books)
    counts[:] = 0.0
    for month in range(1, plan.months + 1):
        take_over(
            plan,
            chosen,
            rep_touched,
            ops_touched,
            table,
            world.adoption[month - 1],
            world.fit,
            month,
            rep,
            ops,
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
        books.bookings[month - 1] = scene.sales.bookings
        _recognise(world, books, month)
        _earn(world, books, base, scene.total.cost, month)
        for goal in range(goals.due.size):
            if _counts(goals, goal, month):
                _count(_figure(figures, books, goals.metric[goal], month), counts[goal])


@compiled
def _open(world: World, books: Books) -> None:
    for i in range(books.npv.size):
        whole = math.floor(world.table[RECOGNITION_MONTHS, i])
        books.running[i] = world.before[i] * whole
        books.npv[i] = 0.0
        books.cumulative[i] = 0.0
        books.cost[i] = 0.0
        books.first_year[i] = 0.0


@compiled
def _recognise(world: World, books: Books, month: int) -> None:
    """Find the month's revenue as `simulation.money.recognised` does."""
    spread, before, bookings = world.table[RECOGNITION_MONTHS], world.before, books.bookings
    if world.window >= 0 and month <= world.window:
        _revenue(spread, before, bookings[month - 1], books.running, books.revenue[month - 1])
        return
    if world.window >= 0:
        leaving = bookings[month - 1 - world.window]
        _revenue(spread, leaving, bookings[month - 1], books.running, books.revenue[month - 1])
        return
    leaving = np.empty(spread.size)
    for i in range(spread.size):
        whole = int(math.floor(spread[i]))
        leaving[i] = bookings[month - 1 - whole, i] if month > whole else before[i]
    _revenue(spread, leaving, bookings[month - 1], books.running, books.revenue[month - 1])


@compiled
def _revenue(
    spread: FloatArray,
    leaving: FloatArray,
    booked: FloatArray,
    running: FloatArray,
    revenue: FloatArray,
) -> None:
    for i in range(booked.size):
        running[i] += booked[i] - leaving[i]
        part = (spread[i] - math.floor(spread[i])) * leaving[i]
        revenue[i] = (running[i] + part) / spread[i]


@compiled
def _earn(world: World, books: Books, base: Books, paid: FloatArray, month: int) -> None:
    """Add the month's net benefit to what it is worth today (18)."""
    margin, commission = world.table[GROSS_MARGIN], world.table[COMMISSION]
    revenue, usual = books.revenue[month - 1], base.revenue[month - 1]
    booked, usually_booked = books.bookings[month - 1], base.bookings[month - 1]
    factor, is_first_year = world.factor[month - 1], 1.0 if month <= FIRST_YEAR else 0.0
    for i in range(paid.size):
        earned = margin[i] * (revenue[i] - usual[i])
        earned -= commission[i] * (booked[i] - usually_booked[i])
        net = earned - paid[i]
        books.net[i] = net
        books.cumulative[i] += net
        books.npv[i] += net * factor[i]
        books.cost[i] += paid[i]
        books.first_year[i] += is_first_year * paid[i]


@compiled
def _counts(goals: PackedGoals, goal: int, month: int) -> bool:
    """Return whether a goal's statistic counts this month."""
    due, statistic = goals.due[goal], goals.statistic[goal]
    if statistic == SUM:
        return bool(month <= due)
    if statistic == TRAILING:
        return bool(due - 3 < month <= due)
    return bool(month == due)


@compiled
def _figure(figures: tuple[FloatArray, ...], books: Books, metric: int, month: int) -> FloatArray:
    if metric == NET:
        return books.net
    if metric == CUMULATIVE:
        return books.cumulative
    if metric != REVENUE:
        return figures[metric]
    revenue: FloatArray = books.revenue[month - 1]
    return revenue


@compiled
def _count(values: FloatArray, counts: FloatArray) -> None:
    for i in range(counts.size):
        counts[i] += values[i]


@compiled
def _meet(
    goals: PackedGoals, goal: int, counts: FloatArray, usual: FloatArray, met: FloatArray
) -> None:
    """Find which draws meet a goal, from what was counted in the mix and in the baseline."""
    months = min(goals.due[goal], 3) if goals.statistic[goal] == TRAILING else 1
    is_change, target = goals.statistic[goal] == CHANGE, goals.target[goal]
    for i in range(counts.size):
        value = counts[i] / months
        if is_change:
            value = (counts[i] / usual[i] if usual[i] != 0.0 else 1.0) - 1.0
        is_met = value >= target if goals.at_least[goal] else value <= target
        met[i] = 1.0 if is_met else 0.0
