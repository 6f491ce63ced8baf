"""The further charts of a scenario, each worked out when somebody opens it."""

from collections.abc import Callable

import streamlit as st

from pages.frame.net_waterfall import show_net
from pages.simulate.adoption import adoption_part
from pages.simulate.ceiling import ceiling_part
from pages.simulate.ledger import ledger_part
from strategy.model import Board, Run


def _net_part(board: Board, run: Run) -> None:
    show_net(board.plan, run)


PARTS: dict[str, tuple[str, str, Callable[[Board, Run], None]]] = {
    "ledger": (
        "Freed hours, from promise to use",
        ":material/balance:",
        ledger_part,
    ),
    "net": (
        "Where the net benefit comes from",
        ":material/waterfall_chart:",
        _net_part,
    ),
    "ceiling": (
        "Selling hours and the buyer ceiling",
        ":material/vertical_align_top:",
        ceiling_part,
    ),
    "adoption": (
        "Adoption and seats nobody uses",
        ":material/event_seat:",
        adoption_part,
    ),
}


def further_charts(board: Board, run: Run) -> None:
    """Draw a closed part for each further chart, and what is in those that are open."""
    for key, (label, icon, draw) in PARTS.items():
        part = st.expander(label, icon=icon, key=f"part_{key}", on_change="rerun")
        if part.open:
            with part:
                draw(board, run)
