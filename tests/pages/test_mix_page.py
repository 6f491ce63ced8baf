"""The page Best mix, run whole without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.store import SqliteStore
from pages.mix.page import SHOWN
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board
from strategy.projection import engine_inputs, live_tactics
from strategy.searching import known_search
from strategy.undoing import next_undo, undo
from tests.pages.conftest import Draw
from tests.pages.drawing import by_key, by_label, press, said, shown, title


@pytest.fixture
def board(store: SqliteStore, example: Board) -> Board:
    """Keep the worked example with five of its tactics, one of them unaligned."""
    unaligned = [each for each in live_tactics(example.tactics) if each.lane == "unaligned"]
    aligned = [each for each in live_tactics(example.tactics) if each.lane == "goal"]
    for tactic in (*unaligned[1:], *aligned[4:]):
        commands.archive_tactic(store, example.plan.id, "Ann", tactic.id)
    return store.board(example.plan.id)


def opening(page: AppTest) -> list[Any]:
    """Return the buttons that open a mix as a scenario, best mix first."""
    return by_key(page, "mix_open_")


def test_nothing_is_searched_before_it_is_asked(
    draw: Draw, board: Board, store: SqliteStore
) -> None:
    page = draw("mix", plan=board.plan.id)
    assert title(page) == "Which mix of tactics is best for the money?"
    assert known_search(store, board) is None


def test_a_search_says_best_mix_and_plan_and_how_it_was_found(
    draw: Draw, board: Board, store: SqliteStore
) -> None:
    page = press(draw("mix", plan=board.plan.id), "Search")
    kept = known_search(store, board)
    assert kept is not None
    assert "best mix" in title(page)
    assert "All 32 mixes were looked at, on the same 2,000 futures." in said(page)
    assert "within two standard errors of the best are called ties" in said(page)
    rows = [each.value for each in page.main.markdown]
    assert any(each.endswith(":small[Net benefit, discounted mean · Best]") for each in rows)
    gains = [each for each in rows if ":small[Net benefit, discounted mean · " in each]
    assert all(
        each.endswith(("Best]", "no clear difference]", " against the best]")) for each in gains
    )
    assert any(each.endswith(" against the best]") for each in gains)
    assert any(each.endswith(":small[in year one]") for each in rows)
    assert len(opening(page)) == len(kept.summary["best"]) > 1
    assert not [each for each in page.button if each.label == "Stop searching"]


def test_the_answer_is_there_when_somebody_else_opens_the_page(draw: Draw, board: Board) -> None:
    found = title(press(draw("mix", plan=board.plan.id), "Search"))
    assert title(draw("mix", plan=board.plan.id)) == found


def test_a_mix_is_opened_as_a_scenario_and_undone(
    draw: Draw, board: Board, store: SqliteStore
) -> None:
    page = press(draw("mix", plan=board.plan.id), "Search")
    before = store.scenarios(board.plan.id)
    kept = known_search(store, board)
    assert kept is not None
    mixes = [set(row["tactics"]) for row in kept.summary["best"]]
    place = next(at for at, each in enumerate(opening(page)) if not each.disabled)
    opening(page)[place].click()
    shown(page.run())
    [new] = [each for each in store.scenarios(board.plan.id) if each not in before]
    raw = engine_inputs(board, Levers.from_json(new.overrides))
    assert {row["name"] for row in raw["tactics"]} == mixes[place]
    assert f"Is scenario {new.letter}" in [each.label for each in page.button]
    event = next_undo(store.events(board.plan.id))
    assert event is not None
    undo(store, board.plan.id, "Ann", event.seq)
    assert store.scenarios(board.plan.id) == before


def test_a_goals_chance_is_searched_for(draw: Draw, board: Board) -> None:
    page = draw("mix", plan=board.plan.id)
    by_label(page, "selectbox", "Search for").select_index(1)
    page = press(page, "Search")
    goal = board.goals[0].title
    assert goal in title(page)
    assert "of 100" in title(page)


def test_limits_nothing_keeps_are_said(draw: Draw, board: Board, store: SqliteStore) -> None:
    page = draw("mix", plan=board.plan.id)
    dear = max(live_tactics(board.tactics), key=lambda each: each.seat_price)
    by_label(page, "number_input", "Cost of year one").set_value(0.0)
    by_label(page, "multiselect", "Must be in").set_value([dear.id])
    page = press(page, "Search")
    assert title(page) == "No mix keeps within these limits."
    assert "Allow more money" in said(page)


def test_a_tactic_in_and_out_is_refused_in_a_sentence(draw: Draw, board: Board) -> None:
    page = draw("mix", plan=board.plan.id)
    one = live_tactics(board.tactics)[0]
    for label in ("Must be in", "Must stay out"):
        by_label(page, "multiselect", label).set_value([one.id])
    page = press(page, "Search")
    assert "must be in and must stay out" in said(page)


def test_a_changed_plan_says_that_its_search_is_old(
    draw: Draw, board: Board, store: SqliteStore
) -> None:
    page = press(draw("mix", plan=board.plan.id), "Search")
    commands.archive_tactic(store, board.plan.id, "Ann", live_tactics(board.tactics)[0].id)
    shown(page.run())
    assert "The plan has changed since this was searched" in said(page)
    assert page.session_state[SHOWN].plan_id == board.plan.id


def test_a_plan_without_tactics_says_where_to_begin(
    draw: Draw, board: Board, store: SqliteStore
) -> None:
    for tactic in board.tactics:
        commands.archive_tactic(store, board.plan.id, "Ann", tactic.id)
    assert title(draw("mix", plan=board.plan.id)) == "There is no tactic to choose from yet."
