"""The page Compare inside the navigation, run without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from data.store import SqliteStore
from reports.mix_words import gives_up
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board
from strategy.searching import overrides_of_mix, search_plan
from tests.pages.conftest import Draw
from tests.pages.drawing import SECONDS, press, said, shown


def navigated() -> None:
    """Draw Compare as the dashboard does; its text is taken out and run as a script of its own."""
    import streamlit as st

    from pages.compare.scenarios import compare_page
    from pages.frame.group import know_pages
    from pages.mix.page import mix_page

    mix = st.Page(mix_page, title="Best mix", url_path="mix")
    page = st.navigation([st.Page(compare_page, url_path="compare", default=True), mix])
    know_pages([mix])
    page.run()


def links(board: Board) -> list[tuple[str, str]]:
    """Return the links on the page: their words, and the address of the page they open."""
    page = AppTest.from_function(navigated, default_timeout=SECONDS)
    page.query_params["plan"] = board.plan.id
    drawn = shown(page.run()).get("page_link")
    return [(each.proto.label, each.proto.page) for each in drawn]


def test_where_scenarios_are_compared_a_link_leads_to_the_best_mix(example: Board) -> None:
    assert links(example) == [("Find the best mix for the money", "mix")]


def test_once_the_plan_was_searched_its_frontier_stands_beside_the_scenarios(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    for tactic in example.tactics[4:]:  # few mixes are searched soon
        commands.archive_tactic(store, example.plan.id, "Ann", tactic.id)
    example = store.board(example.plan.id)
    run = search_plan(store, example)
    page = draw("compare", plan=example.plan.id)
    [part] = [each for each in page.expander if each.label == "The best mix for the money"]
    assert not part.button
    page.session_state["part_best_mix"] = True
    shown(page.run())
    assert gives_up(run.summary, {each.id: each.title for each in example.goals}, "$") in said(page)
    before = len(store.scenarios(example.plan.id))
    press(page, "Open as scenario")
    kept = store.scenarios(example.plan.id)
    assert len(kept) == before + 1
    # The best mix of these is the whole plan, which scenario A is already.
    second = overrides_of_mix(example, None, run.summary["best"][1]["tactics"])
    assert Levers.from_json(kept[-1].overrides) == Levers.from_json(second)


def test_where_nothing_is_compared_there_is_no_link(example: Board, store: SqliteStore) -> None:
    for scenario in store.scenarios(example.plan.id)[1:]:
        commands.archive_scenario(store, example.plan.id, "Ann", scenario.id)
    assert links(example) == []
