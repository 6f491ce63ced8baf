"""The stored runs of a plan; those of an older model can be run again beside."""

import pandas as pd
import streamlit as st

import session
from components.numbers import chance, format_change, format_value
from pages.frame.text import plain
from reports.wording import time_words
from strategy.errors import PlanError
from strategy.model import Board, Run
from strategy.rerunning import Difference, differences, net_and_first_chance, run_again
from strategy.running import is_older_model

MOST = 30
BESIDE = "run_again"  # in the browser's session: plan, old run and new run that are shown


def stored_runs(board: Board) -> None:
    """Draw the newest runs, a button for each of an older model, and old beside new."""
    runs = session.store().runs_of_plan(board.plan.id, MOST)
    older = [run for run in runs if is_older_model(run.model_version)]
    _beside(board)
    table = runs_table(runs, board, scenario_names(board))
    count = len(runs)
    st.markdown(f"**The {f'{count} newest runs' if count > 1 else 'newest run'} of this plan**")
    st.dataframe(table, hide_index=True, height="content", key="stored_runs")
    if older:
        st.markdown("**Runs of an older model**")
        st.caption(
            "Their numbers stay as they were kept. Run again beside it takes exactly the same "
            "inputs, seed and futures through the present model and keeps the result as a run."
        )
    for run in older:
        _older(board, run)


def scenario_names(board: Board) -> dict[str | None, str]:
    """Return what a run's scenario is called; archived ones have no name any more."""
    names: dict[str | None, str] = {None: "The plan on the board"}
    for each in session.store().scenarios(board.plan.id):
        names[each.id] = f"{each.letter} {each.name}"
    return names


def runs_table(runs: tuple[Run, ...], board: Board, names: dict[str | None, str]) -> pd.DataFrame:
    """Return a row for each run, newest first."""
    found = [net_and_first_chance(run) for run in runs]
    currency = board.plan.currency
    return pd.DataFrame(
        {
            "When": [time_words(run.created_at) for run in runs],
            "Scenario": [names.get(run.scenario_id, "Archived scenario") for run in runs],
            "Model": [model_words(run.model_version) for run in runs],
            "Futures": [f"{run.draws:,}" for run in runs],
            "Net benefit, middle": [format_value(net, "money", currency) for net, _ in found],
            "First goal's chance": [chance(hit) for _, hit in found],
        }
    )


def model_words(version: str) -> str:
    """Return a version, marked in words if it is not the present model's."""
    return f"{version}, older model" if is_older_model(version) else version


def _older(board: Board, run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{time_words(run.created_at)}, model {plain(run.model_version)}, "
            f"{plain(scenario_names(board).get(run.scenario_id, 'Archived scenario'))}",
            width="content",
        )
        pressed = st.button(
            "Run again beside it", icon=":material/compare_arrows:", key=f"again_{run.id}"
        )
    if pressed:
        with st.spinner("Running…", show_time=True):
            _run_again(board, run)
        st.rerun()


def _run_again(board: Board, run: Run) -> None:
    try:
        old, new = run_again(session.store(), board.plan.id, run.id)
    except PlanError as error:
        session.say("error", str(error))
        return
    st.session_state[BESIDE] = (board.plan.id, old.id, new.id)


def _beside(board: Board) -> None:
    """Draw the run that was run again, old and new side by side."""
    plan_id, old_id, new_id = st.session_state.get(BESIDE, ("", "", ""))
    if plan_id != board.plan.id:
        return
    old, new = (session.store().run(plan_id, each) for each in (old_id, new_id))
    table = beside_table(differences(old, new), old, new, board.plan.currency)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**The same inputs in model {old.model_version} and {new.model_version}**")
            st.space("stretch")
            st.button("Done", key="again_done", on_click=_forget)
        st.caption(f"{new.draws:,} futures, seed {new.seed}. Both are kept as runs.")
        st.table(table.map(plain), hide_index=True)


def beside_table(rows: tuple[Difference, ...], old: Run, new: Run, currency: str) -> pd.DataFrame:
    """Return old, new and what the new model changes, a row a figure."""

    def shown(value: float | None, unit: str) -> str:
        return chance(value) if unit == "chance" else format_value(value, "money", currency)

    return pd.DataFrame(
        {
            "Figure": [
                row.label if row.unit == "money" else f"Chance: {row.label}" for row in rows
            ],
            f"Older, {old.model_version}": [shown(row.old, row.unit) for row in rows],
            f"Present, {new.model_version}": [shown(row.new, row.unit) for row in rows],
            "Difference": [
                format_change(row.change, "percent" if row.unit == "chance" else "money", currency)
                for row in rows
            ],
        }
    )


def _forget() -> None:
    st.session_state.pop(BESIDE, None)
