"""Luck in one draw: swings of demand, deals closed in a month (docs/model.md, equation 15)."""

import math

from simulation.arithmetic import exp
from simulation.compiled import equation


@equation
def next_level(level: float, innovation: float, persistence: float) -> float:
    """Return the next level of an AR(1) whose stationary standard deviation is 1."""
    return persistence * level + math.sqrt(1.0 - persistence * persistence) * innovation


@equation
def demand_factor(level: float, spread: float, log_grown: float) -> float:
    """Return demand relative to month 1; without growth its mean is 1."""
    return exp(spread * level - 0.5 * spread * spread + log_grown)


@equation
def booking_noise(wins: float, variation: float, normal: float) -> float:
    """Return bookings relative to what is expected, given expected wins (15).

    A gamma variable by the Wilson-Hilferty cube, so that one normal number drives it and a
    scenario shares its luck with the baseline.
    """
    root = 1.0 / math.sqrt(max(wins / (1.0 + variation * variation), 1e-12))
    cube = max(1.0 - root * root / 9.0 + normal * root / 3.0, 0.0)
    return cube * cube * cube
