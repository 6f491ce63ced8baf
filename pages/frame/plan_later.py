"""Fields of a plan's dialog for what comes later on: seats from a month on, strong months."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import session
from pages.frame.range_fields import whole_end
from pages.frame.text import plain, sign
from simulation.defaults import defaults
from strategy.calendar import MONTHS, month_label
from strategy.errors import InvalidValue
from strategy.headcount import as_kept, read_team, seats_of, team_in_words
from strategy.model import Plan
from strategy.season import FLAT, SEASONS, are_alike, in_words, scaled, season_of

Typed = dict[str, tuple[float | None, ...]]


def team_fields(plan: Plan, *, is_open: bool) -> dict[str, Any]:
    """Ask for another number of seats from a month on; empty for none."""
    now: dict[str, Any] = dict(plan.headcount)
    key = session.dialog_key
    words = team_in_words(plan, read_team(now)) if now else "none planned"
    with st.expander(plain(f"Seats later on: {words}"), expanded=is_open):
        st.caption(
            "Leave the seats empty if they stay as they are. Leave low and high empty where you "
            "are sure; with a range every future has its own number of seats. Scenarios that say "
            "nothing else grow or shrink with the plan."
        )
        low, likely, high = _ends(now.get("seats"))
        left, right = st.columns(2)
        seats = left.number_input(
            "Seats, likely",
            value=likely,
            step=1,
            placeholder="As today",
            key=key("later_seats"),
        )
        start = right.selectbox(
            "From",
            range(1, plan.months + 1),
            index=min(int(now.get("start", 1)), plan.months) - 1,
            format_func=lambda month: month_label(plan.start_month, month),
            key=key("later_from"),
        )
        at_least, at_most = st.columns(2)
        low = whole_end(at_least, "Seats, low", low, key("later_seats_low"))
        high = whole_end(at_most, "Seats, high", high, key("later_seats_high"))
        cost = st.number_input(
            f"Cost of a filled seat ({sign(plan.currency)} a year)",
            value=float(now.get("yearly_cost", defaults().loaded_pay.yearly)),
            step=5000.0,
            format="%.0f",
            help="Pay, benefits and whatever else comes with a rep.",
            key=key("later_cost"),
        )
    return {"seats": (low, seats, high), "start": start, "yearly_cost": cost}


def _ends(seats: float | list[float] | None) -> tuple[int | None, int | None, int | None]:
    """Return low, likely and high seats as the fields show them."""
    if isinstance(seats, list):
        low, likely, high = (round(each) for each in seats)
        return low, likely, high
    return None, None if seats is None else round(seats), None


def kept_team(plan: Plan, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return seats later on as a plan keeps them; raise InvalidValue if they are out of bounds."""
    low, likely, high = typed["seats"]
    if likely is None:
        return {}
    # Whatever the number of seats is today when the dialog is saved.
    return as_kept(plan, read_team({**typed, "seats": seats_of(low, likely, high).as_given}))


def season_fields(plan: Plan) -> Typed:
    """Ask for the twelve months of each season, in percent of an average month."""
    typed: Typed = {}
    for name, now in season_of(plan).items():
        with st.expander(plain(f"Season of {SEASONS[name]}: {in_words(now)}")):
            st.caption(
                "100% is an average month; months are scaled so that the year averages 100%."
            )
            columns = st.columns(3)
            typed[name] = tuple(
                columns[place // 4].number_input(
                    f"{month} (%)",
                    value=round(100 * factor, 3),
                    step=5.0,
                    format="%.1f",
                    key=session.dialog_key(f"season_{name}_{month}"),
                )
                for place, (month, factor) in enumerate(zip(MONTHS, now, strict=True))
            )
    return typed


def kept_seasons(plan: Plan, typed: Typed) -> dict[str, Any]:
    """Return seasons as a plan keeps them: what was not touched as it is, flat ones not at all.

    Raises
    ------
    InvalidValue
        If a month is empty or out of bounds, or all are 0; says which.
    """
    kept: dict[str, Any] = {}
    for name, percents in typed.items():
        shown = tuple(round(100 * factor, 3) for factor in season_of(plan)[name])
        if percents == shown:
            if name in plan.season:
                kept[name] = plan.season[name]
            continue
        factors = scaled([_filled(each, name) for each in percents])
        if not are_alike(factors, FLAT):
            kept[name] = list(factors)
    return kept


def _filled(percent: float | None, name: str) -> float:
    if percent is None:
        raise InvalidValue(f"A month in the season of {SEASONS[name]} is empty. Type a percentage.")
    return percent
