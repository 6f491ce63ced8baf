"""A plan and its run as finished words and numbers for the board component."""

from collections.abc import Mapping
from typing import Any

from components.board import Announcement, Bar, BoardData, Card, Fact, Lane, Tone
from components.numbers import (
    chance,
    chance_word,
    format_range,
    format_value,
    months_label,
    range_beside,
    typed_cost_range,
)
from components.people import initials
from pages.plan.balance_words import beam_of, spend_words, tip_fact
from pages.plan.own_goal import own_progress
from reports.headlines import linear_words
from strategy.alignment import balance, first_year_costs, unaligned_spend
from strategy.calendar import month_label
from strategy.metrics import GoalMetric, metric_label, metric_of, metric_short
from strategy.model import Board, Goal, Run, Tactic
from strategy.model import Lane as LaneKind
from strategy.readiness import STATUS_NAMES, preparation
from strategy.serving import goal_shares
from strategy.spreads import three

TONES: dict[str, Tone] = {"Likely": "likely", "Coin toss": "toss", "Unlikely": "unlikely"}
GOAL_LANE = "goal:"
PREVIEW = "/preview/"


def board_data(
    board: Board,
    run: Run | None,
    before: Mapping[str, float],
    announce: Announcement | None,
    visible: frozenset[str] | None = None,
    editing: Mapping[str, str] | None = None,
) -> BoardData:
    """Return what the board draws.

    Parameters
    ----------
    run : the plan's run, or None while it cannot be simulated
    before : each goal's chance before the last change, by goal id
    announce : what just happened, for assistive technology
    visible : ids of the cards to show, None for all; sums always count all
    editing : names of those who have a card open, by its id
    """
    rows = {row["id"]: row for row in run.summary["goals"]} if run else {}
    lanes = [_goal_lane(board, goal, rows.get(goal.id), before) for goal in board.goals]
    lanes += [_unaligned_lane(board), _ideas_lane(board)]
    for card in (each for lane in lanes for each in lane["cards"]):
        if who := (editing or {}).get(card["id"]):
            card["badge"] = f"{who} is editing"
    return {
        "revision": board.change_seq,
        "strip": {"beam": beam_of(board, balance(board)), "facts": _facts(board, run)},
        "lanes": lanes if visible is None else [_filtered(lane, visible) for lane in lanes],
        "announce": announce,
        "preview": PREVIEW + board.plan.id if run else None,
        "plan": board.plan.id,
    }


def _filtered(lane: Lane, visible: frozenset[str]) -> Lane:
    """Return a lane with only the cards that the filter shows."""
    cards = [card for card in lane["cards"] if card["id"] in visible]
    hidden = len(lane["cards"]) - len(cards)
    words = f"{hidden} hidden by the filter." if hidden else lane["empty"]
    return lane | {"cards": cards, "empty": words}


def lane_name(lane: tuple[LaneKind, str | None]) -> str:
    """Return the id of a lane on the board."""
    kind, goal_id = lane
    return GOAL_LANE + goal_id if goal_id else kind


def _cards(board: Board, lane: str, goal_id: str | None = None) -> list[Card]:
    return [
        _card(board, tactic)
        for tactic in board.tactics
        if tactic.lane == lane and tactic.goal_id == goal_id
    ]


def _card(board: Board, tactic: Tactic) -> Card:
    cost = typed_cost_range(*first_year_costs(tactic, board.plan), board.plan.currency)
    earliest, _, latest = three(tactic.begin)
    ticks = round(preparation(tactic) * 4)
    return {
        "id": tactic.id,
        "title": tactic.title,
        "owner": tactic.owner,
        "facts": f"{cost} · {tactic.effort_days:g} days",
        "status": STATUS_NAMES[tactic.status] if tactic.status != "draft" else None,
        "also": _also(board, tactic),
        "when": months_label(board.plan.start_month, earliest, latest),
        "initials": initials(tactic.owner) if tactic.owner else None,
        "gate": f"Requirements {ticks} of 4" if tactic.buys_tool and ticks < 4 else None,
    }


def _also(board: Board, tactic: Tactic) -> str | None:
    """Return the further goals a tactic serves, with their shares."""
    titles = {goal.id: goal.title for goal in board.goals}
    further = {
        titles[goal_id]: share
        for goal_id, share in goal_shares(tactic, board.goals).items()
        if goal_id != tactic.goal_id
    }
    if not further:
        return None
    return "also " + ", ".join(f"{title} {share:.0%}" for title, share in further.items())


def _goal_lane(
    board: Board, goal: Goal, row: Mapping[str, Any] | None, before: Mapping[str, float]
) -> Lane:
    due = month_label(goal.due_month, 1)
    lane: Lane = {
        "id": GOAL_LANE + goal.id,
        "kind": "goal",
        "title": goal.title,
        "owner": goal.owner,
        "initials": initials(goal.owner) if goal.owner else "",
        "subtitle": f"{metric_label(goal)}, by {due}",
        "short": metric_short(goal),
        "cards": _cards(board, "goal", goal.id),
        "empty": "No tactic serves this goal yet. Drag one here or add one.",
        "chance": None,
    }
    if not goal.is_simulated:
        return lane | own_progress(goal)
    if row is None:
        return lane
    word = chance_word(row["chance"])
    lane["chance"] = chance(row["chance"])
    lane["verdict"] = word
    lane["tone"] = TONES[word]
    lane["bar"] = goal_bar(goal, row["value"], board.plan.currency)
    lane["note"] = f"Carrying on as today: {chance(row['baseline_chance'])}"
    was = before.get(goal.id)
    if was is not None and chance(was) != chance(row["chance"]):
        lane["was"] = chance(was)
        lane["change_words"] = ("up from " if row["chance"] > was else "down from ") + chance(was)
    return lane


def goal_bar(goal: Goal, value: Mapping[str, float], currency: str) -> Bar:
    """Return positions and words of a goal's range; right is always better."""
    metric = metric_of(goal.metric)
    points = (goal.baseline, goal.target, value["p10"], value["p90"])
    low, high = min(points), max(points)
    flip = goal.target < goal.baseline

    def place(number: float) -> float:
        share = (number - low) / (high - low) if high > low else 0.5
        return 0.02 + 0.96 * (1 - share if flip else share)

    ends = sorted((place(value["p10"]), place(value["p90"])))
    return {
        "today": place(goal.baseline),
        "low": ends[0],
        "middle": place(value["p50"]),
        "high": ends[1],
        "target": place(goal.target),
        "today_text": f"today {_value(goal.baseline, metric, currency)}",
        "range_text": _value(value["p50"], metric, currency),
        "range_note": "("
        + range_beside(value["p50"], value["p10"], value["p90"], metric.unit, currency)
        + ")",
        "target_text": f"target {_value(goal.target, metric, currency)}",
        "sentence": f"{metric.label}: today {_value(goal.baseline, metric, currency)}, projected "
        f"{_value(value['p50'], metric, currency)}, 80% range "
        f"{format_range(value['p10'], value['p90'], metric.unit, currency)}, target "
        f"{_value(goal.target, metric, currency)}.",
    }


def _value(value: float, metric: GoalMetric, currency: str) -> str:
    written = format_value(value, metric.unit, currency)
    return f"{written} {metric.short}" if metric.unit == "count" else written


def _unaligned_lane(board: Board) -> Lane:
    words = spend_words(unaligned_spend(board), board.plan.currency)
    return {
        "id": "unaligned",
        "kind": "unaligned",
        "title": "Not under a goal",
        "subtitle": "Unaligned spend",
        "big": words["big"],
        "big_note": words["big_note"],
        "text": words["text"],
        "cards": _cards(board, "unaligned"),
        "empty": "Everything serves a goal. Work that serves none waits here.",
    }


def _ideas_lane(board: Board) -> Lane:
    return {
        "id": "ideas",
        "kind": "ideas",
        "title": "Ideas",
        "subtitle": "Parked: not in the plan, not simulated",
        "cards": _cards(board, "ideas"),
        "empty": "Park tactics here that are not in the plan.",
        "collapsed": True,
    }


def _facts(board: Board, run: Run | None) -> list[Fact]:
    facts = [tip_fact(balance(board))]
    if run is None:
        return facts
    summary, currency = run.summary, board.plan.currency
    cost, net = summary["cost_year_one"], summary["net"]
    months = "1 month" if board.plan.months == 1 else f"{board.plan.months} months"
    if fact := _joint_fact(summary["joint"]):
        facts.append(fact)
    facts.append(
        {
            "label": "Plan cost, year 1",
            "value": format_value(cost["p50"], "money", currency),
            "note": f"80% range {format_range(cost['p10'], cost['p90'], 'money', currency)}, "
            "licences and services",
        }
    )
    facts.append(
        {
            "label": f"Net benefit, {months}",
            "value": format_value(net["p50"], "money", currency),
            "note": f"80% range {format_range(net['p10'], net['p90'], 'money', currency)}, not "
            f"discounted, against carrying on as today. {linear_words(summary, currency)}",
        }
    )
    return facts


def _joint_fact(joint: list[float]) -> Fact | None:
    goals = len(joint) - 1
    if goals < 2:
        return None
    most = max(goals - 1, 1)
    words = {1: "one goal", 2: "two goals", 3: "three goals", 4: "four goals", 5: "five goals"}
    return {
        "label": f"At least {words.get(most, f'{most} goals')} hit",
        "value": chance(joint[most]),
        "note": f"All {goals} together: {chance(joint[goals])}. Goals share causes, so do not "
        "multiply.",
    }
