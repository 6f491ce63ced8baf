"""Import of a calendar: how far sellers ask for buyers' time, as far as a calendar can tell."""

import datetime

import pandas as pd
import streamlit as st

import session
from calibration import Estimate, ExportError
from calibration.calendar_events import read_calendar
from calibration.contact import pressure_estimate
from pages.assumptions.crm_found import before_and_after
from pages.frame.text import plain
from simulation.defaults import defaults
from strategy import commands
from strategy.model import Board

_SOON = datetime.timedelta(days=1)  # a calendar of today's events in a zone ahead of ours


def calendar_section(board: Board) -> None:
    """Read a calendar, show what it says, and apply it as one change."""
    st.markdown("**Buyers' time, from a calendar**")
    st.caption(
        "An ICS file with attendees. Events with people of another domain are contact, events "
        "among colleagues are meetings. Names and addresses are not kept."
    )
    upload = st.file_uploader("Calendar (ICS, up to 10 MB)", type=["ics"], key="calendar_file")
    if upload is None:
        return
    try:
        _calendar(board, upload.getvalue(), upload.name, upload.file_id)
    except ExportError as error:
        st.error(plain(f"Nothing was changed. {error}"), icon=":material/error:")


def _calendar(board: Board, content: bytes, name: str, key: str) -> None:
    today = datetime.date.fromisoformat(session.store().now()[:10]) + _SOON
    domain = st.text_input(
        "Your own e-mail domain (empty: the most frequent one)", key=f"log_{key}_domain"
    )
    with st.spinner("Reading…", show_time=True):
        found = session.once(
            ("ics", key, domain), lambda: read_calendar(content, today, domain[:200])
        )
    st.markdown(
        f"**{plain(name)}**, {found.first:%d %b} to {found.last:%d %b %Y}: "
        f"{found.contact:,.1f} h with people outside {plain(found.domain)}, "
        f"{found.meetings:,.1f} h of meetings among colleagues."
    )
    st.caption(
        f"{found.alone:,} events without anybody else are not counted; {found.left_out:,} all-day, "
        "cancelled or unreadable ones are left out. Desk work is not in a calendar: the rest of "
        "the day is unknown, so that the week is not changed."
    )
    selling = st.number_input(
        "Hours set aside for selling in that time, contact included",
        value=None,
        step=1.0,
        key=f"log_{key}_selling",
    )
    if selling is None:
        st.info("Type these hours to see how far your sellers ask for buyers' time.")
        return
    if not found.contact < selling <= 1e6:
        st.error(f"Use more than the {found.contact:,.1f} hours of contact, up to 1,000,000.")
        return
    pressure = pressure_estimate(found.contact, float(selling), _sharpness(board))
    st.dataframe(pd.DataFrame([before_and_after(board, pressure)]), hide_index=True)
    if st.button("Apply buyer pressure", type="primary", icon=":material/check:"):
        _apply(board, name, pressure)


def _apply(board: Board, name: str, pressure: Estimate) -> None:
    ranges = {
        pressure.name: {
            "low": pressure.low,
            "mode": pressure.mode,
            "high": pressure.high,
            "source": f"{name}: {pressure.method}"[:500],
            "grade": "measured" if pressure.sample else "estimate",
        }
    }
    done = session.attempt(
        lambda: commands.set_assumptions(
            session.store(), board.plan.id, session.actor(), ranges, f"Import {name}"[:120]
        ),
        "Applied. Undo takes it back.",
    )
    if done:
        st.rerun()


def _sharpness(board: Board) -> float:
    own = board.plan.assumptions.get("ceiling_sharpness")
    return own.mode if own else defaults().assumptions["ceiling_sharpness"].range.mode
