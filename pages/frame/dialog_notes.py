"""What a dialog says above its fields: archived meanwhile, who else has it open."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

import session
from pages.frame.people_here import editing_with_me
from pages.frame.text import plain
from strategy.model import Board


def say_gone(kind: Literal["goal", "tactic"], title: str, bring_back: Callable[[], Any]) -> None:
    """Say that somebody archived it, and how to go on; what was typed stays in the fields."""
    with st.container(border=True, key="gone"):
        st.markdown(f"**This {kind} was archived a moment ago.**")
        st.caption("What you type now is kept in these fields, not in the plan.")
        if st.button(
            "Bring it back and save", type="primary", key=session.dialog_key("bring_back")
        ):
            session.attempt(bring_back, f"{title} is back.")
            session.redraw_dialog()


def say_others(board: Board, row_id: str) -> None:
    """Say who else has it open."""
    if others := editing_with_me(board, row_id):
        words = f"{others} has this open too. Fields you leave alone follow theirs."
        st.caption(plain(words))
