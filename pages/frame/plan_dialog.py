"""The dialog that makes a plan or changes its settings."""

from typing import Any

import streamlit as st

import session
from pages.frame.saving import save_and_close, show_dialog_error
from simulation.defaults import defaults
from strategy import commands
from strategy.identity import new_id
from strategy.model import Board, Plan

FIELDS = ("name", "start_month", "months", "currency", "seats", "ops_people", "ops_days_per_person")


def blank_plan() -> Plan:
    """Return a plan with the shipped defaults that starts next January."""
    organisation = defaults().organisation
    year = int(session.store().now()[:4]) + 1
    return Plan(
        id=new_id("plan"),
        name="",
        start_month=f"{year}-01",
        months=int(defaults().policy["months"]),
        currency="$",
        seats=int(organisation["seats"]),
        ops_people=organisation["ops_people"],
        hours_per_rep_month=organisation["hours_per_rep_month"],
        ops_days_per_person=220.0,
        week={name: task.share for name, task in defaults().tasks.items()},
        assumptions={},
        seed=20270101,
    )


def show_plan_dialog(board: Board) -> None:
    """Draw the plan dialog if it is open on this page."""
    opened = session.dialog()
    if opened and opened[0] == "plan":
        plan_dialog(board if opened[1] else None)


@st.dialog("Plan", on_dismiss=session.close_dialog)
def plan_dialog(board: Board | None) -> None:
    """Edit the plan of `board`, or make a new one."""
    plan = board.plan if board else blank_plan()
    base = session.dialog_base(lambda: commands.fields_of(plan))
    wanted = _fields(base)
    show_dialog_error()
    if st.button("Save", type="primary", key=session.dialog_key("save")):
        _save(board, base, wanted)


def _fields(base: dict[str, Any]) -> dict[str, Any]:
    key = session.dialog_key
    name = st.text_input("Name", base["name"], max_chars=120, key=key("name"))
    left, right = st.columns(2)
    return {
        "name": name,
        "start_month": left.text_input(
            "First month (2027-01)", base["start_month"], max_chars=7, key=key("start")
        ),
        "months": right.number_input(
            "Months covered", value=int(base["months"]), step=1, key=key("months")
        ),
        "seats": left.number_input(
            "Seats (reps)", value=int(base["seats"]), step=1, key=key("seats")
        ),
        "currency": right.text_input(
            "Currency sign", base["currency"], max_chars=4, key=key("currency")
        ),
        "ops_people": left.number_input(
            "Operations people", value=float(base["ops_people"]), step=0.5, key=key("ops")
        ),
        "ops_days_per_person": right.number_input(
            "Working days a year, per person",
            value=float(base["ops_days_per_person"]),
            step=1.0,
            key=key("days"),
        ),
    }


def _save(board: Board | None, base: dict[str, Any], wanted: dict[str, Any]) -> None:
    store, actor = session.store(), session.actor()

    def keep(start: dict[str, Any]) -> Plan:
        if board is None:
            return commands.create_plan(store, actor, Plan(**(start | wanted)))
        return commands.edit_plan(store, board.plan.id, actor, start, wanted)

    plan = save_and_close(keep, base, {})
    session.choose_plan(plan.id)
    st.rerun()
