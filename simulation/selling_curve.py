"""What a plan would book if its reps sold more or fewer hours, all else as in the plan."""

from collections.abc import Sequence

import numpy as np

from simulation.engine import simulate_on
from simulation.nudge import Nudge
from simulation.outcome import Outcome
from simulation.progress import Progress, tracked
from simulation.types import FloatArray

QUARTER = 3


def selling_curve(
    outcome: Outcome, factors: Sequence[float], progress: Progress | None = None
) -> FloatArray:
    """Return expected bookings a month at the end of the horizon, (factors, draws).

    A mean over the last three months. One run for each factor on the outcome's draws.

    Parameters
    ----------
    outcome : the run of the plan
    factors : selling hours of every month relative to the plan's, > 0
    progress : told the share done; may raise to cancel
    """
    return np.array(
        [_booked(outcome, factor) for factor in tracked(list(factors), progress)]
    ).reshape(len(factors), outcome.draws.count)


def _booked(outcome: Outcome, factor: float) -> FloatArray:
    nudge = Nudge({"selling": np.full(outcome.inputs.months, factor)})
    nudged = simulate_on(
        outcome.inputs,
        outcome.draws,
        nudge=nudge,
        baseline=outcome.baseline_path,
        keep=("expected_bookings",),
    )
    return np.asarray(nudged.metrics["expected_bookings"][:, -QUARTER:].mean(axis=1))
