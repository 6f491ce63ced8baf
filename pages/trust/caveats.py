"""What to doubt, and what to do about it."""

import streamlit as st

from pages.frame.text import plain

CAVEATS = (
    (
        "Selling time is defined in many ways.",
        "Published shares of the week spent selling run from 11% to 46%, mostly because they "
        "count different things. None of them measures your team.",
        "Ask reps for a log of two ordinary weeks and enter it under Simulate, Week today.",
    ),
    (
        "The effect of selling time comes from elsewhere.",
        "The elasticity rests on studies of many firms, a good part of them in pharmaceuticals, "
        "and mostly of larger or smaller sales forces. A few freed minutes of the reps you have "
        "may bring less.",
        "Lower the range of “New opportunities from more selling time” and see whether the plan "
        "still pays. Roll a tool out team by team to measure it.",
    ),
    (
        "Fit, leak and what strategy earns are judgement.",
        "No usable figures exist for them, so their ranges are wide and they carry much of the "
        "answer.",
        "Before you decide, find the value at which the plan stops paying, and ask whether you "
        "would bet on the better side of it. After go-live, measure hours left on the task.",
    ),
    (
        "Prices are list prices.",
        "The library's prices were read from vendors' pages in 2026. What is paid after "
        "negotiation differs by tens of per cent.",
        "Replace seat price and one-off cost of each tactic by your own quotes.",
    ),
    (
        "The horizon cuts off what comes late.",
        "Revenue recognised after the last month is not counted, and account work and coaching "
        "pay slowly. Twelve months favour selling time, three years and more favour strategy, "
        "by construction.",
        "Run the plan over both horizons before you choose between them.",
    ),
)


def caveats() -> None:
    """Draw each caveat with what to do about it."""
    for number, (heading, why, advice) in enumerate(CAVEATS, start=1):
        with st.container(border=True):
            st.markdown(f"**{number}\\. {plain(heading)}**")
            st.text(why)
            st.markdown(f"**What to do:** {plain(advice)}")
