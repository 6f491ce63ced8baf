"""What drives it?"""

import streamlit as st

import session
from components.numbers import futures, money
from pages.drivers.contributions import contributions
from pages.drivers.deciding import deciders
from pages.drivers.limits import limits
from pages.drivers.stray import strays
from pages.drivers.turning import break_even_values
from pages.frame.assumption_dialog import show_assumption_dialog
from pages.frame.bar import context_row, show_messages
from pages.frame.opening import current_board
from pages.frame.plan_dialog import show_plan_dialog
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from reports.wording import horizon
from strategy.model import Board, Run, Scenario

NET = "net benefit"
TABS = (
    "What decides it",
    "Break-even values",
    "What each tactic adds",
    "Cost of misalignment",
    "What limits the plan",
)


def drivers_page() -> None:
    """Draw what drives the outcome of the plan on the board, or of the chosen scenario."""
    board = current_board()
    if board is None:
        return
    scenario = session.current_scenario(session.store().scenarios(board.plan.id))
    context_row(board, note=_of(scenario))
    show_messages()
    with st.spinner("Simulating…", show_time=True):
        run = session.run_of(board, scenario)
    if run is None:
        show_messages()
        st.title("This plan cannot be simulated yet.")
    elif not run.inputs["tactics"]:
        st.title("Nothing drives this plan yet: it has no tactic.")
        st.text("Open Plan and add a tactic to a goal. Ideas and left out tactics do not count.")
    else:
        _shown(board, run, scenario)
    show_assumption_dialog(board)
    show_plan_dialog(board)


def _of(scenario: Scenario | None) -> str:
    if scenario is None:
        return "The plan as it stands on the board"
    return plain(f"Scenario {scenario.letter} {scenario.name}")


def headline(board: Board, run: Run, goal: str | None) -> str:
    """Return the outcome that is explained, in a sentence."""
    if goal is None:
        worth = run.summary["finance"]["npv"]["p50"]
        shown = money(worth, board.plan.currency)
        return f"Net benefit, discounted, is {shown} in the middle future. Why?"
    row = next(each for each in run.summary["goals"] if each["id"] == goal)
    return f"{row['title']}: met in {futures(row['chance'])} futures. Why?"


def _shown(board: Board, run: Run, scenario: Scenario | None) -> None:
    goal = _choose(board, run)
    st.title(plain(headline(board, run, goal)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(caption_with_rules(plain(_basis(board, run, scenario))), width="content")
        if scenario is not None:
            st.button(
                "Explain the plan on the board",
                icon=":material/undo:",
                type="tertiary",
                on_click=session.choose_scenario,
                args=(None,),
            )
    tabs = st.tabs(TABS, key="drivers_tabs", on_change="rerun")
    decide, turn, add, stray, limit = tabs
    # Only the open tab is drawn: each takes seconds to work out the first time.
    if decide.open:
        with decide:
            deciders(board, run, scenario, goal)
    elif turn.open:
        with turn:
            break_even_values(board, run, goal)
    elif add.open:
        with add:
            contributions(board, run, scenario, goal)
    elif stray.open:
        with stray:
            strays(board, run)
    elif limit.open:
        with limit:
            limits(board, run)


def _choose(board: Board, run: Run) -> str | None:
    """Let people choose the outcome; None is net benefit."""
    names = {NET: "Net benefit"} | {row["id"]: row["title"] for row in run.summary["goals"]}
    chosen = st.segmented_control(
        "Outcome to explain",
        list(names),
        default=NET,
        required=True,
        format_func=lambda each: plain(names[each]),
        label_visibility="collapsed",
        key=f"drivers_outcome_{board.plan.id}",
    )
    if not run.summary["goals"]:
        st.caption("No goals yet. Add one on the Plan page to see what drives its chance.")
    return None if chosen in (None, NET) else chosen


def _basis(board: Board, run: Run, scenario: Scenario | None) -> str:
    what = "The plan on the board" if scenario is None else f"Scenario {scenario.letter}"
    undiscounted = money(run.summary["net"]["p50"], board.plan.currency)
    return (
        f"{what}, {run.draws:,} futures, seed {run.seed}, model {run.model_version}. Net benefit "
        f"is discounted to today and counted over {horizon(run.months)} against carrying on as "
        f"today; not discounted, as Simulate shows it, it is {undiscounted}."
    )
