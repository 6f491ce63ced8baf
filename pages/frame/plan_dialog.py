"""The dialog that changes a plan's settings."""

from dataclasses import replace
from typing import Any

import streamlit as st

import session
from pages.frame.dialog import dialog
from pages.frame.plan_files import show_import_dialog
from pages.frame.plan_later import Typed, kept_seasons, kept_team, season_fields, team_fields
from pages.frame.saving import save_and_close, show_dialog_error
from strategy import commands
from strategy.model import Board, Plan

TEAM = "plan_team"  # the dialog with its seats later on open
LABELS = {"headcount": "Seats later on", "season": "The season"}


def show_plan_dialog(board: Board) -> None:
    """Draw the plan's dialogs, if one is open on this page."""
    if session.dialog() in (("plan", board.plan.id), (TEAM, board.plan.id)):
        plan_dialog(board)
    show_import_dialog()


@dialog("Plan")
def plan_dialog(board: Board) -> None:
    """Edit the plan of `board`."""
    base = session.dialog_base(lambda: commands.fields_of(board.plan))
    wanted = _fields(base)
    opened = replace(board.plan, headcount=base["headcount"], season=base["season"])
    team = team_fields(opened, is_open=session.dialog() == (TEAM, board.plan.id))
    seasons = season_fields(opened)
    st.caption("How demand and prices change by year is an assumption: see Assumptions.")
    show_dialog_error()
    if st.button("Save", type="primary", key=session.dialog_key("save")):
        _save(opened, base, wanted, team, seasons)


def _fields(base: dict[str, Any]) -> dict[str, Any]:
    key = session.dialog_key
    name = st.text_input("Name", base["name"], max_chars=120, key=key("name"))
    # A row of its own for each pair: on a phone they stand one under the other, in this order.
    first, covered = st.columns(2)
    seats, currency = st.columns(2)
    people, days = st.columns(2)
    budget, _ = st.columns(2)
    return {
        "name": name,
        "start_month": first.text_input(
            "First month (2027-01)", base["start_month"], max_chars=7, key=key("start")
        ),
        "months": covered.number_input(
            "Months covered", value=int(base["months"]), step=1, key=key("months")
        ),
        "seats": seats.number_input(
            "Seats (reps)", value=int(base["seats"]), step=1, key=key("seats")
        ),
        "currency": currency.text_input(
            "Currency sign", base["currency"], max_chars=4, key=key("currency")
        ),
        "ops_people": people.number_input(
            "Operations people",
            value=float(base["ops_people"]),
            step=0.5,
            format="%g",
            key=key("ops"),
        ),
        "ops_days_per_person": days.number_input(
            "Working days a year, per person",
            value=float(base["ops_days_per_person"]),
            step=1.0,
            format="%g",
            key=key("days"),
        ),
        "budget": budget.number_input(
            "Budget for the first 12 months",
            value=base["budget"],
            step=10_000.0,
            format="%.0f",
            placeholder="None",
            key=key("budget"),
        ),
    }


def _save(
    opened: Plan,
    base: dict[str, Any],
    wanted: dict[str, Any],
    team: dict[str, Any],
    seasons: Typed,
) -> None:
    store, actor = session.store(), session.actor()

    def keep(start: dict[str, Any]) -> Plan:
        later = {
            "headcount": kept_team(replace(opened, seats=wanted["seats"]), team),
            "season": kept_seasons(opened, seasons),
        }
        return commands.edit_plan(store, opened.id, actor, start, wanted | later)

    plan = save_and_close(keep, base, LABELS, _said)
    session.choose_plan(plan.id)
    st.rerun()


def _said(name: str, value: Any) -> str:
    """Return a field's value as the dialog says it; what has many numbers in a word."""
    if name in LABELS:
        return "set" if value else "none"
    return str(value)
