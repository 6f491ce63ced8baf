"""The fields of a tactic's dialog, in the units people type."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import streamlit as st

import session
from pages.frame.editing import field_key
from pages.frame.text import sign
from pages.plan.further_goals import further_goals
from pages.plan.strategic_test import strategic_test
from simulation.defaults import defaults
from strategy.calendar import month_label
from strategy.model import Board, Lane, Plan, Tactic
from strategy.readiness import STATUS_NAMES

DESTINATIONS = {
    "selling": "Selling",
    "strategy": "Account work",
    "coaching": "Coaching",
    "nowhere": "Nowhere yet",
}
HOLDERS = {"system": "A system", "ops": "The operations team"}
NOT_TYPED = ("id", "plan_id", "lane", "goal_id", "position", "created_at", "archived_at", "version")


def blank_tactic() -> dict[str, Any]:
    """Return the values a new tactic's dialog starts with."""
    empty = Tactic(id="", plan_id="", title="", lane="unaligned")
    return {
        each.name: getattr(empty, each.name)
        for each in fields(Tactic)
        if each.name not in NOT_TYPED
    }


def tactic_fields(
    board: Board,
    base: dict[str, Any],
    lane: tuple[Lane, str | None],
    show_gate: Callable[[], None],
) -> dict[str, Any]:
    """Draw the fields; return what was typed, in the tactic's own units."""
    plan = board.plan
    title = st.text_input("Title", base["title"], max_chars=120, key=field_key("title"))
    tested = strategic_test(base)
    what, hours, money, effects, ready = st.tabs(
        ["What and when", "Hours it frees", "Cost", "Direct effects", "Readiness"]
    )
    with what:
        values = {"title": title, "library_key": base["library_key"]} | tested
        values |= _what(plan, base)
        values["supports"] = further_goals(board, base, lane)
    with hours:
        values |= _hours(base)
    with money:
        values |= _money(plan, base)
    with effects:
        values |= _effects(base)
    with ready:
        values |= _readiness(base, lane[0] == "goal")
        show_gate()
    return values


def _number(
    label: str,
    name: str,
    value: float,
    step: float = 1.0,
    help_text: str | None = None,
    part: str = "",
) -> float:
    typed = st.number_input(
        label,
        value=float(value),
        step=step,
        format="%g",
        key=field_key(name, part),
        help=help_text,
    )
    return float(typed)


def _what(plan: Plan, base: dict[str, Any]) -> dict[str, Any]:
    left, right = st.columns(2)
    with left:
        owner = st.text_input("Owner", base["owner"], max_chars=120, key=field_key("owner"))
        start = st.selectbox(
            "Starts in",
            range(1, plan.months + 1),
            index=min(base["start"], plan.months) - 1,
            format_func=lambda month: month_label(plan.start_month, month),
            key=field_key("start"),
        )
        earliest, latest = _start_range(plan, base)
    with right:
        effort = _number(
            "Effort of the operations team (person-days a year)", "effort_days", base["effort_days"]
        )
        delay = _number("Months until it works", "delay", base["delay"], 0.5)
    note = st.text_area("Note", base["note"], max_chars=2000, key=field_key("note"))
    return {
        "owner": owner,
        "start": start,
        "start_low": earliest,
        "start_high": latest,
        "effort_days": effort,
        "delay": delay,
        "note": note,
    }


def _start_range(plan: Plan, base: dict[str, Any]) -> tuple[int | None, int | None]:
    """Ask between which months it starts; both empty where somebody is sure."""
    ends = (("At the earliest", "start_low"), ("At the latest", "start_high"))
    earliest, latest = (
        column.selectbox(
            label,
            range(1, plan.months + 1),
            index=None if base[name] is None else min(base[name], plan.months) - 1,
            format_func=lambda month: month_label(plan.start_month, month),
            placeholder="Sure",
            help="Leave both empty if you are sure. With a range every future draws its own.",
            key=field_key(name),
        )
        for column, (label, name) in zip(st.columns(2), ends, strict=True)
    )
    return earliest, latest


def _hours(base: dict[str, Any]) -> dict[str, Any]:
    st.caption("Share of each admin task that this tactic takes over once everybody uses it.")
    moves: dict[str, float] = {}
    columns = st.columns(2)
    for place, task in enumerate(defaults().admin_tasks):
        with columns[place % 2]:
            share = _number(
                f"{defaults().tasks[task].label} (%)",
                "moves",
                100 * base["moves"].get(task, 0.0),
                part=task,
            )
        if share > 0:
            moves[task] = round(share / 100, 6)
    with columns[0]:
        to = st.selectbox(
            "Taken over by",
            list(HOLDERS),
            index=list(HOLDERS).index(base["to"]),
            format_func=lambda each: HOLDERS[each],
            key=field_key("to"),
        )
        destination = st.selectbox(
            "Freed hours go to",
            list(DESTINATIONS),
            index=list(DESTINATIONS).index(base["destination"]),
            format_func=lambda each: DESTINATIONS[each],
            key=field_key("destination"),
        )
    with columns[1]:
        adoption = _number("Reps who will use it (%)", "adoption", 100 * base["adoption"])
        least, most = _adoption_range(base)
        owner = st.text_input(
            "Who makes sure of that",
            base["destination_owner"],
            max_chars=120,
            key=field_key("destination_owner"),
        )
    return {
        "moves": moves,
        "moves_ops": _ops_hours(base),
        "to": to,
        "adoption": round(adoption / 100, 6),
        "adoption_low": least,
        "adoption_high": most,
        "destination": destination,
        "destination_owner": owner,
    }


def _adoption_range(base: dict[str, Any]) -> tuple[float | None, float | None]:
    """Ask between what the adoption lies; both empty where somebody is sure."""
    ends = (("At least (%)", "adoption_low"), ("At most (%)", "adoption_high"))
    low, high = (
        column.number_input(
            label,
            value=None if base[name] is None else 100.0 * base[name],
            step=1.0,
            format="%g",
            placeholder="Sure",
            help="Leave both empty if you are sure. With a range every future draws its own.",
            key=field_key(name),
        )
        for column, (label, name) in zip(st.columns(2), ends, strict=True)
    )
    return _share(low), _share(high)


def _share(percent: float | None) -> float | None:
    return None if percent is None else round(percent / 100, 6)


def _ops_hours(base: dict[str, Any]) -> dict[str, float]:
    moves: dict[str, float] = {}
    with st.expander("Work of the operations team it takes over"):
        columns = st.columns(2)
        for place, task in enumerate(defaults().ops_tasks):
            with columns[place % 2]:
                share = _number(
                    f"{defaults().tasks[task].label}, operations (%)",
                    "moves_ops",
                    100 * base["moves_ops"].get(task, 0.0),
                    part=task,
                )
            if share > 0:
                moves[task] = round(share / 100, 6)
    return moves


def _money(plan: Plan, base: dict[str, Any]) -> dict[str, Any]:
    money = sign(plan.currency)
    left, right = st.columns(2)
    with left:
        price = _number(f"Price a seat and month ({money})", "seat_price", base["seat_price"])
        one_off = _number(f"One-off cost ({money})", "one_off", base["one_off"], step=1000.0)
        training = _number("Training, hours a rep, once", "training_hours", base["training_hours"])
    with right:
        seats = st.number_input(
            f"Seats paid for (empty: all {plan.seats})",
            value=base["seats"],
            step=1,
            key=field_key("seats"),
        )
        fixed = _number(
            f"Fixed cost a month ({money})", "fixed_monthly", base["fixed_monthly"], step=100.0
        )
        upkeep = _number("Upkeep, operations hours a month", "upkeep_hours", base["upkeep_hours"])
    return {
        "seat_price": price,
        "seats": None if seats is None else int(seats),
        "one_off": one_off,
        "fixed_monthly": fixed,
        "training_hours": training,
        "upkeep_hours": upkeep,
    }


def _effects(base: dict[str, Any]) -> dict[str, Any]:
    st.caption(
        "Only what does not come from freed hours. Each is your own estimate at full adoption; "
        "leave 0 where you have none."
    )
    left, right = st.columns(2)
    with left:
        cycle = _number("Shorter sales cycle (%)", "cycle", 100 * base["cycle"])
        deal = _number("Larger deals (%)", "deal", 100 * base["deal"])
    with right:
        win = _number(
            "Win odds (log-odds)",
            "win",
            base["win"],
            0.01,
            "0.10 lifts a win rate of 22% to 23.8%.",
        )
        attention = _number(
            "Buyers' attention (%)",
            "attention",
            100 * base["attention"],
            help_text="Negative where outreach by machine costs goodwill.",
        )
    return {
        "cycle": round(cycle / 100, 6),
        "deal": round(deal / 100, 6),
        "win": win,
        "attention": round(attention / 100, 6),
    }


def _readiness(base: dict[str, Any], is_aligned: bool) -> dict[str, Any]:
    st.caption("In the model these four decide how well a tactic sticks and what it overruns.")
    st.checkbox(
        "Serves a goal (set by its lane)",
        is_aligned,
        disabled=True,
        key=session.dialog_key(f"aligned_{is_aligned}"),
    )
    ticks = {
        "requirements_written": "Requirements are written down",
        "process_standardised": "The process is standard first, and owned",
        "baseline_measured": "Today's level is measured",
        "buys_tool": "This tactic buys software",
    }
    values: dict[str, Any] = {
        name: st.checkbox(label, bool(base[name]), key=field_key(name))
        for name, label in ticks.items()
    }
    values["status"] = st.segmented_control(
        "How far is it?",
        list(STATUS_NAMES),
        default=base["status"],
        required=True,
        format_func=lambda each: STATUS_NAMES[each],
        key=field_key("status"),
        help="A tactic that buys software stays a draft until all four ticks are there.",
    )
    return values
