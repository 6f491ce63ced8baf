"""Whether a run adds up: invariants of the model, each counted anew from the run's own numbers."""

import math
from dataclasses import dataclass, replace

import numpy as np

from simulation.asking import asked_of_people
from simulation.defaults import Range, defaults
from simulation.engine import simulate_on
from simulation.inputs import (
    METRICS,
    Inputs,
    TacticInput,
    usual_destinations,
    usual_quality,
)
from simulation.outcome import Outcome, Path, chance
from simulation.steady import heads_before, leaving_before, open_before
from simulation.types import FloatArray

USES = (
    "selling_hours",
    "strategy_hours",
    "coaching_hours",
    "slack_hours",
    "admin_hours",
    "meeting_hours",
)
SIGNED = ("net_benefit", "cumulative_net")
# Hours and money are sums of many numbers of 16 digits; what rounding leaves is far below this.
ROUNDING = 1e-8
TARGETS = 9


@dataclass(frozen=True)
class Check:
    """One invariant: what must hold, whether it does, and the figure that says so.

    `unit` is "hours", "people", "currency", "share" or "points" (of a chance).
    """

    name: str
    holds: bool
    figure: float
    unit: str


def audit(outcome: Outcome) -> tuple[Check, ...]:
    """Return every check of a run; costs one run without tactics on the same draws."""
    return (
        hours_balance(outcome),
        work_is_conserved(outcome),
        nothing_is_negative(outcome),
        parts_stay_within_their_whole(outcome),
        the_start_is_what_was_typed(outcome),
        the_week_is_whole(outcome),
        seats_are_conserved(outcome),
        no_tactics_change_nothing(outcome),
        chances_are_chances(outcome),
        harder_targets_are_no_likelier(outcome),
        undiscounted_value_is_the_sum(outcome),
    )


def hours_balance(outcome: Outcome) -> Check:
    """Selling, strategy, coaching, slack, administration and meetings are heads x hours."""
    hours = outcome.inputs.organisation.hours_per_rep_month
    gap = largest = 0.0
    for path in (outcome.path, outcome.baseline_path):
        total = path.metrics["heads"] * hours
        used = np.sum([path.metrics[use] for use in USES], axis=0)
        gap = max(gap, _largest(used - total))
        largest = max(largest, _largest(total))
    name = "Every hour of the reps has exactly one use: largest gap of any month and future"
    return Check(name, gap <= ROUNDING * largest, gap, "hours")


def work_is_conserved(outcome: Outcome) -> Check:
    """Reps, systems and operations do all the work there is, or it is reported as unmet."""
    gap = largest = 0.0
    for path, with_tactics in ((outcome.path, True), (outcome.baseline_path, False)):
        there_is = _work_there_is(outcome, path, with_tactics=with_tactics)
        done = np.sum(
            [
                path.metrics[holder]
                for holder in ("admin_hours", "unmet_hours", "system_hours", "ops_hours")
            ],
            axis=0,
        )
        gap = max(gap, _largest(done - there_is))
        largest = max(largest, _largest(there_is))
    name = "Work is done by reps, systems or operations and never lost: largest gap"
    return Check(name, gap <= ROUNDING * largest, gap, "hours")


def _work_there_is(outcome: Outcome, path: Path, *, with_tactics: bool) -> FloatArray:
    """Return tactical work, upkeep, training and coordination, (draws, months) of hours."""
    inputs, values = outcome.inputs, outcome.draws.values
    hours = inputs.organisation.hours_per_rep_month
    opened = open_before(values, inputs.organisation.seats)
    at_start = np.column_stack([opened, path.metrics["pipeline"][:, :-1]])
    share = values["pipeline_admin_share"][:, None]
    volume = 1 - share + share * at_start / opened[:, None]
    admin = sum(inputs.week[row] for row in defaults().admin_tasks)
    today = heads_before(values, inputs.organisation.seats) * hours * admin
    today = today + inputs.organisation.ops_people * hours * values["ops_tactical"]
    work = volume * today[:, None]
    if not with_tactics:
        return work
    asked = asked_of_people(outcome)
    a_head = asked.training + values["coordination_hours"][:, None] * asked.pairs
    return np.asarray(work + path.metrics["heads"] * a_head + asked.upkeep)


def nothing_is_negative(outcome: Outcome) -> Check:
    """Hours, people, deals and money spent, less the pay of closed seats, are zero or more."""
    least, holds = 0.0, True
    for metrics, saved in ((outcome.metrics, _most_saved(outcome)), (outcome.baseline, 0.0)):
        for name in METRICS:
            values = metrics[name] + (saved if name == "cost" else 0.0)
            holds &= bool(np.isfinite(values).all())
            if name not in SIGNED:
                smallest = float(np.min(values, initial=0.0))
                least = min(least, smallest)
                holds &= smallest >= -ROUNDING * _largest(values)
    name = "Hours, people, deals and spending are never below zero: the lowest found below zero"
    return Check(name, holds, least, "number")


def _most_saved(outcome: Outcome) -> float:
    """Return the pay a month of seats that a change of headcount closes, currency (17)."""
    change = outcome.inputs.headcount
    if change is None:
        return 0.0
    return max(outcome.inputs.organisation.seats - change.seats.low, 0.0) * change.yearly_cost / 12


def _seats_by_month(outcome: Outcome, path: Path) -> FloatArray:
    """Return the seats there are in each month, (draws, months)."""
    if path is not outcome.baseline_path:
        return outcome.seats
    return np.full(outcome.seats.shape, outcome.inputs.organisation.seats)


def parts_stay_within_their_whole(outcome: Outcome) -> Check:
    """No part exceeds its whole: heads, fit, adoption, win rate, hours, shelfware."""
    organisation, metrics, work = outcome.inputs.organisation, outcome.metrics, outcome.path.work
    total = metrics["heads"] * organisation.hours_per_rep_month
    excesses = [
        metrics["heads"] / _seats_by_month(outcome, outcome.path) - 1,
        metrics["win_rate"] - 1,
        work.fit - 1,
        work.adoption - 1,
        *(_over(metrics[use], total) for use in USES),
        _over(metrics["shelfware"], metrics["cost"] + _most_saved(outcome)),
    ]
    largest = max(float(np.max(each, initial=0.0)) for each in excesses)
    holds = largest <= ROUNDING
    return Check("No part is larger than its whole: largest excess", holds, largest, "share")


def _over(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return by which share of it a part exceeds its whole; a part of nothing exceeds it."""
    size = np.maximum(np.abs(whole), 1e-9)
    return np.asarray((part - whole) / size)


def the_start_is_what_was_typed(outcome: Outcome) -> Check:
    """Before demand swings and buyers answer, the baseline books seats x bookings a seat.

    New opportunities of month 1, times win rate and deal of today, against what was typed times
    response, swing and season.
    """
    values, first = outcome.draws.values, outcome.baseline_path.metrics
    spread = values["demand_spread"]
    noise = outcome.draws.demand_noise[0]
    swing = np.exp(spread * noise - spread**2 / 2)
    swing = np.ones_like(swing) if outcome.draws.is_noiseless else swing
    level = first["opportunities"][:, 0] * values["win_rate"] * values["deal_size"]
    typed = outcome.inputs.organisation.seats * values["bookings_per_seat"]
    set_to = outcome.inputs.season["opportunities"][0]
    season = np.maximum(1 + values["season_strength"] * (set_to - 1), 0.0)
    factor = first["response"][:, 0] * swing * season
    gap = _largest(level - typed * factor)
    name = "The baseline starts at seats × bookings a seat, as typed: largest gap a month"
    return Check(name, gap <= ROUNDING * _largest(typed), gap, "currency")


def the_week_is_whole(outcome: Outcome) -> Check:
    """The rows of the week sum to 100%."""
    total = sum(outcome.inputs.week.values())
    return Check("The rows of the week add up to", abs(total - 1) <= ROUNDING, total, "share")


def seats_are_conserved(outcome: Outcome) -> Check:
    """A seat is filled or vacant: next month's heads follow from hires and leavers."""
    gap = max(
        _heads_gap(outcome, outcome.path, _hazard(outcome)),
        _heads_gap(outcome, outcome.baseline_path, leaving_before(outcome.draws.values)[:, None]),
    )
    seats = outcome.inputs.organisation.seats
    name = "Seats are filled or vacant, none appears or is lost: largest gap"
    return Check(name, gap <= ROUNDING * seats, gap, "people")


def _hazard(outcome: Outcome) -> FloatArray:
    """Return the share of reps who leave with the plan, (draws, months) (equation 16)."""
    values, work = outcome.draws.values, outcome.path.work
    misfit = values["fit_neutral"] - work.fit
    push = values["attrition_fit_effect"] * (work.adoption * misfit[:, None, :]).sum(axis=0)
    return np.asarray(1 - (1 - leaving_before(values)) ** np.exp(np.minimum(push, 50.0))).T


def _heads_gap(outcome: Outcome, path: Path, hazard: FloatArray) -> float:
    heads, seats = path.metrics["heads"], _seats_by_month(outcome, path)
    fill = np.minimum(1 / np.maximum(outcome.draws.values["hire_months"], 1e-9), 1.0)[:, None]
    leaving = np.broadcast_to(hazard, heads.shape)[:, :-1]
    later = heads[:, :-1] * (1 - leaving) + (seats[:, :-1] - heads[:, :-1]) * fill
    before = heads_before(outcome.draws.values, outcome.inputs.organisation.seats)
    first = _largest(heads[:, 0] - np.minimum(before, seats[:, 0]))
    # Where seats are closed, nobody holds one more than there are.
    return max(first, _largest(heads[:, 1:] - np.minimum(later, seats[:, 1:])))


def no_tactics_change_nothing(outcome: Outcome) -> Check:
    """Tactics that never start, with today's policy, give exactly the baseline."""
    inputs, draws = outcome.inputs, outcome.draws
    never = replace(
        inputs,
        destinations=usual_destinations(),
        plan_quality=usual_quality(),
        headcount=None,
        tactics=tuple(_never(each, inputs) for each in inputs.tactics),
    )
    idle = simulate_on(never, draws)
    gap = max(_largest(idle.metrics[name] - outcome.baseline[name]) for name in METRICS)
    name = "Without tactics nothing differs from carrying on as today: largest difference"
    return Check(name, gap == 0, gap, "number")


def _never(tactic: TacticInput, inputs: Inputs) -> TacticInput:
    return replace(tactic, start=Range.fixed_at(inputs.months + 1), moves={}, moves_ops={})


def chances_are_chances(outcome: Outcome) -> Check:
    """Each goal's chance lies between 0 and 100%, and hits and misses are all futures."""
    worst, holds = 0.0, True
    for goal in outcome.inputs.goals:
        hit, _ = chance(outcome.goal_hits(goal))
        values = outcome.goal_values(goal)
        missed = values < goal.target if goal.comparison == ">=" else values > goal.target
        holds &= 0 <= hit <= 1
        worst = max(worst, abs(hit + float(np.mean(missed)) - 1))
    name = "Chances lie between 0 and 100%, and hits and misses make 100%: largest gap"
    return Check(name, holds and worst <= ROUNDING, worst, "points")


def harder_targets_are_no_likelier(outcome: Outcome) -> Check:
    """Over nine targets from easy to hard, a goal's chance never rises."""
    rise = 0.0
    for goal in outcome.inputs.goals:
        values = outcome.goal_values(goal)
        targets = np.quantile(values, np.linspace(0, 1, TARGETS))
        targets = np.sort(np.append(targets, goal.target))
        harder = targets if goal.comparison == ">=" else targets[::-1]
        chances = [
            chance(outcome.goal_hits(replace(goal, target=float(target))))[0] for target in harder
        ]
        rise = max(rise, float(np.max(np.diff(chances), initial=0.0)))
    name = "A harder target is never likelier: largest rise of a chance"
    return Check(name, rise <= 0, rise, "points")


def undiscounted_value_is_the_sum(outcome: Outcome) -> Check:
    """At a discount rate of zero the present value is the plain sum of the monthly net."""
    rates = outcome.draws.values["discount_rate"]
    values = dict(outcome.draws.values) | {"discount_rate": np.zeros_like(rates)}
    free = replace(outcome, draws=replace(outcome.draws, values=values))
    base, plan = outcome.baseline_path.metrics, outcome.path.metrics
    more = {name: (plan[name] - base[name]).sum(axis=1) for name in ("revenue", "bookings", "cost")}
    total = (
        values["gross_margin"] * more["revenue"]
        - values["commission"] * more["bookings"]
        - more["cost"]
    )
    gap = _largest(free.finance.npv - total)
    size = _largest(plan["revenue"].sum(axis=1)) + _largest(plan["cost"].sum(axis=1))
    name = "Without discounting, the present value is the sum of the months: largest gap"
    return Check(name, gap <= ROUNDING * size, gap, "currency")


def _largest(values: FloatArray) -> float:
    """Return the largest size; infinite if one is not a number."""
    size = float(np.max(np.abs(values), initial=0.0))
    return size if math.isfinite(size) else math.inf
