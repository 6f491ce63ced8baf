"""One month of a plan in a block of draws (docs/model.md, equations 1 and 6 to 16)."""

from typing import NamedTuple

import numpy as np

from simulation.adoption import logistic
from simulation.arithmetic import cube_root, exp, extremes, log, log_of_cube_root
from simulation.compiled import compiled
from simulation.noise import booking_noise
from simulation.packing import Packed, Schedule
from simulation.people import (
    hazard,
    leaving_share,
    log_stay,
    log_stay_with,
    productivity,
    promoted,
    steady_heads,
)
from simulation.pipeline import SUBSTEPS, leaving
from simulation.policies import Policy
from simulation.response import (
    closeness,
    contact_elasticity,
    log_contact,
    log_contact_of,
    response,
)
from simulation.season import seasonal
from simulation.takeover import Takeover
from simulation.types import FloatArray
from simulation.worlds import (
    ATTENTION_DECLINE,
    ATTRITION,
    ATTRITION_FIT_EFFECT,
    BOOKINGS_PER_SEAT,
    BUYER_PRESSURE,
    CEILING_SHARPNESS,
    COORDINATION_HOURS,
    CYCLE_MONTHS,
    DEAL_SIZE,
    DEAL_SIZE_VARIATION,
    DEMAND_CHANGE,
    HIRE_MONTHS,
    INBOUND_SHARE,
    LEAK,
    OPS_FLEX,
    OPS_STRATEGIC,
    OPS_STRATEGY_WEIGHT,
    OPS_TACTICAL,
    PIPELINE_ADMIN_SHARE,
    PRICE_CHANGE,
    RAMP_MONTHS,
    SEASON_STRENGTH,
    SELLING_ELASTICITY,
    SKILL_DECAY,
    SKILL_WIN_ELASTICITY,
    STRATEGY_ATTENTION_ELASTICITY,
    STRATEGY_DEAL_ELASTICITY,
    STRATEGY_DECAY,
    STRATEGY_WIN_ELASTICITY,
    UNPLANNED_LEAK,
    WIN_RATE,
)


class Rates(NamedTuple):
    """What does not change from month to month, each (lanes,)."""

    log_stay: FloatArray
    leave: FloatArray  # share that leaves a month as long as no tool changes it
    fill: FloatArray
    step: FloatArray
    heads: FloatArray  # before month 1
    productivity: FloatArray
    created: FloatArray  # opportunities a month before month 1
    pipeline: FloatArray
    log_odds: FloatArray
    log_pressure: FloatArray
    log_contact: FloatArray
    log_decline: FloatArray  # of buyers' attention, a month
    log_demand_change: FloatArray  # a month
    log_price_change: FloatArray  # a month
    elasticity: FloatArray


class State(NamedTuple):
    """What one month hands to the next, each (lanes,)."""

    vacant: FloatArray
    first_ramp: FloatArray
    second_ramp: FloatArray
    third_ramp: FloatArray
    full: FloatArray
    first_stage: FloatArray
    second_stage: FloatArray
    third_stage: FloatArray
    strategy: FloatArray
    skill: FloatArray
    log_strategy: FloatArray
    log_skill: FloatArray
    added: FloatArray  # filled seats that a change of headcount brought, below 0 if it took some


class Work(NamedTuple):
    """Who does the tactical work, hours of the whole team, each (lanes,)."""

    rep: FloatArray
    system: FloatArray
    rework: FloatArray
    ops: FloatArray
    overflow: FloatArray
    ops_strategy: FloatArray


class Hours(NamedTuple):
    """Rep hours; they sum to heads x hours a rep. Each (lanes,)."""

    heads: FloatArray
    selling: FloatArray
    strategy: FloatArray
    coaching: FloatArray
    slack: FloatArray
    admin: FloatArray
    meetings: FloatArray
    unmet: FloatArray


class Market(NamedTuple):
    """What buyers do, each (lanes,)."""

    contact: FloatArray
    response: FloatArray
    opportunities: FloatArray


class Sales(NamedTuple):
    """What is won, each (lanes,)."""

    win_rate: FloatArray
    deal_size: FloatArray
    cycle: FloatArray
    wins: FloatArray
    expected_bookings: FloatArray
    bookings: FloatArray
    pipeline: FloatArray


@compiled
def _lanes(lanes: int) -> FloatArray:
    return np.empty(lanes)


@compiled
def rates_of(plan: Packed, table: FloatArray) -> Rates:
    """Return the fixed numbers of a block, (assumptions, lanes) in, (lanes,) each out."""
    n = table.shape[1]
    rates = Rates(
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
    )
    seats = plan.seats
    for i in range(n):
        win, pressure = table[WIN_RATE, i], table[BUYER_PRESSURE, i]
        sharpness, inbound = table[CEILING_SHARPNESS, i], table[INBOUND_SHARE, i]
        rates.log_stay[i] = log_stay(table[ATTRITION, i])
        rates.leave[i] = hazard(rates.log_stay[i], 0.0)
        rates.fill[i] = 1.0 / max(table[HIRE_MONTHS, i], 1.0e-9)
        rates.step[i] = 3.0 / table[RAMP_MONTHS, i]
        rates.created[i] = seats * table[BOOKINGS_PER_SEAT, i] / (win * table[DEAL_SIZE, i])
        rates.log_odds[i] = log(win) - log(1.0 - win)
        rates.log_pressure[i] = log(pressure)
        rates.log_contact[i] = log_contact(rates.log_pressure[i], 0.0, sharpness)
        rates.log_decline[i] = log(1.0 - table[ATTENTION_DECLINE, i]) / 12.0
        rates.log_demand_change[i] = log(1.0 + table[DEMAND_CHANGE, i]) / 12.0
        rates.log_price_change[i] = log(1.0 + table[PRICE_CHANGE, i]) / 12.0
        rates.elasticity[i] = contact_elasticity(
            table[SELLING_ELASTICITY, i], inbound, rates.log_pressure[i], sharpness
        )
    return rates


@compiled
def leak_of(table: FloatArray, policy: Policy, leaked: FloatArray) -> None:
    """Find the share of freed hours that leaks, given how much of it is planned (8)."""
    leak, unplanned, quality = table[LEAK], table[UNPLANNED_LEAK], policy.quality
    for i in range(leaked.size):
        leaked[i] = 1.0 - (1.0 - leak[i]) * (1.0 - unplanned[i] * (1.0 - quality[i]))


@compiled
def steady_state(plan: Packed, table: FloatArray, rates: Rates) -> State:
    """Return the state that carrying on leaves unchanged; completes heads and pipeline."""
    n = table.shape[1]
    state = State(
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        _lanes(n),
        np.ones(n),
        np.ones(n),
        np.zeros(n),
        np.zeros(n),
        np.zeros(n),
    )
    for i in range(n):
        leave, step = rates.leave[i], rates.step[i]
        heads = steady_heads(plan.seats, leave, rates.fill[i])
        first = leave * heads / (step + leave)
        stay = step / (step + leave)
        state.vacant[i] = plan.seats - heads
        state.first_ramp[i] = first
        state.second_ramp[i] = first * stay
        state.third_ramp[i] = first * stay * stay
        state.full[i] = heads - (first + first * stay + first * stay * stay)
    for i in range(n):
        first, second, third = state.first_ramp[i], state.second_ramp[i], state.third_ramp[i]
        rates.heads[i] = first + second + third + state.full[i]
        rates.productivity[i] = productivity(first, second, third, state.full[i])
    for i in range(n):
        passing = cube_root(table[WIN_RATE, i])
        stage = rates.created[i] / SUBSTEPS / leaving(table[CYCLE_MONTHS, i])
        state.first_stage[i] = stage
        state.second_stage[i] = stage * passing
        state.third_stage[i] = stage * passing * passing
        rates.pipeline[i] = state.first_stage[i] + state.second_stage[i] + state.third_stage[i]
    return state


@compiled
def divide_work(
    plan: Packed,
    policy: Policy,
    schedule: Schedule,
    table: FloatArray,
    rates: Rates,
    state: State,
    total: Takeover,
    month: int,
    work: Work,
) -> None:
    """Split the month's tactical work over reps, systems and operations (1, 3 and 6)."""
    upkeep, quality = schedule.upkeep[month - 1], policy.quality
    ops_hours, rep_hours = plan.ops_hours, plan.rep_hours
    moving, tactical = table[PIPELINE_ADMIN_SHARE], table[OPS_TACTICAL]
    flex, strategic = table[OPS_FLEX], table[OPS_STRATEGIC]
    for i in range(moving.size):
        stages = state.first_stage[i] + state.second_stage[i] + state.third_stage[i]
        volume = (1.0 - moving[i]) + moving[i] * (stages / rates.pipeline[i])
        rep = rates.heads[i] * rep_hours * volume
        own, planned = ops_hours * tactical[i], quality[i]
        ops = own * volume
        load = (
            ops * (total.ops_kept[i] + total.ops_rework[i])
            + rep * total.delegated[i]
            + (upkeep + total.upkeep[i])
        )
        overflow = max(load - ops_hours * (tactical[i] + flex[i]), 0.0)
        rework = rep * total.rep_rework[i] + ops * total.ops_rework[i]
        work.rep[i] = rep * (total.rep_kept[i] + total.rep_rework[i]) + overflow
        work.system[i] = rep * total.rep_system[i] + ops * total.ops_system[i] - rework
        work.rework[i] = rework
        work.ops[i] = load - overflow
        work.overflow[i] = overflow
        work.ops_strategy[i] = ops_hours * strategic[i] + max(own - load, 0.0) * planned


@compiled
def divide_week(
    plan: Packed,
    policy: Policy,
    schedule: Schedule,
    table: FloatArray,
    leaked: FloatArray,
    state: State,
    total: Takeover,
    work: Work,
    month: int,
    hours: Hours,
) -> None:
    """Give freed hours to their destinations, or take lost ones pro rata (7 to 9)."""
    training, pairs = schedule.training[month - 1], schedule.pairs[month - 1]
    coordination = table[COORDINATION_HOURS]
    for i in range(coordination.size):
        heads = state.first_ramp[i] + state.second_ramp[i] + state.third_ramp[i] + state.full[i]
        present = heads * plan.rep_hours
        selling, strategy = present * plan.selling, present * plan.strategy
        coaching, slack = present * plan.coaching, present * plan.slack
        meetings = present * plan.meetings
        taught, strange = training + total.training[i], pairs + total.pairs[i]
        admin = work.rep[i] + heads * (taught + coordination[i] * strange)
        uses = selling + strategy + coaching + slack
        freed = present - meetings - uses - admin
        gained, lost = max(freed, 0.0), max(-freed, 0.0)
        left = max(uses - lost, 0.0) / uses if uses > 0.0 else 0.0
        unmet = max(lost - uses, 0.0)
        kept = gained * (1.0 - leaked[i])
        hours.heads[i] = heads
        hours.selling[i] = selling * left + kept * policy.selling[i]
        hours.strategy[i] = strategy * left + kept * policy.strategy[i]
        hours.coaching[i] = coaching * left + kept * policy.coaching[i]
        hours.slack[i] = slack * left + gained * leaked[i]
        hours.admin[i] = admin - unmet
        hours.meetings[i] = meetings
        hours.unmet[i] = unmet


@compiled
def meet_buyers(
    plan: Packed,
    table: FloatArray,
    rates: Rates,
    state: State,
    hours: Hours,
    total: Takeover,
    demand: FloatArray,
    month: int,
    market: Market,
) -> None:
    """Return the month's new opportunities (10 to 12).

    One exponential or logarithm a loop: a processor then works on those of many draws at once,
    where a chain of them would have to wait for each other.
    """
    selling, productive = plan.nudge[0, month - 1], plan.nudge[4, month - 1]
    attentive = plan.nudge[1, month - 1]
    created, season = plan.nudge[2, month - 1], plan.season[0, month - 1]
    strength = table[SEASON_STRENGTH]
    inbound, sharpness = table[INBOUND_SHARE], table[CEILING_SHARPNESS]
    attention_elasticity = table[STRATEGY_ATTENTION_ELASTICITY]
    log_offered, log_attention = _lanes(inbound.size), _lanes(inbound.size)
    close, together = _lanes(inbound.size), _lanes(inbound.size)
    for i in range(inbound.size):
        first, second, third = state.first_ramp[i], state.second_ramp[i], state.third_ramp[i]
        each = productivity(first, second, third, state.full[i]) / rates.productivity[i]
        before = rates.heads[i] * plan.rep_hours * plan.selling
        effort = hours.selling[i] / before * each * (selling * productive)
        log_offered[i] = log(effort) + rates.log_pressure[i]
    for i in range(inbound.size):
        log_attention[i] = (
            attention_elasticity[i] * state.log_strategy[i] + rates.log_decline[i] * month
        )
    least, most = extremes(total.attention)
    if not least == most == attentive == 1.0:  # the logarithm of 1 is 0
        for i in range(inbound.size):
            log_attention[i] += log(total.attention[i] * attentive)
    for i in range(inbound.size):
        close[i] = closeness(log_offered[i], log_attention[i], sharpness[i])
    for i in range(inbound.size):
        together[i] = (
            log_contact_of(log_offered[i], log_attention[i], close[i], sharpness[i])
            - rates.log_contact[i]
        )
    for i in range(inbound.size):
        market.response[i] = response(together[i], inbound[i], rates.elasticity[i])
    for i in range(inbound.size):
        market.opportunities[i] = (
            rates.created[i]
            * market.response[i]
            * demand[i]
            * (created * seasonal(season, strength[i]))
        )
    for i in range(inbound.size):
        market.contact[i] = exp(together[i])


@compiled
def close_deals(
    plan: Packed,
    table: FloatArray,
    rates: Rates,
    state: State,
    total: Takeover,
    opportunities: FloatArray,
    month: int,
    sales: Sales,
) -> None:
    """Move the pipeline a month on and count what is won on average (13 and 14)."""
    _terms(plan, table, rates, state, total, month, sales)
    advance_pipeline(state, opportunities, sales)
    for i in range(opportunities.size):
        sales.expected_bookings[i] = sales.wins[i] * sales.deal_size[i]


@compiled
def _terms(
    plan: Packed,
    table: FloatArray,
    rates: Rates,
    state: State,
    total: Takeover,
    month: int,
    sales: Sales,
) -> None:
    """Find win rate, mean deal and cycle as the stocks of last month leave them (13)."""
    season, strength = plan.season[1, month - 1], table[SEASON_STRENGTH]
    strategy_win, skill_win = table[STRATEGY_WIN_ELASTICITY], table[SKILL_WIN_ELASTICITY]
    strategy_deal = table[STRATEGY_DEAL_ELASTICITY]
    size, months = table[DEAL_SIZE], table[CYCLE_MONTHS]
    for i in range(size.size):
        log_odds = (
            rates.log_odds[i]
            + strategy_win[i] * state.log_strategy[i]
            + skill_win[i] * state.log_skill[i]
            + total.win[i]
        )
        sales.win_rate[i] = min(logistic(log_odds) * seasonal(season, strength[i]), 1.0)
    for i in range(size.size):
        log_grown = strategy_deal[i] * state.log_strategy[i] + rates.log_price_change[i] * (
            month - 1
        )
        sales.deal_size[i] = size[i] * exp(log_grown) * total.deal[i]
        sales.cycle[i] = months[i] * total.cycle[i]


@compiled
def advance_pipeline(state: State, opportunities: FloatArray, sales: Sales) -> None:
    """Move the pipeline in four substeps (14)."""
    log_passing, passing_share = _lanes(opportunities.size), _lanes(opportunities.size)
    for i in range(opportunities.size):
        log_passing[i] = log_of_cube_root(sales.win_rate[i])
    for i in range(opportunities.size):
        passing_share[i] = exp(log_passing[i])
    for i in range(opportunities.size):
        passing, leave = passing_share[i], leaving(sales.cycle[i])
        arriving = opportunities[i] / SUBSTEPS
        first, second, third = state.first_stage[i], state.second_stage[i], state.third_stage[i]
        won = 0.0
        for _ in range(SUBSTEPS):
            to_second, to_third = passing * leave * first, passing * leave * second
            won += passing * leave * third
            first = first + arriving - leave * first
            second = second + to_second - leave * second
            third = third + to_third - leave * third
        state.first_stage[i] = first
        state.second_stage[i] = second
        state.third_stage[i] = third
        sales.wins[i] = won
        sales.pipeline[i] = first + second + third


@compiled
def book(table: FloatArray, normal: FloatArray, sales: Sales) -> None:
    """Turn expected into actual bookings (15)."""
    variation = table[DEAL_SIZE_VARIATION]
    for i in range(normal.size):
        luck = booking_noise(sales.wins[i], variation[i], normal[i])
        sales.bookings[i] = sales.expected_bookings[i] * luck


@compiled
def build_stocks(plan: Packed, table: FloatArray, state: State, hours: Hours, work: Work) -> None:
    """Let account work and skill build up slowly (13).

    Relative to what today's week would give the people who are here this month.
    """
    weight, strategic = table[OPS_STRATEGY_WEIGHT], table[OPS_STRATEGIC]
    fading, skill_fading = table[STRATEGY_DECAY], table[SKILL_DECAY]
    for i in range(weight.size):
        present = hours.heads[i] * plan.rep_hours
        usual = present * plan.strategy + weight[i] * plan.ops_hours * strategic[i]
        ratio = (hours.strategy[i] + weight[i] * work.ops_strategy[i]) / usual
        skill_ratio = hours.coaching[i] / (present * plan.coaching)
        state.strategy[i] = (1.0 - fading[i]) * state.strategy[i] + fading[i] * ratio
        state.skill[i] = (1.0 - skill_fading[i]) * state.skill[i] + skill_fading[i] * skill_ratio
    for i in range(weight.size):
        state.log_strategy[i] = log(state.strategy[i])
    for i in range(weight.size):
        state.log_skill[i] = log(state.skill[i])


@compiled
def change_seats(policy: Policy, state: State, month: int) -> None:
    """Open new seats, or close vacant ones first and then those of reps pro rata (16)."""
    if month != policy.seats_from:
        return
    for i in range(state.full.size):
        heads = state.first_ramp[i] + state.second_ramp[i] + state.third_ramp[i] + state.full[i]
        closed = max(-policy.seats_added[i] - state.vacant[i], 0.0)
        state.vacant[i] = max(state.vacant[i] + policy.seats_added[i], 0.0)
        staying = max(heads - closed, 0.0) / heads if heads > 0.0 else 0.0
        state.first_ramp[i] *= staying
        state.second_ramp[i] *= staying
        state.third_ramp[i] *= staying
        state.full[i] *= staying
        state.added[i] = -min(closed, heads)


@compiled
def pay_seats(policy: Policy, state: State, paid: FloatArray, spent: FloatArray) -> None:
    """Pay for the seats that a change of headcount filled, beside what tactics cost (17)."""
    for i in range(spent.size):
        spent[i] = paid[i] + policy.seat_cost * state.added[i]


@compiled
def grow_team(
    policy: Policy,
    table: FloatArray,
    rates: Rates,
    state: State,
    misfit: FloatArray,
    month: int,
) -> None:
    """Follow how many of the filled seats a change of headcount brought (16).

    Heads are linear in the number of seats, so that this part is filled and left as all are.
    """
    if month < policy.seats_from:
        return
    effect = table[ATTRITION_FIT_EFFECT]
    for i in range(misfit.size):
        leave, added = hazard(rates.log_stay[i], effect[i] * misfit[i]), state.added[i]
        hired = (policy.seats_added[i] - added) * min(rates.fill[i], 1.0)
        state.added[i] = added + hired - added * leave


@compiled
def _leaving(table: FloatArray, rates: Rates, misfit: FloatArray) -> FloatArray:
    """Return the share of reps who leave this month, (lanes,) (16)."""
    least, most = extremes(misfit)
    if least == most == 0.0:
        return rates.leave
    effect, leave = table[ATTRITION_FIT_EFFECT], _lanes(misfit.size)
    for i in range(misfit.size):
        leave[i] = log_stay_with(rates.log_stay[i], effect[i] * misfit[i])
    for i in range(misfit.size):
        leave[i] = leaving_share(leave[i])
    return leave


@compiled
def turn_over(table: FloatArray, rates: Rates, state: State, misfit: FloatArray) -> None:
    """Hire, ramp and lose people; seats are conserved and nothing becomes negative (16)."""
    leaving_now = _leaving(table, rates, misfit)
    for i in range(misfit.size):
        leave, step = leaving_now[i], rates.step[i]
        first, second, third = state.first_ramp[i], state.second_ramp[i], state.third_ramp[i]
        full, vacant = state.full[i], state.vacant[i]
        hired = vacant * min(rates.fill[i], 1.0)
        to_second = promoted(first, hired, first * leave, step)
        to_third = promoted(second, to_second, second * leave, step)
        to_full = promoted(third, to_third, third * leave, step)
        state.vacant[i] = (
            vacant - hired + first * leave + second * leave + third * leave + full * leave
        )
        state.first_ramp[i] = first + hired - first * leave - to_second
        state.second_ramp[i] = second + to_second - second * leave - to_third
        state.third_ramp[i] = third + to_third - third * leave - to_full
        state.full[i] = full + to_full - full * leave
