"""What each scenario changes against the plan, line by line, and a way to adopt it."""

import streamlit as st

import session
from pages.frame.text import plain
from strategy.adopting import adopt
from strategy.model import Board, Scenario
from strategy.overrides import Override, overrides_of


def differences(board: Board, chosen: list[Scenario]) -> None:
    """Draw the overrides of each scenario; chosen ones can be made part of the plan."""
    st.markdown("**What differs from the plan on the board**")
    for scenario in chosen:
        _scenario(board, scenario)


def _scenario(board: Board, scenario: Scenario) -> None:
    found = overrides_of(scenario, board)
    st.markdown(f"**{scenario.letter}** {plain(scenario.name)}")
    if not found:
        st.caption("Nothing: the plan as it stands.")
        return
    wanted = [each.key for each in found if _line(scenario, each)]
    if any(each.is_adoptable for each in found) and st.button(
        f"Make {scenario.letter} the plan",
        key=f"adopt_{scenario.id}",
        icon=":material/check:",
        disabled=not wanted,
        help="The ticked differences become part of the plan, as one change. Undo takes it back.",
    ):
        _adopt(board.plan.id, scenario.id, wanted)
        st.rerun()


def _line(scenario: Scenario, each: Override) -> bool:
    """Draw one difference; return whether it is chosen."""
    words = f"{each.what}: {each.base} → {each.value}"
    if not each.is_adoptable:
        st.caption(plain(f"{words}. Follows from the tactics: set it on their cards."))
        return False
    return st.checkbox(plain(words), value=True, key=f"take_{scenario.id}_{each.key}")


def _adopt(plan_id: str, scenario_id: str, keys: list[str]) -> None:
    session.attempt(
        lambda: adopt(session.store(), plan_id, session.actor(), scenario_id, keys),
        "The plan has taken it over. Undo takes it back.",
    )
