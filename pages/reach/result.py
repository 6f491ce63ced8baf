"""What it takes: each lever alone, rep time, the first combination, and scenarios of them."""

from typing import Any

import streamlit as st

import session
from pages.frame.text import plain
from reports.reach_words import (
    combination_lines,
    detail,
    end_words,
    lever_name,
    scenario_name,
    verdict,
)
from simulation.reach import LeverReach, Reach
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.reaching import overrides_of_lever

WIDTHS = [6, 5, 3]
ALONE = "Each lever alone, from the plan to its end. What going further costs is not counted."


def show_result(board: Board, scenarios: tuple[Scenario, ...], run: Run, found: Reach) -> None:
    """Draw the list of levers and what they do together."""
    with st.container(border=True):
        st.caption(ALONE)
        for lever in found.levers:
            _lever(board, scenarios, run, lever, found.wanted)
        st.caption("Levers together, the chance after each.")
        _lever(board, scenarios, run, found.rep_time, found.wanted)
        what, said = st.columns([WIDTHS[0], sum(WIDTHS[1:])])
        what.markdown("**The first combination that gets there**")
        said.markdown("  \n".join(plain(line) for line in combination_lines(found)))


def _lever(
    board: Board, scenarios: tuple[Scenario, ...], run: Run, found: LeverReach, wanted: float
) -> None:
    """Draw a lever as a row: what it is, how far it must go, and a way to try it."""
    what, said, action = st.columns(WIDTHS)
    what.markdown(_two_lines(lever_name(found), end_words(found), mark="**"))
    said.markdown(_two_lines(verdict(found, wanted), detail(found)))
    overrides = overrides_of_lever(run, found)
    if overrides is None:
        return
    overrides = Levers.from_json(overrides).to_json()
    kept = next((each for each in scenarios if dict(each.overrides) == overrides), None)
    action.button(
        f"Is scenario {kept.letter}" if kept else "Try it as a scenario",
        key=f"reach_try_{found.lever}",
        icon=":material/check:" if kept else ":material/add:",
        disabled=kept is not None,
        width="stretch",
        on_click=_try,
        args=(board, found, overrides),
    )


def _two_lines(first: str, second: str, mark: str = "") -> str:
    lines = [f"{mark}{plain(first)}{mark}"]
    if second:
        lines.append(f":small[{plain(second)}]")
    return "  \n".join(lines)


def _try(board: Board, found: LeverReach, overrides: dict[str, Any]) -> None:
    """Save a lever as a scenario and choose it, so that Simulate shows it."""
    scenario = session.attempt(
        lambda: commands.add_scenario(
            session.store(), board.plan.id, session.actor(), scenario_name(found), overrides
        )
    )
    if isinstance(scenario, Scenario):
        session.choose_scenario(scenario.id)
        session.say("done", f"Saved as scenario {scenario.letter}. Simulate shows it.")
