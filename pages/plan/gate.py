"""The software gate in a tactic's dialog: what is missing, and what skipping it costs."""

import streamlit as st

import session
from components.numbers import chance, format_range, money
from pages.frame.text import plain
from strategy.gating import Skipping, cost_of_skipping
from strategy.model import Board, Run, Tactic
from strategy.readiness import missing_ticks


def gate(board: Board, run: Run | None, tactic: Tactic | None) -> None:
    """Say what a tool still needs, as kept, and what it costs in the model to go without."""
    missing = missing_ticks(tactic) if tactic else ()
    if tactic is None or not missing:
        return
    st.markdown(f"**Requirements {4 - len(missing)} of 4**")
    st.caption(plain(f"It is ready when {', and when '.join(missing)}."))
    if run is None or tactic.lane == "ideas":
        return
    found = session.once(
        ("skipping", run.id, tactic.id, str(tactic.version)),
        lambda: cost_of_skipping(board, run, tactic),
    )
    if found is not None:
        st.info(plain(skipping_words(found, board)), icon=":material/rule:")


def skipping_words(found: Skipping, board: Board) -> str:
    """Return what the missing requirements cost in the model, with its range."""
    currency, net = board.plan.currency, found.net
    span = format_range(net["p10"], net["p90"], "money", currency)
    change = format_range(-net["p90"], -net["p10"], "money", currency)
    said = (
        f"In the model, going ahead without them costs {money(net['p50'], currency)} of net "
        f"benefit over {board.plan.months} months (80% range {span})"
        if net["p50"] > 0
        else f"In the model, going ahead without them changes net benefit by {change} (80% range)"
    )
    if found.chance is None or found.chance_prepared is None:
        return f"{said}."
    return (
        f"{said}; its goal is hit in {chance(found.chance)} of futures instead of "
        f"{chance(found.chance_prepared)}."
    )
