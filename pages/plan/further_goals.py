"""Further goals that a tactic serves, each with its share of effort and money."""

from typing import Any

import streamlit as st

from pages.frame.editing import field_key
from pages.frame.text import plain
from strategy.model import Board, Lane


def further_goals(
    board: Board, base: dict[str, Any], lane: tuple[Lane, str | None]
) -> dict[str, float]:
    """Ask for shares; goals that are not asked about keep what they have."""
    kept = dict(base["supports"])
    others = [goal for goal in board.goals if goal.id != lane[1]]
    if lane[0] != "goal" or not others:
        return kept
    with st.expander("Further goals it serves", expanded=bool(kept)):
        st.caption(
            "Their shares of effort and money; the goal it stands under has the rest, so that "
            "nothing is counted twice."
        )
        columns = st.columns(2)
        for place, goal in enumerate(others):
            share = columns[place % 2].number_input(
                f"{plain(goal.title)} (%)",
                value=100 * kept.get(goal.id, 0.0),
                step=5.0,
                format="%g",
                key=field_key("supports", goal.id),
            )
            kept[goal.id] = round(share / 100, 6)
    return {goal_id: share for goal_id, share in kept.items() if share != 0}
