"""How new deals follow selling hours: what that takes, what two files say, and one change."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

import session
from calibration import Calibration, CleanExport, Estimate, ExportError, read_export
from calibration.elasticity import MONTHS_NEEDED, NAME, REPS_NEEDED, Panel, elasticity_estimate
from calibration.rep_hours import RepHours, panel_of, read_rep_hours
from pages.frame.text import plain
from simulation.defaults import defaults
from strategy import commands
from strategy.model import Board

ASKED = (
    "A CRM export alone cannot say how new deals follow selling hours: it holds no hours. Add the "
    "selling hours of each rep and month: a table of rep, month and hours, or the time log if it "
    "says who and when. At least "
    f"{REPS_NEEDED} reps in {MONTHS_NEEDED} months are needed; until then the plan keeps its range."
)
PRIVATE = "Names are compared with the owners of the deals, and not stored."
BOUND = (
    "Busy months bring hours and deals at once, so that what is found is an upper bound: it may "
    "lower the shipped range, and never raises it."
)


def elasticity_section(
    board: Board, with_names: Callable[[], CleanExport], found: Calibration
) -> None:
    """Ask for hours by rep and month, show what they say beside the deals, and apply it."""
    st.markdown(f"**{plain(defaults().assumptions[NAME].label)}**")
    st.caption(ASKED)
    upload = st.file_uploader(
        "Hours by rep and month (CSV, TXT or XLSX, up to 10 MB)",
        type=["csv", "txt", "xlsx"],
        key="rep_hours",
    )
    if upload is None:
        return
    try:
        hours = read_rep_hours(read_export(upload.getvalue(), upload.name))
    except ExportError as error:
        st.error(plain(f"Nothing was changed. {error}"), icon=":material/error:")
        return
    panel = panel_of(with_names(), hours)
    _facts(hours, panel)
    estimate = elasticity_estimate(panel)
    _result(board, estimate)
    if estimate.sample:
        st.button(
            "Use this range",
            icon=":material/check:",
            key="use_elasticity",
            on_click=_apply,
            args=(board, estimate, f"{found.name} and {upload.name}"),
        )


def _facts(hours: RepHours, panel: Panel) -> None:
    names = {name for name, _ in hours.hours}
    st.text(
        f"{panel.reps} of {len(names)} people are owners of deals too, in {panel.months} months "
        f"that both files cover: {len(panel.rep):,} months of a rep, {panel.deals.sum():,.0f} new "
        f"deals, {panel.hours.sum():,.0f} selling hours."
    )
    if hours.other:
        st.caption(f"{hours.other:,.0f} hours of other work are not counted.")
    if hours.left_out:
        st.warning(
            f"{hours.left_out:,} rows are left out: no name, or a time that is no number.",
            icon=":material/info:",
        )
    for note in hours.notes:
        st.caption(plain(note))
    st.caption(PRIVATE)


def _result(board: Board, estimate: Estimate) -> None:
    if not estimate.sample:
        st.info(plain(estimate.note), icon=":material/info:")
        return
    now = board.plan.assumptions.get(NAME) or defaults().assumptions[NAME].range
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Assumption": defaults().assumptions[NAME].label,
                    "From these files": _span(estimate.low, estimate.mode, estimate.high),
                    "Now": _span(now.low, now.mode, now.high),
                    "Note": estimate.note,
                }
            ]
        ),
        hide_index=True,
    )
    st.caption(f"{estimate.method}. {BOUND}")


def _span(low: float, mode: float, high: float) -> str:
    return f"{mode:.2f}% ({low:.2f} to {high:.2f}) for each 1%"


def _apply(board: Board, estimate: Estimate, files: str) -> None:
    source = f"{files}: {estimate.method}"
    session.attempt(
        lambda: commands.set_assumptions(
            session.store(),
            board.plan.id,
            session.actor(),
            {
                NAME: {
                    "low": estimate.low,
                    "mode": estimate.mode,
                    "high": estimate.high,
                    "source": source[:500],
                    "grade": "measured",
                }
            },
            f"New deals by selling hours, {files}"[:120],
        ),
        "Applied. Undo takes it back.",
    )
