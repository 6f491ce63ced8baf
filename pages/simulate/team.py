"""The team as this scenario has it: more or fewer seats from a month on, hiring and learning."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.frame.range_fields import whole_end
from pages.frame.text import plain
from pages.simulate.fields import Save, range_form
from simulation.defaults import Range, defaults
from simulation.inputs import Headcount
from strategy.amounts import symbol
from strategy.calendar import month_label
from strategy.errors import InvalidValue
from strategy.headcount import as_kept, headcount_of, seats_of
from strategy.levers import Levers
from strategy.model import Board

HIRING = ("hire_months", "ramp_months", "attrition")
MOST_SEATS, MOST_COST = 100_000, 1e9


def team_of(board: Board, levers: Levers) -> dict[str, Any]:
    """Return what the fields of the team show."""
    ranges = {name: levers.assumptions.get(name) for name in HIRING}
    own = {name: vars(each) for name, each in board.plan.assumptions.items() if name in HIRING}
    seats = {"seats": levers.seats, "headcount": _in_force(board, levers).as_given}
    return seats | {"ranges": ranges, "own": own}


def team_fields(board: Board, levers: Levers, prefix: str, save: Save) -> None:
    """Ask for the seats later on, and how long it takes to fill them."""
    if levers.seats is not None:
        _seats_today(board, levers.seats, prefix, save)
    st.markdown("**Seats later on**")
    st.caption(
        f"Carrying on as today keeps {board.plan.seats:g} seats. New seats are vacant until "
        "somebody is found; where seats are closed, vacant ones go first. The work there is stays "
        "the same. Hiring costs and severance are not counted. Leave low and high empty where you "
        "are sure; with a range every future has its own number of seats."
    )
    now, plan = _in_force(board, levers), board.plan
    with st.form(f"{prefix}_team", border=False):
        seats = _seats(now.seats, f"{prefix}_seats")
        start = st.selectbox(
            "From",
            range(1, plan.months + 1),
            index=min(now.start, plan.months) - 1,
            format_func=lambda month: month_label(plan.start_month, month),
            key=f"{prefix}_start",
        )
        cost = st.number_input(
            f"Cost of a filled seat ({symbol(plan.currency)} a year)",
            value=float(now.yearly_cost),
            step=5000.0,
            format="%.0f",
            help="Pay, benefits and whatever else comes with a rep.",
            key=f"{prefix}_cost",
        )
        if st.form_submit_button("Run with this team", icon=":material/play_arrow:"):
            _save_team(board, seats, start, cost, save)
    st.markdown("**Hiring and learning**")
    known = defaults().assumptions
    range_form(board, levers, [known[name] for name in HIRING], f"{prefix}_hiring", save)


def _seats(now: Range, key: str) -> tuple[int | None, int, int | None]:
    at_least, middle, at_most = st.columns(3)
    low, high = (None if now.is_fixed else round(each) for each in (now.low, now.high))
    return (
        whole_end(at_least, "Seats, low", low, f"{key}_low"),
        middle.number_input("Seats, likely", value=round(now.mode), step=1, key=key),
        whole_end(at_most, "Seats, high", high, f"{key}_high"),
    )


def _seats_today(board: Board, seats: float, prefix: str, save: Save) -> None:
    """Ask for the seats of a scenario that has another number of them from the start."""
    st.markdown("**Seats today**")
    st.caption(
        f"This scenario has its own number of seats from the first month on, carrying on as "
        f"today included; the plan has {board.plan.seats:g}."
    )
    with st.form(f"{prefix}_seats_today", border=False):
        typed = st.number_input(
            "Seats from the start", value=round(seats), step=1, key=f"{prefix}_today"
        )
        if st.form_submit_button("Run with these seats", icon=":material/play_arrow:"):
            _save_seats(typed, save)
    if st.button("Use the plan's seats", key=f"{prefix}_today_reset"):
        save(lambda levers: replace(levers, seats=None))
        st.rerun()


def _save_seats(seats: int, save: Save) -> None:
    if _is_refused(seats):
        return
    save(lambda levers: replace(levers, seats=float(seats)))
    st.rerun()


def _is_refused(seats: int) -> bool:
    """Return whether that many seats cannot be; say so on the page."""
    is_wrong = not 1 <= seats <= MOST_SEATS
    if is_wrong:
        st.error(f"Seats is {seats:,}. Use a whole number from 1 to {MOST_SEATS:,}.")
    return is_wrong


def _in_force(board: Board, levers: Levers) -> Headcount:
    kept = levers.headcount or headcount_of(board.plan)
    today = Range.fixed_at(float(board.plan.seats))
    return kept or Headcount(today, 1, defaults().loaded_pay.yearly)


def _save_team(
    board: Board,
    typed: tuple[int | None, int, int | None],
    start: int,
    cost: float,
    save: Save,
) -> None:
    if (seats := _read(typed)) is None:
        return
    if not 0 <= cost <= MOST_COST:
        st.error(
            plain(
                f"The cost of a seat is {cost:,.10g} a year. "
                f"Use a number from 0 to {MOST_COST:,.0f}."
            )
        )
        return
    wanted = Headcount(seats, start, cost)
    is_plans = as_kept(board.plan, wanted) == as_kept(board.plan, headcount_of(board.plan))
    save(lambda levers: replace(levers, headcount=None if is_plans else wanted))
    st.rerun()


def _read(typed: tuple[int | None, int, int | None]) -> Range | None:
    """Return seats as they were typed; say on the page what is wrong with them."""
    if any(each is not None and _is_refused(each) for each in typed):
        return None
    try:
        return seats_of(*typed)
    except InvalidValue as refused:
        st.error(plain(str(refused)))
        return None
