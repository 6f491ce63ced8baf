"""What a search found: the best mixes, what each amount of money buys, and scenarios of them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.numbers import MINUS, chance, typed_cost
from pages.frame.chart import heading_row
from pages.frame.frontier import show_frontier
from pages.frame.open_as_scenario import open_as_scenario
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from reports.mix_words import (
    behind_words,
    brings,
    chance_words,
    cheaper_tie,
    differs,
    error_words,
    lead_words,
    method_words,
    mix_headline,
    net_words,
    size_words,
)
from reports.wording import listed
from strategy.model import Board, Run, Scenario
from strategy.searching import overrides_of_mix

WIDTHS = [6, 3, 2, 5, 3]
FIRST = 5  # rows; the others fold away
Found = Mapping[str, Any]


def headline(board: Board, run: Run) -> str:
    """Return what the best mix brings for its money beside the plan."""
    return mix_headline(run.summary, _goals(board), board.plan.currency)


def show_result(
    board: Board,
    scenarios: tuple[Scenario, ...],
    scenario: Scenario | None,
    run: Run,
    note: DeltaGenerator,
) -> None:
    """Draw what was found; `note` is the line under the page's title."""
    found, currency = run.summary, board.plan.currency
    if not found["best"]:
        note.caption(
            f"{method_words(found)} None costs little enough with the tactics that must be in. "
            "Allow more money, or let more tactics stay out."
        )
    else:
        of = f"Mixes of scenario {scenario.letter}." if scenario else ""
        said = [of, lead_words(found, currency), cheaper_tie(found, currency), method_words(found)]
        note.caption(caption_with_rules(plain(" ".join(filter(None, said)))))
        with st.container(border=True):
            show_frontier(board, found, key="frontier")
        with st.container(border=True):
            _best(board, scenarios, scenario, found)


def _goals(board: Board) -> dict[str, str]:
    return {goal.id: goal.title for goal in board.goals}


def _tactics(board: Board) -> dict[str, str]:
    return {tactic.id: tactic.title for tactic in board.tactics}


def mixes_table(board: Board, found: Found) -> pd.DataFrame:
    """Return a row for each of the best mixes, best first, and one for the plan."""
    currency, titles, goals = board.plan.currency, _tactics(board), _goals(board)
    rows = []
    for place, row in enumerate([*found["best"], found["plan"]]):
        line = {
            "Mix": str(place + 1) if place < len(found["best"]) else "Plan as it stands",
            "Against the plan": differs(row["tactics"], found["plan"]["tactics"], titles),
            "Net benefit, discounted mean": net_words(row, currency),
            "Searched for": brings(row, found, currency),
            "Standard error": error_words(row["error"], found, currency),
            "Behind the best": behind_words(row, found, currency),
            "Cost of year one": typed_cost(row["first_year_cost"], currency),
        }
        for goal, value in zip(found["goal_ids"], row["chances"], strict=True):
            line[f"Chance: {goals[goal]}"] = chance(value)
        rows.append(line | {"Tactics in it": listed([titles[each] for each in row["tactics"]])})
    return pd.DataFrame(rows)


def _best(
    board: Board, scenarios: tuple[Scenario, ...], scenario: Scenario | None, found: Found
) -> None:
    count = len(found["best"])
    heading_row(
        "The best mix" if count == 1 else f"The {count} best mixes",
        lambda: mixes_table(board, found),
        key="mixes",
    )
    with st.container(key="mix_header"):
        names = ["Tactics", _sought(found), "Cost of year one", "Chance of each goal", ""]
        for column, name in zip(st.columns(WIDTHS), names, strict=True):
            column.caption(name)
    for place in range(min(FIRST, count)):
        _mix(board, scenarios, scenario, found, place)
    if count > FIRST:
        with st.expander(f"The next {count - FIRST}"):
            for place in range(FIRST, count):
                _mix(board, scenarios, scenario, found, place)


def _mix(
    board: Board,
    scenarios: tuple[Scenario, ...],
    scenario: Scenario | None,
    found: Found,
    place: int,
) -> None:
    """Draw one of the best mixes as a row."""
    row = found["best"][place]
    currency, whole = board.plan.currency, found["plan"]["tactics"]
    what, gain, cost, chances, action = st.columns(WIDTHS)
    name = differs(row["tactics"], whole, _tactics(board))
    what.markdown(_two_lines(f"{place + 1}. {name}", size_words(row["tactics"], whole)))
    amount = f"{brings(row, found, currency)} {error_words(row['error'], found, currency)}"
    # A phone has no row of heads, so that each number says what it is.
    gain.markdown(_two_lines(amount, f"{_sought(found)} · {_rank(row, found, currency)}"))
    cost.markdown(_two_lines(typed_cost(row["first_year_cost"], currency), "in year one"))
    said = chance_words(row, found["goal_ids"], _goals(board))
    chances.markdown(f":small[{plain(' · '.join(said))}]")
    overrides = overrides_of_mix(board, scenario, row["tactics"])
    with action:
        open_as_scenario(
            board,
            scenarios,
            overrides,
            words="Open as scenario",
            name=name,
            key=f"mix_open_{place}",
        )


def _sought(found: Found) -> str:
    return "Net benefit, discounted mean" if found["question"]["goal"] is None else "Chance"


def _rank(row: Mapping[str, Any], found: Found, currency: str) -> str:
    """Return what a mix is beside the best; a difference says that it is one."""
    words = behind_words(row, found, currency)
    return f"{words} against the best" if words.startswith(MINUS) else words


def _two_lines(first: str, second: str) -> str:
    return f"**{plain(first)}**  \n:small[{plain(second)}]"
