"""What a lifted card would change, in the words of the board."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from components.board import CardPreview
from components.numbers import chance, chance_word
from data.store import SqliteStore
from pages.plan.balance_words import balance_sentence
from pages.plan.prospect_words import card_preview
from pages.plan.view import board_data
from strategy.model import Board, Run
from strategy.previewing import FEWER_DRAWS, MOST_DRAWS, CardOutlook, Outlook
from strategy.running import current_run
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import DRAWS, planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def outlook_of(store: SqliteStore, card: str) -> tuple[Board, Run, CardOutlook]:
    board = store.board("p1")
    run = current_run(store, board, draws=DRAWS)
    return board, run, Outlook(board, run).of([card])[0]


def with_adds(store: SqliteStore, card: str, adds: Mapping[str, float], draws: int) -> CardPreview:
    board, run, outlook = outlook_of(store, card)
    return card_preview(board, run, replace(outlook, adds=adds), draws)


def test_a_lane_says_beam_tip_and_spend_as_the_board_would_after_the_drop(
    store: SqliteStore,
) -> None:
    board, run, outlook = outlook_of(store, "t4")
    shown = card_preview(board, run, outlook, DRAWS)["lanes"]["goal:g1"]
    moved = [
        replace(each, lane="goal", goal_id="g1") if each.id == "t4" else each
        for each in board.tactics
    ]
    after = board_data(replace(board, tactics=tuple(moved)), run, {}, None)
    strip, spend = after["strip"], after["lanes"][-2]
    assert strip is not None
    beam, tip = strip["beam"], strip["facts"][0]
    assert beam is not None
    assert shown["squares"] == [
        beam["unaligned"],
        beam["running"],
        *(each["squares"] for each in beam["goals"]),
    ]
    assert shown["strategic_pct"] == beam["strategic_pct"]
    assert shown["tip"] == [tip["label"], tip["value"], tip["note"]]
    assert [shown["big"], shown["big_note"], shown["text"]] == [
        spend["big"],
        spend["big_note"],
        spend["text"],
    ]


def test_only_chances_that_read_otherwise_are_sent_with_their_verdict(store: SqliteStore) -> None:
    board, run, outlook = outlook_of(store, "t2")
    stays, leaves = outlook.prospects[0], outlook.prospects[-1]
    lanes = card_preview(board, run, outlook, DRAWS)["lanes"]
    assert lanes["goal:g1"]["chances"] == {}
    assert stays.chances != leaves.chances
    sent = lanes["ideas"]["chances"]
    assert sent
    for lane, (words, verdict, tone) in sent.items():
        share = leaves.chances[lane.removeprefix("goal:")]
        assert (words, verdict) == (chance(share), chance_word(share))
        assert tone == {"Likely": "likely", "Coin toss": "toss", "Unlikely": "unlikely"}[verdict]


@pytest.mark.parametrize(
    ("added", "words", "is_loss"),
    [
        (0.09, "+9 pts", False),
        (0.01, "+1 pt", False),
        (-0.031, "−3 pts", True),
        (0, "0 pts", False),
    ],
)
def test_a_card_says_the_points_it_adds_to_its_goal(
    store: SqliteStore, added: float, words: str, is_loss: bool
) -> None:
    effect = with_adds(store, "t1", {"g1": added, "g2": 0.5}, MOST_DRAWS)["effect"]
    assert effect is not None
    assert (effect["text"], effect["is_loss"]) == (words, is_loss)
    assert "counted on 2,000 futures" in effect["sentence"]


def test_fewer_futures_are_said_to_be_about(store: SqliteStore) -> None:
    effect = with_adds(store, "t1", {"g1": 0.09}, FEWER_DRAWS)["effect"]
    assert effect is not None
    assert effect["text"] == "about +9 pts"


def test_a_card_under_no_goal_names_the_goal_it_moves_most(store: SqliteStore) -> None:
    effect = with_adds(store, "t4", {"g1": 0.01, "g2": -0.04}, MOST_DRAWS)["effect"]
    assert effect is not None
    assert effect["text"] == "−4 pts"
    assert effect["sentence"].startswith("Takes about 4 points from the cycle goal's chance: ")
    assert with_adds(store, "t4", {"g1": 0.001, "g2": 0.0}, MOST_DRAWS)["effect"] is None


def test_an_idea_adds_nothing(store: SqliteStore) -> None:
    board, run, outlook = outlook_of(store, "t5")
    assert card_preview(board, run, outlook, DRAWS)["effect"] is None


def test_after_a_drop_the_balance_is_said(store: SqliteStore) -> None:
    said = balance_sentence(store.board("p1"))
    assert said == "Tactical 70, strategic 30 per cent. Unaligned spend €25k."
