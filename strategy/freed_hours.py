"""Where a scenario sends freed hours: four shares that always add up to all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulation.inputs import DESTINATIONS
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.spreads import likely, likely_of, share_to

NOBODY = "nobody"


def freed_shares(
    destinations: Mapping[str, float | Sequence[float]], plan_quality: float | Sequence[float]
) -> dict[str, float]:
    """Return the share of freed hours meant for each use, and for none (`NOBODY`); they sum to 1.

    Where one is a range its likely value counts.

    Parameters
    ----------
    destinations : use -> share of the hours that have a destination and an owner
    plan_quality : share of freed hours that have both
    """
    owned, parts = likely(plan_quality), likely_of(destinations)
    shares = {use: owned * parts.get(use, 0.0) for use in DESTINATIONS}
    return shares | {NOBODY: 1 - owned}


def send_freed(levers: Levers, shares: Mapping[str, float], use: str, wanted: float) -> Levers:
    """Return levers with which `use` has a share of freed hours; the four still add up.

    What it gains is taken from the hours that nobody owns first, then from the largest; what it
    loses goes to nobody, and what nobody loses to the largest. Ranges move with their likely value.

    Raises
    ------
    InvalidValue
        If there is no such use, or the share is not from 0 to 1.
    """
    if use not in shares or not 0 <= wanted <= 1:
        raise InvalidValue("Send a share from 0% to 100% of freed hours to one of the four uses.")
    left = dict(shares)
    change, left[use] = wanted - left[use], wanted
    others = sorted((each for each in left if each != use), key=lambda each: -left[each])
    if use != NOBODY:
        others = [NOBODY, *(each for each in others if each != NOBODY)]
    for other in others:
        given = min(change, left[other])
        left[other] -= given
        change -= given
    owned = sum(left[each] for each in DESTINATIONS)
    sent = {each: left[each] / owned for each in DESTINATIONS} if owned > 1e-9 else _before(shares)
    ranges = levers.destinations or {}
    return replace(
        levers,
        destinations={each: share_to(ranges.get(each), share) for each, share in sent.items()},
        plan_quality=share_to(levers.plan_quality, min(max(owned, 0.0), 1.0)),
    )


def _before(shares: Mapping[str, float]) -> dict[str, float]:
    """Return how owned hours were split before none was left; all to selling if none was owned."""
    owned = sum(shares[each] for each in DESTINATIONS)
    if owned <= 0:
        return {each: float(each == "selling") for each in DESTINATIONS}
    return {each: shares[each] / owned for each in DESTINATIONS}
