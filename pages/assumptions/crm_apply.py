"""Write what an export says to the plan, as one change that Undo takes back."""

import streamlit as st

import session
from calibration import Calibration
from pages.assumptions.crm_found import APPLIED, NEW
from simulation.defaults import defaults
from strategy import commands
from strategy.model import Board
from strategy.season import SEASONS, in_words, season_of


def apply_form(board: Board, found: Calibration) -> None:
    """Ask which estimates to use; those the file cannot tell are not chosen beforehand."""
    with st.form("crm_apply", border=False):
        chosen = st.multiselect(
            "Use for this plan",
            APPLIED,
            default=[name for name in APPLIED if getattr(found, name).sample],
            format_func=lambda name: defaults().assumptions[name].label,
        )
        with_seats = st.checkbox(
            f"Set the plan's seats to {found.seats} (now {board.plan.seats})",
            found.seats != board.plan.seats,
        )
        season = found.season.factors
        with_season = season is not None and st.checkbox(
            f"Set the season of {SEASONS[NEW]}: {in_words(season)} "
            f"(now {in_words(season_of(board.plan)[NEW])})",
            value=False,
        )
        if season is None:
            st.caption(f"No season of {SEASONS[NEW]} is offered: {found.season.why}")
        if st.form_submit_button("Apply to the plan", type="primary", icon=":material/check:"):
            _apply(board, found, chosen, with_seats=with_seats, with_season=with_season)


def _apply(
    board: Board, found: Calibration, chosen: list[str], *, with_seats: bool, with_season: bool
) -> None:
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
            season={NEW: found.season.factors} if with_season and found.season.factors else None,
        ),
        "Applied. Check the goals: their values for today stay as typed. Undo takes it back.",
    )
    if done:
        st.rerun()
