"""The same draws with some assumptions held at one value in all of them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from simulation.draws import Draws


def with_values(draws: Draws, values: Mapping[str, float]) -> Draws:
    """Return the same worlds with each named assumption at its value in every draw.

    Raises
    ------
    ValueError
        If a name is no assumption.
    """
    if unknown := sorted(values.keys() - draws.values.keys()):
        raise ValueError(f"{', '.join(unknown)} is no assumption")
    held = {name: np.full(draws.count, float(value)) for name, value in values.items()}
    return replace(draws, values={**draws.values, **held})
