"""What a snapshot says about its goals and its money, in words and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from components.charts.bands import Comparison
from components.numbers import chance, chance_word, format_value, futures, is_number
from components.svg import cash_svg, fan_svg, goal_bar_svg
from reports.big_numbers import payback_month
from reports.headlines import changes_nothing, goal_finding
from reports.wording import capitalised, horizon, last_day, number_word
from strategy.calendar import month_label
from strategy.metrics import GOAL_METRICS, GoalMetric, metric_of


@dataclass(frozen=True)
class GoalRow:
    """A goal with its bar, its chance and the word for it."""

    title: str
    aim: str
    bar: Markup
    chance: str
    word: str
    as_today: str


@dataclass(frozen=True)
class Picture:
    """A chart with its finding, drawn once for a wide column and once for a phone."""

    heading: str
    wide: Markup
    narrow: Markup


def joined(content: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return each frozen goal with its row of the board's run."""
    results = {row["id"]: row for row in content["board_run"]["summary"]["goals"]}
    return [(goal, results[goal["id"]]) for goal in content["goals"] if goal["id"] in results]


def goal_rows(content: Mapping[str, Any]) -> list[GoalRow]:
    """Return what each goal's line shows, in the order of the board."""
    currency = content["plan"]["currency"]
    return [_goal_row(goal, row, currency) for goal, row in joined(content)]


def _goal_row(goal: Mapping[str, Any], row: Mapping[str, Any], currency: str) -> GoalRow:
    metric, value = metric_of(goal["metric"]), row["value"]
    target = format_value(goal["target"], metric.unit, currency)
    bar = goal_bar_svg(
        goal["baseline"],
        value["p10"],
        value["p50"],
        value["p90"],
        goal["target"],
        unit=metric.unit,
        currency=currency,
        comparison=comparison(goal),
        label=metric.label,
    )
    return GoalRow(
        title=goal["title"],
        aim=f"{metric.label.replace(',', '')}: {target} by {last_day(goal['due_month'])}",
        bar=Markup(bar),
        chance=chance(row["chance"]),
        word=chance_word(row["chance"]),
        as_today=chance(row["baseline_chance"]),
    )


def comparison(goal: Mapping[str, Any]) -> Comparison:
    """Return which side of the target is a hit."""
    return ">=" if goal["target"] > goal["baseline"] else "<="


def fan(content: Mapping[str, Any]) -> Picture | None:
    """Return the first money goal (else the first goal) month by month; None without goals."""
    pairs = joined(content)
    if not pairs:
        return None
    is_money = (p for p in pairs if metric_of(p[0]["metric"]).unit == "money")
    goal, row = next(is_money, pairs[0])
    metric, plan = metric_of(goal["metric"]), content["plan"]
    heading = goal_finding(goal, row["chance"], plan["currency"])
    wide, narrow = (
        Markup(_fan(content, goal, row, metric, compact=compact)) for compact in (False, True)
    )
    return Picture(heading, wide, narrow)


def _fan(
    content: Mapping[str, Any],
    goal: Mapping[str, Any],
    row: Mapping[str, Any],
    metric: GoalMetric,
    *,
    compact: bool,
) -> str:
    plan, series = content["plan"], content["board_run"]["summary"]["series"][metric.key]
    return fan_svg(
        series["plan"],
        unit=metric.unit,
        start_month=plan["start_month"],
        currency=plan["currency"],
        target=goal["target"],
        due=row["due"],
        comparison=comparison(goal),
        dots=row["dots"],
        baseline=series["baseline"],
        chance=row["chance"],
        label=metric.label,
        compact=compact,
    )


def cash(content: Mapping[str, Any]) -> Picture:
    """Return cumulative cash against carrying on as today."""
    plan, summary = content["plan"], content["board_run"]["summary"]
    payback, key = summary["finance"]["payback"], "cumulative_net"
    bands = summary["series"][GOAL_METRICS[key].key]["plan"]
    wide, narrow = (
        Markup(
            cash_svg(
                bands,
                start_month=plan["start_month"],
                currency=plan["currency"],
                payback=None if changes_nothing(summary) else payback,
                linear=summary.get("linear", {}).get("cumulative"),
                compact=compact,
            )
        )
        for compact in (False, True)
    )
    back = payback_month(plan, payback["p50"])
    end = month_label(plan["start_month"], plan["months"])
    when = f"is back to zero in {back}" if back else f"is not back to zero by {end}"
    if changes_nothing(summary):
        return Picture("No cash is spent or earned against carrying on as today", wide, narrow)
    return Picture(f"Cash {when} in the middle future", wide, narrow)


def together(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how often at least one, two... goals are hit in the same future."""
    chances: Sequence[float] = summary["joint"]
    count = len(chances) - 1
    return [(_at_least(hit, count), futures(chances[hit])) for hit in range(1, count + 1)]


def _at_least(hit: int, count: int) -> str:
    if count == 1:
        return "The goal"
    if hit == count:
        return "Both goals" if count == 2 else f"All {number_word(count)} goals"
    return f"At least {number_word(hit)}"


def gain(plan: Mapping[str, Any], summary: Mapping[str, Any]) -> tuple[str, str]:
    """Return how often the plan is worth more than carrying on as today."""
    share = summary["finance"]["npv"]["chance_positive"]
    label = f"Worth more than it costs in {horizon(plan['months'])}"
    return capitalised(label), futures(share) if is_number(share) else "not available"
