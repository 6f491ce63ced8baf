"""The levers of a scenario, in groups; every change is kept when it is made."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

import session
from components.look import LookSpot
from pages.simulate.fields import (
    Save,
    assumption_fields,
    week_fields,
)
from pages.simulate.freed_fields import destination_fields
from pages.simulate.market import market_fields, market_of
from pages.simulate.shifts import shift_fields
from pages.simulate.tactics import tactic_fields
from pages.simulate.team import team_fields, team_of
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.projection import engine_inputs, inputs_hash


def show_levers(board: Board, scenario: Scenario, spot: LookSpot | None) -> None:
    """Draw what can be changed in a scenario, in groups; a group is drawn once it was opened.

    `spot` is where tables of levers show at once what they would do.
    """
    levers = Levers.from_json(scenario.overrides)
    inputs = engine_inputs(board, levers)
    save = saver(board, scenario)
    groups: dict[str, Callable[[], None]] = {
        "Hours shifted": lambda: shift_fields(board, levers, inputs, scenario.id, save, spot),
        "Freed hours": lambda: destination_fields(
            levers,
            inputs,
            _prefix(scenario, {name: inputs[name] for name in ("destinations", "plan_quality")}),
            save,
        ),
        "Week today": lambda: week_fields(
            board, levers, inputs, _prefix(scenario, inputs["week"]), save
        ),
        "Assumptions": lambda: assumption_fields(
            board, levers, _prefix(scenario, inputs["assumptions"]), save
        ),
        "Market": lambda: market_fields(
            board, levers, _prefix(scenario, market_of(board, levers)), save
        ),
        "Team": lambda: team_fields(board, levers, _prefix(scenario, team_of(board, levers)), save),
        "Tactics": lambda: tactic_fields(board, levers, scenario.id, save, spot),
    }
    tabs = st.tabs(list(groups), key="levers", bind="query-params")
    for tab, (name, draw) in zip(tabs, groups.items(), strict=True):
        if session.was_open(f"{scenario.id} {name}", is_open=bool(tab.open)):
            with tab:
                draw()


def _prefix(scenario: Scenario, shown: Mapping[str, Any]) -> str:
    """Return the start of a form's widget keys.

    It changes with what the form shows, so that a stale field never overwrites a newer value,
    and with nothing else, so that typing survives changes made elsewhere.
    """
    return f"{scenario.id}_{inputs_hash(shown)[:8]}"


def saver(board: Board, scenario: Scenario) -> Save:
    """Return a function that keeps changed levers; conflicts are refused, nothing is lost.

    A change starts from what this page drew or kept last: a second one may come before the
    page is drawn with the first.
    """
    last = f"levers_of_{scenario.id}"
    st.session_state[last] = commands.fields_of(scenario)

    def save(change: Callable[[Levers], Levers]) -> bool:
        base = st.session_state[last]
        before = Levers.from_json(base["overrides"])
        wanted = change(before)
        if wanted.to_json() == before.to_json():
            return True
        kept = session.attempt(
            lambda: commands.edit_scenario(
                session.store(),
                board.plan.id,
                session.actor(),
                scenario.id,
                base,
                {"overrides": wanted.to_json()},
            )
        )
        if kept is None:
            return False
        st.session_state[last] = commands.fields_of(kept)
        return True

    return save


def show_seed(board: Board, run: Run | None) -> None:
    """Draw a closed part for the plan's seed and which run is shown; what is in it if open."""
    part = st.expander("Seed", key="part_seed", on_change="rerun")
    if not part.open:
        return
    with part:
        st.caption(
            "All scenarios of a plan meet the same futures. The same seed gives the same numbers."
        )
        key = f"seed_{board.plan.version}"
        st.number_input(
            "Seed of this plan",
            value=board.plan.seed,
            step=1,
            key=key,
            on_change=_reseed,
            args=(board, key),
        )
        if run is not None:
            st.text(f"Run {run.id}, {run.draws:,} futures of {run.months} months.")


def _reseed(board: Board, key: str) -> None:
    wanted: Any = st.session_state.get(key)
    if isinstance(wanted, int):
        session.attempt(
            lambda: commands.edit_plan(
                session.store(),
                board.plan.id,
                session.actor(),
                commands.fields_of(board.plan),
                {"seed": wanted},
            )
        )
