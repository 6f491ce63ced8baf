"""What a plan earns, draw by draw (docs/model.md, equation 18)."""

import math
from typing import NamedTuple

import numpy as np

from simulation.arithmetic import exp, log
from simulation.compiled import compiled
from simulation.types import FloatArray

LEAST_COST = 1e-6  # currency; below it there is no cost to earn back


class Money(NamedTuple):
    """Money against the baseline: (months, draws) and, for the last three, (draws,).

    Amounts in currency. `roi` is nan where nothing was spent; `payback` is a month, inf where
    it never comes.
    """

    net: FloatArray
    cumulative: FloatArray
    npv: FloatArray
    roi: FloatArray
    payback: FloatArray


@compiled
def recognised(
    bookings: FloatArray, before: FloatArray, spread: FloatArray, revenue: FloatArray
) -> None:
    """Find revenue: each booking in equal parts over `spread` months, its own first.

    Parameters
    ----------
    bookings : (months, draws) currency
    before : (draws,) bookings a month before month 1
    spread : (draws,) months, >= 1; a fraction weighs the last month
    revenue : (months, draws) currency, where it goes
    """
    months, draws = bookings.shape
    running, leaving, window = np.empty(draws), np.empty(draws), window_of(spread)
    for draw in range(draws):
        running[draw] = before[draw] * math.floor(spread[draw])
    for month in range(months):
        booked = bookings[month]
        if 0 <= window <= month:
            recognise(spread, bookings[month - window], booked, running, revenue[month])
        elif window >= 0:
            recognise(spread, before, booked, running, revenue[month])
        else:
            for draw in range(draws):
                whole = int(math.floor(spread[draw]))
                leaving[draw] = bookings[month - whole, draw] if month >= whole else before[draw]
            recognise(spread, leaving, booked, running, revenue[month])


@compiled
def window_of(spread: FloatArray) -> int:
    """Return the whole months over which bookings are recognised; -1 where draws differ."""
    whole = math.floor(spread[0])
    for draw in range(spread.size):
        if math.floor(spread[draw]) != whole:
            return -1
    return int(whole)


@compiled
def recognise(
    spread: FloatArray,
    leaving: FloatArray,
    booked: FloatArray,
    running: FloatArray,
    revenue: FloatArray,
) -> None:
    """Find a month's revenue, all (draws,): `running` is the sum of the bookings in the window.

    `leaving` are the bookings that are no longer wholly in it.
    """
    for draw in range(booked.size):
        running[draw] += booked[draw] - leaving[draw]
        part = (spread[draw] - math.floor(spread[draw])) * leaving[draw]
        revenue[draw] = (running[draw] + part) / spread[draw]


@compiled
def present_value(net: FloatArray, yearly_rate: FloatArray) -> FloatArray:
    """Return the value today of monthly amounts, (months, draws), at period ends, (draws,)."""
    months, draws = net.shape
    value = np.zeros(draws)
    factor, step = np.ones(draws), np.empty(draws)
    for draw in range(draws):
        step[draw] = exp(log(1.0 + yearly_rate[draw]) / -12.0)
    for month in range(months):
        for draw in range(draws):
            factor[draw] *= step[draw]
            value[draw] += net[month, draw] * factor[draw]
    return value


@compiled
def payback_month(cumulative: FloatArray) -> FloatArray:
    """Return the first month from which the running total stays >= 0; inf if none.

    `cumulative` is (months, draws), the result (draws,).
    """
    months, draws = cumulative.shape
    first = np.ones(draws)
    for month in range(months):
        for draw in range(draws):
            if cumulative[month, draw] < 0.0:
                first[draw] = month + 2.0
    for draw in range(draws):
        if first[draw] > months:
            first[draw] = math.inf
    return first


@compiled
def money_of(
    revenue: FloatArray,
    bookings: FloatArray,
    cost: FloatArray,
    baseline_revenue: FloatArray,
    baseline_bookings: FloatArray,
    margin: FloatArray,
    commission: FloatArray,
    discount: FloatArray,
    net: FloatArray,
    cumulative: FloatArray,
) -> Money:
    """Return the money of a plan against its baseline, which costs nothing (18).

    The first five and the last two are (months, draws) in currency, the others (draws,) shares.
    `net` and `cumulative` are where these go.
    """
    months, draws = bookings.shape
    benefit, spent, running = np.zeros(draws), np.zeros(draws), np.zeros(draws)
    roi = np.empty(draws)
    for month in range(months):
        for draw in range(draws):
            earned = margin[draw] * (revenue[month, draw] - baseline_revenue[month, draw])
            earned -= commission[draw] * (bookings[month, draw] - baseline_bookings[month, draw])
            benefit[draw] += earned
            spent[draw] += cost[month, draw]
            running[draw] += earned - cost[month, draw]
            net[month, draw] = earned - cost[month, draw]
            cumulative[month, draw] = running[draw]
    for draw in range(draws):
        paid = spent[draw]
        roi[draw] = (benefit[draw] - paid) / paid if paid > LEAST_COST else math.nan
    return Money(net, cumulative, present_value(net, discount), roi, payback_month(cumulative))
