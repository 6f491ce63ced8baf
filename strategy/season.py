"""The seasons of a plan: months that are stronger or weaker than the average month."""

from collections.abc import Mapping, Sequence

from simulation.inputs import SEASONAL, YEAR
from strategy.calendar import MONTHS, month_index
from strategy.errors import InvalidValue
from strategy.model import Plan

SEASONS = {"opportunities": "new opportunities", "win_rate": "the win rate"}
FLAT = (1.0,) * YEAR
MOST = 100.0 * YEAR  # percent: all of a year in one month
ALIKE = 5e-5  # factors closer than this read the same


def season_of(
    plan: Plan, own: Mapping[str, Sequence[float]] | None = None
) -> dict[str, tuple[float, ...]]:
    """Return the factors in force, January first: a scenario's `own`, else the plan's, else 1."""
    chosen = {**plan.season, **(own or {})}
    return {name: tuple(map(float, chosen.get(name, FLAT))) for name in SEASONAL}


def engine_season(plan: Plan, own: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """Return the factors as the engine reads them, the plan's first month first.

    What is flat is left out, so that a plan without seasons stays the input it was.
    """
    first = month_index(plan.start_month) % YEAR
    return {
        name: [*factors[first:], *factors[:first]]
        for name, factors in season_of(plan, own).items()
        if not are_alike(factors, FLAT)
    }


def scaled(percents: Sequence[float]) -> tuple[float, ...]:
    """Return factors that average 1 from percentages of an average month, January first.

    Raises
    ------
    InvalidValue
        If there are not twelve, one is out of bounds, or all are 0; says which and why.
    """
    if len(percents) != YEAR:
        raise InvalidValue("A season has twelve months.")
    for month, each in zip(MONTHS, percents, strict=True):
        if not 0 <= each <= MOST:
            raise InvalidValue(f"{month} is {each:,.10g}%. Use a number from 0 to {MOST:,.0f}%.")
    total = sum(percents)
    if total == 0:
        raise InvalidValue("Every month is 0%. Give at least one month more.")
    return tuple(YEAR * each / total for each in percents)


def with_season(plan: Plan, name: str, factors: Sequence[float]) -> dict[str, tuple[float, ...]]:
    """Return the plan's seasons with one set; a flat one is none."""
    seasons = {**plan.season, name: tuple(factors)}
    return {each: kept for each, kept in seasons.items() if not are_alike(kept, FLAT)}


def are_alike(left: Sequence[float], right: Sequence[float]) -> bool:
    """Return whether two seasons read the same."""
    return all(abs(one - other) < ALIKE for one, other in zip(left, right, strict=True))


def in_words(factors: Sequence[float]) -> str:
    """Return the strongest and the weakest month of a season."""
    high, low = max(factors), min(factors)
    if are_alike(factors, FLAT):
        return "every month alike"
    strongest, weakest = MONTHS[factors.index(high)], MONTHS[factors.index(low)]
    return f"{strongest} strongest at {high:.0%}, {weakest} weakest at {low:.0%}"
