"""The best mix for the money beside the scenarios: from the last search, or where to search."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import session
from components.numbers import typed_cost
from pages.frame.frontier import show_frontier
from pages.frame.group import page_link
from pages.frame.open_as_scenario import open_as_scenario
from pages.frame.text import plain
from reports.mix_words import behind_words, brings, differs, error_words
from strategy.errors import PlanError
from strategy.model import Board, Scenario
from strategy.searching import known_search, overrides_of_mix

SHOWN = 3


def best_mix(board: Board, scenarios: tuple[Scenario, ...]) -> None:
    """Draw, once it is opened, what money buys; a link if the plan as it is was not searched."""
    found = _found(board)
    if found is None:
        page_link("mix", "Find the best mix for the money", ":material/search:")
        return
    part = st.expander(
        "The best mix for the money",
        icon=":material/query_stats:",
        key="part_best_mix",
        on_change="rerun",
    )
    if part.open:
        with part:
            show_frontier(board, found, key="compare_frontier")
            _rows(board, scenarios, found)
            page_link("mix", "All mixes, limits and goals", ":material/search:")


def _found(board: Board) -> Mapping[str, Any] | None:
    """Return what the search of the plan as it is now found; None if there is none."""
    try:
        run = known_search(session.store(), board)
    except PlanError:  # a plan without tactics
        return None
    return run.summary if run is not None and run.summary["best"] else None


def _rows(board: Board, scenarios: tuple[Scenario, ...], found: Mapping[str, Any]) -> None:
    """Draw the first mixes, each with a button that makes it a scenario."""
    titles = {each.id: each.title for each in board.tactics}
    for place, row in enumerate(found["best"][:SHOWN]):
        name = differs(row["tactics"], found["plan"]["tactics"], titles)
        what, action = st.columns([5, 3], vertical_alignment="center")
        currency = board.plan.currency
        amount = f"{brings(row, found, currency)} {error_words(row['error'], found, currency)}"
        cost = f"{typed_cost(row['first_year_cost'], currency)} in year one"
        note = f"{amount}, {behind_words(row, found, currency)}, {cost}"
        what.markdown(f"**{plain(f'{place + 1}. {name}')}**  \n:small[{plain(note)}]")
        with action:
            open_as_scenario(
                board,
                scenarios,
                overrides_of_mix(board, None, row["tactics"]),
                words="Open as scenario",
                name=name,
                key=f"compare_mix_{place}",
            )
