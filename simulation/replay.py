"""Months of a block of draws that are played again and again, with other tactics each time."""

import math
from typing import NamedTuple

import numpy as np

from simulation.arithmetic import copy, exp, log, part_of
from simulation.blocks import Luck
from simulation.compiled import compiled
from simulation.inputs import METRICS
from simulation.money import recognise, window_of
from simulation.months import Rates, State, rates_of, steady_state
from simulation.packing import Packed
from simulation.scene import swing_demand
from simulation.takeover import start_use, use_tactics
from simulation.types import FloatArray
from simulation.worlds import (
    BOOKINGS_PER_SEAT,
    COMMISSION,
    DISCOUNT_RATE,
    GROSS_MARGIN,
    RECOGNITION_MONTHS,
)

REVENUE, NET = METRICS.index("revenue"), METRICS.index("net_benefit")
CUMULATIVE = METRICS.index("cumulative_net")
FIRST_YEAR = 12


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
    begin: FloatArray  # month in which each tactic starts, (tactics, lanes)
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
def world_of(plan: Packed, table: FloatArray, luck: Luck, low: int, high: int) -> World:
    """Return what does not depend on which tactics are in, for draws low to high - 1."""
    n, months, tactics = high - low, plan.months, plan.tactics.start.size
    worlds = part_of(table, low, high)
    rates = rates_of(plan, worlds)
    start = steady_state(plan, worlds, rates)
    fit = np.empty((tactics, n))
    noise, most = part_of(luck.fit, low, high), part_of(luck.most, low, high)
    begin = part_of(luck.begin, low, high)
    use = start_use(plan.tactics, worlds, noise, most, begin, fit)
    adoption = np.empty((months, tactics, n))
    demand, factor = np.ones((months, n)), np.empty((months, n))
    level, swing = np.zeros(n), np.ones(n)
    for month in range(1, months + 1):
        use_tactics(plan, worlds, use, month)
        for tactic in range(tactics):
            copy(use.adoption[tactic], adoption[month - 1, tactic])
        innovation = luck.demand[month - 1, low:high]
        swing_demand(worlds, rates, innovation, luck.is_noiseless, month, level, swing)
        copy(swing, demand[month - 1])
        for i in range(n):
            factor[month - 1, i] = exp(log(1.0 + worlds[DISCOUNT_RATE, i]) * month / -12.0)
    before = np.empty(n)
    for i in range(n):
        before[i] = plan.seats * worlds[BOOKINGS_PER_SEAT, i]
    normal = part_of(luck.bookings, low, high)
    return World(
        worlds,
        rates,
        start,
        demand,
        normal,
        luck.is_noiseless,
        adoption,
        fit,
        begin,
        factor,
        before,
        window_of(worlds[RECOGNITION_MONTHS]),
    )


@compiled
def copy_of(state: State) -> State:
    """Return a state of its own."""
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
        state.added.copy(),
    )


@compiled
def restart(state: State, start: State) -> None:
    """Go back to the state before month 1."""
    copy(start.vacant, state.vacant)
    copy(start.first_ramp, state.first_ramp)
    copy(start.second_ramp, state.second_ramp)
    copy(start.third_ramp, state.third_ramp)
    copy(start.full, state.full)
    copy(start.first_stage, state.first_stage)
    copy(start.second_stage, state.second_stage)
    copy(start.third_stage, state.third_stage)
    copy(start.strategy, state.strategy)
    copy(start.skill, state.skill)
    copy(start.log_strategy, state.log_strategy)
    copy(start.log_skill, state.log_skill)
    copy(start.added, state.added)


@compiled
def new_books(months: int, n: int) -> Books:
    """Return room for the money of one play."""
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
def open_books(world: World, books: Books) -> None:
    """Begin the books before month 1."""
    for i in range(books.npv.size):
        whole = math.floor(world.table[RECOGNITION_MONTHS, i])
        books.running[i] = world.before[i] * whole
        books.npv[i] = 0.0
        books.cumulative[i] = 0.0
        books.cost[i] = 0.0
        books.first_year[i] = 0.0


@compiled
def recognise_month(world: World, books: Books, month: int) -> None:
    """Find the month's revenue as `simulation.money.recognised` does."""
    spread, before, bookings = world.table[RECOGNITION_MONTHS], world.before, books.bookings
    if world.window >= 0 and month <= world.window:
        recognise(spread, before, bookings[month - 1], books.running, books.revenue[month - 1])
        return
    if world.window >= 0:
        leaving = bookings[month - 1 - world.window]
        recognise(spread, leaving, bookings[month - 1], books.running, books.revenue[month - 1])
        return
    leaving = np.empty(spread.size)
    for i in range(spread.size):
        whole = int(math.floor(spread[i]))
        leaving[i] = bookings[month - 1 - whole, i] if month > whole else before[i]
    recognise(spread, leaving, bookings[month - 1], books.running, books.revenue[month - 1])


@compiled
def earn(world: World, books: Books, base: Books, paid: FloatArray, month: int) -> None:
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
def figure_of(figures: tuple[FloatArray, ...], books: Books, metric: int, month: int) -> FloatArray:
    """Return a metric of this month, (lanes,); money comes from the books."""
    if metric == NET:
        return books.net
    if metric == CUMULATIVE:
        return books.cumulative
    if metric != REVENUE:
        return figures[metric]
    revenue: FloatArray = books.revenue[month - 1]
    return revenue
