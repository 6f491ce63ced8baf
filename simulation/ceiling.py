"""How many hours a week a rep can sell before buyers have no more hours to give."""

from typing import NamedTuple

import numpy as np

from simulation.defaults import Range
from simulation.pert import pert


class Ceiling(NamedTuple):
    """Hours a rep-week at which sellers offer what buyers give: percentiles over futures."""

    p10: float
    p50: float
    p90: float


def buyer_ceiling(selling: float, pressure: Range) -> Ceiling:
    """Return where offered selling time equals buyers' attention (docs/model.md, equation 10).

    It is today's attention: its decline, and what account work adds to it, are not in it. The
    model rounds this corner off by the sharpness of the ceiling.

    Parameters
    ----------
    selling : hours a rep-week spent selling today
    pressure : hours offered for each hour that buyers want to give
    """
    low, middle, high = pert(pressure, np.array([0.1, 0.5, 0.9]))
    return Ceiling(*(float(selling / each) for each in (high, middle, low)))
