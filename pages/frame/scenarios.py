"""The chips that choose a scenario."""

import streamlit as st

import session
from pages.frame.text import plain
from strategy.model import Scenario


def scenario_chips(scenarios: tuple[Scenario, ...], chosen: Scenario) -> None:
    """Draw a chip for each scenario; the address in the browser follows the choice."""
    names = {each.id: f"**{each.letter}** {plain(each.name)}" for each in scenarios}
    st.segmented_control(
        "Scenario",
        list(names),
        default=chosen.id,
        format_func=lambda each: names[each],
        required=True,
        label_visibility="collapsed",
        key=f"scenario_chips_{chosen.id}",
        on_change=_choose,
        args=(f"scenario_chips_{chosen.id}",),
    )


def _choose(key: str) -> None:
    chosen = st.session_state.get(key)
    if isinstance(chosen, str):
        session.choose_scenario(chosen)
