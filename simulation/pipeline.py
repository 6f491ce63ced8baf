"""Opportunities on their way to a decision, in one draw (docs/model.md, equation 14)."""

from simulation.compiled import equation

SUBSTEPS = 4


@equation
def leaving(cycle: float) -> float:
    """Return the share of a stage that leaves it in a substep, from the cycle in months."""
    return min(1.0, 3.0 / (SUBSTEPS * cycle))
