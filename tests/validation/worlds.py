"""True worlds, drawn from the same ranges as a run's futures but by other means.

Assumptions come from the beta distribution of a general library, luck from another generator,
bookings from single deals instead of equation 15.
"""

from dataclasses import dataclass

import numpy as np

from simulation.defaults import Range
from simulation.draws import Draws, tactic_keys
from simulation.engine import simulate_on
from simulation.inputs import GoalInput, Inputs
from simulation.outcome import Outcome
from simulation.types import FloatArray
from tests.validation.single_deals import gamma_bookings


@dataclass(frozen=True)
class Worlds:
    """What came true: a run on true worlds, and its bookings from single deals."""

    outcome: Outcome
    bookings: FloatArray

    def metric(self, name: str) -> FloatArray:
        """Return what a metric was, (worlds, months)."""
        return self.bookings if name == "bookings" else self.outcome.metrics[name]

    def hits(self, goal: GoalInput) -> FloatArray:
        """Return in which worlds a goal was met, (worlds,) of bool."""
        values, due = self.metric(goal.metric), goal.due
        counted = {
            "level": values[:, due - 1],
            "trailing3": values[:, due - 3 : due].sum(axis=1) / 3,
            "cumulative": values[:, :due].sum(axis=1),
        }[goal.statistic]
        return counted >= goal.target if goal.comparison == ">=" else counted <= goal.target


def true_worlds(inputs: Inputs, count: int, seed: int) -> Worlds:
    """Draw worlds and let the plan run in each."""
    source = np.random.default_rng(seed)
    draws = Draws(
        count=count,
        seed=0,
        values={name: drawn(spread, count, source) for name, spread in inputs.assumptions.items()},
        fit_noise={
            key: source.standard_normal(count)
            for key in tactic_keys(tactic.name for tactic in inputs.tactics)
        },
        demand_noise=source.standard_normal((inputs.months, count)),
        bookings_noise=source.standard_normal((inputs.months, count)),
    )
    outcome = simulate_on(inputs, draws)
    variation = draws.values["deal_size_variation"][:, None]
    bookings = gamma_bookings(
        outcome.metrics["wins"], outcome.metrics["deal_size"], variation, source
    )
    return Worlds(outcome, bookings)


def drawn(spread: Range, count: int, source: np.random.Generator) -> FloatArray:
    """Draw from a PERT range: a stretched beta distribution."""
    if spread.is_fixed:
        return np.full(count, spread.mode)
    width = spread.high - spread.low
    left, right = (
        4 * side / width for side in (spread.mode - spread.low, spread.high - spread.mode)
    )
    return np.asarray(spread.low + width * source.beta(1 + left, 1 + right, count))
