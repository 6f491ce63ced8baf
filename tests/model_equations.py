"""The engine's compiled equations as functions of arrays, for tests.

Each function calls what the engine itself calls; nothing is calculated here.
"""

from dataclasses import dataclass

import numpy as np

from simulation.adoption import bass as bass_of
from simulation.arithmetic import exp, log
from simulation.blocks import swing_demand
from simulation.draws import Draws
from simulation.inputs import Inputs
from simulation.months import (
    Rates,
    Sales,
    State,
    advance_pipeline,
    book,
    rates_of,
    turn_over,
)
from simulation.months import steady_state as state_of
from simulation.packing import pack
from simulation.people import productivity
from simulation.response import contact_elasticity as elasticity_of
from simulation.response import log_contact
from simulation.response import response as response_of
from simulation.types import FloatArray
from simulation.worlds import NAMES

DEFAULTS = Inputs.from_json({"tactics": []})


def rows(**values: FloatArray) -> FloatArray:
    """Return a table of draws, (assumptions, draws), at the modes but for `values`."""
    count = max(np.size(each) for each in values.values())
    modes = np.array([DEFAULTS.assumptions[name].mode for name in NAMES])
    table = np.repeat(modes[:, None], count, axis=1)
    for name, each in values.items():
        table[NAMES.index(name)] = each
    return table


def bass(elapsed: FloatArray, innovation: FloatArray, imitation: FloatArray) -> FloatArray:
    later = np.broadcast_to(np.maximum(elapsed, 0.0), np.broadcast(elapsed, innovation).shape)
    p, q = (np.broadcast_to(each, later.shape) for each in (innovation, imitation))
    return np.array(
        [
            bass_of(exp(-(a + b) * t), b / a)
            for t, a, b in zip(later.ravel(), p.ravel(), q.ravel(), strict=True)
        ]
    )


def contact(
    effort: FloatArray, attention: FloatArray, pressure: FloatArray, sharpness: FloatArray
) -> FloatArray:
    shape = np.broadcast(effort, attention, pressure, sharpness)
    return np.array([exp(log_contact(log(x * u), log(b), k)) for x, b, u, k in shape])


def contact_elasticity(
    elasticity: FloatArray, inbound: FloatArray, pressure: FloatArray, sharpness: FloatArray
) -> FloatArray:
    shape = np.broadcast(elasticity, inbound, pressure, sharpness)
    return np.array([elasticity_of(e, a, log(u), k) for e, a, u, k in shape])


def response(relative: FloatArray, inbound: FloatArray, elasticity: FloatArray) -> FloatArray:
    shape = np.broadcast(relative, inbound, elasticity)
    return np.array([response_of(log(k), a, e) for k, a, e in shape])


@dataclass
class People:
    """A team as the engine holds it."""

    state: State
    rates: Rates
    table: FloatArray

    @property
    def vacant(self) -> FloatArray:
        return self.state.vacant

    @property
    def ramping(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        return self.state.first_ramp, self.state.second_ramp, self.state.third_ramp

    @property
    def full(self) -> FloatArray:
        return self.state.full

    @property
    def heads(self) -> FloatArray:
        return self.ramping[0] + self.ramping[1] + self.ramping[2] + self.full

    @property
    def productivity(self) -> FloatArray:
        parts = zip(*self.ramping, self.full, strict=True)
        return np.array([productivity(*each) for each in parts])

    @property
    def hazard(self) -> FloatArray:
        return 1 - np.exp(self.rates.log_stay)


def steady_team(attrition: FloatArray, hire_months: FloatArray, ramp_months: FloatArray) -> People:
    """Return 20 seats at rest."""
    table = rows(attrition=attrition, hire_months=hire_months, ramp_months=ramp_months)
    plan = pack(DEFAULTS)
    rates = rates_of(plan, table)
    return People(state_of(plan, table, rates), rates, table)


def month_later(people: People, log_effect: float = 0.0) -> People:
    """Return the team a month on; tools change its log-hazard by `log_effect`."""
    table = people.table.copy()
    table[NAMES.index("attrition_fit_effect")] = 1.0
    state = State(*(each.copy() for each in people.state))
    turn_over(table, people.rates, state, np.full(table.shape[1], log_effect))
    return People(state, people.rates, people.table)


def steady_pipeline(
    created: FloatArray, cycle: FloatArray, win_rate: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    table = rows(
        cycle_months=cycle,
        win_rate=win_rate,
        bookings_per_seat=created * win_rate * 30_000 / 20,
        deal_size=np.full_like(created, 30_000.0),
    )
    plan = pack(DEFAULTS)
    state = state_of(plan, table, rates_of(plan, table))
    return state.first_stage, state.second_stage, state.third_stage


def advance(
    pipeline: tuple[FloatArray, FloatArray, FloatArray],
    created: FloatArray,
    cycle: FloatArray,
    win_rate: FloatArray,
) -> tuple[tuple[FloatArray, FloatArray, FloatArray], FloatArray]:
    n = created.size
    unused = [np.ones(n) for _ in range(len(State._fields))]
    state = State(*unused)._replace(
        first_stage=pipeline[0].copy(),
        second_stage=pipeline[1].copy(),
        third_stage=pipeline[2].copy(),
    )
    sales = Sales(*(np.ones(n) for _ in Sales._fields))._replace(
        cycle=np.broadcast_to(cycle, (n,)).copy(), win_rate=np.broadcast_to(win_rate, (n,)).copy()
    )
    advance_pipeline(state, created, sales)
    return (state.first_stage, state.second_stage, state.third_stage), sales.wins


def noisy_bookings(
    wins: FloatArray, deal: FloatArray, variation: FloatArray, normal: FloatArray
) -> FloatArray:
    n = normal.size
    sales = Sales(*(np.ones(n) for _ in Sales._fields))._replace(
        wins=np.broadcast_to(wins, (n,)).copy(),
        expected_bookings=np.broadcast_to(wins * deal, (n,)).copy(),
    )
    book(rows(deal_size_variation=np.broadcast_to(variation, (n,))), normal, sales)
    return sales.bookings


def demand_factors(draws: Draws) -> FloatArray:
    level, demand = np.zeros(draws.count), np.ones(draws.count)
    factors = []
    for month, innovation in enumerate(draws.demand_noise, start=1):
        swing_demand(draws.table, innovation, month, level, demand)
        factors.append(demand.copy())
    return np.array(factors)
