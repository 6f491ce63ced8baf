"""The page Best mix, run whole without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import session
from data.store import SqliteStore
from pages.mix.page import SHOWN
from settings import settings
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board
from strategy.projection import engine_inputs, live_tactics
from strategy.searching import known_search
from strategy.undoing import next_undo, undo

SECONDS = 60


def draw_mix() -> None:
    """Draw the page; its text is taken out and run as a script of its own."""
    from pages.mix.page import mix_page

    mix_page()


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteStore]:
    """Give the process a database of this test's own."""
    monkeypatch.setenv("FULCRUM_DB", str(tmp_path / "fulcrum.db"))
    monkeypatch.setenv("FULCRUM_DRAWS", "200")
    settings.cache_clear()
    session._store.cache_clear()
    yield session._store()
    settings.cache_clear()
    session._store.cache_clear()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    """Keep the worked example with five of its tactics, one of them unaligned."""
    board = store.board(session.new_example().id)
    unaligned = [each for each in live_tactics(board.tactics) if each.lane == "unaligned"]
    aligned = [each for each in live_tactics(board.tactics) if each.lane == "goal"]
    for tactic in (*unaligned[1:], *aligned[4:]):
        commands.archive_tactic(store, board.plan.id, "Ann", tactic.id)
    return store.board(board.plan.id)


def drawn(board: Board) -> AppTest:
    page = AppTest.from_function(draw_mix, default_timeout=SECONDS)
    page.query_params["plan"] = board.plan.id
    return run(page)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def press(page: AppTest, label: str, place: int = 0) -> AppTest:
    [each for each in page.button if each.label == label][place].click()
    return run(page)


def title(page: AppTest) -> str:
    [only] = page.title
    return str(only.value).replace("\\", "")


def said(page: AppTest) -> str:
    lines = [*page.caption, *page.markdown, *page.error]
    return " ".join(str(each.value).replace("\\", "") for each in lines)


def field(page: AppTest, kind: str, label: str):
    """Return the one widget of a kind whose label begins so."""
    [found] = [each for each in page.get(kind) if each.label.startswith(label)]
    return found


def opening(page: AppTest):
    """Return the buttons that open a mix as a scenario, best mix first."""
    return [each for each in page.button if str(each.key).startswith("mix_open_")]


def test_nothing_is_searched_before_it_is_asked(board: Board, store: SqliteStore) -> None:
    page = drawn(board)
    assert title(page) == "Which mix of tactics is best for the money?"
    assert known_search(store, board) is None


def test_a_search_says_best_mix_and_plan_and_how_it_was_found(
    board: Board, store: SqliteStore
) -> None:
    page = press(drawn(board), "Search")
    kept = known_search(store, board)
    assert kept is not None
    assert "best mix" in title(page)
    assert "All 32 mixes were looked at, on the same 2,000 futures." in said(page)
    assert "within two standard errors of the best are called ties" in said(page)
    assert len(opening(page)) == len(kept.summary["best"]) > 1
    assert not [each for each in page.button if each.label == "Stop searching"]


def test_the_answer_is_there_when_somebody_else_opens_the_page(board: Board) -> None:
    found = title(press(drawn(board), "Search"))
    assert title(drawn(board)) == found


def test_a_mix_is_opened_as_a_scenario_and_undone(board: Board, store: SqliteStore) -> None:
    page = press(drawn(board), "Search")
    before = store.scenarios(board.plan.id)
    kept = known_search(store, board)
    assert kept is not None
    mixes = [set(row["tactics"]) for row in kept.summary["best"]]
    place = next(at for at, each in enumerate(opening(page)) if not each.disabled)
    opening(page)[place].click()
    page = run(page)
    [new] = [each for each in store.scenarios(board.plan.id) if each not in before]
    raw = engine_inputs(board, Levers.from_json(new.overrides))
    assert {row["name"] for row in raw["tactics"]} == mixes[place]
    assert f"Is scenario {new.letter}" in [each.label for each in page.button]
    event = next_undo(store.events(board.plan.id))
    assert event is not None
    undo(store, board.plan.id, "Ann", event.seq)
    assert store.scenarios(board.plan.id) == before


def test_a_goals_chance_is_searched_for(board: Board) -> None:
    page = drawn(board)
    field(page, "selectbox", "Search for").select_index(1)
    page = press(page, "Search")
    goal = board.goals[0].title
    assert goal in title(page)
    assert "of 100" in title(page)


def test_limits_nothing_keeps_are_said(board: Board, store: SqliteStore) -> None:
    page = drawn(board)
    dear = max(live_tactics(board.tactics), key=lambda each: each.seat_price)
    field(page, "number_input", "Cost of year one").set_value(0.0)
    field(page, "multiselect", "Must be in").set_value([dear.id])
    page = press(page, "Search")
    assert title(page) == "No mix keeps within these limits."
    assert "Allow more money" in said(page)


def test_a_tactic_in_and_out_is_refused_in_a_sentence(board: Board) -> None:
    page = drawn(board)
    one = live_tactics(board.tactics)[0]
    for label in ("Must be in", "Must stay out"):
        field(page, "multiselect", label).set_value([one.id])
    page = press(page, "Search")
    assert "must be in and must stay out" in said(page)


def test_a_changed_plan_says_that_its_search_is_old(board: Board, store: SqliteStore) -> None:
    page = press(drawn(board), "Search")
    commands.archive_tactic(store, board.plan.id, "Ann", live_tactics(board.tactics)[0].id)
    page = run(page)
    assert "The plan has changed since this was searched" in said(page)
    assert page.session_state[SHOWN].plan_id == board.plan.id


def test_a_plan_without_tactics_says_where_to_begin(board: Board, store: SqliteStore) -> None:
    for tactic in board.tactics:
        commands.archive_tactic(store, board.plan.id, "Ann", tactic.id)
    assert title(drawn(store.board(board.plan.id))) == "There is no tactic to choose from yet."
