"""Seats, vacancies, ramp and attrition (docs/model.md, equation 16)."""

from dataclasses import dataclass

import numpy as np

from simulation.types import FloatArray

# Productivity of the three ramp cohorts, then of a full rep.
PRODUCTIVITY = (1 / 6, 1 / 2, 5 / 6, 1.0)


@dataclass(frozen=True)
class People:
    """Where the seats are, each (draws,): vacant, three ramp cohorts, fully productive."""

    vacant: FloatArray
    ramping: tuple[FloatArray, FloatArray, FloatArray]
    full: FloatArray

    @property
    def heads(self) -> FloatArray:
        """Filled seats."""
        return self.ramping[0] + self.ramping[1] + self.ramping[2] + self.full

    @property
    def productivity(self) -> FloatArray:
        """Productive heads a filled seat."""
        parts = (*self.ramping, self.full)
        productive = sum(
            (weight * part for weight, part in zip(PRODUCTIVITY, parts, strict=True)),
            np.zeros_like(self.full),
        )
        heads = self.heads
        return np.divide(productive, heads, out=np.ones_like(heads), where=heads > 0)


@dataclass(frozen=True)
class Staffing:
    """Monthly rates, each (draws,): attrition hazard, filling of vacancies, ramp steps."""

    hazard: FloatArray
    fill: FloatArray
    step: FloatArray


def staffing(attrition: FloatArray, hire_months: FloatArray, ramp_months: FloatArray) -> Staffing:
    """Return monthly rates from yearly attrition and months to hire and to ramp."""
    return Staffing(
        hazard=1 - (1 - attrition) ** (1 / 12),
        fill=1 / np.maximum(hire_months, 1.0e-9),
        step=3 / ramp_months,
    )


def steady_state(seats: float, rates: Staffing) -> People:
    """Return the split of seats that attrition and hiring leave unchanged (closed form)."""
    heads = seats / (1 + rates.hazard / rates.fill)
    hires = rates.hazard * heads
    stay = rates.step / (rates.step + rates.hazard)
    first = hires / (rates.step + rates.hazard)
    ramping = (first, first * stay, first * stay**2)
    return People(seats - heads, ramping, heads - sum(ramping, np.zeros_like(heads)))


def hazard_with_tools(rates: Staffing, log_effect: FloatArray) -> FloatArray:
    """Return the monthly hazard when tools change its logarithm by `log_effect`."""
    # Beyond e**50 everybody leaves; the limit only keeps the number finite.
    return np.asarray(1 - (1 - rates.hazard) ** np.exp(np.minimum(log_effect, 50.0)))


def with_seats(people: People, added: FloatArray) -> tuple[People, FloatArray]:
    """Return the team with seats opened or closed, and the filled ones lost (below 0).

    Vacant seats are closed first, then those of all reps in proportion.
    """
    closed = np.maximum(-added - people.vacant, 0.0)
    staying = 1 - np.divide(
        closed, people.heads, out=np.zeros_like(people.heads), where=people.heads > 0
    )
    first, second, third = (cohort * staying for cohort in people.ramping)
    vacant = np.maximum(people.vacant + added, 0.0)
    return People(vacant, (first, second, third), people.full * staying), -closed


def next_month(people: People, rates: Staffing, hazard: FloatArray) -> People:
    """Move everybody one month on; seats are conserved and nothing becomes negative."""
    filled = people.vacant * np.minimum(rates.fill, 1.0)
    inflow, left, ramping = filled, [], []
    for cohort in people.ramping:
        leaving = cohort * hazard
        # Only when a fast ramp meets high attrition would more move on than are there.
        promoted = np.minimum(cohort * rates.step, cohort + inflow - leaving)
        ramping.append(cohort + inflow - leaving - promoted)
        left.append(leaving)
        inflow = promoted
    leaving = people.full * hazard
    return People(
        vacant=people.vacant - filled + left[0] + left[1] + left[2] + leaving,
        ramping=(ramping[0], ramping[1], ramping[2]),
        full=people.full + inflow - leaving,
    )
