"""Do the five claims of the thesis hold on this plan?"""

import streamlit as st

import session
from pages.frame.bar import show_messages
from pages.frame.opening import about_plan
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from pages.frame.working import worked_out
from pages.thesis.claim import claim
from reports.thesis_words import headline, next_hour_headline, next_hour_words
from strategy.model import Board, Run
from strategy.studying import MOST_DRAWS
from strategy.testing_theses import NextHour, claims_of


def thesis_page() -> None:
    """Draw each claim with its verdict on the plan as it stands on the board."""
    about_plan(_drawn, note="The plan as it stands on the board")


def _drawn(board: Board) -> None:
    with st.spinner("Simulating…", show_time=True):
        run = session.run_of(board)
    if run is None:
        show_messages()
        st.title("This plan cannot be simulated yet.")
    elif not run.inputs["tactics"]:
        st.title("Nothing to test yet: this plan has no tactic.")
        st.text("Open Plan and add a tactic to a goal. Ideas and left out tactics do not count.")
    else:
        _shown(board, run)


def _shown(board: Board, run: Run) -> None:
    found = worked_out("theses", run, lambda progress: claims_of(run, progress))
    st.title(plain(headline([each.thesis for each in found.claims])))
    st.caption(caption_with_rules(_basis(run)))
    for each in found.claims:
        claim(each, board.plan.currency)
    _next_hour(found.next_hour)


def _next_hour(found: NextHour) -> None:
    with st.container(border=True):
        st.subheader(plain(next_hour_headline(found)), anchor=False)
        st.markdown(plain(next_hour_words(found)))
        st.caption(
            "In the long run and without leaks, from this plan’s week and assumptions; its "
            "tactics do not enter. Account work fills slowly, so that a short horizon favours "
            "selling."
        )


def _basis(run: Run) -> str:
    count = min(run.draws, MOST_DRAWS)
    return (
        f"Five claims about sales operations, each tested on {count:,} futures of the run, seed "
        f"{run.seed}, model {run.model_version}. The page takes no side: every claim can fail, and "
        "no clear difference is an answer. Net benefit is discounted to today."
    )
