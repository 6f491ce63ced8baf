"""A search for the best mix in sentences, made from its summary by rule."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.numbers import Unit, chance, format_change, format_value, futures, money, typed_cost
from reports.wording import capitalised, listed, number_word

SURE = 2.0  # standard errors


def brings(row: Mapping[str, Any], found: Mapping[str, Any], currency: str) -> str:
    """Return what a mix is searched for: "$2.0M", or "54 of 100"."""
    if found["question"]["goal"] is None:
        return money(row["score"], currency)
    return futures(row["score"])


def error_words(error: float, found: Mapping[str, Any], currency: str) -> str:
    """Return a standard error: "± $13k", "± 1.1 pt"."""
    if found["question"]["goal"] is None:
        return f"± {money(error, currency)}"
    return f"± {format_change(error, 'percent').lstrip('+')}"


def behind_words(row: Mapping[str, Any], found: Mapping[str, Any], currency: str) -> str:
    """Return how far a mix is behind the best, with the standard error; ties are called so."""
    if set(row["tactics"]) == set(found["best"][0]["tactics"]):
        return "Best"
    if row["is_tie"]:
        return "Tie, no clear difference"
    unit: Unit = "money" if found["question"]["goal"] is None else "percent"
    behind = format_change(-row["behind"], unit, currency)
    return f"{behind} {error_words(row['behind_error'], found, currency)}"


def mix_headline(found: Mapping[str, Any], titles: Mapping[str, str], currency: str) -> str:
    """Return what the best mix brings for its money beside the plan as it stands.

    `titles` are of goals, by id.
    """
    if not found["best"]:
        return "No mix keeps within these limits."
    best, plan = found["best"][0], found["plan"]
    cost, usual = (typed_cost(row["first_year_cost"], currency) for row in (best, plan))
    gain, own = (brings(row, found, currency) for row in (best, plan))
    goal = found["question"]["goal"]
    what = f"brings {gain}" if goal is None else f"hits {titles[goal]} in {gain} futures"
    if set(best["tactics"]) == set(plan["tactics"]):
        return f"The plan as it stands is the best mix: for {cost} in year one it {what}."
    theirs = f"brings {own}" if goal is None else f"hits it in {own}"
    both = f"or {cost} in year one the best mix {what}; the plan as it stands {theirs} for {usual}."
    return f"No clear difference: f{both}" if plan["is_tie"] else f"F{both}"


def lead_words(found: Mapping[str, Any], currency: str) -> str:
    """Return how far the best mix is ahead of the plan, as a sentence; "" if it is the plan."""
    best, plan = found["best"][0], found["plan"]
    if set(best["tactics"]) == set(plan["tactics"]):
        return ""
    unit: Unit = "money" if found["question"]["goal"] is None else "percent"
    ahead = format_change(plan["behind"], unit, currency)
    error = error_words(plan["behind_error"], found, currency)
    return f"Best mix less the plan: {ahead} {error}."


def cheaper_tie(found: Mapping[str, Any], currency: str) -> str:
    """Return what the cheapest tie costs, as a sentence; "" if none is cheaper than the best."""
    best, *others = found["best"]
    costs = [row["first_year_cost"] for row in others if row["is_tie"]]
    least = typed_cost(min(costs, default=best["first_year_cost"]), currency)
    if not costs or min(costs) >= best["first_year_cost"]:
        return ""
    return f"A mix that ties with it costs {least} in year one."


def method_words(found: Mapping[str, Any]) -> str:
    """Return how many mixes were looked at, and how."""
    looked = f"{found['evaluated']:,}"
    mixes = (
        f"All {looked} mixes" if found["is_exhaustive"] else f"{looked} mixes, not all there are,"
    )
    return (
        f"{mixes} were looked at, on the same {found['draws']:,} futures. Figures are means, and "
        "net benefit is discounted to today; Simulate shows the middle future, not discounted. ± "
        "is the standard error; mixes within two standard errors of the best are called ties."
    )


def gives_up(found: Mapping[str, Any], titles: Mapping[str, str], currency: str) -> str:
    """Return what the best mix gives up against the plan, as a sentence.

    A goal's chance counts as falling if it falls by two standard errors of two separate
    samples, which is more than the common futures would ask for.
    """
    best, plan = found["best"][0], found["plan"]
    if set(best["tactics"]) == set(plan["tactics"]):
        return "The best mix gives up nothing: it is the plan."
    falls = [
        f"{titles[goal]} falls from {chance(before)} to {chance(after)}"
        for goal, before, after in zip(
            found["goal_ids"], plan["chances"], best["chances"], strict=True
        )
        if _falls(before, after, found["draws"])
    ]
    if found["question"]["goal"] is not None and best["npv"] < plan["npv"]:
        before, after = (money(row["npv"], currency) for row in (plan, best))
        falls += [f"net benefit falls from {before} to {after}"] if before != after else []
    if not falls:
        return "The best mix gives up no goal: no chance falls clearly against the plan"
    subject = "The best mix gives up: " + ("the chance of " if falls[0][:3] != "net" else "")
    return subject + listed(falls)


def _falls(before: float, after: float, draws: int) -> bool:
    spread = before * (1 - before) + after * (1 - after)
    return before - after > max(SURE * math.sqrt(spread / draws), 0.005)


def differs(tactics: Iterable[str], plan: Iterable[str], titles: Mapping[str, str]) -> str:
    """Return a mix by what it leaves out of the plan, or by what is left if that is shorter."""
    kept, whole = set(tactics), list(plan)
    out = [titles[each] for each in whole if each not in kept]
    inside = [titles[each] for each in whole if each in kept]
    if not out:
        return "The plan as it stands"
    if not inside:
        return "None of the tactics"
    return f"Only {listed(inside)}" if len(inside) < len(out) else f"Without {listed(out)}"


def size_words(tactics: Sequence[str], plan: Sequence[str]) -> str:
    """Return "Nine of twelve tactics"."""
    return f"{capitalised(number_word(len(tactics)))} of {number_word(len(plan))} tactics"


def chance_words(
    row: Mapping[str, Any], ids: Sequence[str], titles: Mapping[str, str]
) -> list[str]:
    """Return each goal with its chance."""
    return [
        f"{titles[goal]} {chance(value)}" for goal, value in zip(ids, row["chances"], strict=True)
    ]


def net_words(row: Mapping[str, Any], currency: str) -> str:
    """Return a mix's mean net benefit."""
    return format_value(row["npv"], "money", currency)
