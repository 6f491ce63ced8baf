"""A block of draws on its way through the months, in compiled code."""

from typing import NamedTuple

import numpy as np

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
    close_deals,
    divide_week,
    divide_work,
    meet_buyers,
    turn_over,
)
from simulation.noise import demand_factor, next_level
from simulation.packing import Packed, Policy, Schedule
from simulation.takeover import Takeover, new_takeover
from simulation.types import FloatArray
from simulation.worlds import DEMAND_PERSISTENCE, DEMAND_SPREAD

BOOKINGS = METRICS.index("bookings")
EXPECTED_BOOKINGS = METRICS.index("expected_bookings")
WINS = METRICS.index("wins")
OPPORTUNITIES = METRICS.index("opportunities")
WIN_RATE = METRICS.index("win_rate")
DEAL_SIZE = METRICS.index("deal_size")
CYCLE = METRICS.index("cycle")
PIPELINE = METRICS.index("pipeline")
SELLING_HOURS = METRICS.index("selling_hours")
STRATEGY_HOURS = METRICS.index("strategy_hours")
COACHING_HOURS = METRICS.index("coaching_hours")
SLACK_HOURS = METRICS.index("slack_hours")
ADMIN_HOURS = METRICS.index("admin_hours")
MEETING_HOURS = METRICS.index("meeting_hours")
SYSTEM_HOURS = METRICS.index("system_hours")
REWORK_HOURS = METRICS.index("rework_hours")
OPS_HOURS = METRICS.index("ops_hours")
OVERFLOW_HOURS = METRICS.index("overflow_hours")
UNMET_HOURS = METRICS.index("unmet_hours")
HEADS = METRICS.index("heads")
CONTACT = METRICS.index("contact")
RESPONSE = METRICS.index("response")
STRATEGY_STOCK = METRICS.index("strategy_stock")
SKILL_STOCK = METRICS.index("skill_stock")
COST = METRICS.index("cost")
SHELFWARE = METRICS.index("shelfware")


class Scene(NamedTuple):
    """A month's figures, overwritten month after month; each array (lanes,)."""

    state: State
    work: Work
    hours: Hours
    market: Market
    sales: Sales
    total: Takeover
    leaked: FloatArray


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
    divide_work(plan, policy, schedule, table, rates, state, total, month, work)
    divide_week(plan, policy, schedule, table, scene.leaked, state, work, month, hours)
    meet_buyers(plan, table, rates, state, hours, total, demand, month, market)
    close_deals(plan, table, rates, state, total, market.opportunities, sales)
    if is_noiseless:
        sales.bookings[:] = sales.expected_bookings
    else:
        book(table, normal, sales)
    build_stocks(plan, table, state, hours, work)
    turn_over(table, rates, state, total.misfit)


@compiled
def figures(scene: Scene, metric: int) -> FloatArray:
    """Return a metric of the month just played, (lanes,)."""
    state, work, hours = scene.state, scene.work, scene.hours
    market, sales, total = scene.market, scene.sales, scene.total
    if metric == BOOKINGS:
        return sales.bookings
    if metric == EXPECTED_BOOKINGS:
        return sales.expected_bookings
    if metric == WINS:
        return sales.wins
    if metric == OPPORTUNITIES:
        return market.opportunities
    if metric == WIN_RATE:
        return sales.win_rate
    if metric == DEAL_SIZE:
        return sales.deal_size
    if metric == CYCLE:
        return sales.cycle
    if metric == PIPELINE:
        return sales.pipeline
    if metric == SELLING_HOURS:
        return hours.selling
    if metric == STRATEGY_HOURS:
        return hours.strategy
    if metric == COACHING_HOURS:
        return hours.coaching
    if metric == SLACK_HOURS:
        return hours.slack
    if metric == ADMIN_HOURS:
        return hours.admin
    if metric == MEETING_HOURS:
        return hours.meetings
    if metric == SYSTEM_HOURS:
        return work.system
    if metric == REWORK_HOURS:
        return work.rework
    if metric == OPS_HOURS:
        return work.ops
    if metric == OVERFLOW_HOURS:
        return work.overflow
    if metric == UNMET_HOURS:
        return hours.unmet
    if metric == HEADS:
        return hours.heads
    if metric == CONTACT:
        return market.contact
    if metric == RESPONSE:
        return market.response
    if metric == STRATEGY_STOCK:
        return state.strategy
    if metric == SKILL_STOCK:
        return state.skill
    if metric == COST:
        return total.cost
    return total.shelfware


@compiled
def swing_demand(
    table: FloatArray, innovation: FloatArray, month: int, level: FloatArray, demand: FloatArray
) -> None:
    """Let demand swing on; it begins in its stationary state (15)."""
    persistence, spread = table[DEMAND_PERSISTENCE], table[DEMAND_SPREAD]
    for i in range(level.size):
        step = next_level(level[i], innovation[i], persistence[i])
        level[i] = innovation[i] if month == 1 else step
        demand[i] = demand_factor(level[i], spread[i])
