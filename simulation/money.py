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
def recognised(bookings: FloatArray, before: FloatArray, spread: FloatArray) -> FloatArray:
    """Return revenue: each booking in equal parts over `spread` months, its own first.

    Parameters
    ----------
    bookings : (months, draws) currency
    before : (draws,) bookings a month before month 1
    spread : (draws,) months, >= 1; a fraction weighs the last month
    """
    months, draws = bookings.shape
    revenue = np.empty_like(bookings)
    running = np.empty(draws)
    for draw in range(draws):
        running[draw] = before[draw] * math.floor(spread[draw])
    for month in range(months):
        for draw in range(draws):
            whole = int(math.floor(spread[draw]))
            leaving = bookings[month - whole, draw] if month >= whole else before[draw]
            running[draw] += bookings[month, draw] - leaving
            part = (spread[draw] - whole) * leaving
            revenue[month, draw] = (running[draw] + part) / spread[draw]
    return revenue


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
) -> Money:
    """Return the money of a plan against its baseline, which costs nothing (18).

    All but the last three are (months, draws) in currency; these are (draws,) shares.
    """
    months, draws = bookings.shape
    net, cumulative = np.empty_like(cost), np.empty_like(cost)
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
