"""The number fields of a scenario's levers, in the units people type."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from components.numbers import month_label
from pages.frame.text import plain, sign
from simulation.defaults import defaults
from strategy.levers import Levers, Shift, ShiftTerms
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board

Save = Callable[[Levers], None]
USES = {"selling": "Selling", "strategy": "Account work", "coaching": "Coaching"}
GROUPS = {
    "selling": "Selling",
    "strategic": "Strategic",
    "tactical": "Admin work",
    "other": "Other",
}


class Limit(NamedTuple):
    """A typed number that must lie between 0 and `most`."""

    label: str
    value: float
    most: float
    unit: str = ""


def _all_within(limits: list[Limit]) -> bool:
    """Return whether every typed number fits; say on the page which one does not.

    The fields themselves have no bounds: a browser would quietly put back the old value.
    """
    for each in limits:
        if not 0 <= each.value <= each.most:
            st.error(
                plain(
                    f"{each.label} is {each.value:,.10g}{each.unit}. "
                    f"Use a number from 0 to {each.most:,.10g}{each.unit}."
                )
            )
            return False
    return True


def promised(task: str, tactics: list[dict[str, Any]]) -> float:
    """Return the share of a task that the scenario's system tactics promise to take over."""
    left = 1.0
    for tactic in tactics:
        if tactic.get("to", "system") == "system":
            left *= 1 - tactic.get("adopt", 0.9) * tactic.get("moves", {}).get(task, 0.0)
    return 1 - left


def shift_fields(
    board: Board, levers: Levers, inputs: dict[str, Any], prefix: str, save: Save
) -> None:
    """Ask how much of each admin task goes to automation on top of the board, and from when."""
    st.caption(
        "Extra automation on top of what the board's tactics promise. What really comes free "
        "depends on fit, adoption and rework."
    )
    hours = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    own = [each for each in inputs["tactics"] if not each["name"].startswith("shift from")]
    with st.form(f"{prefix}_shifts", border=False):
        _shift_header()
        typed = {}
        for task in defaults().admin_tasks:
            said = f"{inputs['week'][task] * hours:.1f} h, board {promised(task, own):.0%}"
            typed[task] = _shift_row(board, task, levers, said, prefix)
        terms = _terms_fields(board, levers, prefix)
        if st.form_submit_button("Run with these hours", icon=":material/play_arrow:"):
            limits = [
                *(
                    Limit(defaults().tasks[task].label, 100 * share, 100, "%")
                    for task, (share, _) in typed.items()
                ),
                Limit("The price a seat", terms.seat_price, 1e9),
                Limit("The one-off price", terms.one_off, 1e12),
                Limit("Requirements done", 4 * terms.preparation, 4),
            ]
            if _all_within(limits):
                save(replace(levers, shifts=_shifts(typed), shift_terms=terms))
                st.rerun()


ROW = (5, 4, 4)


def _shift_header() -> None:
    with st.container(key="shift_header"):
        columns = st.columns(ROW)
    words = ("Task, hours a week, promised", "Shift (%)", "From")
    for column, word in zip(columns, words, strict=True):
        column.caption(word)


def _shift_row(
    board: Board, task: str, levers: Levers, said: str, prefix: str
) -> tuple[float, int]:
    now = levers.shifts.get(task, Shift(0.0, 1))
    label = defaults().tasks[task].label
    name, left, right = st.columns(ROW, vertical_alignment="center")
    name.markdown(f"{plain(label)}  \n:small[:gray[{plain(said)}]]")
    share = left.number_input(
        f"{label}: shift to automation (%)",
        value=100 * now.share,
        step=5.0,
        format="%.0f",
        label_visibility="collapsed",
        key=f"{prefix}_shift_{task}",
    )
    start = right.selectbox(
        f"{label}: from",
        range(1, board.plan.months + 1),
        index=min(now.start, board.plan.months) - 1,
        format_func=lambda month: month_label(board.plan.start_month, month),
        label_visibility="collapsed",
        key=f"{prefix}_from_{task}",
    )
    return share / 100, int(start)


def _shifts(typed: dict[str, tuple[float, int]]) -> dict[str, Shift]:
    return {task: Shift(share, start) for task, (share, start) in typed.items() if share > 0}


def _terms_fields(board: Board, levers: Levers, prefix: str) -> ShiftTerms:
    st.markdown("**What this extra automation costs**")
    terms, money = levers.shift_terms, sign(board.plan.currency)
    left, middle, right = st.columns(3)
    price = left.number_input(
        f"{money} a seat and month",
        value=terms.seat_price,
        step=10.0,
        format="%.0f",
        key=f"{prefix}_price",
    )
    one_off = middle.number_input(
        f"{money} once",
        value=terms.one_off,
        step=1000.0,
        format="%.0f",
        key=f"{prefix}_one_off",
    )
    ticks = right.number_input(
        "Requirements done, of 4", value=round(4 * terms.preparation), step=1, key=f"{prefix}_ticks"
    )
    return ShiftTerms(price, one_off, ticks / 4)


def destination_fields(levers: Levers, inputs: dict[str, Any], prefix: str, save: Save) -> None:
    """Ask where freed hours go and for how many of them somebody is responsible."""
    follows = levers.destinations is None and levers.plan_quality is None
    st.caption(
        "Taken from the tactics on the board."
        if follows
        else "Set for this scenario, instead of what the tactics on the board say."
    )
    with st.form(f"{prefix}_freed", border=False):
        shares = {
            use: st.number_input(
                f"{label} (%)",
                value=round(100 * inputs["destinations"][use], 2),
                step=5.0,
                format="%.1f",
                key=f"{prefix}_to_{use}",
            )
            for use, label in USES.items()
        }
        quality = st.number_input(
            "Freed hours that have a destination and an owner (%)",
            value=round(100 * inputs["plan_quality"], 2),
            step=5.0,
            format="%.1f",
            key=f"{prefix}_quality",
        )
        if st.form_submit_button("Run with these destinations", icon=":material/play_arrow:"):
            _save_destinations(levers, shares, quality, save)
    if not follows and st.button("Follow the board again", key=f"{prefix}_follow"):
        save(replace(levers, destinations=None, plan_quality=None))
        st.rerun()


def _save_destinations(
    levers: Levers, shares: dict[str, float], quality: float, save: Save
) -> None:
    limits = [Limit(USES[use], share, 100, "%") for use, share in shares.items()]
    if not _all_within([*limits, Limit("Freed hours with an owner", quality, 100, "%")]):
        return
    total = sum(shares.values())
    if abs(total - 100) > 0.5:
        more = f"Take {total - 100:.1f} away" if total > 100 else f"Add {100 - total:.1f}"
        st.error(f"The three shares add up to {total:.1f}%. {more} to run.")
        return
    exact = {use: share / total for use, share in shares.items()}
    save(replace(levers, destinations=exact, plan_quality=quality / 100))
    st.rerun()


def week_fields(
    board: Board, levers: Levers, inputs: dict[str, Any], prefix: str, save: Save
) -> None:
    """Ask for the rep week in shares or hours; it must add up before it is kept."""
    full = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    in_hours = (
        st.segmented_control(
            "Unit",
            ["Percent", f"Hours of {full:.0f}"],
            default="Percent",
            required=True,
            label_visibility="collapsed",
            key="week_unit",
        )
        != "Percent"
    )
    whole, unit = (full, "h") if in_hours else (100.0, "%")
    if levers.week is not None:
        st.caption("This scenario has its own week.")
    with st.form(f"{prefix}_week_{unit}", border=False):
        typed = {}
        for group, title in GROUPS.items():
            st.markdown(f"**{title}**")
            columns = st.columns(2)
            rows = [task for task in defaults().tasks.values() if task.group == group]
            for place, task in enumerate(rows):
                typed[task.name] = columns[place % 2].number_input(
                    f"{task.label} ({unit})",
                    value=round(inputs["week"][task.name] * whole, 3),
                    step=0.5,
                    format="%.1f",
                    key=f"{prefix}_week_{unit}_{task.name}",
                )
        if st.form_submit_button("Run with this week", icon=":material/play_arrow:"):
            _save_week(levers, typed, whole, unit, save)
    if levers.week is not None and st.button("Use the plan's week", key=f"{prefix}_week_reset"):
        save(replace(levers, week=None))
        st.rerun()


def _save_week(
    levers: Levers, typed: dict[str, float], whole: float, unit: str, save: Save
) -> None:
    labels = {name: task.label for name, task in defaults().tasks.items()}
    if not _all_within([Limit(labels[task], hours, whole, unit) for task, hours in typed.items()]):
        return
    total = sum(typed.values())
    if abs(total - whole) > 0.005 * whole:
        more = (
            f"Take {total - whole:.1f} {unit} away"
            if total > whole
            else f"Add {whole - total:.1f} {unit}"
        )
        st.error(f"The week adds up to {total:.1f} {unit}, not {whole:.1f}. {more} to run.")
        return
    save(replace(levers, week={task: value / total for task, value in typed.items()}))
    st.rerun()


def assumption_fields(board: Board, levers: Levers, prefix: str, save: Save) -> None:
    """Ask for the assumptions that decide the answer, low, likely and high."""
    st.caption("These matter most. A change here counts for this scenario only.")
    front = [each for each in defaults().assumptions.values() if each.is_front]
    with st.form(f"{prefix}_front", border=False):
        typed, before = {}, {}
        for each in front:
            own = board.plan.assumptions.get(each.name)
            base = (
                (own.low, own.mode, own.high)
                if own
                else (each.range.low, each.range.mode, each.range.high)
            )
            now = levers.assumptions.get(each.name, base)
            before[each.name] = base
            st.markdown(f"**{plain(each.label)}** {plain(each.unit)}", help=each.meaning)
            typed[each.name] = _three(
                f"{prefix}_{each.name}", now if isinstance(now, tuple) else (now, now, now)
            )
        if st.form_submit_button("Run with these ranges", icon=":material/play_arrow:"):
            _save_ranges(levers, typed, before, save)
    if levers.assumptions and st.button("Use the plan's ranges", key=f"{prefix}_ranges_reset"):
        save(replace(levers, assumptions={}))
        st.rerun()


def _three(key: str, values: tuple[float, float, float]) -> tuple[float, float, float]:
    columns = st.columns(3)
    low, mode, high = (
        column.number_input(part, value=float(value), format="%.3f", step=0.01, key=f"{key}_{part}")
        for column, part, value in zip(columns, ("low", "likely", "high"), values, strict=True)
    )
    return low, mode, high


def _save_ranges(
    levers: Levers,
    typed: dict[str, tuple[float, float, float]],
    before: dict[str, tuple[float, float, float]],
    save: Save,
) -> None:
    for name, (low, mode, high) in typed.items():
        if not low <= mode <= high:
            label = defaults().assumptions[name].label
            st.error(
                f"{plain(label)}: {mode:g} must lie between its low value {low:g} and its high "
                f"value {high:g}."
            )
            return
    shown = set(typed)
    kept: dict[str, Any] = {
        name: value for name, value in levers.assumptions.items() if name not in shown
    }
    kept |= {name: value for name, value in typed.items() if value != before[name]}
    save(replace(levers, assumptions=kept))
    st.rerun()
