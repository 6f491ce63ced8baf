"""What is paid for seats month by month, and how much of it is used (docs/model.md, eq. 17)."""

from dataclasses import dataclass

import numpy as np

from simulation.asking import live_months
from simulation.inputs import Inputs, TacticInput
from simulation.outcome import Outcome
from simulation.types import FloatArray


@dataclass(frozen=True)
class Seats:
    """Money for seats of all tactics, currency a month.

    Attributes
    ----------
    paid : (months,), a mean where worlds differ in when a tactic starts
    paid_in_each, unused : (draws, months)
    """

    paid: FloatArray
    paid_in_each: FloatArray
    unused: FloatArray

    @property
    def used_share(self) -> FloatArray:
        """Return the share of paid seats in use, (draws, months); nan where none is paid."""
        paid = np.where(self.paid_in_each > 0, self.paid_in_each, np.nan)
        return np.asarray(1 - self.unused / paid)


def seats_of(outcome: Outcome) -> Seats:
    """Return what a run that kept "shelfware" pays for seats."""
    inputs, unused = outcome.inputs, outcome.path.metrics["shelfware"]
    paid, paid_in_each = np.zeros(inputs.months), np.zeros(unused.shape)
    for tactic, start in zip(inputs.tactics, outcome.draws.starts(inputs), strict=True):
        live = live_months(start, inputs.months)
        paid += seat_cost(inputs, tactic) * live.mean(axis=0)
        paid_in_each += seat_cost(inputs, tactic) * live
    return Seats(paid, paid_in_each, unused)


def seat_cost(inputs: Inputs, tactic: TacticInput) -> float:
    """Return what a tactic's seats cost a month once it has started, currency."""
    seats = inputs.organisation.seats if tactic.seats is None else tactic.seats
    return tactic.seat_price * seats
