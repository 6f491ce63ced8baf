"""How strongly a season shows (docs/model.md, equations 12 and 13)."""

from simulation.compiled import equation


@equation
def seasonal(factor: float, strength: float) -> float:
    """Return a month's factor at this strength: as it was set at 1, no season at 0."""
    return max(factor + (strength - 1.0) * (factor - 1.0), 0.0)
