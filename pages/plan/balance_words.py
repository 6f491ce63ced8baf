"""The balance of the year and the unaligned spend, in the words of the board."""

from components.board import Beam, Fact
from components.numbers import typed_cost
from strategy.alignment import Balance, UnalignedSpend, balance, unaligned_spend
from strategy.metrics import metric_short
from strategy.model import Board


def beam_of(board: Board, year: Balance) -> Beam:
    """Return the squares of a balance, with a sentence that says the same."""
    strategic = round(100 * year.strategic_share)
    side = "tactical" if strategic < 50 else "strategic"
    return {
        "unaligned": squares_of(year.unaligned_days, year),
        "running": squares_of(year.running_days, year),
        "goals": [
            {
                "label": metric_short(goal),
                "squares": squares_of(year.by_goal[goal.id], year),
            }
            for goal in board.goals
        ],
        "tactical_pct": 100 - strategic,
        "strategic_pct": strategic,
        "sentence": f"Balance of the operations team's year: tactical {year.tactical_days:.0f} "
        f"person-days, strategic {year.strategic_days:.0f}. "
        + ("The beam is level." if strategic == 50 else f"The beam leans to {side}."),
    }


def balance_sentence(board: Board) -> str:
    """Return the balance and the unaligned spend in a breath, to be spoken after a drop."""
    strategic = round(100 * balance(board).strategic_share)
    money = typed_cost(unaligned_spend(board).money, board.plan.currency)
    return f"Tactical {100 - strategic}, strategic {strategic} per cent. Unaligned spend {money}."


def tip_fact(year: Balance) -> Fact:
    """Return how much must cross for the beam to tip."""
    if year.over_days > 0:
        return {
            "label": "More than the team has",
            "value": f"{year.over_days:,.0f}",
            "unit": "person-days",
            "note": "The tactics take more days than the operations team works in a year.",
        }
    squares = squares_of(year.days_to_tip, year)
    if squares == 0:
        return {
            "label": "To tip the balance",
            "value": "0",
            "unit": "person-days",
            "note": "Strategic work weighs at least as much as tactical work.",
        }
    return {
        "label": "To tip the balance",
        "value": f"{squares * year.square_days:,}",
        "unit": "person-days",
        "note": f"{squares} square{'' if squares == 1 else 's'} must cross. "
        f"One square is {year.square_days:,} person-days.",
    }


def squares_of(days: float, year: Balance) -> int:
    """Return days as whole squares of the beam."""
    return round(days / year.square_days)


def spend_words(spend: UnalignedSpend, currency: str) -> dict[str, str]:
    """Return what the unaligned lane says: its sum, what that is a part of, and of how many."""
    count = f"{spend.tactics} tactic{'' if spend.tactics == 1 else 's'}"
    return {
        "big": typed_cost(spend.money, currency),
        "big_note": f"in year 1, {spend.share:.0%} of plan cost",
        "text": f"{count}, {spend.days:,g} person-days. Drag a card under the goal it serves, "
        "or park it.",
    }
