"""What a snapshot says about scenarios, tactics and assumptions, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from components.numbers import (
    chance,
    chance_word,
    format_range,
    money,
    typed_cost,
    typed_cost_range,
)
from reports.own_goals import simulated
from strategy.calendar import month_label
from strategy.spreads import three
from strategy.tactic_levers import start_in_words

GRADES = {"measured": "Measured", "benchmark": "Benchmark", "estimate": "Estimate"}


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario's net benefit and its chance for each goal, as (chance, word)."""

    letter: str
    name: str
    net: str
    span: str
    chances: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TacticRow:
    """A tactic as it was planned."""

    title: str
    facts: str
    cost: str


@dataclass(frozen=True)
class TacticGroup:
    """The tactics of one goal, or those under none."""

    heading: str
    note: str
    tactics: tuple[TacticRow, ...]
    is_aligned: bool = True


@dataclass(frozen=True)
class AssumptionRow:
    """An assumption with its range in words, its source and its grade of evidence."""

    label: str
    meaning: str
    span: str
    likeliest: str
    source: str
    grade: str


def scenario_rows(content: Mapping[str, Any]) -> list[ScenarioRow]:
    """Return the frozen scenarios; chances follow the order of the plan's goals."""
    currency = content["plan"]["currency"]
    goals = [goal["id"] for goal in simulated(content["goals"])]
    return [_scenario(each, goals, currency) for each in content["scenarios"]]


def _scenario(scenario: Mapping[str, Any], goals: Sequence[str], currency: str) -> ScenarioRow:
    summary = scenario["run"]["summary"]
    hits = {row["id"]: row["chance"] for row in summary["goals"]}
    net = summary["net"]
    return ScenarioRow(
        letter=scenario["letter"],
        name=scenario["name"],
        net=money(net["p50"], currency),
        span=format_range(net["p10"], net["p90"], "money", currency),
        chances=tuple((chance(hits.get(goal)), chance_word(hits.get(goal))) for goal in goals),
    )


def tactic_groups(content: Mapping[str, Any]) -> list[TacticGroup]:
    """Return the tactics goal by goal, then those that serve none; ideas are left out."""
    plan, tactics = content["plan"], content["tactics"]
    groups = [
        _group(goal["title"], "", plan, [t for t in _under(tactics) if t["goal_id"] == goal["id"]])
        for goal in content["goals"]
    ]
    loose = [tactic for tactic in tactics if tactic["lane"] == "unaligned"]
    if loose:
        unaligned = content["unaligned"]
        cost = typed_cost(unaligned["money"], plan["currency"])
        spent = f"{unaligned['share']:.0%} of the first year’s spending"
        note = f"{spent}, {unaligned['days']:,g} person-days"
        groups.append(
            _group(f"Not under a goal: {cost} in year 1", note, plan, loose, aligned=False)
        )
    return groups


def _under(tactics: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [tactic for tactic in tactics if tactic["lane"] == "goal"]


def _group(
    heading: str,
    note: str,
    plan: Mapping[str, Any],
    tactics: Sequence[Mapping[str, Any]],
    *,
    aligned: bool = True,
) -> TacticGroup:
    rows = tuple(_tactic(each, plan) for each in tactics)
    return TacticGroup(heading, note or ("" if rows else "No tactic serves it yet"), rows, aligned)


def _tactic(tactic: Mapping[str, Any], plan: Mapping[str, Any]) -> TacticRow:
    # A copy frozen before starts could be a range has the likely month and its cost only.
    low, likely, high = tactic.get("begin") or three(tactic["start"])
    least, most = tactic.get("first_year_costs") or [tactic["first_year_cost"]] * 2
    begin = start_in_words((low, likely, high), partial(month_label, plan["start_month"]))
    facts = [
        tactic["owner"] or "No owner",
        f"from {begin}",
        f"{tactic['effort_days']:,g} person-days a year",
    ]
    if tactic["buys_tool"]:
        facts.append(f"buys a tool, {round(tactic['preparation'] * 4)} of 4 preparations done")
    shown = typed_cost_range(least, most, plan["currency"]) if most >= 0.5 else "no spend"
    return TacticRow(tactic["title"], ", ".join(facts), shown)


def assumption_rows(content: Mapping[str, Any], *, is_front: bool) -> list[AssumptionRow]:
    """Return the decisive assumptions, or all the others."""
    currency = content["plan"]["currency"]
    rows = (row for row in content["assumptions"] if row["is_front"] == is_front)
    return [_assumption(row, currency) for row in rows]


def _assumption(row: Mapping[str, Any], currency: str) -> AssumptionRow:
    low, mode, high, unit = row["low"], row["mode"], row["high"], row["unit"]
    is_fixed = low == high
    return AssumptionRow(
        label=row["label"],
        meaning=row["meaning"],
        span=_amount(low, unit, currency) if is_fixed else _span(low, high, unit, currency),
        likeliest="fixed" if is_fixed else f"likeliest {_number(mode, unit, currency)}",
        source=row["source"],
        grade=GRADES.get(row["grade"], str(row["grade"])),
    )


def _number(value: float, unit: str, currency: str) -> str:
    if unit.startswith("share"):
        return f"{100 * value:.3g}%".replace("-", "−")
    if unit.startswith("currency"):
        return money(value, currency)
    return f"{value:.3g}".replace("-", "−")


def _after(unit: str) -> str:
    """Return what follows the number: "share a year" leaves " a year", "ratio" nothing."""
    rest = unit.removeprefix("share").removeprefix("currency").strip()
    joint = "" if rest.startswith("%") else " "
    return "" if rest in ("", "ratio") else f"{joint}{rest}"


def _amount(value: float, unit: str, currency: str) -> str:
    return _number(value, unit, currency) + _after(unit)


def _span(low: float, high: float, unit: str, currency: str) -> str:
    return f"{_number(low, unit, currency)} to {_amount(high, unit, currency)}"
