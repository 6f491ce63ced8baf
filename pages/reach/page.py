"""What would it take for a goal to have the chance you want?"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import session
from pages.frame.bar import show_messages
from pages.frame.opening import about_plan
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from pages.frame.working import worked_out
from pages.reach.question import Asked, ask
from pages.reach.result import show_result
from reports.reach_words import basis_words, reach_headline
from strategy.model import Board, Run, Scenario
from strategy.projection import live_tactics
from strategy.reaching import reaching
from strategy.studying import MOST_DRAWS

SHOWN = "reach_shown"  # in the browser's session: the question whose answer is shown
BEFORE = (
    "Choose a goal and the chance you want for it, and press Find out. Each lever of the plan on "
    "the board is then moved towards its end, on the same futures."
)
HIGHER = "Ask for a higher chance to see what that would take."


def reach_page() -> None:
    """Draw what it would take for a goal of the plan on the board to have a wanted chance."""
    about_plan(
        _drawn,
        missing="There is no plan to ask about yet.",
        note="The plan as it stands on the board",
    )


def _drawn(board: Board) -> None:
    if not board.simulated_goals:
        st.title("There is no goal to reach yet.")
        st.text("Open Plan and write down a first goal.")
    elif not live_tactics(board.tactics):
        st.title("There is no tactic to move yet.")
        st.text("Open Plan and add a tactic to a goal. Ideas do not count.")
    else:
        _asking(board, session.store().scenarios(board.plan.id))


def _asking(board: Board, scenarios: tuple[Scenario, ...]) -> None:
    title = st.empty()
    title.title("What would it take to reach a goal?")
    note = st.empty()
    note.caption(BEFORE)
    if (asked := ask(board)) is not None:
        st.session_state[SHOWN] = asked
    shown = st.session_state.get(SHOWN)
    goals = {goal.id for goal in board.simulated_goals}
    if not isinstance(shown, Asked) or shown.plan_id != board.plan.id or shown.goal not in goals:
        return
    with st.spinner("Simulating…", show_time=True):
        run = session.run_of(board)
    if run is None:
        show_messages()
        return
    _answer(board, scenarios, run, shown, title, note)


def _answer(
    board: Board,
    scenarios: tuple[Scenario, ...],
    run: Run,
    asked: Asked,
    title: DeltaGenerator,
    note: DeltaGenerator,
) -> None:
    found = worked_out(
        "reaching",
        run,
        lambda progress: reaching(run, asked.goal, asked.percent / 100, progress),
        asked.goal,
        str(asked.percent),
    )
    name = next(goal.title for goal in board.goals if goal.id == asked.goal)
    title.title(plain(reach_headline(found, name)))
    basis = basis_words(found, name, min(run.draws, MOST_DRAWS))
    note.caption(caption_with_rules(plain(basis)))
    if found.today >= found.wanted:
        st.text(HIGHER)
    else:
        show_result(board, scenarios, run, found)
