"""What is paid for seats month by month, and how much of it is used (docs/model.md, eq. 17)."""

from dataclasses import dataclass

import numpy as np

from simulation.inputs import Inputs, TacticInput
from simulation.outcome import Outcome
from simulation.types import FloatArray


@dataclass(frozen=True)
class Seats:
    """Money for seats of all tactics, currency a month.

    Attributes
    ----------
    paid : (months,)
    unused : (draws, months)
    """

    paid: FloatArray
    unused: FloatArray

    @property
    def used_share(self) -> FloatArray:
        """Return the share of paid seats in use, (draws, months); nan where none is paid."""
        paid = np.where(self.paid > 0, self.paid, np.nan)
        return np.asarray(1 - self.unused / paid)


def seats_of(outcome: Outcome) -> Seats:
    """Return what a run that kept "shelfware" pays for seats."""
    paid = np.zeros(outcome.inputs.months)
    for tactic in outcome.inputs.tactics:
        paid[tactic.start - 1 :] += seat_cost(outcome.inputs, tactic)
    return Seats(paid=paid, unused=outcome.path.metrics["shelfware"])


def seat_cost(inputs: Inputs, tactic: TacticInput) -> float:
    """Return what a tactic's seats cost a month once it has started, currency."""
    seats = inputs.organisation.seats if tactic.seats is None else tactic.seats
    return tactic.seat_price * seats
