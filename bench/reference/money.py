"""What a plan costs and earns (docs/model.md, equations 17 and 18)."""

import numpy as np

from bench.reference.adoption import Takeover
from simulation.draws import Draws
from simulation.inputs import Inputs
from simulation.types import FloatArray


def spending(inputs: Inputs, draws: Draws, work: Takeover) -> tuple[FloatArray, FloatArray]:
    """Return cost and shelfware, (months, draws) in currency (equation 17).

    Seats are paid from a tactic's start, not from its go-live; shelfware is the part of the
    seat cost that nobody uses.
    """
    cost = np.zeros((inputs.months, draws.count))
    shelfware = np.zeros_like(cost)
    months = np.arange(1, inputs.months + 1)[:, None]
    for index, (tactic, start) in enumerate(zip(inputs.tactics, draws.starts(inputs), strict=True)):
        live = months >= start
        seats = inputs.organisation.seats if tactic.seats is None else tactic.seats
        paid = tactic.seat_price * seats
        once = tactic.one_off * (1 + draws.values["overrun"] * (1 - work.fit[index]))
        cost += live * (paid + tactic.fixed_monthly) + (months == start) * once
        shelfware += live * paid * (1 - work.adoption[index])
    return cost, shelfware


def recognised(bookings: FloatArray, before: FloatArray, spread: FloatArray) -> FloatArray:
    """Return revenue: each booking in equal parts over `spread` months, its own first.

    Parameters
    ----------
    bookings : (months, draws) currency
    before : (draws,) bookings a month before month 1
    spread : (draws,) months, >= 1; a fraction weighs the last month
    """
    months, draws = bookings.shape
    window = int(np.ceil(spread.max()))
    padded = np.concatenate([np.broadcast_to(before, (window, draws)), bookings])
    totals = np.concatenate([np.zeros((1, draws)), np.cumsum(padded, axis=0)])
    whole = np.floor(spread).astype(int)
    rows = np.arange(1, months + 1)[:, None] + window
    columns = np.arange(draws)[None, :]
    full = totals[rows, columns] - totals[rows - whole, columns]
    last = padded[np.maximum(rows - whole - 1, 0), columns] * (spread - whole)
    return np.asarray((full + last) / spread)


def present_value(net: FloatArray, yearly_rate: FloatArray) -> FloatArray:
    """Return the value today of monthly amounts at period ends, (draws,)."""
    monthly = (1 + yearly_rate) ** (1 / 12)
    periods = np.arange(1, net.shape[0] + 1)[:, None]
    return np.asarray((net / monthly**periods).sum(axis=0))


def payback_month(cumulative: FloatArray) -> FloatArray:
    """Return the first month from which the running total stays >= 0; inf if none."""
    months = cumulative.shape[0]
    below = cumulative < 0
    # Distance of the last negative month from the end decides; none negative means month 1.
    after_last = months - np.argmax(below[::-1], axis=0)
    first = np.where(below.any(axis=0), after_last + 1, 1)
    return np.where(first > months, np.inf, first.astype(float))
