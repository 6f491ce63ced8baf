"""What a card would change in each lane is what a run shows once it is dropped there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.alignment import balance, unaligned_spend
from strategy.model import Board, Run
from strategy.previewing import (
    FEW_CARDS,
    FEWER_DRAWS,
    MOST_DRAWS,
    Outlook,
    Place,
    draws_for,
    places,
)
from strategy.projection import engine_inputs
from strategy.running import current_run, simulated
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store

DRAWS = 300


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    commands.add_goal(
        kept,
        "p1",
        "ann",
        title="Happy new hires",
        owner="Ann",
        metric="own",
        own_name="Survey score",
        own_unit="points",
        baseline=6.0,
        target=8.0,
        due_month="2027-12",
    )
    commands.edit_tactic(kept, "p1", "ann", "t3", {"supports": {}}, {"supports": {"g1": 0.3}})
    yield kept
    kept.close()


def moved(board: Board, tactic_id: str, place: Place) -> Board:
    lane, goal_id = place
    tactics = [
        replace(each, lane=lane, goal_id=goal_id) if each.id == tactic_id else each
        for each in board.tactics
    ]
    return replace(board, tactics=tuple(tactics))


def chances_of(board: Board, run: Run) -> dict[str, float]:
    outcome = simulated(engine_inputs(board), run.draws, run.seed)
    return {goal.id: float(outcome.goal_hits(goal).mean()) for goal in outcome.inputs.goals}


def test_every_card_in_every_lane_has_the_chances_of_a_full_run_after_the_move(
    store: SqliteStore,
) -> None:
    board = store.board("p1")
    run = current_run(store, board, draws=DRAWS)
    outlook = Outlook(board, run)
    assert outlook.draws == DRAWS
    ids = [each.id for each in board.tactics]
    seen = set()
    for card in outlook.of(ids):
        assert [each.place for each in card.prospects] == list(places(board))
        for prospect in card.prospects:
            want = chances_of(moved(board, card.tactic.id, prospect.place), run)
            assert prospect.chances == pytest.approx(want, abs=1e-12)
            seen.add(tuple(want.values()))
    assert len(seen) >= 5, "moves must make a difference in this plan"


def test_the_lane_a_card_is_in_shows_what_is_settled(store: SqliteStore) -> None:
    board = store.board("p1")
    run = current_run(store, board, draws=DRAWS)
    settled = {row["id"]: row["chance"] for row in run.summary["goals"]}
    for card in Outlook(board, run).of([each.id for each in board.tactics]):
        own = (card.tactic.lane, card.tactic.goal_id)
        stays = next(each for each in card.prospects if each.place == own)
        assert stays.chances == pytest.approx(settled, abs=1e-12)


def test_beam_and_spend_are_those_of_the_board_after_the_move(store: SqliteStore) -> None:
    board = store.board("p1")
    outlook = Outlook(board, current_run(store, board, draws=DRAWS))
    for card in outlook.of([each.id for each in board.tactics]):
        for prospect in card.prospects:
            after = moved(board, card.tactic.id, prospect.place)
            year, spend = balance(after), unaligned_spend(after)
            assert prospect.balance.by_goal == pytest.approx(year.by_goal)
            assert prospect.balance.square_days == year.square_days
            assert prospect.balance.tactical_days == pytest.approx(year.tactical_days)
            assert prospect.balance.over_days == pytest.approx(year.over_days)
            assert vars(prospect.unaligned) == pytest.approx(vars(spend))


def test_a_card_adds_what_the_plan_loses_without_it(store: SqliteStore) -> None:
    board = store.board("p1")
    run = current_run(store, board, draws=DRAWS)
    usual = chances_of(board, run)
    for card in Outlook(board, run).of(["t1", "t4", "t5"]):
        if card.tactic.lane == "ideas":
            assert card.adds == {}
            continue
        without = chances_of(moved(board, card.tactic.id, ("ideas", None)), run)
        assert card.adds == pytest.approx({goal: usual[goal] - without[goal] for goal in usual})


def test_more_futures_than_are_counted_still_start_from_what_is_settled(
    store: SqliteStore,
) -> None:
    board = store.board("p1")
    run = current_run(store, board, draws=MOST_DRAWS + 500)
    outlook = Outlook(board, run)
    assert outlook.draws == MOST_DRAWS
    settled = {row["id"]: row["chance"] for row in run.summary["goals"]}
    (card,) = outlook.of(["t1"])
    assert card.prospects[0].chances == pytest.approx(settled, abs=1e-12)
    for prospect in card.prospects:
        want = chances_of(moved(board, "t1", prospect.place), run)
        assert prospect.chances == pytest.approx(want, abs=0.02)


def test_a_crowded_board_counts_fewer_futures() -> None:
    assert draws_for(FEW_CARDS) == MOST_DRAWS
    assert draws_for(FEW_CARDS + 1) == FEWER_DRAWS


def test_cards_that_are_not_on_the_board_are_left_out(store: SqliteStore) -> None:
    board = store.board("p1")
    outlook = Outlook(board, current_run(store, board, draws=DRAWS))
    assert outlook.of(["gone"]) == ()
