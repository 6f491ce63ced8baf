"""An assumption's range as a picture, and what another range would change."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import session
from components.assumption_values import number_text, rough_text, with_unit
from components.charts import distribution_alt, distribution_chart, measured, measured_change
from pages.frame.text import plain
from simulation.defaults import Range, defaults
from strategy.beside import Beside, beside, with_assumption
from strategy.checks import check_range
from strategy.errors import InvalidValue, PlanError
from strategy.model import Board
from strategy.studying import MOST_DRAWS

Row = Mapping[str, Any]


def typed_range(row: Row, wanted: Mapping[str, Any]) -> Range | str:
    """Return the range as it is typed, or the sentence that says why it is none."""
    try:
        return Range(*check_range(row["name"], wanted))
    except InvalidValue as error:
        return str(error)


def show_range(row: Row, typed: Range, currency: str) -> None:
    """Draw the typed range in front of the shipped one, and the range before and after."""
    shipped = defaults().assumptions[row["name"]].range
    said = distribution_alt(typed, shipped, lambda value: rough_text(value, row["unit"], currency))
    st.altair_chart(
        distribution_chart(
            typed,
            shipped,
            palette=session.palette(),
            say=lambda value: rough_text(value, row["unit"], currency),
        ),
        theme=None,
        width="stretch",
        alt=said,
        key=session.dialog_key("distribution"),
    )
    st.caption(plain(f"{said} {'' if typed == shipped else 'Grey and dashed: the shipped range.'}"))
    kept = Range(row["low"], row["mode"], row["high"])
    if typed != kept:
        st.markdown(
            f"**Before:** {plain(range_words(kept, row['unit'], currency))}  \n"
            f"**After:** {plain(range_words(typed, row['unit'], currency))}"
        )


def range_words(spread: Range, unit: str, currency: str) -> str:
    """Return "0.31% for each 1% (0.1 to 0.55)", or one fixed value."""
    low, mode, high = (
        number_text(value, unit, currency) for value in (spread.low, spread.mode, spread.high)
    )
    likely = with_unit(mode, unit)
    return f"{likely}, fixed" if spread.is_fixed else f"{likely} ({low} to {high})"


def try_button(board: Board, row: Row, typed: Range) -> None:
    """Draw a button that runs the plan with the typed range beside the range it has."""
    if st.button(
        "What would this change?",
        icon=":material/compare_arrows:",
        disabled=typed == Range(row["low"], row["mode"], row["high"]),
        help="Runs the plan with the range above, on the same futures. Nothing is saved.",
        key=session.dialog_key("try"),
    ):
        st.session_state[_tried_key()] = (typed, _tried(board, row, typed))


def show_tried(typed: Range, currency: str) -> None:
    """Draw what the typed range would change, if that was asked for."""
    tried = st.session_state.get(_tried_key())
    if tried and tried[0] == typed:
        show_beside(tried[1], currency)


def _tried_key() -> str:
    return session.dialog_key("tried")


def _tried(board: Board, row: Row, typed: Range) -> tuple[Beside, ...]:
    scenario = session.current_scenario(session.store().scenarios(board.plan.id))
    run = session.run_of(board, scenario)
    if run is None:
        return ()
    changed = with_assumption(run, row["name"], typed.low, typed.mode, typed.high)
    try:
        return beside(board, run, changed)
    except PlanError as error:
        st.error(plain(str(error)))
        return ()


def show_beside(found: tuple[Beside, ...], currency: str) -> None:
    """Draw each outcome as it is, as it would be, and the difference."""
    for each in found:
        unit = each.outcome.unit
        then, now = (measured(value, unit, currency) for value in (each.then, each.now))
        change = measured_change(each.change, unit, currency)
        st.markdown(
            f"{plain(each.outcome.label)}: **{plain(then)}** instead of {plain(now)} "
            f"({plain(change)})"
        )
    if found:
        st.caption(
            f"Middle future, and chances, on up to {MOST_DRAWS:,} futures of the run; "
            "both sides meet the same luck."
        )
