"""What a card would change in each lane, in the words the board shows while it is lifted."""

from collections.abc import Mapping

from components.board import CardPreview, Effect, LanePreview
from components.numbers import MINUS, chance, chance_word
from pages.plan.balance_words import beam_of, spend_words, tip_fact
from pages.plan.view import GOAL_LANE, TONES, lane_name
from strategy.metrics import metric_short
from strategy.model import Board, Run
from strategy.previewing import MOST_DRAWS, CardOutlook, Prospect

FULL_MARK = 0.2  # points of chance, as a share, that fill a card's mark


def card_preview(board: Board, run: Run, outlook: CardOutlook, draws: int) -> CardPreview:
    """Return what the board shows of one card; `draws` is how many futures were counted."""
    settled = {row["id"]: chance(row["chance"]) for row in run.summary["goals"]}
    return {
        "card": outlook.tactic.id,
        "effect": _effect(board, outlook, draws),
        "lanes": {
            lane_name(each.place): _lane_preview(board, each, settled) for each in outlook.prospects
        },
    }


def _lane_preview(board: Board, prospect: Prospect, settled: Mapping[str, str]) -> LanePreview:
    beam, words = (
        beam_of(board, prospect.balance),
        spend_words(prospect.unaligned, board.plan.currency),
    )
    tip = tip_fact(prospect.balance)
    return {
        "chances": {
            GOAL_LANE + goal: _chance_words(share)
            for goal, share in prospect.chances.items()
            if chance(share) != settled[goal]
        },
        "squares": [beam["unaligned"], beam["running"], *(g["squares"] for g in beam["goals"])],
        "strategic_pct": beam["strategic_pct"],
        "tip": [tip["label"], tip["value"], str(tip["note"])],
        "big": words["big"],
        "big_note": words["big_note"],
        "text": words["text"],
    }


def _chance_words(share: float) -> list[str]:
    word = chance_word(share)
    return [chance(share), word, TONES[word]]


def _effect(board: Board, outlook: CardOutlook, draws: int) -> Effect | None:
    """Return what the card adds where it is; of a card under no goal, the goal it moves most."""
    tactic, adds = outlook.tactic, outlook.adds
    if tactic.goal_id is not None and tactic.goal_id in adds:
        return _marked(adds[tactic.goal_id], "its goal's", draws)
    if tactic.lane != "unaligned" or not adds:
        return None
    goal_id = max(adds, key=lambda each: abs(adds[each]))
    if _points(adds[goal_id]) == 0:
        return None
    goal = next(each for each in board.goals if each.id == goal_id)
    return _marked(adds[goal_id], f"the {metric_short(goal)} goal's", draws)


def _marked(added: float, whose: str, draws: int) -> Effect:
    points = _points(added)
    sign = MINUS if points < 0 else "+" if points > 0 else ""
    unit = "pt" if abs(points) == 1 else "pts"
    verb = "Takes about" if points < 0 else "Adds about"
    sentence = (
        f"{verb} {abs(points)} point{'' if abs(points) == 1 else 's'} "
        f"{'from' if points < 0 else 'to'} {whose} chance: the plan with this card less the plan "
        f"without it, counted on {draws:,} futures."
    )
    about = "about " if draws < MOST_DRAWS else ""
    return {
        "text": f"{about}{sign}{abs(points)} {unit}",
        "share": min(abs(added) / FULL_MARK, 1.0) if points else 0.0,
        "is_loss": points < 0,
        "sentence": sentence,
    }


def _points(share: float) -> int:
    return round(100 * share)
