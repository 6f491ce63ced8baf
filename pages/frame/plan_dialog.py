"""The dialog that changes a plan's settings."""

from typing import Any

import streamlit as st

import session
from pages.frame.dialog import dialog
from pages.frame.plan_files import show_import_dialog
from pages.frame.saving import save_and_close, show_dialog_error
from strategy import commands
from strategy.model import Board, Plan


def show_plan_dialog(board: Board) -> None:
    """Draw the plan's dialogs, if one is open on this page."""
    if session.dialog() == ("plan", board.plan.id if board else None) and board:
        plan_dialog(board)
    show_import_dialog()


@dialog("Plan")
def plan_dialog(board: Board) -> None:
    """Edit the plan of `board`."""
    base = session.dialog_base(lambda: commands.fields_of(board.plan))
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
        "budget": left.number_input(
            "Budget for the first 12 months",
            value=base["budget"],
            step=10_000.0,
            format="%.0f",
            placeholder="None",
            key=key("budget"),
        ),
    }


def _save(board: Board, base: dict[str, Any], wanted: dict[str, Any]) -> None:
    store, actor = session.store(), session.actor()

    def keep(start: dict[str, Any]) -> Plan:
        return commands.edit_plan(store, board.plan.id, actor, start, wanted)

    plan = save_and_close(keep, base, {})
    session.choose_plan(plan.id)
    st.rerun()
