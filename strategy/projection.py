"""The bridge between the board and the model: a plan and a scenario become engine inputs."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from simulation.checking import InputError
from simulation.defaults import defaults
from simulation.inputs import DESTINATIONS, Headcount, Inputs
from strategy.calendar import month_of_plan
from strategy.errors import InvalidValue
from strategy.headcount import as_kept, headcount_of
from strategy.levers import Levers
from strategy.metrics import has_unsure_seats, metric_of
from strategy.model import Board, Goal, Plan, Spread, Tactic
from strategy.readiness import preparation
from strategy.rules import neutral_values
from strategy.season import engine_season
from strategy.spreads import likely, likely_of, listed

SHIFT_GOAL = "scenario shifts"


def live_tactics(tactics: Iterable[Tactic]) -> list[Tactic]:
    """Return the tactics that are in the plan: all but those in the ideas lane."""
    return [tactic for tactic in tactics if tactic.lane != "ideas"]


def freed_share(tactic: Tactic, week: Mapping[str, float]) -> float:
    """Return the share of all rep hours a tactic promises to free at full adoption."""
    return tactic.adoption * sum(week[task] * share for task, share in tactic.moves.items())


def freed_hours_policy(
    tactics: Iterable[Tactic], week: Mapping[str, float]
) -> tuple[dict[str, float], float]:
    """Return where freed hours go and the plan quality, weighted by freed hours.

    Without any freed hours, or while none has a destination, the default policy applies:
    everything goes to selling; then the quality is 1 only if there is nothing to plan.
    """
    freed = [(tactic, freed_share(tactic, week)) for tactic in live_tactics(tactics)]
    total = sum(share for _, share in freed)
    by_use = {
        use: sum(share for tactic, share in freed if tactic.destination == use)
        for use in DESTINATIONS
    }
    placed = sum(by_use.values())
    owned = sum(
        share
        for tactic, share in freed
        if tactic.destination != "nowhere" and tactic.destination_owner.strip()
    )
    default = dict(defaults().policy["destinations"])
    return (
        {use: share / placed for use, share in by_use.items()} if placed > 0 else default,
        owned / total if total > 0 else float(defaults().policy["plan_quality"]),
    )


def policy_of(
    levers: Levers, tactics: Iterable[Tactic], week: Mapping[str, float]
) -> tuple[Mapping[str, Spread], Spread]:
    """Return where freed hours go and the plan quality: as the levers say, else by the tactics."""
    destinations, quality = freed_hours_policy(tactics, week)
    return (
        levers.destinations or destinations,
        quality if levers.plan_quality is None else levers.plan_quality,
    )


def likely_policy_of(
    levers: Levers, tactics: Iterable[Tactic], week: Mapping[str, float]
) -> tuple[dict[str, float], float]:
    """Return the same with the likely values of what has a range."""
    destinations, quality = policy_of(levers, tactics, week)
    return likely_of(destinations), likely(quality)


def engine_tactic(tactic: Tactic, levers: Levers) -> dict[str, Any]:
    """Return a tactic as the engine reads it.

    Its name is the tactic's id, so that a new title does not change what is drawn for it.
    """
    prepared = preparation(tactic) if levers.preparation is None else levers.preparation
    return {
        "name": tactic.id,
        "goal": tactic.goal_id if tactic.lane == "goal" else None,
        "start": list(tactic.begin) if isinstance(tactic.begin, tuple) else tactic.start,
        "delay": tactic.delay,
        "to": tactic.to,
        "moves": dict(tactic.moves),
        "moves_ops": dict(tactic.moves_ops),
        "adopt": list(tactic.adopt) if isinstance(tactic.adopt, tuple) else tactic.adopt,
        "preparation": prepared,
        "seat_price": tactic.seat_price,
        "seats": tactic.seats,
        "one_off": tactic.one_off,
        "fixed_monthly": tactic.fixed_monthly,
        "training_hours": tactic.training_hours,
        "upkeep_hours": tactic.upkeep_hours,
        "cycle": tactic.cycle,
        "win": tactic.win,
        "deal": tactic.deal,
        "attention": tactic.attention,
    }


def _shift_tactics(levers: Levers) -> list[dict[str, Any]]:
    """Return one tactic for each month in which extra automation starts.

    They share a goal tag of their own, and the first of them carries the price.
    """
    starts = sorted({shift.start for shift in levers.shifts.values()})
    tactics = []
    for place, start in enumerate(starts):
        paid = place == 0
        tactics.append(
            {
                "name": f"shift from month {start}",
                "goal": SHIFT_GOAL,
                "start": start,
                "moves": {
                    task: shift.share
                    for task, shift in levers.shifts.items()
                    if shift.start == start
                },
                "preparation": levers.shift_terms.preparation,
                "seat_price": levers.shift_terms.seat_price if paid else 0.0,
                "one_off": levers.shift_terms.one_off if paid else 0.0,
            }
        )
    return tactics


def engine_goal(goal: Goal, plan: Plan, change: Headcount | None = None) -> dict[str, Any]:
    """Return a goal as the engine reads it, its target in the model's unit.

    A target for each seat counts the seats there are when it is due; where futures differ in
    them, the engine divides by those of each.
    """
    metric, due = metric_of(goal.metric), month_of_plan(plan.start_month, goal.due_month)
    per_seat = metric.is_per_seat and has_unsure_seats(change)
    return ({"per_seat": True} if per_seat else {}) | {
        "id": goal.id,
        "metric": metric.metric,
        "statistic": metric.statistic,
        "comparison": ">=" if goal.target > goal.baseline else "<=",
        "target": goal.target / (metric.factor if per_seat else metric.scale(plan, change, due)),
        "due": due,
    }


def _assumptions(plan: Plan, levers: Levers) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        name: [each.low, each.mode, each.high] for name, each in plan.assumptions.items()
    }
    for name, value in levers.assumptions.items():
        chosen[name] = list(value) if isinstance(value, tuple) else value
    return chosen | neutral_values(plan)


def engine_inputs(board: Board, levers: Levers | None = None) -> dict[str, Any]:
    """Return the engine's input object for a plan, with a scenario's overrides if given.

    Tactics are sorted by id: moving a card within its lane changes no result.
    """
    levers = levers or Levers()
    plan = board.plan
    week = dict(levers.week or plan.week)
    tactics = [
        levers.on(tactic)
        for tactic in live_tactics(board.tactics)
        if tactic.id not in levers.without
    ]
    destinations, quality = policy_of(levers, tactics, week)
    change = levers.headcount or headcount_of(plan)
    later = {"season": engine_season(plan, levers.season), "headcount": as_kept(plan, change)}
    return {name: each for name, each in later.items() if each} | {
        "months": plan.months,
        "organisation": {
            "seats": plan.seats if levers.seats is None else levers.seats,
            "ops_people": plan.ops_people,
            "hours_per_rep_month": plan.hours_per_rep_month,
        },
        "assumptions": _assumptions(plan, levers),
        "week": week,
        "destinations": {use: listed(share) for use, share in destinations.items()},
        "plan_quality": listed(quality),
        "tactics": [
            engine_tactic(tactic, levers) for tactic in sorted(tactics, key=lambda each: each.id)
        ]
        + _shift_tactics(levers),
        "goals": [engine_goal(goal, plan, change) for goal in board.simulated_goals],
    }


def read_inputs(raw: Mapping[str, Any]) -> Inputs:
    """Return validated engine inputs; raise InvalidValue with a plain sentence otherwise."""
    try:
        return Inputs.from_json(raw)
    except InputError as error:
        raise InvalidValue(f"The plan's {error}.") from error


def inputs_hash(raw: Mapping[str, Any]) -> str:
    """Return a fingerprint of an input object, equal for equal content."""
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
