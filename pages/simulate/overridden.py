"""What this scenario changes against the plan, each with a reset; cases from its ranges."""

import streamlit as st

import session
from pages.frame.text import plain
from pages.frame.working import worked_out
from strategy.cases import ends, make_cases
from strategy.model import Board, Run, Scenario
from strategy.overrides import overrides_of, reset_override


def overridden(board: Board, scenario: Scenario, run: Run | None) -> None:
    """Draw the scenario's overrides; everything else follows the plan."""
    found = overrides_of(scenario, board)
    count = f"{len(found)} value{'' if len(found) == 1 else 's'}"
    with st.container(border=True, key="overridden"):
        st.markdown(f"**Changed against the plan: {count if found else 'nothing'}**")
        if not found:
            st.caption("The plan as it stands on the board; what you change here is marked here.")
        for each in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(f"{each.what}: {each.base} → {each.value}"), width="stretch")
                st.button(
                    "Reset",
                    key=f"reset_{scenario.id}_{each.key}",
                    help=plain(f"{each.what} follows the plan again"),
                    on_click=_reset,
                    args=(board.plan.id, scenario.id, each.key),
                )
        if run is not None and st.button(
            "Make an optimistic and a pessimistic case",
            key="make_cases",
            icon=":material/unfold_more:",
            help="Two scenarios with every range at its good or at its bad end: corners, not "
            "forecasts. Takes a few seconds.",
        ):
            _cases(board, scenario, run)


def _reset(plan_id: str, scenario_id: str, key: str) -> None:
    session.attempt(
        lambda: reset_override(session.store(), plan_id, session.actor(), scenario_id, key),
        "It follows the plan again. Undo takes that back.",
    )


def _cases(board: Board, scenario: Scenario, run: Run) -> None:
    found = worked_out("ends", run, lambda progress: ends(board, run, progress))
    made = session.attempt(
        lambda: make_cases(session.store(), board, session.actor(), scenario, found)
    )
    if made is not None:
        letters = " and ".join(each.letter for each in made)
        session.say("done", f"Saved as scenarios {letters}. Compare sets them side by side.")
    st.rerun()
