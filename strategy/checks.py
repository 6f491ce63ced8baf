"""Checks of what people type into a plan; every refusal is one sentence to act on."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from simulation.checking import InputError
from simulation.defaults import defaults
from simulation.inputs import Inputs, read_range
from strategy.calendar import MONTHS, month_index, month_of_plan
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.metrics import metric_of
from strategy.model import Goal, Plan, Tactic
from strategy.projection import engine_tactic
from strategy.readiness import check_status
from strategy.rules import check_rules
from strategy.season import SEASONS
from strategy.serving import check_supports

MAX_TITLE, MAX_NOTE = 120, 2000
MAX_HORIZON = 60
VAST = 1e12  # bounds beyond it are not worth telling
MAX_SEED = 2**53 - 1  # the largest whole number a browser keeps exactly

# What the dialogs call the engine's fields.
TACTIC_LABELS = {
    "start": "Start month",
    "delay": "Months until it works",
    "adopt": "Adoption",
    "preparation": "Preparation",
    "seat_price": "Price a seat",
    "seats": "Seats",
    "one_off": "One-off cost",
    "fixed_monthly": "Fixed cost a month",
    "training_hours": "Training hours",
    "upkeep_hours": "Upkeep hours",
    "cycle": "Shorter cycle",
    "win": "Win odds",
    "deal": "Deal size",
    "attention": "Buyers' attention",
    "moves": "Hours moved",
    "moves_ops": "Operations hours moved",
}
IN_PERCENT = ("adopt", "cycle", "deal", "attention", "moves", "moves_ops")


def clean_text(label: str, text: object, longest: int, *, required: bool = False) -> str:
    """Return text without surrounding space; raise InvalidValue if it does not fit."""
    if not isinstance(text, str):
        raise InvalidValue(f"{label} must be text.")
    text = text.strip()
    if required and not text:
        raise InvalidValue(f"{label} is empty. Give it a few words.")
    if len(text) > longest:
        raise InvalidValue(f"{label} has {len(text)} characters. Shorten it to {longest}.")
    return text


def finite_number(
    label: str, value: object, low: float, high: float, *, in_percent: bool = False
) -> float:
    """Return a finite number in bounds; raise InvalidValue naming them, `in_percent` if asked."""
    shown = 100 if in_percent else 1
    bounds = f" from {' to '.join(_written((low, high), shown))}" if high < VAST else ""
    if value is None:
        raise InvalidValue(f"{label} is empty. Type a number{bounds}.")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidValue(f"{label} is not a number. Type a number{bounds}.")
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value) or not low <= value <= high:
        raise InvalidValue(_limits_sentence(label, (value, low, high), shown))
    return value


def check_plan(plan: Plan) -> Plan:
    """Return the plan if the model can run it; raise InvalidValue otherwise."""
    month_index(plan.start_month)
    plan = replace(
        plan,
        name=clean_text("The plan's name", plan.name, MAX_TITLE, required=True),
        currency=clean_text("The currency", plan.currency, 4, required=True),
        baseline_source=clean_text("The baseline's source", plan.baseline_source, 600),
    )
    seed = finite_number("The seed", plan.seed, 0, MAX_SEED)
    if seed != int(seed):
        raise InvalidValue(f"The seed is {seed:g}. Use a whole number.")
    if missing := defaults().tasks.keys() - plan.week.keys():
        labels = ", ".join(sorted(defaults().tasks[task].label for task in missing))
        raise InvalidValue(f"The week says nothing about {labels}. Give each a share, if only 0.")
    check_rules(plan.rules)
    finite_number("The horizon in months", plan.months, 1, MAX_HORIZON)
    if plan.budget is not None:
        finite_number("The budget", plan.budget, 0, VAST)
    finite_number("Person-days a year", plan.ops_days_per_person, 1, 366)
    try:
        Inputs.from_json(
            {
                "months": plan.months,
                "organisation": {
                    "seats": plan.seats,
                    "ops_people": plan.ops_people,
                    "hours_per_rep_month": plan.hours_per_rep_month,
                },
                "week": dict(plan.week),
                "season": dict(plan.season),
                "headcount": dict(plan.headcount) or None,
                "assumptions": {
                    name: [each.low, each.mode, each.high]
                    for name, each in plan.assumptions.items()
                },
                "tactics": [],
            }
        )
    except InputError as error:
        raise InvalidValue(_plan_sentence(error)) from error
    return plan


def _plan_sentence(error: InputError) -> str:
    name = error.field.split(".")[-1]
    tasks, assumptions = defaults().tasks, defaults().assumptions
    if error.field == "week":
        return f"The week {error.value.replace('sums', 'adds up')}. Make the shares add up to 1."
    if error.field.startswith("season."):
        # A single month is named by its place: season.win_rate[12].
        what, _, month = name.rstrip("]").partition("[")
        about = f"{MONTHS[int(month) - 1]} in the season" if month else "The season"
        return f"{about} of {SEASONS.get(what, what)} {error.value}. It must be {error.bound}."
    label = (
        tasks[name].label
        if name in tasks
        else assumptions[name].label
        if name in assumptions
        else name.replace("_", " ").capitalize()
    )
    if error.limits:
        return _limits_sentence(label, error.limits, 100 if name in tasks else 1)
    return f"{label} {error.value}. It must be {error.bound}."


def _limits_sentence(label: str, limits: tuple[float, float, float], shown: int) -> str:
    """Return what is wrong in the unit people type: `shown` is 100 for percentages."""
    value, low, high = _written(limits, shown)
    return f"{label} is {value}. Use a number from {low} to {high}."


def _written(numbers: Iterable[float], shown: int) -> list[str]:
    unit = "%" if shown == 100 else ""
    return [f"{number * shown:,.10g}{unit}" for number in numbers]


def check_goal(goal: Goal, plan: Plan) -> Goal:
    """Return the goal if it can be simulated or measured; raise InvalidValue otherwise."""
    goal = _check_simulated(goal) if goal.is_simulated else _check_own(goal)
    if goal.target == goal.baseline:
        raise InvalidValue(
            "The target equals today's value, so there is nothing to reach. Change one of them."
        )
    due = month_of_plan(plan.start_month, goal.due_month)
    if due < 1:
        raise InvalidValue(
            f"{goal.due_month} is before the plan starts ({plan.start_month}). Pick a later month."
        )
    if due > plan.months:
        raise InvalidValue(
            f"{goal.due_month} is after the plan ends: it covers "
            f"{plan.months} month{'' if plan.months == 1 else 's'} from "
            f"{plan.start_month}. Pick an earlier month or lengthen the plan."
        )
    return replace(
        goal,
        title=clean_text("The goal's title", goal.title, MAX_TITLE, required=True),
        owner=clean_text("The owner's name", goal.owner, MAX_TITLE),
    )


def _check_simulated(goal: Goal) -> Goal:
    metric = metric_of(goal.metric)
    low = -1e12 if goal.metric == "cumulative_net" else 0.0
    high = {"percent": 1.0, "money": 1e12}.get(metric.unit, 1e9)
    label = f"{metric.label}, "
    shown = 100 if metric.unit == "percent" else 1
    for part, value in (("today", goal.baseline), ("target", goal.target)):
        finite_number(label + part, value, -1e15, 1e15)
        finite_number(label + part, value * shown, low, high * shown)
    return goal


def _check_own(goal: Goal) -> Goal:
    """Check a goal on a metric of the team's own: it has a name, and its numbers are finite."""
    name = clean_text("The metric's name", goal.own_name, 60, required=True)
    for part, value in (("today", goal.baseline), ("target", goal.target)):
        finite_number(f"{name}, {part}", value, -VAST, VAST)
    if goal.progress is not None:
        finite_number(f"{name}, progress so far", goal.progress, -VAST, VAST)
    return replace(goal, own_name=name, own_unit=clean_text("The unit", goal.own_unit, 20))


def check_tactic(tactic: Tactic, plan: Plan) -> Tactic:
    """Return the tactic if it can be simulated; raise InvalidValue otherwise."""
    finite_number("Effort in person-days", tactic.effort_days, 0, 100_000)
    finite_number("The start, counted in months,", tactic.start, -1e6, 1e6)
    if tactic.start < 1:
        raise InvalidValue(
            f"The start lies before the plan's first month ({plan.start_month}). "
            "Pick a later month."
        )
    if tactic.start > plan.months:
        raise InvalidValue("The start lies after the plan's last month. Pick an earlier month.")
    if tactic.destination not in ("selling", "strategy", "coaching", "nowhere"):
        raise InvalidValue("Freed hours go to selling, account work, coaching or nowhere yet.")
    _check_adoption(tactic)
    _check_start_range(tactic, plan)
    try:
        Inputs.from_json({"tactics": [engine_tactic(tactic, Levers())], "week": dict(plan.week)})
    except InputError as error:
        raise InvalidValue(_tactic_sentence(error)) from error
    return replace(
        tactic,
        title=clean_text("The tactic's title", tactic.title, MAX_TITLE, required=True),
        owner=clean_text("The owner's name", tactic.owner, MAX_TITLE),
        destination_owner=clean_text("The owner of freed hours", tactic.destination_owner, 120),
        note=clean_text("The note", tactic.note, MAX_NOTE),
        status=check_status(tactic),
        supports=check_supports(tactic.supports),
        test_metric=clean_text("The metric that will move", tactic.test_metric, MAX_TITLE),
        test_from=_optional("The metric's value today", tactic.test_from),
        test_to=_optional("The metric's value later", tactic.test_to),
    )


def _check_adoption(tactic: Tactic) -> None:
    """Raise InvalidValue unless both ends of the range are there, around the likely value."""
    low, high = tactic.adoption_low, tactic.adoption_high
    if low is None and high is None:
        return
    percents = [
        finite_number(f"Adoption, {part} value,", None if each is None else 100 * each, 0, 100)
        for part, each in (("low", low), ("likely", tactic.adoption), ("high", high))
    ]
    if percents != sorted(percents):
        at_least, likely, at_most = (f"{each:,.6g}%" for each in percents)
        raise InvalidValue(
            f"Adoption: {likely} must lie between its low value {at_least} and its high value "
            f"{at_most}."
        )


def _check_start_range(tactic: Tactic, plan: Plan) -> None:
    """Raise InvalidValue unless both months are there, in the plan and around the likely one."""
    low, high = tactic.start_low, tactic.start_high
    if low is None and high is None:
        return
    for part, month in (("earliest", low), ("latest", high)):
        if month is None:
            raise InvalidValue(f"The {part} month of the start is empty. Pick one, or none at all.")
        if not 1 <= finite_number(f"The {part} start", month, -1e6, 1e6) <= plan.months:
            raise InvalidValue(f"The {part} start lies outside the plan. Pick a month inside it.")
    if not (low or 0) <= tactic.start <= (high or 0):
        raise InvalidValue("The start must lie between its earliest and its latest month.")


def _optional(label: str, value: object) -> float | None:
    return None if value is None else finite_number(label, value, -VAST, VAST)


def _tactic_sentence(error: InputError) -> str:
    _, _, path = error.field.partition("].")
    name, _, task = path.partition(".")
    label = TACTIC_LABELS.get(name, name)
    if task in defaults().tasks:
        label = f"{label}, {defaults().tasks[task].label}"
    if error.limits:
        return _limits_sentence(label, error.limits, 100 if name in IN_PERCENT else 1)
    return f"{label} {error.value}. It must be {error.bound}."


def check_range(name: str, values: Mapping[str, Any]) -> tuple[float, float, float]:
    """Return low, mode and high of an assumption; raise InvalidValue otherwise, shares in percent.

    The values are as the model has them, shares from 0 to 1.
    """
    known = defaults().assumptions.get(name)
    if known is None:
        raise InvalidValue(f"“{name}” is not an assumption of this model.")
    is_share = known.unit.startswith("share")
    low, mode, high = (
        finite_number(
            f"{known.label}, {word} value,", values.get(part), *known.bounds, in_percent=is_share
        )
        for part, word in (("low", "low"), ("mode", "likely"), ("high", "high"))
    )
    try:
        spread = read_range(known.label, [low, mode, high], known.bounds)
    except InputError as error:
        least, likely, most = _written((low, mode, high), 100 if is_share else 1)
        raise InvalidValue(
            f"{known.label}: {likely} must lie between its low value {least} and its "
            f"high value {most}."
        ) from error
    return spread.low, spread.mode, spread.high
