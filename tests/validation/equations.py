"""The few equations that no run shows on its own, behind one door each.

Everything else in this folder looks at whole runs. Whoever moves an equation points its function
here at the new place.
"""

from dataclasses import dataclass

import numpy as np

from simulation.money import payback_month
from simulation.money import present_value as monthly_present_value
from simulation.people import hazard_with_tools, next_month, staffing, steady_state


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
    rates = staffing(np.array([attrition]), np.array([hire_months]), np.array([ramp_months]))
    teams = [steady_state(seats, rates)]
    for effect in effects:
        hazard = hazard_with_tools(rates, np.array([effect]))
        teams.append(next_month(teams[-1], rates, hazard))
    return [
        Headcount(
            float(team.vacant[0]),
            tuple(float(cohort[0]) for cohort in team.ramping),
            float(team.full[0]),
            float(team.productivity[0]),
        )
        for team in teams
    ]
