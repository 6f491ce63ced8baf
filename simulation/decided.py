"""What is decided beside tactics, as each world has it (docs/model.md, section Levers)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.defaults import Range
from simulation.draws import Draws, whole_at
from simulation.inputs import Inputs
from simulation.pert import pert
from simulation.policy_ranges import DESTINATION, QUALITY, SEATS, likely_shares
from simulation.types import FloatArray


@dataclass(frozen=True)
class Decided:
    """By draw, (draws,) each.

    Attributes
    ----------
    destinations : where freed hours go, as shares that sum to 1
    quality : share of freed hours that is planned and owned
    seats : how many there are once they have changed, or always where they do not
    """

    destinations: Mapping[str, FloatArray]
    quality: FloatArray
    seats: FloatArray


def decided(inputs: Inputs, draws: Draws) -> Decided:
    """Return what each world draws from the ranges; the likely value where it has no luck."""
    change = inputs.headcount
    today = np.full(draws.count, float(inputs.organisation.seats))
    return Decided(
        _destinations(inputs, draws),
        drawn(inputs.plan_quality, QUALITY, draws),
        today if change is None else drawn(change.seats, SEATS, draws),
    )


def _destinations(inputs: Inputs, draws: Draws) -> dict[str, FloatArray]:
    if all(each.is_fixed for each in inputs.destinations.values()):
        likely = likely_shares(inputs.destinations)
        return {use: np.full(draws.count, share) for use, share in likely.items()}
    found = {
        use: drawn(each, f"{DESTINATION}{use}", draws) for use, each in inputs.destinations.items()
    }
    total = np.sum(list(found.values()), axis=0)
    return {use: each / total for use, each in found.items()}


def drawn(spread: Range, name: str, draws: Draws) -> FloatArray:
    """Return what worlds draw from one range of `policy_ranges`, not yet scaled, (draws,)."""
    quantiles = draws.policy_quantiles.get(name)
    if quantiles is None:
        return np.full(draws.count, spread.mode)
    return whole_at(spread, quantiles) if name == SEATS else pert(spread, quantiles)
