"""A little more of one thing in chosen months: what one more unit of it is worth."""

from dataclasses import dataclass, field

import numpy as np

from simulation.types import FloatArray

NUDGED = ("selling", "attention", "opportunities", "adoption", "productivity")


@dataclass(frozen=True)
class Nudge:
    """Factors on what limits a plan, by month; the baseline is never nudged.

    Attributes
    ----------
    factors : one of NUDGED -> (months,) factor; a name left out is 1 in every month.
        "selling" is selling hours as buyers meet them, "attention" what buyers are willing to
        give, "opportunities" what enters the pipeline, "adoption" the share that uses each
        tactic, "productivity" what a filled seat gets done.
    """

    factors: dict[str, FloatArray] = field(default_factory=dict)

    def of(self, name: str, months: int) -> FloatArray:
        """Return the factors of one name, (months,)."""
        if name not in NUDGED:
            raise ValueError(f"{name!r} is not one of {', '.join(NUDGED)}")
        return np.broadcast_to(self.factors.get(name, np.ones(1)), (months,))
