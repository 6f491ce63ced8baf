"""The page What it would take, run whole without a browser."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from data.store import SqliteStore
from strategy import commands
from strategy.model import Board
from strategy.projection import live_tactics
from strategy.undoing import next_undo, undo
from tests.pages.conftest import Draw
from tests.pages.drawing import by_key, by_label, press, said, shown, title


def find_out(page: AppTest, percent: int) -> AppTest:
    by_label(page, "number_input", "Wanted chance").set_value(percent)
    return press(page, "Find out")


def trying(page: AppTest) -> list[Any]:
    """Return the buttons that try a lever as a scenario."""
    return by_key(page, "reach_try_")


def test_nothing_is_worked_out_before_it_is_asked(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("reach", plan=example.plan.id)
    assert title(page) == "What would it take to reach a goal?"
    assert trying(page) == []
    assert store.runs(example.plan.id, None) == ()


def test_a_high_chance_is_answered_lever_by_lever(draw: Draw, example: Board) -> None:
    page = find_out(draw("reach", plan=example.plan.id), 99)
    assert title(page) == ("Rep time alone does not get there. Nothing in this plan’s levers does.")
    assert f"{example.goals[0].title}: a chance of 99% is wanted." in said(page)
    for words in ("Every tactic fully prepared", "Rep time alone", "on the same 200 futures"):
        assert words in said(page)


def test_a_goal_that_is_there_already_is_said_to_be(draw: Draw, example: Board) -> None:
    page = find_out(draw("reach", plan=example.plan.id), 1)
    assert title(page).endswith("of 100 already.")
    assert title(page).startswith(example.goals[0].title)
    assert "Ask for a higher chance" in said(page)
    assert trying(page) == []


def test_a_lever_is_tried_as_a_scenario_and_undone(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = find_out(draw("reach", plan=example.plan.id), 99)
    before = store.scenarios(example.plan.id)
    [prepared] = [each for each in trying(page) if each.key == "reach_try_preparation"]
    prepared.click()
    shown(page.run())
    [new] = [each for each in store.scenarios(example.plan.id) if each not in before]
    assert (new.name, dict(new.overrides)) == ("Every tactic fully prepared", {"preparation": 1.0})
    assert f"Is scenario {new.letter}" in [each.label for each in page.button]
    event = next_undo(store.events(example.plan.id))
    assert event is not None
    undo(store, example.plan.id, "Ann", event.seq)
    assert store.scenarios(example.plan.id) == before


def test_a_goal_that_went_away_takes_its_answer_with_it(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = find_out(draw("reach", plan=example.plan.id), 99)
    commands.archive_goal(store, example.plan.id, "Ann", example.goals[0].id)
    assert title(shown(page.run())) == "What would it take to reach a goal?"


def test_a_plan_without_goals_or_tactics_says_what_is_missing(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    for tactic in live_tactics(example.tactics):
        commands.archive_tactic(store, example.plan.id, "Ann", tactic.id)
    assert title(draw("reach", plan=example.plan.id)) == "There is no tactic to move yet."
    for goal in example.goals:
        commands.archive_goal(store, example.plan.id, "Ann", goal.id)
    assert title(draw("reach", plan=example.plan.id)) == "There is no goal to reach yet."
