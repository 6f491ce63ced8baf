"""When the next hour is worth more as strategic work than as selling (closed form)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.types import FloatArray


@dataclass(frozen=True)
class Tipping:
    """Both sides of the tipping condition of docs/model.md, each (draws,).

    Attributes
    ----------
    strategic : what 1% more account work adds in the long run to bookings, in per cent
    needed : what it must add for the next strategic hour to beat the next selling hour
    """

    strategic: FloatArray
    needed: FloatArray

    @property
    def is_ahead(self) -> FloatArray:
        """1 where the strategic hour wins, else 0."""
        return np.asarray(self.strategic > self.needed, dtype=float)


def tipping(values: Mapping[str, FloatArray], week: Mapping[str, float]) -> Tipping:
    """Return both sides of the condition, in the steady state and without leaks.

    Parameters
    ----------
    values : assumption name -> (draws,)
    week : share of each row of the rep's week
    """
    crowding = values["buyer_pressure"] ** values["ceiling_sharpness"]
    local = np.minimum(values["selling_elasticity"], (1 - values["inbound_share"]) / (1 + crowding))
    strategic = (
        values["strategy_win_elasticity"] * (1 - values["win_rate"])
        + values["strategy_deal_elasticity"]
        + values["strategy_attention_elasticity"] * local * crowding
    )
    selling = week["live_conversations"] + week["prospecting"]
    return Tipping(strategic=strategic, needed=week["account_strategy"] * local / selling)
