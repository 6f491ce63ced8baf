"""Import of a table of months: pasted or a file, its columns, before and after, one change."""

import hashlib
from collections.abc import Sequence
from typing import Literal

import pandas as pd
import streamlit as st

import session
from calibration.dates import DateOrder
from calibration.errors import ExportError
from calibration.monthly import guess_month_column, read_monthly
from calibration.reading import RawExport
from pages.actuals.figures_file import FoundFigures, figures_in, guessed_columns
from pages.frame.text import plain
from reports.actuals_words import exact_words, month_name
from strategy.actuals import MAX_SOURCE, Place, counted_metrics, month_label_of, set_actuals
from strategy.errors import PlanError
from strategy.metrics import GOAL_METRICS
from strategy.model import Actual, Board

PASTED = "a pasted table"
FOUND: Literal["found"] = "found"
LEFT_OUT = ""  # options by name: one that is None would get a button to clear it
ORDERS: dict[DateOrder | Literal["found"], str] = {
    FOUND: "Found from the table",
    "day-first": "Day first",
    "month-first": "Month first",
}
EXAMPLE = "Month\tBookings\tWin rate\n2027-01\t1,420,000\t22%\n2027-02\t1,550,000\t24%"


def import_section(board: Board, actuals: Sequence[Actual]) -> None:
    """Ask for a table, show what it says, and keep it as one change."""
    with st.expander("Import figures", icon=":material/upload:", key="actuals_import"):
        st.caption(
            "A header, then a row for each month: the month, and a column for each figure. "
            "Nothing is kept before you have seen it, and a table with a wrong row not at all."
        )
        given = _given()
        if given is None:
            return
        content, name = given
        try:
            _read(board, actuals, content, name)
        except (ExportError, PlanError) as error:
            st.error(plain(f"Nothing was kept. {error}"), icon=":material/error:")


def _given() -> tuple[bytes, str] | None:
    """Ask for pasted cells or a file; return its bytes and what to call it."""
    left, right = st.columns(2)
    pasted = left.text_area(
        "Paste a table", placeholder=EXAMPLE, height=140, max_chars=200_000, key="actuals_pasted"
    )
    upload = right.file_uploader(
        "Or choose a file (CSV, TXT or XLSX, up to 10 MB)",
        type=["csv", "txt", "xlsx"],
        key="actuals_file",
    )
    if pasted and pasted.strip():
        return pasted.encode("utf-8", "replace"), PASTED
    if upload is not None:
        return upload.getvalue(), upload.name
    return None


def _read(board: Board, actuals: Sequence[Actual], content: bytes, name: str) -> None:
    table = read_monthly(content, name)
    key = hashlib.sha256(content).hexdigest()[:12]
    month_column, metrics, order = _columns(board, actuals, table, key)
    if not metrics:
        st.info("Say which column holds which figure.", icon=":material/info:")
        return
    found = figures_in(table, month_column, metrics, board.plan, order)
    for note in (*table.notes, *found.notes):
        st.caption(plain(note))
    _before_and_after(board, actuals, found, name)


def _columns(
    board: Board, actuals: Sequence[Actual], table: RawExport, key: str
) -> tuple[str, dict[str, str], DateOrder | None]:
    """Ask what the columns are, with a guess for each."""
    headers = list(table.headers)
    first, second = st.columns(2)
    month_column = first.selectbox(
        "Column of the month",
        headers,
        index=headers.index(guess_month_column(table)),
        key=f"actuals_month_{key}",
    )
    order = second.selectbox(
        "Order of day and month",
        list(ORDERS),
        format_func=lambda each: ORDERS[each],
        key=f"actuals_order_{key}",
    )
    options = [LEFT_OUT, *(each.key for each in counted_metrics(board.goals, actuals))]
    chosen: dict[str, str] = {}
    places = st.columns(2)
    for place, (header, guess) in enumerate(guessed_columns(table, month_column).items()):
        metric = places[place % 2].selectbox(
            plain(f"“{header}” holds"),
            options,
            index=options.index(guess or LEFT_OUT),
            format_func=lambda each: _label(each) if each else "Leave out",
            key=f"actuals_{key}_{month_column}_{place}",
        )
        if metric in chosen.values():
            raise ExportError(f"Two columns hold {_label(metric)}; leave one out.")
        if metric:
            chosen[header] = metric
    return month_column, chosen, None if order == FOUND else order


def _label(metric: str) -> str:
    return month_label_of(GOAL_METRICS[metric])


def _before_and_after(
    board: Board, actuals: Sequence[Actual], found: FoundFigures, name: str
) -> None:
    kept = {Place(each.metric, each.month): each.value for each in actuals}
    changed = {place: value for place, value in found.figures.items() if kept.get(place) != value}
    if not changed:
        st.text(f"All {len(found.figures)} figures of the table are kept already.")
        return
    st.dataframe(
        pd.DataFrame([_row(board, place, kept, changed[place]) for place in sorted(changed)]),
        hide_index=True,
    )
    replaced = sum(place in kept for place in changed)
    if replaced:
        verb = "replaces" if replaced == 1 else "replace"
        st.caption(f"{replaced} of {len(changed)} {verb} a figure that is there now.")
    count, it = ("1 figure", "it") if len(changed) == 1 else (f"{len(changed)} figures", "them")
    st.button(
        f"Keep {count}",
        type="primary",
        icon=":material/check:",
        key="actuals_keep",
        on_click=_keep,
        args=(board, kept, changed, f"{count} kept. Undo takes {it} back.", name),
    )


def _row(board: Board, place: Place, kept: dict[Place, float], value: float) -> dict[str, str]:
    unit, currency = GOAL_METRICS[place.metric].unit, board.plan.currency
    now = kept.get(place)
    return {
        "Month": month_name(place.month),
        "Figure": _label(place.metric),
        "Now": "none" if now is None else exact_words(now, unit, currency),
        "From the table": exact_words(value, unit, currency),
    }


def _keep(
    board: Board,
    kept: dict[Place, float],
    changed: dict[Place, float],
    said: str,
    name: str,
) -> None:
    session.attempt(
        lambda: set_actuals(
            session.store(),
            board.plan.id,
            session.actor(),
            kept,
            changed,
            source=" ".join(name.split())[:MAX_SOURCE],
        ),
        said,
    )
