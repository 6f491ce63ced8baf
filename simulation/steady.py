"""What carrying on as today leaves unchanged before month 1 (docs/model.md, eq. 14 and 16)."""

from collections.abc import Mapping

import numpy as np

from simulation.types import FloatArray


def open_before(values: Mapping[str, FloatArray], seats: float) -> FloatArray:
    """Return open opportunities in the steady state before month 1, (draws,) (equation 14)."""
    created = seats * values["bookings_per_seat"] / (values["win_rate"] * values["deal_size"])
    passing = values["win_rate"] ** (1 / 3)
    first = created / 4 / np.minimum(1, 3 / (4 * values["cycle_months"]))
    return np.asarray(first * (1 + passing + passing**2))


def leaving_before(values: Mapping[str, FloatArray]) -> FloatArray:
    """Return the share of reps who leave in a month of today, (draws,)."""
    return np.asarray(1 - (1 - values["attrition"]) ** (1 / 12))


def heads_before(values: Mapping[str, FloatArray], seats: float) -> FloatArray:
    """Return filled seats in the steady state before month 1, (draws,) (equation 16)."""
    months = np.maximum(values["hire_months"], 1e-9)
    return np.asarray(seats / (1 + leaving_before(values) * months))
