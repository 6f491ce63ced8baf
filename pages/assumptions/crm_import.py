"""Import of a CRM opportunity export: columns, what was found, and Apply as one change."""

from typing import Any

import pandas as pd
import streamlit as st

import session
from calibration import (
    Calibration,
    DateOrder,
    Estimate,
    ExportError,
    Mapping,
    RawExport,
    calibrate,
    guess_mapping,
    guess_outcomes,
    preview,
    read_export,
)
from components.numbers import format_value, typed_cost
from pages.frame.text import plain
from simulation.defaults import defaults
from strategy import commands
from strategy.model import Board

APPLIED = ("bookings_per_seat", "win_rate", "deal_size", "deal_size_variation", "cycle_months")
COLUMNS = {
    "opportunity_id": "Opportunity id",
    "owner": "Owner (rep)",
    "account": "Account",
    "amount": "Amount",
    "created": "Created or engaged on",
    "closed": "Closed on",
    "stage": "Stage",
    "is_won": "Is won",
    "is_closed": "Is closed",
    "currency": "Currency",
}
NONE = "— none —"
DATE_ORDERS: dict[DateOrder | None, str] = {
    None: "Found from the file",
    "day-first": "Day first",
    "month-first": "Month first",
}


def import_section(board: Board) -> None:
    """Read a file, show what it says, and apply it to the plan's assumptions."""
    st.text(
        "One row an opportunity, won, lost and open ones. Names of people are read only to "
        "count reps and are not stored."
    )
    upload = st.file_uploader("CRM export (CSV, up to 10 MB)", type=["csv", "txt"], key="crm_file")
    with st.container(horizontal=True):
        st.button(
            "Try the example's export",
            icon=":material/play_arrow:",
            on_click=_use_example,
        )
        st.download_button(
            "Download it",
            session.example_export,
            file_name="larkfield_opportunities.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    if upload is not None:
        st.session_state["crm_example"] = False
        content, name = upload.getvalue(), upload.name
        key = upload.file_id
    elif st.session_state.get("crm_example"):
        content, name, key = session.example_export(), "larkfield_opportunities.csv", "example"
    else:
        return
    try:
        _read(board, content, name, key)
    except ExportError as error:
        st.error(plain(f"Nothing was changed. {error}"), icon=":material/error:")


def _use_example() -> None:
    st.session_state["crm_example"] = True


def _read(board: Board, content: bytes, name: str, key: str) -> None:
    with st.spinner("Reading…", show_time=True):
        raw = session.once(("crm", key), lambda: read_export(content, name))
    guessed = guess_mapping(raw.headers)
    st.markdown(
        f"**{plain(name)}**: {len(raw.rows):,} rows, looks like {plain(guessed.source)}"
        if guessed.source != "unknown"
        else f"**{plain(name)}**: {len(raw.rows):,} rows. Say which column is which."
    )
    mapping = _mapping_fields(raw, guessed, key)
    with st.expander("First rows"):
        st.dataframe(pd.DataFrame(preview(raw, mapping)), hide_index=True)
    outcomes = _stage_fields(raw, mapping, key)
    left, right = st.columns(2)
    order = left.selectbox(
        "Order of day and month",
        list(DATE_ORDERS),
        format_func=lambda each: DATE_ORDERS[each],
        key=f"crm_order_{key}",
    )
    seats = right.number_input(
        "Seats behind this export (empty: reps with 5 deals or more)",
        value=None,
        step=1,
        key=f"crm_seats_{key}",
    )
    if seats is not None and not 1 <= seats <= 100_000:
        st.error(f"Seats is {seats:,}. Use a whole number from 1 to 100,000, or leave it empty.")
        return
    if mapping.missing:
        missing = ", ".join(COLUMNS.get(each, each) for each in mapping.missing)
        st.error(f"Choose a column for: {missing}.")
        return
    with st.spinner("Estimating…", show_time=True):
        found = calibrate(
            content,
            name,
            mapping=mapping,
            outcomes=outcomes or None,
            date_order=order,
            seats=seats,
        )
    _found(board, found)


def _mapping_fields(raw: RawExport, guessed: Mapping, key: str) -> Mapping:
    options = [NONE, *raw.headers]
    chosen: dict[str, Any] = {}
    with st.expander("Columns", expanded=bool(guessed.missing)):
        places = st.columns(2)
        for place, (field, label) in enumerate(COLUMNS.items()):
            guess = getattr(guessed, field)
            picked = places[place % 2].selectbox(
                label,
                options,
                index=options.index(guess) if guess in options else 0,
                key=f"crm_{key}_{field}",
            )
            chosen[field] = None if picked == NONE else picked
    return Mapping(**chosen, source=guessed.source)


def _stage_fields(raw: RawExport, mapping: Mapping, key: str) -> dict[str, Any]:
    """Ask what each stage means, with a guess; nothing to ask without a stage column."""
    if mapping.stage is None or mapping.missing:
        return {}
    guessed = guess_outcomes(raw, mapping)
    with st.expander("What the stages mean"):
        return {
            stage: st.selectbox(
                plain(stage) or "(empty)",
                ["won", "lost", "open"],
                index=["won", "lost", "open"].index(outcome),
                key=f"crm_{key}_stage_{place}",
            )
            for place, (stage, outcome) in enumerate(sorted(guessed.items())[:30])
        }


def _number(name: str, value: float, currency: str) -> str:
    unit = defaults().assumptions[name].unit
    if unit.startswith("currency"):
        return typed_cost(value, currency) if value >= 100_000 else f"{currency}{value:,.0f}"
    return f"{100 * value:.1f}%" if unit == "share" else f"{value:.2f}"


def _span(name: str, low: float, high: float, currency: str) -> str:
    return f"{_number(name, low, currency)} to {_number(name, high, currency)}"


def _found(board: Board, found: Calibration) -> None:
    currency = board.plan.currency
    st.markdown("**What was found**")
    with st.container(horizontal=True):
        _fact("Won, by cumulative incidence", found.win_rate.mode, "of new deals")
        if found.closed_only_rate is not None:
            _fact("Won of closed deals only", found.closed_only_rate, "overstates: not used")
        if found.never_closed_share is not None:
            _fact("Never closed", found.never_closed_share, "neither won nor lost")
        if found.bookings_per_month is not None:
            st.metric(
                "Bookings a month",
                format_value(found.bookings_per_month.mode, "money", currency),
                f"{found.seats} seats",
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
    rows = [_row(board, getattr(found, name), currency) for name in APPLIED]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    lost = sum(each.count for each in found.dropped)
    if lost > found.deals:
        st.warning(
            f"{lost:,} rows were dropped and only {found.deals:,} are used. Check which column "
            "is which before you apply this.",
            icon=":material/warning:",
        )
    else:
        st.caption(f"{found.deals:,} deals used, {lost:,} rows dropped.")
    dropped, notes = st.columns(2)
    with dropped.expander(f"Dropped and noticed ({len(found.dropped) + len(found.kept)})"):
        for title, findings in (("dropped", found.dropped), ("kept", found.kept)):
            for each in findings:
                lines = ", ".join(str(line) for line in each.lines[:5])
                st.text(f"{each.count:,} {title}: {each.reason} (lines {lines})")
    with notes.expander(f"Notes ({len(found.notes)})"):
        for note in found.notes:
            st.text(note)
    _apply_form(board, found)


def _fact(label: str, share: float, note: str) -> None:
    st.metric(label, f"{100 * share:.1f}%", note, delta_color="off", delta_arrow="off", border=True)


def _row(board: Board, estimate: Estimate, currency: str) -> dict[str, str]:
    name = estimate.name
    shipped = defaults().assumptions[name].range
    now = board.plan.assumptions.get(name) or shipped
    return {
        "Assumption": defaults().assumptions[name].label,
        "Now": f"{_number(name, now.mode, currency)} ({_span(name, now.low, now.high, currency)})",
        "From this export": f"{_number(name, estimate.mode, currency)} "
        f"({_span(name, estimate.low, estimate.high, currency)})",
        "Sample": f"{estimate.sample:,}" if estimate.sample else "shipped default",
        "How": estimate.method,
        "Note": estimate.note,
    }


def _apply_form(board: Board, found: Calibration) -> None:
    with st.form("crm_apply", border=False):
        chosen = st.multiselect(
            "Use for this plan",
            APPLIED,
            default=list(APPLIED),
            format_func=lambda name: defaults().assumptions[name].label,
        )
        with_seats = st.checkbox(
            f"Set the plan's seats to {found.seats} (now {board.plan.seats})",
            found.seats != board.plan.seats,
        )
        if st.form_submit_button("Apply to the plan", type="primary", icon=":material/check:"):
            _apply(board, found, chosen, with_seats=with_seats)


def _apply(board: Board, found: Calibration, chosen: list[str], *, with_seats: bool) -> None:
    estimates = [getattr(found, name) for name in chosen]
    source = f"{found.name}, {found.deals:,} deals to {found.last_day:%d %b %Y}"
    ranges = {
        each.name: {
            "low": each.low,
            "mode": each.mode,
            "high": each.high,
            "source": f"{source}: {each.method}"[:500],
            "grade": "measured" if each.sample else "estimate",
        }
        for each in estimates
    }
    done = session.attempt(
        lambda: commands.set_assumptions(
            session.store(),
            board.plan.id,
            session.actor(),
            ranges,
            f"Import {found.name}"[:120],
            baseline_source=source,
            seats=found.seats if with_seats else None,
        ),
        "Applied. Check the goals: their values for today stay as typed. Undo takes it back.",
    )
    if done:
        st.rerun()
