"""The strategic test: which metric will move, from what to what?"""

from typing import Any

import streamlit as st

from pages.frame.editing import field_key


def strategic_test(base: dict[str, Any]) -> dict[str, Any]:
    """Ask for the answer in one row."""
    metric, start, end = st.columns([3, 1, 1])
    return {
        "test_metric": metric.text_input(
            "Which metric will move?",
            base["test_metric"],
            max_chars=120,
            placeholder="Days from request to quote",
            key=field_key("test_metric"),
            help="A tactic that serves a goal moves something you can measure. "
            "Without an answer a new card waits under no goal.",
        ),
        "test_from": start.number_input(
            "From", value=base["test_from"], format="%g", key=field_key("test_from")
        ),
        "test_to": end.number_input(
            "To", value=base["test_to"], format="%g", key=field_key("test_to")
        ),
    }
