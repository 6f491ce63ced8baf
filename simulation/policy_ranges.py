"""Which numbers of what is decided beside tactics nobody is sure of, and their likely values."""

from collections.abc import Mapping

from simulation.defaults import Range
from simulation.inputs import Inputs

QUALITY, DESTINATION, SEATS = "plan_quality", "destination:", "seats"


def policy_ranges(inputs: Inputs) -> dict[str, Range]:
    """Return what has a range, by the name of its stream of luck; one number has none."""
    all_of_them = {f"{DESTINATION}{use}": each for use, each in inputs.destinations.items()}
    all_of_them[QUALITY] = inputs.plan_quality
    if inputs.headcount is not None:
        all_of_them[SEATS] = inputs.headcount.seats
    return {name: each for name, each in all_of_them.items() if not each.is_fixed}


def likely_policy(inputs: Inputs) -> tuple[dict[str, float], float]:
    """Return destinations, which sum to 1, and plan quality, each at its likely value."""
    return likely_shares(inputs.destinations), inputs.plan_quality.mode


def likely_shares(destinations: Mapping[str, Range]) -> dict[str, float]:
    """Return the likely share of each destination; they sum to 1."""
    likely = {use: each.mode for use, each in destinations.items()}
    if all(each.is_fixed for each in destinations.values()):
        return likely
    total = sum(likely.values())
    return {use: share / total for use, share in likely.items()}
