"""What may change around the plan: demand and prices by year, strong and weak months."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.frame.text import plain
from pages.simulate.fields import Save
from simulation.defaults import defaults
from strategy.calendar import MONTHS
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Board
from strategy.season import FLAT, SEASONS, are_alike, scaled, season_of

YEARLY = ("demand_change", "price_change")
STRENGTH = ("season_strength",)
PERCENT_OF = dict.fromkeys(YEARLY, "a year") | {"season_strength": "of the season as it is set"}
PARTS = ("low", "likely", "high")
Three = tuple[float, float, float]


def market_of(board: Board, levers: Levers) -> dict[str, Any]:
    """Return what the fields of the market show."""
    yearly = {name: _in_force(board, levers, name) for name in YEARLY}
    return yearly | {"season": season_of(board.plan, levers.season)}


def market_fields(board: Board, levers: Levers, prefix: str, save: Save) -> None:
    """Ask how demand and prices change, and which months are strong or weak."""
    st.caption(
        "Carrying on as today meets the same market: what changes here moves goals and bookings, "
        "and leaves to the plan what the plan itself brings."
    )
    _ranges_form(board, levers, YEARLY, f"{prefix}_yearly", "Run with these changes", save)
    _season_fields(board, levers, prefix, save)
    if any(not are_alike(each, FLAT) for each in season_of(board.plan, levers.season).values()):
        name = f"{prefix}_strength"
        _ranges_form(board, levers, STRENGTH, name, "Run with this strength", save)


def _ranges_form(
    board: Board, levers: Levers, names: Sequence[str], key: str, button: str, save: Save
) -> None:
    """Ask for ranges of assumptions in percent, and keep those that differ from the plan's."""
    with st.form(key, border=False):
        typed = {name: _range_fields(board, levers, name, key) for name in names}
        if st.form_submit_button(button, icon=":material/play_arrow:"):
            _save_ranges(board, typed, save)


def _base(board: Board, name: str) -> Three:
    spread = board.plan.assumptions.get(name) or defaults().assumptions[name].range
    return (spread.low, spread.mode, spread.high)


def _in_force(board: Board, levers: Levers, name: str) -> Three:
    now = levers.assumptions.get(name, _base(board, name))
    return now if isinstance(now, tuple) else (now, now, now)


def _range_fields(board: Board, levers: Levers, name: str, prefix: str) -> Three:
    shipped = defaults().assumptions[name]
    st.markdown(f"**{plain(shipped.label)}** % {PERCENT_OF[name]}", help=shipped.meaning)
    low, likely, high = (
        column.number_input(
            f"{part} (%)",
            value=round(100 * value, 6),
            step=1.0,
            format="%.1f",
            key=f"{prefix}_{name}_{part}",
        )
        for column, part, value in zip(
            st.columns(3), PARTS, _in_force(board, levers, name), strict=True
        )
    )
    return low, likely, high


def _save_ranges(board: Board, typed: Mapping[str, Three], save: Save) -> None:
    chosen: dict[str, Three] = {}
    for name, percents in typed.items():
        if refused := _refused(name, percents):
            st.error(plain(refused))
            return
        low, likely, high = (each / 100 for each in percents)
        chosen[name] = (low, likely, high)
    changed = {name: each for name, each in chosen.items() if each != _base(board, name)}

    def change(levers: Levers) -> Levers:
        others = {name: each for name, each in levers.assumptions.items() if name not in typed}
        return replace(levers, assumptions=others | changed)

    save(change)
    st.rerun()


def _refused(name: str, percents: Three) -> str | None:
    shipped, (low, likely, high) = defaults().assumptions[name], percents
    least, most = (100 * bound for bound in shipped.bounds)
    for each in percents:
        if not least <= each <= most:
            return (
                f"{shipped.label} is {each:,.10g}%. "
                f"Use a number from {least:,.0f}% to {most:,.0f}% {PERCENT_OF[name]}."
            )
    if not low <= likely <= high:
        return (
            f"{shipped.label}: {likely:g}% must lie between its low value {low:g}% and its high "
            f"value {high:g}%."
        )
    return None


def _season_fields(board: Board, levers: Levers, prefix: str, save: Save) -> None:
    st.markdown("**Season**")
    labels = {words.removeprefix("the ").capitalize(): name for name, words in SEASONS.items()}
    chosen = st.segmented_control(
        "Season of",
        list(labels),
        default=next(iter(labels)),
        required=True,
        label_visibility="collapsed",
        key="season_of",
    )
    name = labels[str(chosen)]
    now = season_of(board.plan, levers.season)[name]
    st.caption("100% is an average month. Months are scaled so that the year averages 100%.")
    with st.form(f"{prefix}_season_{name}", border=False):
        columns = st.columns(3)
        typed = [
            columns[place // 4].number_input(
                f"{month} (%)",
                value=round(100 * factor, 3),
                step=5.0,
                format="%.1f",
                key=f"{prefix}_season_{name}_{month}",
            )
            for place, (month, factor) in enumerate(zip(MONTHS, now, strict=True))
        ]
        if st.form_submit_button("Run with this season", icon=":material/play_arrow:"):
            _save_season(board, name, typed, save)
    if not are_alike(now, FLAT) and st.button("Make every month 100%", key=f"{prefix}_flat_{name}"):
        _save_season(board, name, [100.0] * len(MONTHS), save)


def _save_season(board: Board, name: str, percents: list[float], save: Save) -> None:
    try:
        factors = scaled(percents)
    except InvalidValue as refused:
        st.error(plain(str(refused)))
        return
    is_plans = are_alike(factors, season_of(board.plan)[name])

    def change(levers: Levers) -> Levers:
        if name in levers.season and are_alike(factors, levers.season[name]):
            return levers  # a field shows fewer digits than are kept
        others = {each: kept for each, kept in levers.season.items() if each != name}
        return replace(levers, season=others if is_plans else others | {name: factors})

    save(change)
    st.rerun()
