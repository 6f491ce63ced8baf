"""The futures behind a middle line: which draws make the median, and only those."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from simulation.draws import Draws
from simulation.types import FloatArray


def middle_places(values: FloatArray) -> tuple[int, ...]:
    """Return the draw whose value is the median, or the two whose mean it is.

    Parameters
    ----------
    values : (draws,), the first of the two is the lower; ties go by the order of draws
    """
    order = np.argsort(values, kind="stable")
    half = len(order) // 2
    chosen = order[half : half + 1] if len(order) % 2 else order[half - 1 : half + 1]
    return tuple(int(place) for place in chosen)


def picked(draws: Draws, places: Sequence[int]) -> Draws:
    """Return the same worlds, but only those at `places`, counted from 0."""
    chosen = list(places)
    return replace(
        draws,
        count=len(chosen),
        values={name: column[chosen] for name, column in draws.values.items()},
        fit_noise={key: column[chosen] for key, column in draws.fit_noise.items()},
        demand_noise=draws.demand_noise[:, chosen],
        bookings_noise=draws.bookings_noise[:, chosen],
        adopt_quantiles={key: column[chosen] for key, column in draws.adopt_quantiles.items()},
        start_quantiles={key: column[chosen] for key, column in draws.start_quantiles.items()},
        policy_quantiles={name: column[chosen] for name, column in draws.policy_quantiles.items()},
    )
