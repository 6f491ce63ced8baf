"""Import of a CRM opportunity export: a file, its columns, what was found, Apply as one change."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

import session
from calibration import (
    Calibration,
    CleanExport,
    ExportError,
    RawExport,
    clean,
    estimate,
    guess_columns,
    read_export,
)
from calibration.back_test import BackTest, back_test
from calibration.progress import Progress, part
from pages.assumptions.back_test import show_back_test
from pages.assumptions.crm_apply import apply_form
from pages.assumptions.crm_fields import COLUMNS, Choices, ask
from pages.assumptions.crm_found import show_found
from pages.assumptions.elasticity import elasticity_section
from pages.frame.text import plain
from strategy.model import Board

Result = TypeVar("Result")
EXAMPLE = "larkfield_opportunities.csv"


def import_section(board: Board) -> None:
    """Read a file, show what it says, and apply it to the plan's assumptions."""
    st.text(
        "One row an opportunity, won, lost and open ones. Names of people are read only to "
        "count reps and are not stored."
    )
    upload = st.file_uploader(
        "CRM export (CSV, TXT or XLSX, up to 10 MB)", type=["csv", "txt", "xlsx"], key="crm_file"
    )
    _example_buttons()
    if upload is not None:
        st.session_state["crm_example"] = False
        content, name, key = upload.getvalue(), upload.name, upload.file_id
    elif st.session_state.get("crm_example"):
        content, name, key = session.example_export(), EXAMPLE, "example"
    else:
        return
    try:
        _read(board, content, name, key)
    except ExportError as error:
        st.error(plain(f"Nothing was changed. {error}"), icon=":material/error:")


def _example_buttons() -> None:
    with st.container(horizontal=True):
        st.button("Try the example's export", icon=":material/play_arrow:", on_click=_use_example)
        st.download_button(
            "Download it",
            session.example_export,
            file_name=EXAMPLE,
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _use_example() -> None:
    st.session_state["crm_example"] = True


def _read(board: Board, content: bytes, name: str, key: str) -> None:
    raw = session.once(("crm", key), lambda: _with_bar(lambda bar: read_export(content, name, bar)))
    guessed, unsure = session.once(("crm_columns", key), lambda: guess_columns(raw))
    kind = (
        f", looks like an export of {plain(guessed.source)}"
        if guessed.source != "unknown"
        else ". Check which column is which."
    )
    st.markdown(f"**{plain(name)}**: {len(raw.rows):,} rows{kind}")
    chosen = ask(raw, guessed, unsure, key, board.plan.currency)
    if chosen is None:
        return
    if chosen.mapping.missing:
        missing = ", ".join(COLUMNS.get(each, each) for each in chosen.mapping.missing)
        st.error(f"Choose a column for: {missing}.")
        return
    deals, found = _estimated(raw, key, chosen)
    show_found(board, found)
    apply_form(board, found)
    elasticity_section(board, lambda: _with_names(raw, key, chosen, deals), found)
    show_back_test(board, _back_test(deals, key, chosen, found.seats))


def _estimated(raw: RawExport, key: str, chosen: Choices) -> tuple[CleanExport, Calibration]:
    """Return what the file says under these choices; the same choices are counted once."""

    def work(bar: Progress) -> tuple[CleanExport, Calibration]:
        deals = clean(
            raw, chosen.mapping, chosen.outcomes or None, chosen.order, part(bar, 0.0, 0.8),
            rates=chosen.rates, with_names=chosen.with_names,
        )  # fmt: skip
        return deals, estimate(deals, chosen.seats, part(bar, 0.8, 1.0))

    return session.once(("crm_found", key, _asked(chosen)), lambda: _with_bar(work))


def _with_names(raw: RawExport, key: str, chosen: Choices, deals: CleanExport) -> CleanExport:
    """Return the deals with the names of their reps, to compare them with those of another file."""
    if chosen.with_names:
        return deals
    return session.once(
        ("crm_names", key, _asked(chosen)),
        lambda: _with_bar(
            lambda bar: clean(
                raw, chosen.mapping, chosen.outcomes or None, chosen.order, bar,
                rates=chosen.rates, with_names=True,
            )
        ),
    )  # fmt: skip


def _back_test(deals: CleanExport, key: str, chosen: Choices, seats: int) -> BackTest:
    """Return past forecasts of this file under these choices, computed once."""
    return session.once(
        ("back_test", key, _asked(chosen)),
        lambda: _with_bar(lambda bar: back_test(deals, seats, bar)),
    )


def _asked(chosen: Choices) -> str:
    return hashlib.sha256(repr(chosen).encode()).hexdigest()


def _with_bar(work: Callable[[Progress], Result]) -> Result:
    """Do the work under a bar that says what is being done."""
    bar = st.progress(0.0, "Reading…")

    def moved(share: float, doing: str) -> None:
        bar.progress(min(1.0, max(0.0, share)), f"{doing}…")

    try:
        return work(moved)
    finally:
        bar.empty()
