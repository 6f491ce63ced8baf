"""If systems take these hours, where should the hours go?"""

from functools import cache

import streamlit as st

import session
from components.number_row import number_row
from components.outcome_bar import outcome_bar
from pages.frame.bar import context_row, show_messages
from pages.frame.break_even import break_even_popover
from pages.frame.plan_dialog import plan_dialog
from pages.frame.plan_files import import_dialog
from pages.frame.rules_note import caption_with_rules
from pages.frame.scenarios import scenario_chips
from pages.frame.text import plain
from pages.simulate.budget import budget_box
from pages.simulate.charts import projection
from pages.simulate.edit import show_levers, show_seed
from pages.simulate.fan import OutcomeChart
from pages.simulate.opened import further_charts
from pages.simulate.overridden import overridden
from pages.simulate.scenario_dialog import scenario_dialog
from pages.simulate.week import week_bar
from reports.big_numbers import bar_numbers, facts_of, scenario_numbers
from reports.headlines import linear_words, simulate_headline
from reports.wording import time_words
from strategy import commands
from strategy.model import Board, Run, Scenario
from strategy.running import Early


def simulate_page() -> None:
    """Draw the levers of a scenario and what becomes of it."""
    plan = session.current_plan()
    if plan is None:
        st.title("There is no plan to simulate yet.")
        st.text("Open Plan and write down a first goal.")
        return
    board = session.store().board(plan.id)
    scenarios = session.store().scenarios(plan.id)
    chosen = session.current_scenario(scenarios) or (scenarios[0] if scenarios else None)
    if chosen is None:
        _context(board, None)
        _no_scenario(plan.id)
    else:
        _scenario(board, scenarios, chosen)
    _dialogs(board, chosen)


def _context(board: Board, chosen: Scenario | None) -> None:
    context_row(
        board,
        primary="Save as scenario",
        icon=":material/add:",
        on_primary=lambda: session.open_dialog("scenario", chosen.id if chosen else None),
    )
    show_messages()


def _no_scenario(plan_id: str) -> None:
    st.title("Save a first scenario to simulate it.")
    st.caption("A scenario is what you change against the plan on the board. It may be nothing.")
    st.button(
        "Start with the plan as it is",
        icon=":material/play_arrow:",
        on_click=lambda: session.attempt(
            lambda: commands.add_scenario(
                session.store(), plan_id, session.actor(), "Plan as it is", {}
            )
        ),
    )


def _scenario(board: Board, scenarios: tuple[Scenario, ...], chosen: Scenario) -> None:
    above, head, top = st.container(), st.container(), st.container()

    @cache
    def draw_above() -> None:
        with above:
            _context(board, chosen)
            _choice(scenarios, chosen)

    left, right = st.columns([8, 5], gap="medium")
    with left:
        outcome = OutcomeChart(board)

    # What a lever does to the outcome comes before what stands above it.
    def glance(few: Run) -> None:
        outcome.glance(few)
        draw_above()

    def show(run: Run) -> None:
        draw_above()
        outcome.show(run)

    with head, st.spinner("Simulating…", show_time=True):
        run = session.run_of(board, chosen, early=Early(outcome.look, show, glance))
    draw_above()
    if run is not None:
        outcome.show(run)
        with head:
            _finding(board, chosen, run)
        with left:
            projection(board, run)
    else:
        with head:
            st.title("This scenario cannot be simulated yet.")
    spot = outcome.spot(chosen.id) if run else None
    with top:
        week_bar(board, chosen, run, spot)
    with right:
        show_levers(board, chosen, spot)
        budget_box(board, chosen, run)
        overridden(board, chosen, run)
        show_seed(board, run)
    if run is not None:
        with left:
            further_charts(board, run)


def _choice(scenarios: tuple[Scenario, ...], chosen: Scenario) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        scenario_chips(scenarios, chosen)
        st.button(
            "Rename or archive",
            icon=":material/edit:",
            type="tertiary",
            on_click=session.open_dialog,
            args=("rename", chosen.id),
        )


def _finding(board: Board, chosen: Scenario, run: Run) -> None:
    """Say on top what comes out, and which run says so."""
    st.title(plain(simulate_headline(run.summary, board.plan)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            caption_with_rules(
                f"{plain(linear_words(run.summary, board.plan.currency))}. "
                f"Scenario {chosen.letter}, {run.draws:,} futures, seed {run.seed}, model "
                f"{run.model_version}, run kept {time_words(run.created_at)} "
                f"({run.elapsed_ms / 1000:.1f} s). Ranges hold 80 of 100 futures."
            ),
            width="stretch",
        )
        if run.inputs["tactics"]:
            break_even_popover(board, run, goals=False, key="break_even_net")
    facts, palette = facts_of(board.plan), session.palette()
    row = number_row(scenario_numbers(facts, run.summary), palette)
    st.html(row + outcome_bar(bar_numbers(facts, run.summary), palette))


def _dialogs(board: Board, chosen: Scenario | None) -> None:
    opened = session.dialog()
    if opened is None:
        return
    name, about = opened
    if name == "plan":
        plan_dialog(board)
    elif name == "import":
        import_dialog()
    elif name in ("scenario", "rename"):
        scenario_dialog(board, chosen, is_new=name == "scenario")
