"""A button that keeps what a page has found as a scenario, and goes to it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import session
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board, Scenario

LONGEST_NAME = 60


def open_as_scenario(
    board: Board,
    scenarios: tuple[Scenario, ...],
    overrides: Mapping[str, Any],
    *,
    words: str,
    name: str,
    key: str,
) -> None:
    """Draw the button; where a scenario with these overrides is kept, it says which.

    Parameters
    ----------
    overrides : what the scenario changes against the plan on the board
    words : what the button says while there is no such scenario
    name : of the new scenario, cut if it is too long for one
    """
    wanted = Levers.from_json(dict(overrides)).to_json()
    kept = next((each for each in scenarios if dict(each.overrides) == wanted), None)
    st.button(
        f"Is scenario {kept.letter}" if kept else words,
        key=key,
        icon=":material/check:" if kept else ":material/add:",
        disabled=kept is not None,
        width="stretch",
        on_click=_open,
        args=(board.plan.id, name, wanted),
    )


def _open(plan_id: str, name: str, overrides: dict[str, Any]) -> None:
    """Save a scenario and choose it, so that Simulate shows it."""
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    scenario = session.attempt(
        lambda: commands.add_scenario(session.store(), plan_id, session.actor(), short, overrides)
    )
    if isinstance(scenario, Scenario):
        session.choose_scenario(scenario.id)
        session.say("done", f"Saved as scenario {scenario.letter}. Simulate shows it.")
