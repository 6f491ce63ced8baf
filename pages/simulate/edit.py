"""The levers of a scenario; every change is kept when it is made."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

import session
from pages.frame.text import plain
from pages.simulate.fields import (
    assumption_fields,
    destination_fields,
    shift_fields,
    week_fields,
)
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.projection import engine_inputs, inputs_hash, live_tactics


def show_levers(board: Board, scenario: Scenario) -> None:
    """Draw what can be changed in a scenario, in groups."""
    levers = Levers.from_json(scenario.overrides)
    inputs = engine_inputs(board, levers)
    save = _saver(board, scenario)
    hours, freed, week, assumptions, tactics = st.tabs(
        ["Hours shifted", "Freed hours", "Week today", "Assumptions", "Tactics"],
        key="lever_tabs",
    )
    with hours:
        shown = {"shifts": levers.to_json().get("shifts"), "terms": vars(levers.shift_terms)}
        shift_fields(board, levers, inputs, _prefix(scenario, shown), save)
    with freed:
        shown = {name: inputs[name] for name in ("destinations", "plan_quality")}
        destination_fields(levers, inputs, _prefix(scenario, shown), save)
    with week:
        week_fields(board, levers, inputs, _prefix(scenario, inputs["week"]), save)
    with assumptions:
        assumption_fields(board, levers, _prefix(scenario, inputs["assumptions"]), save)
    with tactics:
        _tactics(board, levers, _prefix(scenario, {}), save)


Save = Callable[[Levers], None]


def _prefix(scenario: Scenario, shown: Mapping[str, Any]) -> str:
    """Return the start of a form's widget keys.

    It changes with what the form shows, so that a stale field never overwrites a newer value,
    and with nothing else, so that typing survives changes made elsewhere.
    """
    return f"{scenario.id}_{inputs_hash(shown)[:8]}"


def _saver(board: Board, scenario: Scenario) -> Save:
    """Return a function that keeps changed levers; conflicts are refused, nothing is lost."""
    base = commands.fields_of(scenario)

    def save(levers: Levers) -> None:
        session.attempt(
            lambda: commands.edit_scenario(
                session.store(),
                board.plan.id,
                session.actor(),
                scenario.id,
                base,
                {"overrides": levers.to_json()},
            )
        )

    return save


def _tactics(board: Board, levers: Levers, prefix: str, save: Save) -> None:
    st.caption("Leave a tactic of the board out of this scenario to see what it is worth.")
    for tactic in live_tactics(board.tactics):
        key = f"{prefix}_with_{tactic.id}_{tactic.id in levers.without}"
        st.checkbox(
            plain(tactic.title),
            tactic.id not in levers.without,
            key=key,
            on_change=_toggle,
            args=(key, tactic.id, levers, save),
        )


def _toggle(key: str, tactic_id: str, levers: Levers, save: Save) -> None:
    left = set(levers.without) - {tactic_id}
    if not st.session_state.get(key):
        left.add(tactic_id)
    save(replace(levers, without=tuple(sorted(left))))


def show_seed(board: Board, run: Run | None) -> None:
    """Draw the plan's seed, and which run is shown."""
    with st.expander("Seed"):
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
