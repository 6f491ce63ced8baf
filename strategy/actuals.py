"""What happened each month: which figures can be typed, and the verb that keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategy.calendar import month_label, month_of_plan
from strategy.checks import VAST, clean_text, finite_number
from strategy.errors import EditConflict, InvalidValue
from strategy.identity import new_id
from strategy.metrics import GOAL_METRICS, GoalMetric, metric_of
from strategy.model import Actual, Goal, Plan
from strategy.ports import Change, Store

MAX_SOURCE = 120
# A difference to a world that nobody sees cannot be counted.
NOT_COUNTED = frozenset({"cumulative_net"})
# What the month's own figure is called, for metrics that goals count by the quarter.
MONTH_LABELS = {
    "bookings_quarter": "Bookings in the month",
    "revenue_quarter": "Revenue in the month",
    "wins_quarter": "Deals won in the month",
    "opportunities_quarter": "New opportunities in the month",
    "open_pipeline": "Open opportunities at the month’s end",
}


@dataclass(frozen=True, order=True)
class Place:
    """Where a figure belongs: a metric, and a month "YYYY-MM"."""

    metric: str
    month: str


Figures = Mapping[Place, float | None]

MOST_TOLD = 5  # wrong figures in one refusal
# Words in the header of a table that tell its metric; the first that fits has it.
WORDS: dict[str, tuple[str, ...]] = {
    "win_rate": ("win rate", "winrate", "won %", "close rate", "conversion", "abschlussquote"),
    "deal_size": ("deal size", "mean deal", "average deal", "avg deal", "asp", "dealgrö"),
    "cycle_days": ("cycle", "days to close", "zyklus"),
    "open_pipeline": ("open opp", "open deals", "pipeline"),
    "opportunities_quarter": ("opportunit", "new opps", "opps", "leads", "chancen"),
    "selling_hours_week": ("selling hours", "selling time", "verkaufszeit"),
    "account_hours_week": ("account work", "account hours", "strategy hours"),
    "admin_hours_week": ("admin",),
    "wins_quarter": ("deals won", "won deals", "wins", "closed won count", "abschlüsse"),
    "bookings_quarter": ("booking", "order intake", "closed won", "won value", "auftrag"),
    "revenue_quarter": ("revenue", "umsatz", "turnover"),
}


def month_label_of(metric: GoalMetric) -> str:
    """Return what one month's figure of a metric is called."""
    return MONTH_LABELS.get(metric.key, metric.label)


def counted_metrics(goals: Sequence[Goal], kept: Sequence[Actual] = ()) -> tuple[GoalMetric, ...]:
    """Return the metrics whose months can be typed: those of goals first, then all others.

    Those with figures already follow the goals'.
    """
    first = [goal.metric for goal in goals if goal.is_simulated]
    keys = dict.fromkeys([*first, *(each.metric for each in kept), *GOAL_METRICS])
    return tuple(GOAL_METRICS[key] for key in keys if key in GOAL_METRICS.keys() - NOT_COUNTED)


def check_figure(place: Place, value: object, plan: Plan) -> float:
    """Return a month's figure if it can be true; raise InvalidValue otherwise."""
    metric = metric_of(place.metric)
    label = month_label_of(metric)
    if metric.key in NOT_COUNTED:
        raise InvalidValue(
            f"{label} cannot be counted: it is a difference to carrying on as today. "
            "Give the bookings or the revenue."
        )
    month = month_of_plan(plan.start_month, place.month)
    if month < 1:
        raise InvalidValue(
            f"{place.month} is before the plan starts ({plan.start_month}). Give a later month."
        )
    if month > plan.months:
        raise InvalidValue(
            f"{place.month} is after the plan ends: it covers {plan.months} months from "
            f"{plan.start_month}. Give an earlier month."
        )
    high = {"percent": 1.0, "money": VAST}.get(metric.unit, 1e9)
    shown = 100 if metric.unit == "percent" else 1
    number = finite_number(f"{label}, {place.month},", value, -VAST, VAST)
    finite_number(f"{label}, {place.month},", number * shown, 0.0, high * shown)
    return number


def guess_metric(header: str) -> str | None:
    """Return the metric that a column's name tells; None if it tells none."""
    text = " ".join(header.casefold().replace("_", " ").split())
    for metric in GOAL_METRICS.values():
        names = {metric.key.replace("_", " "), metric.label, month_label_of(metric)}
        if metric.key not in NOT_COUNTED and text in {each.casefold() for each in names}:
            return metric.key
    return next((key for key, words in WORDS.items() if any(word in text for word in words)), None)


def check_figures(plan: Plan, figures: Mapping[Place, float], lines: Mapping[str, int]) -> None:
    """Refuse a table's figures if one of them cannot be true; `lines` maps months to lines.

    Raises
    ------
    InvalidValue
        Names the lines, up to five, and what is wrong there.
    """
    told = []
    for place, value in figures.items():
        try:
            check_figure(place, value, plan)
        except InvalidValue as error:
            told.append((lines[place.month], f"Line {lines[place.month]:,}: {error}"))
    if told:
        sentences = list(dict.fromkeys(words for _, words in sorted(told)))
        left = len(sentences) - MOST_TOLD
        more = f" And {left} more." if left > 0 else ""
        raise InvalidValue(" ".join(sentences[:MOST_TOLD]) + more)


def set_actuals(
    store: Store,
    plan_id: str,
    actor: str,
    base: Figures,
    wanted: Figures,
    *,
    source: str = "",
) -> int:
    """Keep what happened, all of it in one change or none; return how many figures changed.

    Parameters
    ----------
    base : the figures the user started from; a place that is not in it had none
    wanted : place -> the figure there, None to take it away
    source : where the figures come from; empty if they were typed

    Raises
    ------
    EditConflict
        If somebody else set one of these figures to something else meanwhile.
    InvalidValue
        If a figure cannot be true, or its month is none of the plan.
    """
    source = clean_text("The source", source, MAX_SOURCE)
    with store.change(plan_id, actor, "set_actuals") as change:
        plan = change.get(Plan, plan_id)
        kept = {Place(each.metric, each.month): each for each in change.actuals()}
        mine = {
            place: None if value is None else check_figure(place, value, plan)
            for place, value in wanted.items()
        }
        moved = {p: value for p, value in mine.items() if value != _value(kept.get(p))}
        _refuse_clashes(kept, base, moved)
        for place, value in moved.items():
            _keep(change, plan_id, kept.get(place), place, value, source)
        change.words = _words(kept, moved, source)
        return len(moved)


def _value(row: Actual | None) -> float | None:
    return None if row is None or row.archived_at is not None else row.value


def _refuse_clashes(kept: Mapping[Place, Actual], base: Figures, moved: Figures) -> None:
    clashes = {
        f"{month_label_of(metric_of(place.metric))}, {place.month}": (
            _value(kept.get(place)),
            value,
        )
        for place, value in moved.items()
        if _value(kept.get(place)) != base.get(place)
    }
    if clashes:
        raise EditConflict(
            "Somebody else changed this a moment ago. Compare both versions and save again.",
            dict(clashes),
        )


def _keep(
    change: Change,
    plan_id: str,
    row: Actual | None,
    place: Place,
    value: float | None,
    source: str,
) -> None:
    """Set, add or archive one figure; a removed one is brought back, never repeated."""
    who: dict[str, Any] = {"source": source, "set_by": change.actor, "set_at": change.now}
    if row is None and value is not None:
        change.add(Actual(new_id("actual"), plan_id, place.metric, place.month, value, **who))
    elif row is not None and value is None:
        change.update(row, archived_at=change.now)
    elif row is not None:
        change.update(row, value=value, archived_at=None, **who)


def _words(kept: Mapping[Place, Actual], moved: Figures, source: str) -> str:
    """Return the change in a sentence: what is set, from what to what, or how many."""
    if len(moved) != 1:
        months = [month_label(each, 1) for each in sorted(place.month for place in moved)]
        span = f", {months[0]} to {months[-1]}" if months else ""
        origin = f", from {source}" if source else ""
        return f"Set {len(moved)} figures{span}{origin}"
    [(place, value)] = moved.items()
    what = f"{month_label_of(metric_of(place.metric))}, {month_label(place.month, 1)}"
    before = _value(kept.get(place))
    if value is None:
        return f"Remove the figure {what}"
    is_share = metric_of(place.metric).unit == "percent"
    after = _said(value, is_share)
    return f"{what}: {after if before is None else f'{_said(before, is_share)} to {after}'}"


def _said(value: float, is_share: bool) -> str:
    return f"{100 * value:,.6g}%" if is_share else f"{value:,.10g}"
