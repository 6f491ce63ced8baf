"""The board as a table that a spreadsheet opens: a row a tactic, lane by lane."""

from reports.tables import csv_bytes, with_rules_off
from strategy.alignment import first_year_cost, first_year_costs
from strategy.calendar import month_name
from strategy.model import Board, Tactic
from strategy.readiness import STATUS_NAMES, preparation
from strategy.rules import off_words
from strategy.serving import goal_shares
from strategy.spreads import three

LANES = {"unaligned": "Not under a goal", "ideas": "Ideas"}


def board_csv(board: Board) -> bytes:
    """Return a CSV file of every tactic on the board, ideas included, in the board's order."""
    currency = board.plan.currency
    header = (
        "Lane",
        "Tactic",
        "Owner",
        "Status",
        "Starts",
        "Starts at the earliest",
        "Starts at the latest",
        "Effort (person-days a year)",
        f"Cost, first 12 months ({currency})",
        f"Cost at the least ({currency})",
        f"Cost at the most ({currency})",
        "Requirements (of 4)",
        "Metric that will move",
        "From",
        "To",
        "Also serves",
        "Note",
    )
    off = off_words(board.plan)
    lanes = [goal.id for goal in board.goals] + ["unaligned", "ideas"]
    tactics = sorted(board.tactics, key=lambda each: lanes.index(each.goal_id or each.lane))
    return csv_bytes(*with_rules_off(header, (_row(board, each) for each in tactics), off))


def _row(board: Board, tactic: Tactic) -> tuple[object, ...]:
    plan, titles = board.plan, {goal.id: goal.title for goal in board.goals}
    earliest, likely, latest = three(tactic.begin)
    costs = first_year_costs(tactic, plan)
    also = (
        f"{titles[goal_id]} {share:.0%}"
        for goal_id, share in goal_shares(tactic, board.goals).items()
        if goal_id != tactic.goal_id
    )
    return (
        titles[tactic.goal_id] if tactic.goal_id else LANES[tactic.lane],
        tactic.title,
        tactic.owner,
        STATUS_NAMES[tactic.status],
        *(month_name(plan.start_month, each) for each in (likely, earliest, latest)),
        tactic.effort_days,
        *(round(each, 2) for each in (first_year_cost(tactic, plan), *costs)),
        round(4 * preparation(tactic)),
        tactic.test_metric,
        tactic.test_from,
        tactic.test_to,
        "; ".join(also),
        tactic.note,
    )
