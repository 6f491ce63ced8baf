"""Which of the plan's tactics are worth their money?"""

import streamlit as st

import session
from pages.frame.bar import show_messages
from pages.frame.opening import about_plan
from pages.frame.text import plain
from pages.mix.question import Asked, ask
from pages.mix.result import headline, show_result
from strategy.errors import PlanError
from strategy.model import Board, Run, Scenario
from strategy.projection import live_tactics
from strategy.searching import Question, known_search, search_plan

SHOWN = "mix_shown"  # in the browser's session: the question whose answer is shown
BEFORE = (
    "Say what to search for, and press Search. Every choice of the plan’s tactics is a mix; "
    "each is played on the same futures."
)
OUTGROWN = "The plan has changed since this was searched. Press Search to look again."


def mix_page() -> None:
    """Draw the search for the best mix of the plan's tactics."""
    about_plan(_drawn, missing="There is no plan to search yet.")


def _drawn(board: Board) -> None:
    if live_tactics(board.tactics):
        _searching(board, session.store().scenarios(board.plan.id))
    else:
        st.title("There is no tactic to choose from yet.")
        st.text("Open Plan and add tactics, each with what it costs and what it changes.")


def _searching(board: Board, scenarios: tuple[Scenario, ...]) -> None:
    title = st.empty()
    title.title("Which mix of tactics is best for the money?")
    note = st.empty()
    note.caption(BEFORE)
    if (asked := ask(board, scenarios)) is not None:
        session.start_search(asked)
    _search(board, scenarios)
    shown = st.session_state.get(SHOWN)
    if not isinstance(shown, Asked) or shown.plan_id != board.plan.id:
        shown = Asked(board.plan.id, None, Question())
    scenario = _scenario(scenarios, shown)
    run = _known(board, scenario, shown)
    if run is None:
        if st.session_state.get(SHOWN) == shown:
            note.caption(OUTGROWN)
        return
    title.title(plain(headline(board, run)))
    show_result(board, scenarios, scenario, run, note)


def _scenario(scenarios: tuple[Scenario, ...], asked: Asked) -> Scenario | None:
    return next((each for each in scenarios if each.id == asked.scenario_id), None)


def _known(board: Board, scenario: Scenario | None, asked: Asked) -> Run | None:
    """Return the kept answer; a question that the plan outgrew has none."""
    try:
        return known_search(session.store(), board, scenario, asked.question)
    except PlanError:
        return None


def _search(board: Board, scenarios: tuple[Scenario, ...]) -> None:
    """Search what was asked, if anything is, with the share done and a way to stop.

    Any press draws the page anew, which ends the run of this script inside `progress`; nothing
    is kept then. What is still asked is taken up again: Stop and leaving the page ask no more.
    """
    asked = session.asked_search()
    if not isinstance(asked, Asked) or asked.plan_id != board.plan.id:
        return
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=_progress_words(0.0))
        st.button(
            "Stop searching", icon=":material/stop:", on_click=session.stop_search, key="mix_stop"
        )
    run = session.attempt(
        lambda: search_plan(
            session.store(),
            board,
            _scenario(scenarios, asked),
            asked.question,
            progress=lambda done: _tell(bar, done),
        )
    )
    session.stop_search()
    place.empty()
    if run is None:
        show_messages()
    else:
        st.session_state[SHOWN] = asked


def _tell(bar: st.delta_generator.DeltaGenerator, done: float) -> None:
    bar.progress(min(done, 1.0), text=_progress_words(done))


def _progress_words(done: float) -> str:
    return f"Searching: {done:.0%} done. Leaving this page ends it."
