"""The sentence on top of each page, made from the results by rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.numbers import chance_word, format_value, futures, is_number, money
from reports.wording import capitalised, horizon, listed, number_word
from strategy.amounts import amount
from strategy.comparison import NO_CLEAR_DIFFERENCE, ComparedOutcome
from strategy.metrics import metric_of
from strategy.model import Plan

LONGEST = 130
WEEKS_A_MONTH = 52 / 12
SURE_FROM, LOSS_BELOW = 0.6, 0.4
SMALLEST_HOURS = 0.05

# metric: (subject, verb upwards, verb downwards, words after the value)
_SUBJECTS = {
    "bookings_quarter": ("Bookings", "reach", "come down to", " a quarter"),
    "revenue_quarter": ("Revenue", "reaches", "comes down to", " a quarter"),
    "wins_quarter": ("Deals won", "reach", "come down to", " a quarter"),
    "opportunities_quarter": ("New opportunities", "reach", "come down to", " a quarter"),
    "win_rate": ("The win rate", "reaches", "comes down to", ""),
    "deal_size": ("The mean deal", "reaches", "comes down to", ""),
    "cycle_days": ("The sales cycle", "lengthens to", "comes down to", ""),
    "selling_hours_week": ("Selling time", "reaches", "comes down to", " a rep-week"),
    "account_hours_week": ("Account work", "reaches", "comes down to", " a rep-week"),
    "admin_hours_week": ("Admin work", "reaches", "comes down to", " a rep-week"),
    "open_pipeline": ("Open opportunities", "reach", "come down to", ""),
    "cumulative_net": ("Net benefit", "reaches", "comes down to", ""),
}


def _verdict(goal: Mapping[str, Any]) -> str:
    return chance_word(goal["chance"])


def _is(word: str, count: int = 1) -> str:
    """Return how a sentence says a verdict: "is a coin toss", "are unlikely"."""
    if word == "Coin toss":
        return "is a coin toss" if count == 1 else "are coin tosses"
    return f"{'is' if count == 1 else 'are'} {word.lower()}"


def plan_headline(goals: Sequence[Mapping[str, Any]]) -> str:
    """Return how many goals are likely and which are not; `goals` are a run summary's rows."""
    if not goals:
        return "This plan has no goal yet, so there is nothing to hit or miss."
    if len(goals) == 1:
        return _one_goal(goals[0])
    likely = sum(_verdict(goal) == "Likely" for goal in goals)
    first = _count_sentence(likely, len(goals))
    rest = sorted(
        (goal for goal in goals if _verdict(goal) != "Likely"), key=lambda goal: -goal["chance"]
    )
    if not rest:
        weakest = min(goals, key=lambda goal: goal["chance"])
        named = f"{first} The least sure is {weakest['title']}, in {futures(weakest['chance'])}."
        return named if len(named) <= LONGEST else first
    named = f"{first} {_named(rest[:2])}"
    is_short = len(rest) <= 2 and len(named) <= LONGEST
    return named if is_short else f"{first} {_counted(rest, len(goals))}"


def _one_goal(goal: Mapping[str, Any]) -> str:
    said = f"{_is(_verdict(goal))}: it is hit in {futures(goal['chance'])} futures."
    named = f"{goal['title']} {said}"
    return named if len(named) <= LONGEST else f"The goal {said}"


def _count_sentence(likely: int, total: int) -> str:
    all_of, none_of = (
        ("Both goals", "Neither goal")
        if total == 2
        else (f"All {number_word(total)} goals", f"None of {number_word(total)} goals")
    )
    if likely == total:
        return f"{all_of} are likely."
    if likely == 0:
        return f"{none_of} is likely."
    verb = "is" if likely == 1 else "are"
    return f"{capitalised(number_word(likely))} of {number_word(total)} goals {verb} likely."


def goals_heading(goals: Sequence[Mapping[str, Any]]) -> str:
    """Return "Four goals, two of them likely"."""
    likely = sum(_verdict(goal) == "Likely" for goal in goals)
    if not goals:
        return "No goals"
    if len(goals) == 1:
        return f"One goal, {_verdict(goals[0]).lower()}"
    said = {0: "none of them likely", len(goals): "all of them likely"}.get(
        likely, f"{number_word(likely)} of them likely"
    )
    return f"{capitalised(number_word(len(goals)))} goals, {said}"


def _named(goals: Sequence[Mapping[str, Any]]) -> str:
    """Return what one or two goals are, by name."""
    verdicts = [_verdict(goal) for goal in goals]
    if len(set(verdicts)) == 1:
        return f"{listed([goal['title'] for goal in goals])} {_is(verdicts[0], len(goals))}."
    parts = [f"{goal['title']} {_is(word)}" for goal, word in zip(goals, verdicts, strict=True)]
    return ", and ".join(parts) + "."


def _counted(goals: Sequence[Mapping[str, Any]], total: int) -> str:
    """Return what the goals are, by number, for long names or many goals."""
    words = [word for word in ("Coin toss", "Unlikely") if any(_verdict(g) == word for g in goals)]
    if len(words) == 1:
        count = len(goals)
        subject = "The other" if count < total else "All"
        number = "" if count == 1 else f" {number_word(count)}"
        return f"{subject}{number} {_is(words[0], count)}."
    counts = [sum(_verdict(goal) == word for goal in goals) for word in words]
    parts = [f"{number_word(n)} {_is(word, n)}" for word, n in zip(words, counts, strict=True)]
    return capitalised(", ".join(parts)) + "."


def share_headline(content: Mapping[str, Any]) -> str:
    """Return what the plan asks for and what to expect, from a snapshot's content.

    "Hours back to buyers" is said only where the model frees hours and selling time rises.
    """
    summary, plan = content["board_run"]["summary"], content["plan"]
    currency = plan["currency"]
    cost = summary["cost_year_one"]["p50"]
    spend = (
        f"Spend {money(cost, currency)} {_purpose(summary)}."
        if is_number(cost) and abs(cost) >= 0.5
        else "This plan needs no money in year 1."
    )
    return f"{spend} {_expectation(summary, plan['months'], currency)}"


def _purpose(summary: Mapping[str, Any]) -> str:
    if (summary["freed"]["p50"] or 0) <= 0:
        return "on this plan in year 1"
    selling = summary["hours"]["selling_hours"]
    rises = selling["plan"][-1] > selling["baseline"][-1]
    return "to give reps’ hours back to buyers" if rises else "to free reps’ hours from admin work"


def _expectation(summary: Mapping[str, Any], months: int, currency: str) -> str:
    """Return what the plan is worth, honest about a loss and about a toss-up."""
    net, chance = summary["net"]["p50"], summary["finance"]["npv"]["chance_positive"]
    if not is_number(net):
        return "What it is worth cannot be said."
    if changes_nothing(summary):
        return "It changes nothing against carrying on as today."
    worth, when = money(net, currency), horizon(months)
    if chance < LOSS_BELOW and net < 0:
        return f"Expect to lose about {money(-net, currency)} in {when}."
    if chance < SURE_FROM or net <= 0:
        return f"It may or may not pay: about {worth} net in {when}, a gain in {futures(chance)}."
    return f"Expect about {worth} net in {when}."


def simulate_headline(summary: Mapping[str, Any], plan: Plan) -> str:
    """Return whether freeing the reps' hours pays, from a run's summary."""
    start, net = _freeing(freed_hours_a_week(summary)), summary["net"]["p50"]
    if not is_number(net):
        return f"{start} has no result yet."
    if changes_nothing(summary):
        return "Nothing is simulated that differs from carrying on as today."
    chance, when = summary["finance"]["npv"]["chance_positive"], horizon(plan.months)
    if chance < LOSS_BELOW and net < 0:
        return f"{start} does not pay: it loses about {money(-net, plan.currency)} in {when}."
    verdict = "pays" if chance >= SURE_FROM and net > 0 else "may or may not pay"
    return f"{start} {verdict}: about {money(net, plan.currency)} net in {when}."


def changes_nothing(summary: Mapping[str, Any]) -> bool:
    """Return whether money is the same in every future and nothing is spent."""
    net, cost = summary["net"], summary["cost_year_one"]
    ends = (net.get("p10"), net.get("p90"), cost.get("p90"))
    return all(is_number(end) and abs(end) < 0.5 for end in ends)


def linear_words(summary: Mapping[str, Any], currency: str) -> str:
    """Return what a linear calculator would promise; "" for a summary that did not keep it."""
    line = summary.get("linear", {}).get("cumulative")
    return f"A linear calculator would promise {money(line[-1], currency)}" if line else ""


def linear_explained(summary: Mapping[str, Any], currency: str) -> str:
    """Return the same with how it is counted, as a sentence; "" if it is not known."""
    words = linear_words(summary, currency)
    if not words:
        return ""
    hour = amount(summary["linear"]["value_per_hour"], currency)
    return (
        f"{words}: every promised hour from go-live on, times {hour} for an hour of a rep, less "
        "the cost as typed."
    )


def _freeing(hours: float) -> str:
    """Return the subject of a sentence about freed hours; the plan may also take some."""
    if abs(hours) < SMALLEST_HOURS:
        return "This plan frees no hours and"
    amount = format_value(abs(hours), "hours").removesuffix(" h")
    if hours < 0:
        return f"This plan takes {amount} hours more a rep-week and"
    return f"Freeing {amount} hours a rep-week"


def freed_hours_a_week(summary: Mapping[str, Any]) -> float:
    """Return the hours a rep gets back a week in the last month, in the middle future."""
    freed = summary["freed"]
    heads = freed["heads"] or 0.0
    return float(freed["p50"] or 0.0) / heads / WEEKS_A_MONTH if heads > 0 else 0.0


def compare_headline(rows: Sequence[ComparedOutcome], letters: Sequence[str]) -> str:
    """Return who is ahead on the first row, net benefit; ties count half to each side."""
    if not rows or len(letters) < 2:
        return "Choose two scenarios to compare."
    first, second = rows[0].first_better, rows[0].second_better
    ties = max(1 - first - second, 0.0)
    if ties > 0.99:
        return f"{letters[0]} and {letters[1]} come out the same."
    if abs(first + ties / 2 - 0.5) < NO_CLEAR_DIFFERENCE:
        return f"No clear difference between {letters[0]} and {letters[1]}."
    ahead, behind = letters[:2] if first > second else (letters[1], letters[0])
    said = f"On net benefit, {ahead} beats {behind} in {futures(max(first, second))} futures"
    return f"{said}, and ties in {futures(ties)}." if ties >= 0.05 else f"{said}."


def goal_finding(goal: Mapping[str, Any], chance: float, currency: str) -> str:
    """Return a chart's heading: "Bookings reach $4.9M a quarter in 49 of 100 futures".

    `goal` has metric, baseline and target, in the metric's unit.
    """
    metric = metric_of(goal["metric"])
    subject, up, down, after = _SUBJECTS.get(metric.key, (metric.label, "reaches", "reaches", ""))
    verb = up if goal["target"] > goal["baseline"] else down
    target = format_value(goal["target"], metric.unit, currency)
    return f"{subject} {verb} {target}{after} in {futures(chance)} futures"
