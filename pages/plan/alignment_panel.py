"""The alignment panel: what does not fit on the board, in currency, with one click to mend it."""

import pandas as pd
import streamlit as st

from components.numbers import typed_cost
from pages.frame.chart import heading_row
from pages.frame.text import plain
from pages.plan.alignment_words import HEADINGS, panel_summary, reason
from pages.plan.mending import mend_buttons, park_all_button
from pages.plan.misalignment import misalignment_section
from strategy.findings import Finding, Line, Part, findings, parts
from strategy.model import Board, Run

KEY = "alignment_panel"
FIRST = 6


def alignment_panel(board: Board, run: Run | None) -> None:
    """Draw the panel under the board; its lists are drawn when it is open."""
    found = findings(board)
    st.markdown(f"**Alignment** :small[{plain(panel_summary(found, board.plan.currency))}]")
    # A constant label: an expander whose label changes closes.
    with st.expander(
        "What does not fit, and what mends it",
        icon=":material/balance:",
        key=KEY,
        on_change="rerun",
    ) as panel:
        if not panel.open:
            return
        if not found:
            st.caption(
                "Every goal has a tactic, every tactic a goal, and none does another's work."
            )
        for each in found:
            _finding(board, each)
        _parts(board)
        if run is not None:
            misalignment_section(board, run)


def _finding(board: Board, found: Finding) -> None:
    currency = board.plan.currency
    with st.container(border=True, key=f"finding_{found.kind.replace(' ', '_')}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(HEADINGS[found.kind])}**")
            st.space("stretch")
            if found.kind == "unaligned":
                park_all_button(board)
        st.caption(plain(reason(found, currency)))
        for line in found.lines[:FIRST]:
            _line(board, found, line)
        if rest := found.lines[FIRST:]:
            with st.expander(f"The next {len(rest)}"):
                for line in rest:
                    _line(board, found, line)


def _line(board: Board, found: Finding, line: Line) -> None:
    """Draw what is wrong at the left, what it costs, and the buttons that mend it."""
    name, sums, mends = st.columns([5, 2, 4], vertical_alignment="center")
    with name.container(gap="xxsmall"):
        st.markdown(plain(line.title))
        st.caption(plain(line.note))
    if line.money or line.days:
        cost = typed_cost(line.money, board.plan.currency)
        sums.markdown(plain(f"{cost} · {line.days:g} days"))
    with mends:
        mend_buttons(board, line.subject, line.mends, f"{found.kind} {line.subject} {line.note}")


def _parts(board: Board) -> None:
    """Draw money and effort goal by goal and of no goal."""
    rows = parts(board)
    with st.container(border=True):
        heading_row(
            "Money and person-days, by goal and by none",
            lambda: parts_table(rows, board.plan.currency),
            key="alignment_parts",
        )
        st.caption("Cost of the first 12 months as typed, effort a year; shared tactics by share.")
        with st.container(key="alignment_sums"):
            for each in rows:
                name, count, days, money = st.columns([5, 2, 2, 2])
                name.markdown(plain(each.title))
                count.markdown(f"{each.tactics} tactic{'' if each.tactics == 1 else 's'}")
                days.markdown(f"{each.days:,.0f} days")
                money.markdown(plain(typed_cost(each.money, board.plan.currency)))


def parts_table(rows: tuple[Part, ...], currency: str) -> pd.DataFrame:
    """Return a row a goal, and one for no goal."""
    return pd.DataFrame(
        {
            "Goal": [each.title for each in rows],
            "Tactics": [each.tactics for each in rows],
            "Person-days a year": [each.days for each in rows],
            f"Cost, first 12 months ({currency})": [each.money for each in rows],
        }
    )
