"""Which scenario, how sure, and why?"""

import streamlit as st

import session
from components.numbers import (
    format_value,
)
from pages.compare.best_mix import best_mix
from pages.compare.curves import curves, overlay
from pages.compare.differences import differences
from pages.compare.side_by_side import side_by_side
from pages.frame.bar import show_messages
from pages.frame.net_waterfall import show_net_difference
from pages.frame.opening import about_plan
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from reports.headlines import compare_headline
from strategy.comparison import ComparedOutcome, compare
from strategy.errors import PlanError
from strategy.model import Board, Run, Scenario

MOST = 4


def compare_page() -> None:
    """Draw two to four scenarios on the same futures."""
    about_plan(_drawn, missing="There is no plan to compare yet.")


def _drawn(board: Board) -> None:
    scenarios = session.store().scenarios(board.plan.id)
    if len(scenarios) < 2:
        st.title("Save a second scenario to compare.")
        st.text("Open Simulate, change something, and press “Save as scenario”.")
    else:
        _compared(board, scenarios)


def _compared(board: Board, scenarios: tuple[Scenario, ...]) -> None:
    chosen = _choose(scenarios)
    if len(chosen) < 2:
        st.title("Choose two to four scenarios.")
        return
    with st.spinner("Comparing on the same futures…", show_time=True):
        runs = [session.run_of(board, each) for each in chosen]
        rows = _rows(board, tuple(run for run in runs if run is not None), chosen)
    if rows is None:
        show_messages()
        return
    st.title(plain(compare_headline(rows, [each.letter for each in chosen])))
    kept = [run for run in runs if run is not None]
    st.caption(
        caption_with_rules(
            f"All meet the same {kept[0].draws:,} futures (seed {kept[0].seed}), so luck cancels "
            f"out. Ranges hold 80 of 100 futures. {plain(_linear_words(chosen, kept, board))}"
        )
    )
    if len(chosen) > 2:  # as wide as the page, for every scenario has a column
        with st.container(border=True):
            side_by_side(board, rows, chosen)
    left, right = st.columns([7, 5], gap="medium")
    if len(chosen) == 2:
        with left.container(border=True):
            side_by_side(board, rows, chosen)
    with right.container(border=True):
        overlay(board, chosen, kept)
    with right:
        _further(board, chosen, kept)
        best_mix(board, scenarios)
    with left.container(border=True):
        differences(board, chosen)


def _further(board: Board, chosen: list[Scenario], runs: list[Run]) -> None:
    """Draw two closed parts: cash, and in which parts the net benefit of the first two differs."""
    cash = st.expander(
        "Cash of each scenario",
        icon=":material/account_balance_wallet:",
        key="part_cash",
        on_change="rerun",
    )
    if cash.open:
        with cash:
            curves(board, chosen, runs, "cumulative_net", name="cash_overlay")
    net = st.expander(
        "Where their net benefit differs",
        icon=":material/waterfall_chart:",
        key="part_net_difference",
        on_change="rerun",
    )
    if net.open:
        with net:
            show_net_difference(board.plan, (chosen[0], chosen[1]), (runs[0], runs[1]))


def _linear_words(chosen: list[Scenario], runs: list[Run], board: Board) -> str:
    """Return what a linear calculator would promise for each scenario."""
    promises = (
        f"{scenario.letter} "
        + format_value(run.summary["linear"]["cumulative"][-1], "money", board.plan.currency)
        for scenario, run in zip(chosen, runs, strict=True)
    )
    return f"A linear calculator would promise {', '.join(promises)}."


def _choose(scenarios: tuple[Scenario, ...]) -> list[Scenario]:
    names = {each.id: f"**{each.letter}** {plain(each.name)}" for each in scenarios}
    known = [each for each in st.session_state.get("compared", []) if each in names]
    picked = st.pills(
        "Compare (the first two against each other)",
        list(names),
        selection_mode="multi",
        default=known if len(known) >= 2 else list(names)[:2],
        format_func=lambda each: names[each],
        key="compare_pills_" + "_".join(names),
    )
    st.session_state["compared"] = picked
    if len(picked) > MOST:
        st.error(
            f"Four scenarios are the most that can be read at once. Take {len(picked) - MOST} away."
        )
        return []
    return [each for each in scenarios if each.id in picked]


def _rows(
    board: Board, runs: tuple[Run, ...], chosen: list[Scenario]
) -> list[ComparedOutcome] | None:
    if len(runs) < len(chosen):
        return None
    try:
        return session.once(("compare", *(run.id for run in runs)), lambda: compare(board, runs))
    except PlanError as error:
        session.say("error", str(error))
        return None
