"""The big numbers of a plan, a scenario and a phone's foot, by rule."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from components.numbers import chance, format_range, format_value, money
from reports.headlines import WEEKS_A_MONTH, changes_nothing, freed_hours_a_week, linear_words
from strategy.calendar import month_label
from strategy.model import Plan


@dataclass(frozen=True)
class BigNumber:
    """What a number is, the number with its unit, and its range."""

    label: str
    value: str
    note: str


def facts_of(plan: Plan) -> dict[str, Any]:
    """Return what the numbers need to know of a plan, as a frozen copy keeps it too."""
    return {name: getattr(plan, name) for name in ("currency", "months", "start_month")}


def plan_numbers(plan: Mapping[str, Any], summary: Mapping[str, Any]) -> list[BigNumber]:
    """Return cost of year 1, net benefit and payback, each with its range.

    `plan` has the keys `currency`, `months` and `start_month`; `summary` is a run's.
    """
    currency, months = plan["currency"], plan["months"]
    return [
        _money("You spend, year 1", summary["cost_year_one"], currency),
        _net_benefit(months, summary, currency),
        BigNumber("Cash is back to zero", "Not needed", "Nothing is spent or earned")
        if changes_nothing(summary)
        else _payback(plan, summary["finance"]["payback"]),
    ]


def scenario_numbers(plan: Mapping[str, Any], summary: Mapping[str, Any]) -> list[BigNumber]:
    """Return the hours that come free, and the three numbers of money.

    Unlike a shared page's, these leave the linear calculator to the caption above them.
    """
    spent, net, back = plan_numbers(plan, summary)
    return [_freed(summary), spent, replace(net, note=net.note.split(". ")[0]), back]


def bar_numbers(plan: Mapping[str, Any], summary: Mapping[str, Any]) -> list[BigNumber]:
    """Return the outcomes a phone keeps in sight, in few words; a note is an 80% range.

    The first goal's chance, if there is a goal, net benefit, and the hours a rep gets back a week.
    """
    goals, net, currency = summary["goals"][:1], summary["net"], plan["currency"]
    first = [BigNumber(goal["title"], chance(goal["chance"]), "chance") for goal in goals]
    span = format_range(net["p10"], net["p90"], "money", currency)
    return [
        *first,
        BigNumber(f"Net, {plan['months']} months", money(net["p50"], currency), span),
        _freed_in_short(summary),
    ]


def _freed_in_short(summary: Mapping[str, Any]) -> BigNumber:
    week = _freed_a_week(summary)
    if week is None:
        return BigNumber("Freed a week", "–", "nobody sells")
    low, high, _ = week
    hours = format_value(freed_hours_a_week(summary), "hours")
    return BigNumber("Freed a week", hours, format_range(low, high, "hours"))


def _freed(summary: Mapping[str, Any]) -> BigNumber:
    """Return the admin hours a rep gets back a week in the last month, beside the promise."""
    label, week = "Freed for each rep, last month", _freed_a_week(summary)
    if week is None:
        return BigNumber(label, "–", "Nobody sells in the last month")
    low, high, promised = week
    span = format_range(low, high, "hours")
    return BigNumber(
        label,
        f"{format_value(freed_hours_a_week(summary), 'hours')} a week",
        f"80% range {span}; tactics promise {format_value(promised, 'hours')}",
    )


def _freed_a_week(summary: Mapping[str, Any]) -> tuple[float, float, float] | None:
    """Return both ends of the hours a rep gets back a week, and the promise; None without reps."""
    freed = summary["freed"]
    heads = freed["heads"] or 0.0
    if heads <= 0:
        return None
    low, high, promised = (
        (freed[name] or 0.0) / heads / WEEKS_A_MONTH for name in ("p10", "p90", "promised")
    )
    return low, high, promised


def _money(label: str, spread: Mapping[str, float | None], currency: str) -> BigNumber:
    span = format_range(spread["p10"], spread["p90"], "money", currency)
    return BigNumber(label, money(spread["p50"], currency), f"80% range {span}")


def _net_benefit(months: int, summary: Mapping[str, Any], currency: str) -> BigNumber:
    """Return net benefit beside what a linear calculator would promise, where that is kept."""
    shown = _money(f"Net benefit, {months} months", summary["net"], currency)
    said = f"{shown.note} around the middle future, not discounted"
    words = linear_words(summary, currency)
    return replace(shown, note=f"{said}. {words}" if words else said)


def _payback(plan: Mapping[str, Any], payback: Mapping[str, float | None]) -> BigNumber:
    label = "Cash is back to zero"
    end = month_label(plan["start_month"], plan["months"])
    low, middle, high = (payback_month(plan, payback[name]) for name in ("p10", "p50", "p90"))
    if middle is None:
        early = f"1 in 10 futures by {low}" if low else "nor in 9 of 10 other futures"
        return BigNumber(label, f"Not by {end}", f"In the middle future; {early}")
    if low is None or high is None:
        return BigNumber(label, middle, f"80% range {low or middle} to later than {end}")
    return BigNumber(label, middle, f"80% range {low} to {high}")


def payback_month(plan: Mapping[str, Any], month: float | None) -> str | None:
    """Return the month in which cash is back to zero; None if not within the plan."""
    if month is None or not math.isfinite(month) or month > plan["months"]:
        return None
    return month_label(plan["start_month"], max(math.ceil(month - 1e-9), 1))
