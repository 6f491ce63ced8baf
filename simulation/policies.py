"""What is decided beside tactics as compiled code reads it, the same in all worlds or drawn."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulation.arithmetic import copy
from simulation.compiled import compiled
from simulation.decided import decided
from simulation.defaults import Range, defaults
from simulation.draws import Draws
from simulation.inputs import DESTINATIONS, MAX_MONTHS, YEAR, Inputs
from simulation.policy_ranges import DESTINATION, QUALITY, SEATS, policy_ranges
from simulation.types import BoolArray, FloatArray

PolicyValues = tuple[Mapping[str, float], float]
PARTS = 5  # of a policy that worlds may differ in
NEVER = 10 * MAX_MONTHS + 1


class Policy(NamedTuple):
    """What is decided beside tactics; the baseline has the usual policy instead.

    Attributes
    ----------
    selling, strategy, coaching : where freed hours go, as shares, (lanes,) each
    quality : share of freed hours that is planned and owned, (lanes,)
    seats_added : seats more, or fewer below 0, from the beginning of month `seats_from` on,
        (lanes,)
    seat_cost : what a filled one costs a month, currency
    """

    selling: FloatArray
    strategy: FloatArray
    coaching: FloatArray
    quality: FloatArray
    seats_added: FloatArray
    seats_from: float
    seat_cost: float


class Drawn(NamedTuple):
    """What each world draws, of the first PARTS fields of a policy in their order.

    Attributes
    ----------
    is_drawn : (PARTS,) whether worlds differ in it
    values : (PARTS, draws); no draws where they differ in none
    """

    is_drawn: BoolArray
    values: FloatArray


def usual_policy() -> FloatArray:
    """Return the policy of carrying on as today, as `pack_policy` does."""
    policy = defaults().policy
    return _row(policy["destinations"], policy["plan_quality"], 0.0, NEVER, 0.0)


def pack_policy(inputs: Inputs, policy: PolicyValues) -> FloatArray:
    """Return destinations, plan quality and a plan's seats as the fields of `Policy`, (7,)."""
    change = inputs.headcount
    if change is None or change.seats == Range.fixed_at(inputs.organisation.seats):
        return _row(*policy, 0.0, NEVER, 0.0)
    added = change.seats.mode - inputs.organisation.seats
    return _row(*policy, added, change.start, change.yearly_cost / YEAR)


def _row(
    destinations: Mapping[str, float], quality: float, added: float, start: int, cost: float
) -> FloatArray:
    shares = [destinations[use] for use in DESTINATIONS]
    return np.array([*shares, quality, added, start, cost], dtype=np.float64)


def pack_drawn(inputs: Inputs, draws: Draws) -> Drawn:
    """Return what worlds draw of a plan's policy; it holds whatever tactics are in."""
    ranges = policy_ranges(inputs)
    are_shares_drawn = any(name.startswith(DESTINATION) for name in ranges)
    is_drawn = [are_shares_drawn] * len(DESTINATIONS) + [QUALITY in ranges, SEATS in ranges]
    if not ranges:
        return Drawn(np.array(is_drawn), np.empty((PARTS, 0)))
    found = decided(inputs, draws)
    shares = [found.destinations[use] for use in DESTINATIONS]
    added = found.seats - inputs.organisation.seats
    return Drawn(np.array(is_drawn), np.array([*shares, found.quality, added]))


@compiled
def policy_in(row: FloatArray, drawn: Drawn, low: int, high: int) -> Policy:
    """Return a policy for draws low to high - 1: as it is packed, but for what they draw."""
    policy = same_policy(row, high - low)
    _draw(drawn, 0, low, high, policy.selling)
    _draw(drawn, 1, low, high, policy.strategy)
    _draw(drawn, 2, low, high, policy.coaching)
    _draw(drawn, 3, low, high, policy.quality)
    _draw(drawn, 4, low, high, policy.seats_added)
    return policy


@compiled
def same_policy(row: FloatArray, lanes: int) -> Policy:
    """Return a packed policy for so many draws that do not differ in it."""
    of = np.empty((PARTS, lanes))
    for part in range(PARTS):
        of[part, :] = row[part]
    return Policy(of[0], of[1], of[2], of[3], of[4], row[5], row[6])


@compiled
def _draw(drawn: Drawn, part: int, low: int, high: int, values: FloatArray) -> None:
    if drawn.is_drawn[part]:
        copy(drawn.values[part, low:high], values)
