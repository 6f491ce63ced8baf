"""One claim: its verdict, what was found, what would refute it and what stands behind it."""

import pandas as pd
import streamlit as st

from pages.frame.chart import heading_row
from pages.frame.text import plain
from reports.thesis_sources import SOURCES
from reports.thesis_words import (
    ICONS,
    carrier_words,
    figure_text,
    found_words,
    range_text,
    refuted_words,
    verdict_words,
)
from simulation.thesis import Figure
from strategy.testing_theses import Claim


def claim(tested: Claim, currency: str) -> None:
    """Draw a claim in a box of its own."""
    thesis, sources = tested.thesis, SOURCES[tested.thesis.number]
    with st.container(border=True):
        st.subheader(plain(f"{thesis.number}. {thesis.claim}"), anchor=False)
        st.markdown(f"{ICONS[thesis.verdict]} **{plain(verdict_words(thesis.verdict))}**")
        st.markdown(plain(found_words(tested, currency)))
        if tested.figures:
            _figures(tested, currency)
        # Side by side, since a line as wide as the window is hard to read.
        left, right = st.columns(2, gap="large")
        with left:
            _note("Would be refuted if", f"{_lowered(thesis.refuted_if)} {refuted_words(thesis)}")
            _note("Carried by", carrier_words(tested.carriers, currency))
        with right:
            _note("Speaks for it", sources.speaks_for)
            _note("Speaks against it", sources.speaks_against)


def _figures(tested: Claim, currency: str) -> None:
    table = figures_table(list(tested.figures.values()), currency)
    with st.expander("Figures, and how it was tested"):
        st.markdown(plain(tested.thesis.run))
        st.markdown(plain(f"Rule: {tested.thesis.rule}"))
        st.table(table.set_index("Figure"))
        heading_row("", lambda: table, key=f"claim_{tested.thesis.number}")


def figures_table(figures: list[Figure], currency: str) -> pd.DataFrame:
    """Return a row a figure with its unit and, where it differs by future, the 80% range."""
    return pd.DataFrame(
        {
            "Figure": [each.label for each in figures],
            "Found": [figure_text(each, currency) for each in figures],
            "80% of futures": [range_text(each, currency) for each in figures],
        }
    )


def _note(name: str, words: str) -> None:
    st.caption(f"**{name}:** {plain(words.strip())}")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
