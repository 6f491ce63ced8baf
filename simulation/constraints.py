"""What limits the plan month by month: what 1% more of each limit would be worth."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.nudge import Nudge
from simulation.objectives import standard_error
from simulation.outcome import Outcome
from simulation.plain import Plain
from simulation.progress import Progress, tracked
from simulation.types import FloatArray

MORE = 0.01
MOST_GROUPS = 36
SHORTEST_TAIL, LONGEST_TAIL = 6, 60
LEAST = 1e-6  # currency; smaller worths bind nothing
# Each with the unit of which one more is valued. Ties go to the first.
UNITS = {
    "selling": "rep hour of selling",
    "attention": "1% of buyers' attention",
    "opportunities": "opportunity",
    "adoption": "point of adoption of every tactic in use",
    "productivity": "productive head",
}


@dataclass(frozen=True)
class Limit(Plain):
    """What more of one limit is worth a month; currency, means over the draws, not discounted.

    Attributes
    ----------
    limit, unit : its key, as in `simulation.nudge`, and what one more of it is
    one_percent : margin less commission on the expected bookings that 1% more brings,
        whenever they come; `standard_error` is its error
    one_more : the same for one more unit; None where there is nothing to add to
    inside : net benefit inside the horizon that 1% more brings
    """

    limit: str
    unit: str
    one_percent: float
    standard_error: float
    one_more: float | None
    inside: float


@dataclass(frozen=True)
class Period(Plain):
    """Months `first` to `last`, and what more of each limit in one of them is worth.

    Attributes
    ----------
    limits : in the order of UNITS
    binding : the limit of which 1% more is worth most; None if nothing is worth anything
    upstream : the same among all but opportunities, which come of the others
    """

    first: int
    last: int
    limits: tuple[Limit, ...]
    binding: str | None
    upstream: str | None


@dataclass(frozen=True)
class Constraints(Plain):
    """What limits the plan over time, and on average over the horizon (`overall`)."""

    periods: tuple[Period, ...]
    overall: Period


@dataclass(frozen=True)
class _Gain:
    """What 1% more in a period brings: (draws,) amounts, and units added (a mean)."""

    worth: FloatArray
    inside: FloatArray
    units: float

    def plus(self, other: "_Gain") -> "_Gain":
        return _Gain(self.worth + other.worth, self.inside + other.inside, self.units + other.units)


def constraints(inputs: Inputs, draws: Draws, progress: Progress | None = None) -> Constraints:
    """Return what 1% more of each limit is worth, month by month.

    Costs five runs a period: a month, or several where the horizon is above 36 months.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    progress : told the share done; may raise to cancel
    """
    plain = simulate_on(*lengthened(inputs, draws))
    size = ceil(inputs.months / MOST_GROUPS)
    starts = range(0, inputs.months, size)
    periods: list[Period] = []
    totals: dict[str, _Gain] = {}
    for start in tracked(starts, progress):
        end = min(start + size, inputs.months)
        gains = {name: _gain(plain, name, start, end, inputs.months) for name in UNITS}
        totals = {name: totals[name].plus(gain) if totals else gain for name, gain in gains.items()}
        periods.append(_period(start, end, gains))
    return Constraints(periods=tuple(periods), overall=_period(0, inputs.months, totals))


def lengthened(inputs: Inputs, draws: Draws) -> tuple[Inputs, Draws]:
    """Return the same plan and worlds with calm months added for open deals to close in.

    The tail is three mean sales cycles: all but half a per cent of deals are decided by then.
    """
    cycle = float(np.mean(draws.values["cycle_months"]))
    tail = int(np.clip(ceil(3 * cycle), SHORTEST_TAIL, LONGEST_TAIL))
    calm = np.zeros((tail, draws.count))
    return replace(inputs, months=inputs.months + tail), replace(
        draws,
        demand_noise=np.concatenate([draws.demand_noise, calm]),
        bookings_noise=np.concatenate([draws.bookings_noise, calm]),
    )


def _gain(plain: Outcome, name: str, start: int, end: int, horizon: int) -> _Gain:
    factors = np.ones(plain.inputs.months)
    factors[start:end] += MORE
    nudged = simulate_on(
        plain.inputs, plain.draws, nudge=Nudge({name: factors}), baseline=plain.baseline_path
    )
    values = plain.draws.values
    bookings, benefit = (
        nudged.metrics[metric] - plain.metrics[metric]
        for metric in ("expected_bookings", "net_benefit")
    )
    return _Gain(
        worth=(values["gross_margin"] - values["commission"]) * bookings.sum(axis=1),
        inside=benefit[:, :horizon].sum(axis=1),
        units=_units(plain, nudged, name, start, end),
    )


def _units(plain: Outcome, nudged: Outcome, name: str, start: int, end: int) -> float:
    """Return how many units 1% more is in these months together, a mean over the draws."""
    if name == "attention":
        return float(end - start)
    if name == "adoption":
        before = plain.path.work.adoption[:, start:end]
        more = 100 * (nudged.path.work.adoption[:, start:end] - before)
        # Tactics not yet in use have no adoption to add to.
        in_use = (before > 0).any(axis=(1, 2)) if before.size else np.zeros(0, dtype=bool)
        return float(more[in_use].mean(axis=(0, 2)).sum()) if in_use.any() else 0.0
    metric = {"selling": "selling_hours", "productivity": "heads"}.get(name, name)
    amount = plain.metrics[metric][:, start:end]
    if name == "productivity":
        amount = amount * _productivity(plain)[:, None]
    return MORE * float(amount.sum(axis=1).mean())


def _productivity(outcome: Outcome) -> FloatArray:
    """Return productive heads a filled seat in the steady state, (draws,) (equation 16)."""
    values = outcome.draws.values
    leaving = 1 - (1 - values["attrition"]) ** (1 / 12)
    step = 3 / values["ramp_months"]
    stay = step / (step + leaving)
    first = leaving / (step + leaving)
    return np.asarray(1 - first * (5 / 6 + stay / 2 + stay**2 / 6))


def _period(start: int, end: int, gains: dict[str, _Gain]) -> Period:
    months = end - start
    limits = tuple(
        Limit(
            limit=name,
            unit=unit,
            one_percent=float(gains[name].worth.mean()) / months,
            standard_error=standard_error(gains[name].worth) / months,
            one_more=float(gains[name].worth.mean()) / gains[name].units
            if gains[name].units > 0
            else None,
            inside=float(gains[name].inside.mean()) / months,
        )
        for name, unit in UNITS.items()
    )
    return Period(
        first=start + 1,
        last=end,
        limits=limits,
        binding=_largest(limits),
        upstream=_largest(tuple(each for each in limits if each.limit != "opportunities")),
    )


def _largest(limits: tuple[Limit, ...]) -> str | None:
    best = max(limits, key=lambda each: each.one_percent)
    return best.limit if best.one_percent > LEAST else None
