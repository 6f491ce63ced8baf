"""What each assumption does to the outcome a person chose, once it has been worked out."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import session
from pages.frame.working import worked_before, worked_out
from settings import settings
from strategy.deciding import Deciding, deciding
from strategy.knowing import MOST_KNOWN, narrower
from strategy.model import Board, Run, Scenario
from strategy.running import kept_run

ANALYSIS = "deciding"  # shared with the page that draws the same as one chart
KNOWING = "knowing"
NET = "net benefit"


@dataclass(frozen=True)
class Effects:
    """What is known now: `found` has an entry an outcome, None while it is not worked out.

    `narrower` is the share by which the range of net benefit would shrink if the first
    `MOST_KNOWN` were known.
    """

    scenario: Scenario | None
    found: tuple[Deciding, ...] | None
    narrower: float | None = None

    @property
    def of(self) -> str:
        """What the effects are counted on, in words."""
        return f"scenario {self.scenario.letter}" if self.scenario else "the plan on the board"

    @property
    def are_complete(self) -> bool:
        """Whether nothing is left to be worked out."""
        return self.found is not None and self.narrower is not None

    def on(self, outcome: str) -> Deciding | None:
        """Return the effects on net benefit or on a goal's chance, if they are known."""
        goal = None if outcome == NET else outcome
        return next((each for each in self.found or () if each.outcome.goal == goal), None)


def effects_now(board: Board) -> Effects:
    """Return the effects as far as they are known; nothing is worked out, so it takes no time."""
    scenario = session.current_scenario(session.store().scenarios(board.plan.id))
    run = run_kept(board, scenario)
    if run is None:
        return Effects(scenario, None)
    return Effects(scenario, worked_before(ANALYSIS, run), worked_before(KNOWING, run))


def run_kept(board: Board, scenario: Scenario | None) -> Run | None:
    """Return the run of the plan or scenario as it is now, if there is one already."""
    return kept_run(session.store(), board, scenario, draws=settings().draws)


def choose_outcome(board: Board, label: str, where: str) -> str:
    """Let people choose the outcome; return a goal's id, or `NET`."""
    names = {NET: "Net benefit"} | {goal.id: goal.title for goal in board.simulated_goals}
    return st.selectbox(
        label,
        list(names),
        format_func=lambda each: names[each],
        key=f"{where}_outcome_{board.plan.id}",
        persist_state="session",
        width=320,
    )


def work_out(board: Board, scenario: Scenario | None, place: DeltaGenerator) -> Effects | None:
    """Return the effects once they are worked out, with how far that is in `place`.

    None while a dialog is open, which should not wait for them, and where there is nothing to
    work out.
    """
    if session.dialog() is not None:
        return None
    run = session.run_of(board, scenario)
    if run is None or not run.inputs["tactics"]:
        return None
    found = worked_out(ANALYSIS, run, lambda progress: deciding(board, run, progress), place=place)
    net = next(each for each in found if each.outcome.goal is None)
    first = [each.assumption for each in net.assumptions[:MOST_KNOWN]]
    known = worked_out(KNOWING, run, lambda _: narrower(run, first), place=place)
    return Effects(scenario, found, known)
