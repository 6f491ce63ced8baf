"""What a linear calculator would promise: promised hours times the cost of an hour.

Every promise is kept from go-live on, and every hour is worth its pay: no slow adoption, no fit,
no rework, no leak, no ceiling of buyers, no coordination, no overrun, no luck. It is no part of
the model; it stands beside the model's answer for comparison.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from simulation.defaults import defaults
from simulation.inputs import Inputs, TacticInput

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class LinearPromise:
    """A promise by month, month 1 first.

    Attributes
    ----------
    hours : admin hours of the whole team saved in a month
    value_per_hour : loaded cost of a rep hour, currency
    cost : typed cost of the plan in a month, currency, without overrun
    """

    hours: tuple[float, ...]
    value_per_hour: float
    cost: tuple[float, ...]

    @property
    def cumulative(self) -> tuple[float, ...]:
        """Saved hours at their cost less the plan's, summed up to each month, currency."""
        net = (
            hours * self.value_per_hour - cost
            for hours, cost in zip(self.hours, self.cost, strict=True)
        )
        return tuple(accumulate(net))


def linear_promise(inputs: Inputs) -> LinearPromise:
    """Return what a linear calculator makes of a plan."""
    months = range(1, inputs.months + 1)
    team = inputs.organisation.seats * inputs.organisation.hours_per_rep_month
    yearly_hours = MONTHS_A_YEAR * inputs.organisation.hours_per_rep_month
    return LinearPromise(
        hours=tuple(
            team * promised_share(inputs.week, _working(inputs, month)) for month in months
        ),
        value_per_hour=defaults().loaded_pay.yearly / yearly_hours,
        cost=tuple(
            sum(_typed_cost(each, month, inputs.organisation.seats) for each in inputs.tactics)
            for month in months
        ),
    )


def promised_share(week: Mapping[str, float], tactics: Iterable[TacticInput]) -> float:
    """Return the share of all rep hours that tactics promise to take over when fully used.

    Tactics on one row overlap: the same hour is promised once.
    """
    left = dict.fromkeys(week, 1.0)
    for tactic in tactics:
        for row, share in tactic.moves.items():
            left[row] *= 1 - tactic.adopt.mode * share
    return sum(share * (1 - left[row]) for row, share in week.items())


def _working(inputs: Inputs, month: int) -> list[TacticInput]:
    """Return the tactics that are live in a month: their start and delay have passed."""
    return [each for each in inputs.tactics if each.start.mode + each.delay <= month]


def _typed_cost(tactic: TacticInput, month: int, all_seats: float) -> float:
    """Return what a tactic costs in a month as it was typed, currency."""
    if month < tactic.start.mode:
        return 0.0
    seats = all_seats if tactic.seats is None else tactic.seats
    monthly = tactic.seat_price * seats + tactic.fixed_monthly
    return monthly + (tactic.one_off if month == tactic.start.mode else 0.0)
