"""Seats, vacancies, ramp and attrition in one draw (docs/model.md, equation 16)."""

from simulation.arithmetic import exp, log
from simulation.compiled import equation

# Productivity of the three ramp cohorts; then of a full rep, 1.
RAMPING = (1 / 6, 1 / 2, 5 / 6)


@equation
def log_stay(attrition: float) -> float:
    """Return the logarithm of the share that stays a month, from yearly attrition."""
    return log(1.0 - attrition) / 12.0


@equation
def hazard(log_stay: float, log_effect: float) -> float:
    """Return the share that leaves in a month when tools change its log-hazard."""
    return leaving_share(log_stay_with(log_stay, log_effect))


@equation
def log_stay_with(log_stay: float, log_effect: float) -> float:
    """Return the logarithm of the share that stays a month when tools change its log-hazard."""
    # Beyond e**50 everybody leaves; the limit only keeps the number finite.
    return exp(min(log_effect, 50.0)) * log_stay


@equation
def leaving_share(log_stay: float) -> float:
    """Return the share that leaves in a month."""
    return 1.0 - exp(log_stay)


@equation
def steady_heads(seats: float, hazard: float, fill: float) -> float:
    """Return the filled seats that attrition and hiring leave unchanged."""
    return seats / (1.0 + hazard / fill)


@equation
def promoted(cohort: float, inflow: float, leaving: float, step: float) -> float:
    """Return how many move on in their ramp; never more than are there."""
    return min(cohort * step, cohort + inflow - leaving)


@equation
def productivity(first: float, second: float, third: float, full: float) -> float:
    """Return productive heads a filled seat."""
    heads = first + second + third + full
    productive = RAMPING[0] * first + RAMPING[1] * second + RAMPING[2] * third + full
    return productive / heads if heads > 0.0 else 1.0
