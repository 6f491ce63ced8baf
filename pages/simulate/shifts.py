"""Hours shifted to automation: each field is kept, and the plan run, as soon as it changes."""

from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from components.numbers import month_label
from pages.frame.live_field import holding, note_kept, showing, typed
from pages.frame.text import plain, sign
from pages.simulate.fields import Limit, Save, all_within
from simulation.defaults import defaults
from strategy.levers import Levers, Shift, ShiftTerms
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board

ROW = (5, 4, 4)
MOST_PRICE, MOST_ONE_OFF = 1e9, 1e12


class Keys(NamedTuple):
    """The widget keys of a scenario's fields."""

    shares: dict[str, str]
    starts: dict[str, str]
    price: str
    one_off: str
    ticks: str


def _keys(prefix: str) -> Keys:
    tasks = defaults().admin_tasks
    return Keys(
        shares={task: f"{prefix}_shift_{task}" for task in tasks},
        starts={task: f"{prefix}_from_{task}" for task in tasks},
        price=f"{prefix}_price",
        one_off=f"{prefix}_one_off",
        ticks=f"{prefix}_ticks",
    )


def shift_fields(
    board: Board, levers: Levers, inputs: dict[str, Any], prefix: str, save: Save
) -> None:
    """Ask how much of each admin task goes to automation on top of the board, and from when."""
    st.caption(
        "Extra automation on top of what the board's tactics promise. What really comes free "
        "depends on fit, adoption and rework."
    )
    keys = _keys(prefix)
    hours = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    own = [each for each in inputs["tactics"] if not each["name"].startswith("shift from")]
    _header()
    for task in defaults().admin_tasks:
        said = f"{inputs['week'][task] * hours:.1f} h, board {promised(task, own):.0%}"
        _row(board, task, levers, said, keys, save)
    _terms(board, levers, keys, save)
    all_within([*_share_limits(keys).values(), *_term_limits(keys).values()])


def promised(task: str, tactics: list[dict[str, Any]]) -> float:
    """Return the share of a task that the scenario's system tactics promise to take over."""
    left = 1.0
    for tactic in tactics:
        if tactic.get("to", "system") == "system":
            left *= 1 - tactic.get("adopt", 0.9) * tactic.get("moves", {}).get(task, 0.0)
    return 1 - left


def _header() -> None:
    with st.container(key="shift_header"):
        columns = st.columns(ROW)
    words = ("Task, hours a week, promised", "Shift (%)", "From")
    for column, word in zip(columns, words, strict=True):
        column.caption(word)


def _row(board: Board, task: str, levers: Levers, said: str, keys: Keys, save: Save) -> None:
    now, label = levers.shifts.get(task), defaults().tasks[task].label
    name, left, right = st.columns(ROW, vertical_alignment="center")
    name.markdown(f"{plain(label)}  \n:small[:gray[{plain(said)}]]")
    left.number_input(
        f"{label}: shift to automation (%)",
        step=5.0,
        format="%.0f",
        label_visibility="collapsed",
        key=showing(keys.shares[task], round(100 * now.share, 9) if now else 0.0),
        on_change=_keep,
        args=(keys, save),
    )
    start = keys.starts[task]
    right.selectbox(
        f"{label}: from",
        range(1, board.plan.months + 1),
        format_func=lambda month: month_label(board.plan.start_month, month),
        label_visibility="collapsed",
        key=showing(start, min(now.start, board.plan.months)) if now else holding(start, 1),
        on_change=_keep,
        args=(keys, save),
    )


def _terms(board: Board, levers: Levers, keys: Keys, save: Save) -> None:
    st.markdown("**What this extra automation costs**")
    terms, money = levers.shift_terms, sign(board.plan.currency)
    # A scenario keeps terms only with hours they are for.
    show = showing if levers.shifts else holding
    fields: tuple[tuple[str, float, float, str], ...] = (
        (f"{money} a seat and month", terms.seat_price, 10.0, keys.price),
        (f"{money} once", terms.one_off, 1000.0, keys.one_off),
        ("Requirements done, of 4", float(round(4 * terms.preparation)), 1.0, keys.ticks),
    )
    for column, (label, value, step, key) in zip(st.columns(3), fields, strict=True):
        column.number_input(
            label,
            step=step,
            format="%.0f",
            key=show(key, value),
            on_change=_keep,
            args=(keys, save),
        )


def _share_limits(keys: Keys) -> dict[str, Limit]:
    """Return what each task's field holds, by task."""
    return {
        task: Limit(defaults().tasks[task].label, typed(key), 100, "%")
        for task, key in keys.shares.items()
    }


def _term_limits(keys: Keys) -> dict[str, Limit]:
    """Return what the fields of cost and preparation hold, by key."""
    return {
        keys.price: Limit("The price a seat", typed(keys.price), MOST_PRICE),
        keys.one_off: Limit("The one-off price", typed(keys.one_off), MOST_ONE_OFF),
        keys.ticks: Limit("Requirements done", typed(keys.ticks), 4),
    }


def _keep(keys: Keys, save: Save) -> None:
    """Keep what the fields hold; a number out of bounds stays typed, and is not kept."""
    shares, terms = _share_limits(keys), _term_limits(keys)
    good = {task for task, share in shares.items() if share.holds}

    def change(levers: Levers) -> Levers:
        shifts = {task: shift for task, shift in levers.shifts.items() if task not in good}
        shifts |= {
            task: Shift(shares[task].value / 100, int(typed(keys.starts[task])))
            for task in good
            if shares[task].value > 0
        }
        kept = levers.shift_terms
        if all(each.holds for each in terms.values()):
            kept = ShiftTerms(
                terms[keys.price].value, terms[keys.one_off].value, terms[keys.ticks].value / 4
            )
        return replace(levers, shifts=shifts, shift_terms=kept)

    if save(change):
        for task in good:
            note_kept(keys.shares[task])
            note_kept(keys.starts[task])
        for key, limit in terms.items():
            if limit.holds:
                note_kept(key)
