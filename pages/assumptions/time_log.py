"""The rep week from a time log: hours by task, what was found, and one change that applies it."""

import pandas as pd
import streamlit as st

import session
from calibration.errors import ExportError
from calibration.time_log import (
    PRIOR_HOURS,
    LoggedTime,
    WeekShare,
    buyer_pressure,
    guess_task,
    read_time_log,
    week_shares,
)
from pages.frame.chart import heading_row
from pages.frame.text import plain
from simulation.defaults import defaults
from strategy import commands
from strategy.model import Board, Plan

LEFT_OUT = "Leave out"


def time_log_section(board: Board) -> None:
    """Ask for a file, show what it says about the week, and apply it."""
    st.markdown("**Your reps' week, from a time log**")
    st.caption(
        "A CSV with a row for each piece of work: what was done and how long it took (hours or "
        "minutes); a column that says whether a customer was there measures buyers' time too. "
        "Names of people are not read. A calendar alone misses work at the desk: ask for it."
    )
    upload = st.file_uploader(
        "Time log (CSV or TXT, up to 10 MB)", type=["csv", "txt"], key="time_log"
    )
    if upload is None:
        return
    try:
        with st.spinner("Reading…", show_time=True):
            logged = read_time_log(upload.getvalue())
    except ExportError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _found(board, logged, upload.name)


def _found(board: Board, logged: LoggedTime, name: str) -> None:
    total = sum(logged.hours.values())
    dropped = sum(logged.dropped.values())
    st.text(f"{logged.rows:,} rows, {total:,.1f} hours, {len(logged.hours)} activities.")
    if dropped:
        reasons = ", ".join(f"{count} with {why}" for why, count in logged.dropped.items())
        st.warning(plain(f"{dropped} rows are left out: {reasons}."), icon=":material/info:")
    tasks = _tasks(logged)
    shares = week_shares(logged, tasks)
    _table(board.plan, shares)
    pressure = buyer_pressure(logged, _sharpness(board.plan))
    if pressure is not None:
        st.markdown(
            plain(
                f"Buyer pressure: {pressure[1]:.2f} (80% range {pressure[0]:.2f} to "
                f"{pressure[2]:.2f}), from {logged.contact_hours:,.0f} of "
                f"{logged.asked_hours:,.0f} hours in which a customer was there."
            )
        )
    if st.button("Apply to the plan", type="primary", icon=":material/check:", key="apply_week"):
        _apply(board, shares, pressure, f"{name[:60]}, {total:,.0f} hours")


def _tasks(logged: LoggedTime) -> dict[str, str | None]:
    """Ask which task each activity is; the guess stands until it is changed."""
    known = defaults().tasks
    guesses = {activity: guess_task(activity) for activity in logged.hours}
    unknown = sum(guess is None for guess in guesses.values())
    label = f"What is what ({unknown} to decide)" if unknown else "What is what"
    chosen: dict[str, str | None] = {}
    with st.expander(label, expanded=bool(unknown)):
        columns = st.columns(2)
        for place, activity in enumerate(sorted(logged.hours, key=lambda a: -logged.hours[a])):
            guess = guesses[activity]
            picked = columns[place % 2].selectbox(
                plain(f"{activity}, {logged.hours[activity]:,.1f} h"),
                [LEFT_OUT, *known],
                index=0 if guess is None else 1 + list(known).index(guess),
                format_func=lambda task: known[task].label if task in known else task,
                key=f"time_log_{activity}",
            )
            chosen[activity] = None if picked == LEFT_OUT else picked
    return chosen


def _table(plan: Plan, shares: tuple[WeekShare, ...]) -> None:
    table = pd.DataFrame(
        {
            "Task": [defaults().tasks[each.task].label for each in shares],
            "Now": [f"{plan.week[each.task]:.1%}" for each in shares],
            "From the log": [f"{each.share:.1%}" for each in shares],
            "80% range": [f"{each.low:.1%} to {each.high:.1%}" for each in shares],
            "Hours logged": [f"{each.hours:,.1f}" for each in shares],
            "Moments for 2 points": [f"{each.more_needed:,}" for each in shares],
        }
    )
    heading_row("Before and after", lambda: table, key="time_log_table")
    st.dataframe(table, hide_index=True, width="stretch", height="content")
    st.caption(
        f"The shipped week counts like {PRIOR_HOURS:.0f} hours beside yours, so a short log moves "
        "it little. The last column says how many random moments (of all reps, all hours) tell a "
        "share to 2 points either way, 3 above 20%, 19 times in 20."
    )


def _sharpness(plan: Plan) -> float:
    own = plan.assumptions.get("ceiling_sharpness")
    return own.mode if own else defaults().assumptions["ceiling_sharpness"].range.mode


def _apply(
    board: Board,
    shares: tuple[WeekShare, ...],
    pressure: tuple[float, float, float] | None,
    source: str,
) -> None:
    total = sum(each.share for each in shares)
    week = {each.task: each.share / total for each in shares}
    ranges = {}
    if pressure is not None:
        low, mode, high = pressure
        ranges["buyer_pressure"] = {
            "low": low,
            "mode": mode,
            "high": high,
            "source": f"Time log {source}: share of hours with a customer there",
            "grade": "measured",
        }
    done = session.attempt(
        lambda: commands.set_assumptions(
            session.store(),
            board.plan.id,
            session.actor(),
            ranges,
            f"Week from a time log, {source}"[:120],
            week=week,
        ),
        "Applied. Undo takes it back.",
    )
    if done:
        st.rerun()
