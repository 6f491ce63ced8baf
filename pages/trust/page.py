"""How is it computed, and does it add up?"""

from collections.abc import Callable

import streamlit as st

import session
from pages.frame.bar import show_messages
from pages.frame.opening import about_plan
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from pages.trust.caveats import caveats
from pages.trust.checks import checks
from pages.trust.equations import equations
from pages.trust.month import worked_month
from pages.trust.runs import stored_runs
from reports.wording import capitalised, number_word, time_words
from strategy.evidence import Evidence, evidence
from strategy.model import Board, Run


def trust_page() -> None:
    """Draw what speaks for the numbers of the current plan, and what against."""
    about_plan(_drawn, note="The plan as it stands on the board")


def _drawn(board: Board) -> None:
    with st.spinner("Counting…", show_time=True):
        run = session.run_of(board)
        found = _found(board, run) if run else None
    if run is None or found is None:
        show_messages()
        st.title("This plan cannot be simulated yet.")
    else:
        _shown(board, run, found)


def _found(board: Board, run: Run) -> Evidence:
    return session.once(("evidence", run.id), lambda: evidence(board, run))


def headline(found: Evidence) -> str:
    """Return whether the run adds up, in a sentence."""
    if found.failed == 0:
        return f"This run adds up: all {found.count} checks hold."
    verb = "fails" if found.failed == 1 else "fail"
    number = capitalised(number_word(found.failed))
    return f"{number} of {found.count} checks {verb}: do not rely on this run."


def _shown(board: Board, run: Run, found: Evidence) -> None:
    st.title(plain(headline(found)))
    st.caption(
        caption_with_rules(
            f"Model {run.model_version}, {run.draws:,} futures, seed {run.seed}, run "
            f"{time_words(run.created_at)} in {run.elapsed_ms / 1000:.1f} s."
        )
    )
    groups: dict[str, Callable[[], None]] = {
        "One month by hand": lambda: worked_month(board, run, found),
        "Checks": lambda: checks(found, board.plan.currency),
        "Equations": equations,
        "What to doubt": caveats,
        "Stored runs": lambda: stored_runs(board),
    }
    tabs = st.tabs(list(groups), key="trust_tabs", on_change="rerun")
    for tab, (name, draw) in zip(tabs, groups.items(), strict=True):
        if session.was_open(f"trust {name}", is_open=bool(tab.open)):
            with tab:
                draw()
