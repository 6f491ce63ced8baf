"""The row above the plan: which view, and which tactics are shown in it."""

import streamlit as st

from components.filter import FilterData, card_filter, heard, sent
from strategy.calendar import month_label
from strategy.filtering import KIND_NAMES, Filter, owners, read_filter, shown
from strategy.model import Board
from strategy.readiness import STATUS_NAMES

KEY = "card_filter"
VIEWS = ("Board", "Timeline", "Outline")


def view_and_filter(board: Board) -> tuple[str, Filter]:
    """Draw the switch between views and the filter; return what is chosen."""
    asked = read_filter(sent(KEY))
    with st.container(horizontal=True, vertical_alignment="center", key="view_row"):
        view = st.segmented_control(
            "View",
            VIEWS,
            default="Board",
            required=True,
            label_visibility="collapsed",
            key="view",
            bind="query-params",
        )
        card_filter(filter_data(board, asked), key=KEY)
    return str(view), asked


def filter_data(board: Board, asked: Filter) -> FilterData:
    """Return what can be chosen on this board, and what the filter leaves to be seen."""
    found, total = len(shown(asked, board)), len(board.tactics)
    starts = sorted({each.start for each in board.tactics})
    return {
        "memory": board.plan.id,
        "heard": heard(KEY),
        "owners": [{"value": each, "label": each} for each in owners(board.tactics)],
        "statuses": [{"value": key, "label": name} for key, name in STATUS_NAMES.items()],
        "kinds": [{"value": key, "label": name} for key, name in KIND_NAMES.items()],
        "starts": [
            {"value": month, "label": month_label(board.plan.start_month, month)}
            for month in starts
        ],
        "shown": "" if asked.asks_nothing else f"{found} of {total} tactics; sums count all",
    }
