"""A block of draws on its way through the months, in compiled code."""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import exp
from simulation.compiled import compiled
from simulation.inputs import METRICS
from simulation.months import (
    Hours,
    Market,
    Rates,
    Sales,
    State,
    Work,
    book,
    build_stocks,
    change_seats,
    close_deals,
    divide_week,
    divide_work,
    grow_team,
    meet_buyers,
    pay_seats,
    turn_over,
)
from simulation.noise import demand_factor, next_level
from simulation.packing import Packed, Schedule
from simulation.policies import Policy
from simulation.takeover import Takeover, new_takeover
from simulation.types import FloatArray
from simulation.worlds import DEMAND_PERSISTENCE, DEMAND_SPREAD

# These need all months, so they are found afterwards.
NOT_OF_A_MONTH = tuple(METRICS.index(name) for name in ("revenue", "net_benefit", "cumulative_net"))


class Scene(NamedTuple):
    """A month's figures, overwritten month after month; each array (lanes,)."""

    state: State
    work: Work
    hours: Hours
    market: Market
    sales: Sales
    total: Takeover
    leaked: FloatArray
    spent: FloatArray


@compiled
def new_scene(state: State, lanes: int) -> Scene:
    """Return room for the months of a block that begins in `state`."""
    n = lanes
    return Scene(
        state,
        Work(np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)),
        Hours(
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
        ),
        Market(np.empty(n), np.empty(n), np.empty(n)),
        Sales(
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
            np.empty(n),
        ),
        new_takeover(n),
        np.empty(n),
        np.empty(n),
    )


@compiled
def play_month(
    plan: Packed,
    policy: Policy,
    schedule: Schedule,
    table: FloatArray,
    rates: Rates,
    demand: FloatArray,
    normal: FloatArray,
    is_noiseless: bool,
    month: int,
    scene: Scene,
) -> None:
    """Play one month of a block whose tactics are in `scene.total` already (1 to 16)."""
    state, work, hours = scene.state, scene.work, scene.hours
    market, sales, total = scene.market, scene.sales, scene.total
    change_seats(policy, state, month)
    pay_seats(policy, state, total.cost, scene.spent)
    divide_work(plan, policy, schedule, table, rates, state, total, month, work)
    divide_week(plan, policy, schedule, table, scene.leaked, state, total, work, month, hours)
    meet_buyers(plan, table, rates, state, hours, total, demand, month, market)
    close_deals(plan, table, rates, state, total, market.opportunities, month, sales)
    if is_noiseless:
        sales.bookings[:] = sales.expected_bookings
    else:
        book(table, normal, sales)
    build_stocks(plan, table, state, hours, work)
    grow_team(policy, table, rates, state, total.misfit, month)
    turn_over(table, rates, state, total.misfit)


@compiled
def figures_of(scene: Scene) -> tuple[FloatArray, ...]:
    """Return the arrays that hold a month's metrics, in the order of METRICS, (lanes,) each.

    Every month overwrites them. Those of NOT_OF_A_MONTH are zero.
    """
    state, work, hours = scene.state, scene.work, scene.hours
    market, sales, total = scene.market, scene.sales, scene.total
    nothing = np.zeros(scene.spent.size)
    return (
        sales.bookings,
        sales.expected_bookings,
        nothing,
        sales.wins,
        market.opportunities,
        sales.win_rate,
        sales.deal_size,
        sales.cycle,
        sales.pipeline,
        hours.selling,
        hours.strategy,
        hours.coaching,
        hours.slack,
        hours.admin,
        hours.meetings,
        work.system,
        work.rework,
        work.ops,
        work.overflow,
        hours.unmet,
        hours.heads,
        market.contact,
        market.response,
        state.strategy,
        state.skill,
        scene.spent,
        total.shelfware,
        nothing,
        nothing,
    )


@compiled
def swing_demand(
    table: FloatArray,
    rates: Rates,
    innovation: FloatArray,
    is_noiseless: bool,
    month: int,
    level: FloatArray,
    demand: FloatArray,
) -> None:
    """Let demand grow and swing on; it begins in its stationary state (12 and 15)."""
    persistence, spread = table[DEMAND_PERSISTENCE], table[DEMAND_SPREAD]
    if is_noiseless:
        for i in range(level.size):
            demand[i] = exp(rates.log_demand_change[i] * (month - 1))
        return
    for i in range(level.size):
        step = next_level(level[i], innovation[i], persistence[i])
        level[i] = innovation[i] if month == 1 else step
        demand[i] = demand_factor(level[i], spread[i], rates.log_demand_change[i] * (month - 1))
