"""At which value of an input net benefit is zero, or a goal is a coin toss."""

import streamlit as st

from pages.drivers.rows import line
from pages.drivers.studied import studied_words
from pages.frame.break_even import break_even_table, turnings
from pages.frame.chart import heading_row
from reports.break_even import likely_words, question, range_words, turning_words
from reports.wording import capitalised
from strategy.model import Board, Run
from strategy.studying import MOST_DRAWS
from strategy.turning import Turning


def break_even_values(board: Board, run: Run, goal: str | None) -> None:
    """Draw the break-even values of every outcome, the chosen one first."""
    found = turnings(board, run)
    outcomes = dict.fromkeys(each.outcome for each in found)
    st.caption(
        "One input at a time is set to the same value in every future, all else as drawn. Net "
        "benefit turns where it is zero in the middle future, a goal where it is met in half of "
        f"the futures. Nothing outside the range is searched. {studied_words(run, MOST_DRAWS)}"
    )
    for outcome in sorted(outcomes, key=lambda each: each.goal != goal):
        rows = tuple(each for each in found if each.outcome == outcome)
        with st.container(border=True):
            _outcome(rows, board.plan.currency, f"break_even_{outcome.goal or 'net'}")


def _outcome(rows: tuple[Turning, ...], currency: str, key: str) -> None:
    table = break_even_table(rows, currency)
    heading_row(question(rows[0]), lambda: table, key=key)
    for each in rows:
        line(
            each.label,
            f"{likely_words(each, currency)}, searched {range_words(each, currency)}",
            capitalised(turning_words(each, currency)),
        )
