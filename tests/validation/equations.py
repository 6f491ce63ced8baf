"""The few equations that no run shows on its own, behind one door each.

Everything else in this folder looks at whole runs. Whoever moves an equation points its function
here at the new place.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulation.inputs import Inputs
from simulation.money import payback_month
from simulation.money import present_value as monthly_present_value
from simulation.months import State, rates_of, steady_state, turn_over
from simulation.packing import pack
from simulation.people import productivity
from simulation.worlds import (
    ATTRITION,
    ATTRITION_FIT_EFFECT,
    HIRE_MONTHS,
    NAMES,
    RAMP_MONTHS,
)

DEFAULTS = Inputs.from_json({"tactics": []})


@dataclass(frozen=True)
class Headcount:
    """Where the seats of a team are: people, and the productivity of a filled seat (0 to 1)."""

    vacant: float
    ramping: tuple[float, ...]
    full: float
    productivity: float


def present_value(yearly_rate: float, payments: dict[int, float]) -> float:
    """Return the value today of payments at the ends of the given months (equation 18)."""
    net = np.zeros((max(payments), 1))
    for month, amount in payments.items():
        net[month - 1] = amount
    return float(monthly_present_value(net, np.array([yearly_rate]))[0])


def payback(net: list[float]) -> float:
    """Return the first month from which the running total stays >= 0, or inf (equation 18)."""
    return float(payback_month(np.cumsum(net)[:, None])[0])


def headcounts(
    seats: float, attrition: float, hire_months: float, ramp_months: float, effects: list[float]
) -> list[Headcount]:
    """Return the steady team, then the team after each month (equation 16).

    Parameters
    ----------
    seats : how many there are
    attrition : share of reps who leave in a year
    hire_months, ramp_months : time to fill a seat and to full productivity
    effects : for each month, what tools add to the logarithm of the hazard of leaving
    """
    table = np.array([[DEFAULTS.assumptions[name].mode] for name in NAMES])
    table[ATTRITION], table[HIRE_MONTHS], table[RAMP_MONTHS] = attrition, hire_months, ramp_months
    table[ATTRITION_FIT_EFFECT] = 1.0
    organisation = replace(DEFAULTS.organisation, seats=seats)
    plan = pack(replace(DEFAULTS, organisation=organisation))
    rates = rates_of(plan, table)
    team = steady_state(plan, table, rates)
    teams = [_headcount(team)]
    for effect in effects:
        turn_over(table, rates, team, np.array([effect]))
        teams.append(_headcount(team))
    return teams


def _headcount(team: State) -> Headcount:
    ramping = (team.first_ramp[0], team.second_ramp[0], team.third_ramp[0])
    return Headcount(
        float(team.vacant[0]),
        tuple(map(float, ramping)),
        float(team.full[0]),
        productivity(*ramping, team.full[0]),
    )
