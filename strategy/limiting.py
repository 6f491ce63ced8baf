"""What limits a plan month by month, in the planner's words."""

from dataclasses import dataclass

from simulation.constraints import Constraints, constraints
from simulation.progress import Progress
from strategy.model import Run
from strategy.studying import study

OPPORTUNITIES = "opportunities"
LABELS = {
    "selling": "Rep hours",
    "attention": "Buyers’ attention",
    "adoption": "Adoption",
    "productivity": "Ramp of new reps",
    OPPORTUNITIES: "New opportunities",
}
ONE_MORE = {
    "selling": "One more rep hour of selling",
    "attention": "1% more of buyers’ attention for a month",
    "adoption": "One more point of adoption of every tactic in use, for a month",
    "productivity": "One more fully productive rep for a month",
    OPPORTUNITIES: "One more new opportunity",
}


@dataclass(frozen=True)
class Limit:
    """One limit; money is currency, a mean over the futures, not discounted.

    Attributes
    ----------
    key, label, what : its key, its name, and what one more unit of it is
    one_more : what one more unit is worth; None where there is nothing to add to
    one_percent : what 1% more in a mean month is worth; `error` its sampling error
    by_period : the same for 1% more in a month of each period
    """

    key: str
    label: str
    what: str
    one_more: float | None
    one_percent: float
    error: float
    by_period: tuple[float, ...]


@dataclass(frozen=True)
class Limiting:
    """All limits, those before the pipeline first, opportunities last.

    `periods` are first and last month; `binding` is the key of the limit other than
    opportunities of which 1% more is worth most in each, None where nothing is worth anything.
    """

    periods: tuple[tuple[int, int], ...]
    binding: tuple[str | None, ...]
    limits: tuple[Limit, ...]

    @property
    def upstream(self) -> tuple[Limit, ...]:
        """Return all limits but opportunities, which come of them."""
        return tuple(each for each in self.limits if each.key != OPPORTUNITIES)


def limiting(run: Run, progress: Progress | None = None) -> Limiting:
    """Return what limits a run's plan."""
    found = constraints(*study(run), progress=progress)
    return Limiting(
        periods=tuple((each.first, each.last) for each in found.periods),
        binding=tuple(each.upstream for each in found.periods),
        limits=tuple(_limit(found, key) for key in LABELS),
    )


def _limit(found: Constraints, key: str) -> Limit:
    overall, *by_period = (
        next(limit for limit in each.limits if limit.limit == key)
        for each in (found.overall, *found.periods)
    )
    return Limit(
        key=key,
        label=LABELS[key],
        what=ONE_MORE[key],
        one_more=overall.one_more,
        one_percent=overall.one_percent,
        error=overall.standard_error,
        by_period=tuple(limit.one_percent for limit in by_period),
    )
