"""The form: which goal, and what chance is wanted."""

from dataclasses import dataclass

import streamlit as st

from strategy.model import Board

LIKELY = 70  # per cent


@dataclass(frozen=True)
class Asked:
    """A question about a plan: the goal's id, and the chance wanted in whole per cent."""

    plan_id: str
    goal: str
    percent: int


def ask(board: Board) -> Asked | None:
    """Draw the form; return what is asked if its button was pressed just now."""
    names = {goal.id: goal.title for goal in board.simulated_goals}
    with st.form("reach_form", border=True):
        goal_place, chance_place, button_place = st.columns([6, 3, 3], vertical_alignment="bottom")
        goal = goal_place.selectbox(
            "Goal",
            list(names),
            format_func=lambda each: names.get(each, ""),
            key=f"reach_goal_{board.plan.id}",
            persist_state="session",
        )
        percent = chance_place.number_input(
            "Wanted chance (%)",
            min_value=1,
            max_value=99,
            value=LIKELY,
            key=f"reach_wanted_{board.plan.id}",
            persist_state="session",
        )
        pressed = button_place.form_submit_button(
            "Find out", type="primary", icon=":material/search:", width="stretch"
        )
    return Asked(board.plan.id, goal, percent) if pressed else None
