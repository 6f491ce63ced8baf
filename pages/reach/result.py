"""What it takes: each lever alone, rep time, the first combination, and scenarios of them."""

import streamlit as st

from pages.frame.open_as_scenario import open_as_scenario
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
        what, said, _ = st.columns(WIDTHS)
        what.markdown("**The first combination that gets there**")
        said.markdown("  \n".join(plain(line) for line in combination_lines(found)))


def _lever(
    board: Board, scenarios: tuple[Scenario, ...], run: Run, found: LeverReach, wanted: float
) -> None:
    """Draw a lever as a row: what it is, how far it must go, and a way to try it."""
    what, said, action = st.columns(WIDTHS, vertical_alignment="center")
    what.markdown(_two_lines(lever_name(found), end_words(found), mark="**"))
    said.markdown(_two_lines(verdict(found, wanted), detail(found)))
    overrides = overrides_of_lever(run, found)
    if overrides is None:
        return
    with action:
        open_as_scenario(
            board,
            scenarios,
            overrides,
            words="Try it as a scenario",
            name=scenario_name(found),
            key=f"reach_try_{found.lever}",
        )


def _two_lines(first: str, second: str, mark: str = "") -> str:
    lines = [f"{mark}{plain(first)}{mark}"]
    if second:
        lines.append(f":small[{plain(second)}]")
    return "  \n".join(lines)
