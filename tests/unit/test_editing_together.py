"""Many people at one plan: nobody's words are lost unseen, and everybody sees one order."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.errors import EditConflict
from strategy.model import Board, Tactic
from strategy.order import LONGEST_KEY
from tests.unit.test_data_faults import together
from tests.unit.test_strategy_samples import CLEAN, FASTER, PLAN, WIN

EDITORS, EDITS, HOT_CARDS = 25, 16, 3
THINKING_SECONDS = 0.01

# (version it became, what the person had seen, what they wrote) of one saved edit
Saved = tuple[int, str, str]
Save = Callable[[SqliteStore, Tactic, str, str], Tactic]


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Return a store with two goals and three tactics under the first."""
    kept = SqliteStore.open(tmp_path / "plan.db")
    with kept.change(PLAN.id, "Ann", "start") as change:
        change.add(PLAN)
        for row in (WIN, FASTER):
            change.add(row)
        for place, key in enumerate("VWX"):
            card = replace(CLEAN, id=f"hot{place}", title=f"hot{place}", position=key)
            change.add(card)
    return kept


def edit_seen(store: SqliteStore, seen: Tactic, title: str, actor: str) -> Tactic:
    """Save a title as a dialog does: with what the person had seen."""
    base, wanted = {"title": seen.title}, {"title": title}
    return commands.edit_tactic(store, PLAN.id, actor, seen.id, base, wanted)


def edit_blindly(store: SqliteStore, seen: Tactic, title: str, actor: str) -> Tactic:
    """Save a title as if the person had seen whatever is kept: the last one wins."""
    with store.change(PLAN.id, actor, "edit_tactic") as change:
        return change.update(change.get(Tactic, seen.id), title=title)


def edit_all(store: SqliteStore, save: Save) -> tuple[dict[str, list[Saved]], int]:
    """Let all people edit the same cards; return the saved edits by card, and the refused."""
    saved: dict[str, list[Saved]] = defaultdict(list)
    refused = []
    lock = threading.Lock()

    def work(number: int) -> None:
        chance = random.Random(number)
        for turn in range(EDITS):
            seen = store.tactic(PLAN.id, f"hot{chance.randrange(HOT_CARDS)}")
            time.sleep(chance.random() * THINKING_SECONDS)
            title = f"{number} wrote {turn}"
            try:
                kept = save(store, seen, title, f"user {number}")
            except EditConflict as conflict:
                assert conflict.fields["title"][1] == title
                with lock:
                    refused.append(title)
            else:
                with lock:
                    saved[seen.id].append((kept.version, seen.title, title))

    assert together(EDITORS, work) == []
    return {card: sorted(edits) for card, edits in saved.items()}, len(refused)


def lost_unseen(edits: list[Saved]) -> int:
    """Count the saved texts that were written over by somebody who had not seen them."""
    pairs = zip(edits, edits[1:], strict=False)
    return sum(before[2] != after[1] for before, after in pairs)


def test_no_edit_is_lost_unseen_when_many_edit_the_same_cards(store: SqliteStore) -> None:
    saved, refused = edit_all(store, edit_seen)
    assert sum(map(len, saved.values())) + refused == EDITORS * EDITS
    assert refused > 0
    assert [lost_unseen(edits) for edits in saved.values()] == [0] * HOT_CARDS
    for card, edits in saved.items():
        assert store.tactic(PLAN.id, card).title == edits[-1][2]
    assert store.change_seq(PLAN.id) == 1 + sum(map(len, saved.values()))


def test_the_test_above_would_see_edits_that_are_lost(store: SqliteStore) -> None:
    saved, _ = edit_all(store, edit_blindly)
    assert sum(map(lost_unseen, saved.values())) > EDITORS * EDITS / 2


def order_of(board: Board) -> dict[str, list[str]]:
    """Return the cards of each lane from the top."""
    lanes: dict[str, list[str]] = defaultdict(list)
    for each in board.tactics:
        lanes[each.goal_id or each.lane].append(each.id)
    return dict(lanes)


@pytest.mark.parametrize("seed", range(3))
def test_after_moves_with_stale_views_all_see_one_order(store: SqliteStore, seed: int) -> None:
    chance = random.Random(seed)
    views = [store.board(PLAN.id)] * 4
    cards = 3
    for _ in range(150):
        editor = chance.randrange(len(views))
        view = views[editor]
        if chance.random() < 0.1:
            fields = {"title": "new", "lane": "goal", "goal_id": chance.choice(["g1", "g2"])}
            commands.add_tactic(store, PLAN.id, "Ann", **fields)
            cards += 1
        else:
            card, above = chance.choice(view.tactics), chance.choice(view.tactics)
            before = None if chance.random() < 0.2 else above.id
            goal = chance.choice(["g1", "g2"])
            commands.move_tactic(store, PLAN.id, "Ann", card.id, "goal", goal, before)
        if chance.random() < 0.3:
            views[editor] = store.board(PLAN.id)
    board = store.board(PLAN.id)
    assert len(board.tactics) == cards > 3
    places = [(each.goal_id, each.position) for each in board.tactics]
    assert len(set(places)) == cards
    assert max(len(each.position) for each in board.tactics) <= LONGEST_KEY
    assert order_of(SqliteStore.open(store.path).board(PLAN.id)) == order_of(board)


def test_a_gap_that_is_used_up_is_made_anew_in_the_same_order(store: SqliteStore) -> None:
    last = store.tactic(PLAN.id, "hot2").position
    for turn in range(500):
        card = f"hot{turn % 2}"
        commands.move_tactic(store, PLAN.id, "Ann", card, "goal", "g1", "hot2")
        if turn % 10 == 9 and store.tactic(PLAN.id, "hot2").position != last:
            break
    else:
        pytest.fail("the keys only grew")
    board = store.board(PLAN.id)
    assert order_of(board)["g1"] == [f"hot{1 - turn % 2}", card, "hot2"]
    keys = [each.position for each in board.tactics]
    assert max(map(len, keys)) < LONGEST_KEY / 4
