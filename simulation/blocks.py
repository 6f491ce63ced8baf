"""All months of a plan, block of draws by block of draws, in compiled code."""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import total_of
from simulation.compiled import compiled
from simulation.inputs import METRICS
from simulation.months import (
    Hours,
    Market,
    Sales,
    Work,
    book,
    build_stocks,
    close_deals,
    divide_week,
    divide_work,
    meet_buyers,
    rates_of,
    steady_state,
    turn_over,
)
from simulation.noise import demand_factor, next_level
from simulation.packing import Packed
from simulation.takeover import (
    add_effects,
    clear,
    clear_effects,
    move_work,
    new_rows,
    new_takeover,
    share_out,
    start_use,
    use_tactics,
)
from simulation.types import FloatArray, IntArray
from simulation.worlds import DEMAND_PERSISTENCE, DEMAND_SPREAD

LANES = 512  # draws a block: what a month works on stays in the cache of one core

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


class Luck(NamedTuple):
    """Standard normals of all draws; `fit` (tactics, draws), the others (months, draws).

    `is_noiseless`: demand and bookings equal their expectation, whatever the normals say.
    """

    fit: FloatArray
    demand: FloatArray
    bookings: FloatArray
    is_noiseless: bool


class Kept(NamedTuple):
    """Where results go.

    Attributes
    ----------
    place : (metrics,) place of each metric in `values`, -1 if it is not kept
    values : (kept metrics, months, draws)
    sums : (metrics, months, blocks) sum over the draws of a block
    fit : (tactics, draws)
    adoption : (tactics, months, draws), or only the last month
    """

    place: IntArray
    values: FloatArray
    sums: FloatArray
    fit: FloatArray
    adoption: FloatArray


@compiled
def run_blocks(
    plan: Packed, table: FloatArray, luck: Luck, kept: Kept, first: int, last: int
) -> None:
    """Run blocks first to last - 1 of the draws; table is (assumptions, draws)."""
    for block in range(first, last):
        _run_block(plan, table, luck, kept, block)


@compiled
def _run_block(plan: Packed, table: FloatArray, luck: Luck, kept: Kept, block: int) -> None:
    low = block * LANES
    high = min(low + LANES, table.shape[1])
    n = high - low
    worlds = np.ascontiguousarray(table[:, low:high])
    rates = rates_of(plan, worlds)
    state = steady_state(plan, worlds, rates)
    tactics = plan.tactics.start.size
    fit = np.empty((tactics, n))
    use = start_use(plan.tactics, worlds, luck.fit[:, low:high].copy(), fit)
    kept.fit[:, low:high] = fit
    rep, ops = new_rows(plan.rep_rows.size, n), new_rows(plan.ops_rows.size, n)
    total = new_takeover(n)
    level, demand = np.zeros(n), np.ones(n)
    work = Work(np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n))
    hours = Hours(
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n),
    )
    market = Market(np.empty(n), np.empty(n), np.empty(n))
    sales = Sales(
        np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    )
    for month in range(1, plan.months + 1):
        if not luck.is_noiseless:
            swing_demand(worlds, luck.demand[month - 1, low:high], month, level, demand)
        use_tactics(plan, worlds, use, month)
        clear(rep)
        clear(ops)
        clear_effects(total)
        for tactic in range(tactics):
            move_work(plan, worlds, use, tactic, rep, ops)
            add_effects(plan, worlds, use, tactic, month, total)
        share_out(plan, rep, ops, total)
        for tactic in range(tactics):
            if kept.adoption.shape[1] > 1 or month == plan.months:
                row = month - 1 if kept.adoption.shape[1] > 1 else 0
                kept.adoption[tactic, row, low:high] = use.adoption[tactic]
        divide_work(plan, worlds, rates, state, total, month, work)
        divide_week(plan, worlds, rates, state, work, month, hours)
        meet_buyers(plan, worlds, rates, state, hours, total, demand, month, market)
        close_deals(plan, worlds, rates, state, total, market.opportunities, sales)
        if luck.is_noiseless:
            sales.bookings[:] = sales.expected_bookings
        else:
            book(worlds, luck.bookings[month - 1, low:high], sales)
        build_stocks(plan, worlds, state, hours, work)
        _keep(kept, BOOKINGS, month, block, sales.bookings)
        _keep(kept, EXPECTED_BOOKINGS, month, block, sales.expected_bookings)
        _keep(kept, WINS, month, block, sales.wins)
        _keep(kept, OPPORTUNITIES, month, block, market.opportunities)
        _keep(kept, WIN_RATE, month, block, sales.win_rate)
        _keep(kept, DEAL_SIZE, month, block, sales.deal_size)
        _keep(kept, CYCLE, month, block, sales.cycle)
        _keep(kept, PIPELINE, month, block, sales.pipeline)
        _keep(kept, SELLING_HOURS, month, block, hours.selling)
        _keep(kept, STRATEGY_HOURS, month, block, hours.strategy)
        _keep(kept, COACHING_HOURS, month, block, hours.coaching)
        _keep(kept, SLACK_HOURS, month, block, hours.slack)
        _keep(kept, ADMIN_HOURS, month, block, hours.admin)
        _keep(kept, MEETING_HOURS, month, block, hours.meetings)
        _keep(kept, UNMET_HOURS, month, block, hours.unmet)
        _keep(kept, HEADS, month, block, hours.heads)
        _keep(kept, SYSTEM_HOURS, month, block, work.system)
        _keep(kept, REWORK_HOURS, month, block, work.rework)
        _keep(kept, OPS_HOURS, month, block, work.ops)
        _keep(kept, OVERFLOW_HOURS, month, block, work.overflow)
        _keep(kept, CONTACT, month, block, market.contact)
        _keep(kept, RESPONSE, month, block, market.response)
        _keep(kept, STRATEGY_STOCK, month, block, state.strategy)
        _keep(kept, SKILL_STOCK, month, block, state.skill)
        _keep(kept, COST, month, block, total.cost)
        _keep(kept, SHELFWARE, month, block, total.shelfware)
        turn_over(worlds, rates, state, total.misfit)


@compiled
def _keep(kept: Kept, metric: int, month: int, block: int, values: FloatArray) -> None:
    """Keep a metric's values of a month if they are asked for, and their sum always."""
    kept.sums[metric, month - 1, block] = total_of(values)
    if kept.place[metric] >= 0:
        low = block * LANES
        kept.values[kept.place[metric], month - 1, low : low + values.size] = values


@compiled
def swing_demand(
    table: FloatArray, innovation: FloatArray, month: int, level: FloatArray, demand: FloatArray
) -> None:
    """Let demand swing on; it begins in its stationary state."""
    persistence, spread = table[DEMAND_PERSISTENCE], table[DEMAND_SPREAD]
    for i in range(level.size):
        step = next_level(level[i], innovation[i], persistence[i])
        level[i] = innovation[i] if month == 1 else step
        demand[i] = demand_factor(level[i], spread[i])
