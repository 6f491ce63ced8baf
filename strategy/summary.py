"""What is kept of a run: everything the pages draw, in the planner's units."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulation.describe import (
    bands,
    cuts,
    equally_likely,
    joint_chances,
)
from simulation.figures import rounded_list, rounded_lists
from simulation.inputs import GoalInput
from simulation.naive import linear_promise, promised_share
from simulation.outcome import Outcome
from simulation.report import finance_report, goal_report, spread, spreads
from simulation.types import FloatArray
from strategy.metrics import GOAL_METRICS, all_series, metric_of
from strategy.model import Board, Goal, Plan

DOTS = 20
FIRST_YEAR = 12
COSTS = 200  # equally likely costs of year one: a chance to half a point
SUMMARY_VERSION = 3
# What a summary needs by draw; of everything else it keeps the mean.
KEPT = frozenset(
    {metric.metric for metric in GOAL_METRICS.values()}
    | {"cost", "shelfware", "response", "admin_hours", "heads"}
)
HOURS = (
    "selling_hours",
    "strategy_hours",
    "coaching_hours",
    "slack_hours",
    "admin_hours",
    "meeting_hours",
    "system_hours",
    "rework_hours",
    "overflow_hours",
    "unmet_hours",
    "ops_hours",
    "heads",
)


def first_look(board: Board, outcome: Outcome, metric: str) -> dict[str, Any]:
    """Return the part of the summary that one metric's chart needs: its series, and the goals."""
    return {
        "series": _series([metric], board, outcome),
        "goals": _goals(board, outcome),
    }


def metric_look(board: Board, outcome: Outcome, metric: str) -> dict[str, Any]:
    """Return the part of the summary that is about one metric: its series, and goals on it."""
    return {
        "series": _series([metric], board, outcome),
        "goals": [
            _goal(board, goal, given, outcome)
            for goal, given in _goals_given(board, outcome)
            if goal.metric == metric
        ],
    }


def outcome_look(board: Board, outcome: Outcome) -> dict[str, Any]:
    """Return the part of the summary that a phone keeps in sight."""
    return {name: _PARTS[name](board, outcome) for name in ("goals", "net", "freed")}


def board_look(board: Board, outcome: Outcome) -> dict[str, Any]:
    """Return the part of the summary that the board shows: goals, costs and net benefit."""
    wanted = ("goals", "joint", "cost_year_one", "net", "linear")
    return {name: _PARTS[name](board, outcome) for name in wanted}


def summarise(
    board: Board, outcome: Outcome, known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the summary of a run as plain JSON values; `known` is a part of it, if taken before.

    Keys: `series` (goal metric -> plan and baseline -> percentile -> a number a month),
    `goals` (chance, range and 20 equally likely values in the due month), `joint` (share of
    draws that hit each number of goals), `finance`, `cost_year_one`, `costs_year_one`
    (equally likely values of the same), `net`, `hours` (means,
    so that parts add up), `freed` (admin hours a month that reps get back), `linear` (what a
    linear calculator would promise, month by month), `tactics`.
    """
    known = known or {}
    series = dict(known.get("series", {}))
    series |= _series([key for key in GOAL_METRICS if key not in series], board, outcome)
    found: dict[str, Any] = {
        "version": SUMMARY_VERSION,
        "series": {key: series[key] for key in GOAL_METRICS},
    }
    for name, part in _PARTS.items():
        found[name] = known[name] if name in known else part(board, outcome)
    return found


def _series(keys: Sequence[str], board: Board, outcome: Outcome) -> dict[str, Any]:
    """Return metric -> plan and baseline -> percentile -> a number a month."""
    plan = all_series(keys, board.plan, outcome)
    baseline = all_series(keys, board.plan, outcome, of_baseline=True)
    return {key: {"plan": plan[at], "baseline": baseline[at]} for at, key in enumerate(keys)}


def _goals(board: Board, outcome: Outcome) -> list[dict[str, Any]]:
    """Return what each goal's card shows, in the planner's unit."""
    return [_goal(board, goal, given, outcome) for goal, given in _goals_given(board, outcome)]


def _goals_given(board: Board, outcome: Outcome) -> Iterator[tuple[Goal, GoalInput]]:
    return zip(board.simulated_goals, outcome.inputs.goals, strict=True)


def _goal(board: Board, goal: Goal, given: GoalInput, outcome: Outcome) -> dict[str, Any]:
    usual = usual_scale(board.plan, goal, given)
    scale = goal_scale(board.plan, goal, given, outcome)
    values = outcome.goal_values(given) * scale
    before = outcome.goal_values(given, of_baseline=True) * usual
    # The baseline keeps its seats, so that a target for each of them is another one in all.
    today = replace(given, target=given.target * (scale / usual))
    return goal_report(outcome, given) | {
        "baseline_chance": float(outcome.goal_hits(today, of_baseline=True).mean()),
        "title": goal.title,
        "due": given.due,
        "value": cuts(values),
        "baseline_value": cuts(before),
        "dots": equally_likely(values, DOTS),
    }


def goal_scale(plan: Plan, goal: Goal, given: GoalInput, outcome: Outcome) -> float:
    """Return planner's units for one of the model, of a goal of this run in its due month."""
    metric = metric_of(goal.metric)
    if given.per_seat:
        return metric.factor
    return metric.scale(plan, outcome.inputs.headcount, given.due)


def usual_scale(plan: Plan, goal: Goal, given: GoalInput) -> float:
    """Return the same of carrying on as today, which keeps its seats."""
    metric = metric_of(goal.metric)
    return metric.factor if given.per_seat else metric.scale(plan)


def _freed(outcome: Outcome) -> dict[str, Any]:
    """Return the admin hours a month reps really get back in the last month, with range.

    `promised` is what the tactics say at full adoption, before fit, rework and training.
    """
    inputs, last = outcome.inputs, outcome.inputs.months - 1
    saved = outcome.baseline["admin_hours"][:, last] - outcome.metrics["admin_hours"][:, last]
    heads = float(outcome.baseline["heads"][:, last].mean())
    promised = promised_share(inputs.week, inputs.tactics)
    hours = heads * inputs.organisation.hours_per_rep_month
    return spread(saved) | {"promised": promised * hours, "heads": heads}


def _linear(outcome: Outcome) -> dict[str, Any]:
    """Return what a linear calculator would promise: one world, no range."""
    promise = linear_promise(outcome.inputs)
    return {
        "hours": rounded_list(promise.hours),
        "value_per_hour": promise.value_per_hour,
        "cumulative": rounded_list(promise.cumulative),
    }


def _first_year(outcome: Outcome, metric: str) -> FloatArray:
    """Return a metric's sum over the first twelve months, (draws,)."""
    summed: FloatArray = outcome.metrics[metric][:, :FIRST_YEAR].sum(axis=1)
    return summed


def _hours(outcome: Outcome) -> dict[str, Any]:
    plan, baseline = (
        rounded_lists([path.means[name] for name in HOURS])
        for path in (outcome.path, outcome.baseline_path)
    )
    return {
        name: {"plan": plan[place], "baseline": baseline[place]} for place, name in enumerate(HOURS)
    }


def _tactics(outcome: Outcome) -> list[dict[str, Any]]:
    work = outcome.path.work
    return [
        {"id": tactic.name, "fit": fit, "adoption": adoption}
        for tactic, fit, adoption in zip(
            outcome.inputs.tactics, spreads(work.fit), spreads(work.adoption[:, -1]), strict=True
        )
    ]


# In the order in which they are kept.
_PARTS: dict[str, Callable[[Board, Outcome], Any]] = {
    "goals": _goals,
    "joint": lambda _, outcome: joint_chances(outcome),
    "finance": lambda _, outcome: finance_report(outcome),
    "cost_year_one": lambda _, outcome: spread(_first_year(outcome, "cost")),
    "costs_year_one": lambda _, outcome: equally_likely(_first_year(outcome, "cost"), COSTS),
    "shelfware_year_one": lambda _, outcome: spread(_first_year(outcome, "shelfware")),
    "net": lambda _, outcome: spread(outcome.metrics["cumulative_net"][:, -1]),
    "hours": lambda _, outcome: _hours(outcome),
    "freed": lambda _, outcome: _freed(outcome),
    "linear": lambda _, outcome: _linear(outcome),
    "response": lambda _, outcome: bands(outcome.cuts("response")),
    "tactics": lambda _, outcome: _tactics(outcome),
}
