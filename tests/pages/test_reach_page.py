"""The page What it would take, run whole without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import session
from data.store import SqliteStore
from settings import settings
from strategy import commands
from strategy.model import Board
from strategy.projection import live_tactics
from strategy.undoing import next_undo, undo

SECONDS = 60


def draw_reach() -> None:
    """Draw the page; its text is taken out and run as a script of its own."""
    from pages.reach.page import reach_page

    reach_page()


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
    """Keep the worked example."""
    return store.board(session.new_example().id)


def drawn(board: Board) -> AppTest:
    page = AppTest.from_function(draw_reach, default_timeout=SECONDS)
    page.query_params["plan"] = board.plan.id
    return run(page)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception[0].value
    return page


def find_out(page: AppTest, percent: int) -> AppTest:
    [field] = [each for each in page.number_input if each.label == "Wanted chance (%)"]
    field.set_value(percent)
    [button] = [each for each in page.button if each.label == "Find out"]
    button.click()
    return run(page)


def title(page: AppTest) -> str:
    [only] = page.title
    return str(only.value).replace("\\", "")


def said(page: AppTest) -> str:
    lines = [*page.caption, *page.markdown, *page.text, *page.error]
    return " ".join(str(each.value).replace("\\", "") for each in lines)


def trying(page: AppTest):
    """Return the buttons that try a lever as a scenario."""
    return [each for each in page.button if str(each.key).startswith("reach_try_")]


def test_nothing_is_worked_out_before_it_is_asked(board: Board, store: SqliteStore) -> None:
    page = drawn(board)
    assert title(page) == "What would it take to reach a goal?"
    assert trying(page) == []
    assert store.runs(board.plan.id, None) == ()


def test_a_high_chance_is_answered_lever_by_lever(board: Board) -> None:
    page = find_out(drawn(board), 99)
    assert title(page) == ("Rep time alone does not get there. Nothing in this plan’s levers does.")
    assert f"{board.goals[0].title}: a chance of 99% is wanted." in said(page)
    for words in ("Every tactic fully prepared", "Rep time alone", "on the same 200 futures"):
        assert words in said(page)


def test_a_goal_that_is_there_already_is_said_to_be(board: Board) -> None:
    page = find_out(drawn(board), 1)
    assert title(page).endswith("of 100 already.")
    assert title(page).startswith(board.goals[0].title)
    assert "Ask for a higher chance" in said(page)
    assert trying(page) == []


def test_a_lever_is_tried_as_a_scenario_and_undone(board: Board, store: SqliteStore) -> None:
    page = find_out(drawn(board), 99)
    before = store.scenarios(board.plan.id)
    [prepared] = [each for each in trying(page) if each.key == "reach_try_preparation"]
    prepared.click()
    page = run(page)
    [new] = [each for each in store.scenarios(board.plan.id) if each not in before]
    assert (new.name, dict(new.overrides)) == ("Every tactic fully prepared", {"preparation": 1.0})
    assert f"Is scenario {new.letter}" in [each.label for each in page.button]
    event = next_undo(store.events(board.plan.id))
    assert event is not None
    undo(store, board.plan.id, "Ann", event.seq)
    assert store.scenarios(board.plan.id) == before


def test_a_goal_that_went_away_takes_its_answer_with_it(board: Board, store: SqliteStore) -> None:
    page = find_out(drawn(board), 99)
    commands.archive_goal(store, board.plan.id, "Ann", board.goals[0].id)
    assert title(run(page)) == "What would it take to reach a goal?"


def test_a_plan_without_goals_or_tactics_says_what_is_missing(
    board: Board, store: SqliteStore
) -> None:
    for tactic in live_tactics(board.tactics):
        commands.archive_tactic(store, board.plan.id, "Ann", tactic.id)
    assert title(drawn(board)) == "There is no tactic to move yet."
    for goal in board.goals:
        commands.archive_goal(store, board.plan.id, "Ann", goal.id)
    assert title(drawn(board)) == "There is no goal to reach yet."
