"""Break-even values: a table for one outcome, and a popover that works them out when opened."""

import pandas as pd
import streamlit as st

from pages.frame.text import plain
from pages.frame.working import worked_out
from reports.break_even import brief_words, likely_words, question, range_words, turning_words
from strategy.model import Board, Run
from strategy.turning import Turning, turning_points


def turnings(board: Board, run: Run) -> tuple[Turning, ...]:
    """Return where net benefit and each goal turn, worked out once a run."""
    return worked_out("turning", run, lambda progress: turning_points(board, run, progress))


def break_even_table(found: tuple[Turning, ...], currency: str) -> pd.DataFrame:
    """Return one row an input with the values at which one outcome turns."""
    return pd.DataFrame(
        {
            "Input": [each.label for each in found],
            "Turns at": [turning_words(each, currency) for each in found],
            "Likely": [likely_words(each, currency) for each in found],
            "Range searched": [range_words(each, currency) for each in found],
        }
    )


def break_even_lines(found: tuple[Turning, ...], currency: str) -> None:
    """Draw one outcome's values as a short list under its question."""
    lines = [f"- {plain(said)}" for said in brief_words(found, currency)]
    st.markdown("\n".join([f"**{plain(question(found[0]))}**", "", *lines]))


@st.fragment
def break_even_popover(board: Board, run: Run, *, goals: bool, key: str) -> None:
    """Draw a button; opened, it says where net benefit, or each goal's chance, turns."""
    with st.popover(
        "Break-even values",
        icon=":material/balance:",
        type="tertiary",
        on_change="rerun",
        key=f"{key}_{run.id}",
    ) as opened:
        if not opened.open:
            return
        found = turnings(board, run)
        chosen = [each for each in found if (each.outcome.goal is not None) == goals]
        for outcome in dict.fromkeys(each.outcome for each in chosen):
            rows = tuple(each for each in chosen if each.outcome == outcome)
            break_even_lines(rows, board.plan.currency)
        st.caption(
            "One input at a time, the same in every future, all else as drawn. "
            "What drives it, under Assumptions, shows the ranges."
        )
