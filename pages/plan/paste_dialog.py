"""The dialog that adds many tactics from a pasted list, with what was understood of each line."""

import pandas as pd
import streamlit as st

import session
from components.numbers import money
from pages.frame.dialog import dialog
from pages.frame.saving import show_dialog_error
from pages.frame.text import plain
from strategy.errors import PlanError
from strategy.model import Board
from strategy.pasting import PastedLine, add_pasted, read_lines

EXAMPLE = "Territory map refresh, $12k, 30 days\nDeal desk, 20 days\nCall notes, $40 a seat a month"


@dialog("Paste tactics", width="large")
def paste_dialog(board: Board) -> None:
    """Ask for a list, show what was understood, and add the good lines in one change."""
    st.caption(
        "One tactic a line, with its cost and days if you know them; rows of a spreadsheet work "
        "too. They wait under no goal until you drag them to the goal they serve."
    )
    text = st.text_area(
        "What you already do or plan to do",
        height=180,
        placeholder=EXAMPLE,
        key=session.dialog_key("pasted"),
        max_chars=50_000,
    )
    show_dialog_error()
    try:
        lines = read_lines(text or "")
    except PlanError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    good = [line for line in lines if not line.problem]
    if lines:
        _preview(lines, good, board.plan.currency)
    count = f"{len(good)} tactic{'' if len(good) == 1 else 's'}"
    if st.button(
        f"Add {count}" if good else "Add tactics",
        type="primary",
        disabled=not good,
        key=session.dialog_key("add"),
    ):
        _add(board, lines, count)


def _preview(lines: tuple[PastedLine, ...], good: list[PastedLine], currency: str) -> None:
    for line in lines:
        if line.problem:
            st.warning(
                plain(f"Line {line.number} is left out: “{line.text[:80]}”. {line.problem}"),
                icon=":material/info:",
            )
    if good:
        st.dataframe(understood(good, currency), hide_index=True, width="stretch")


def understood(lines: list[PastedLine], currency: str) -> pd.DataFrame:
    """Return what was read of each line, as text; an amount that is not there is left empty."""
    return pd.DataFrame(
        {
            "Tactic": [line.title for line in lines],
            "One-off": [_amount(line.one_off, currency) for line in lines],
            "A month": [_amount(line.fixed_monthly, currency) for line in lines],
            "A seat and month": [_amount(line.seat_price, currency) for line in lines],
            "Person-days a year": [
                f"{line.effort_days:g}" if line.effort_days else "" for line in lines
            ],
        }
    )


def _amount(value: float, currency: str) -> str:
    return money(value, currency) if value else ""


def _add(board: Board, lines: tuple[PastedLine, ...], count: str) -> None:
    try:
        add_pasted(session.store(), board.plan.id, session.actor(), lines)
    except PlanError as error:
        st.session_state["dialog_error"] = str(error)
        session.redraw_dialog()
    session.close_dialog()
    session.say("done", f"Added {count} under no goal. Undo takes them back.")
    st.rerun()
