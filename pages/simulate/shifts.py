"""Hours shifted to automation: each lever is kept, and the plan run, as soon as it is set."""

from dataclasses import replace
from typing import Any

import streamlit as st

import session
from components.levers import LeverTable, Row, Setting, Term, lever_table, parse_setting, sent
from components.look import LookSpot
from pages.simulate.fields import Change, Save
from simulation.defaults import defaults
from strategy.amounts import symbol
from strategy.calendar import month_label
from strategy.levers import Levers, Shift, ShiftTerms
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board
from strategy.rep_week import promised

MOST_PRICE, MOST_ONE_OFF, MOST_TICKS = 1e9, 1e12, 4
TERMS = ("price", "one_off", "ticks")


def shift_fields(
    board: Board,
    levers: Levers,
    inputs: dict[str, Any],
    scenario_id: str,
    save: Save,
    spot: LookSpot | None,
) -> None:
    """Ask how much of each admin task goes to automation on top of the board, and from when."""
    st.caption(
        "Extra automation on top of what the board's tactics promise. What really comes free "
        "depends on fit, adoption and rework."
    )
    key = f"shifts_{scenario_id}"
    lever_table(
        shift_table(board, levers, inputs),
        part="shifts",
        look=spot,
        key=key,
        on_set=lambda: _on_set(key, save),
    )


def shift_table(board: Board, levers: Levers, inputs: dict[str, Any]) -> LeverTable:
    """Return what the table of a scenario's shifted hours shows."""
    hours = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    own = [each for each in inputs["tactics"] if not each["name"].startswith("shift from")]
    terms, money = levers.shift_terms, symbol(board.plan.currency)

    def row(task: str) -> Row:
        now = levers.shifts.get(task)
        return {
            "id": task,
            "label": defaults().tasks[task].label,
            "note": f"{inputs['week'][task] * hours:.1f} h, board {promised(task, own):.0%}",
            "share": round(100 * now.share, 6) if now else 0.0,
            "low": None,
            "high": None,
            "start": min(now.start, board.plan.months) if now else None,
            "earliest": None,
            "latest": None,
            "is_in": None,
            "is_changed": now is not None,
        }

    def term(name: str, label: str, value: float, step: float, most: float) -> Term:
        return {"id": name, "label": label, "value": value, "step": step, "most": most}

    return {
        "heads": ("Task, hours a week, promised", "Shift (%)", "From"),
        "share_words": "shift to automation (%)",
        "start_words": "from",
        "rows": [row(task) for task in defaults().admin_tasks],
        "months": [
            month_label(board.plan.start_month, month) for month in range(1, board.plan.months + 1)
        ],
        "terms_title": "What this extra automation costs",
        "terms": [
            term("price", f"{money} a seat and month", terms.seat_price, 10, MOST_PRICE),
            term("one_off", f"{money} once", terms.one_off, 1000, MOST_ONE_OFF),
            term("ticks", "Requirements, of 4", round(4 * terms.preparation), 1, MOST_TICKS),
        ],
    }


def shift_change(value: object) -> Change | None:
    """Return how what a browser sent changes the levers; None if it sent nothing.

    Raises
    ------
    ValueError
        If it is no setting of this table.
    """
    setting = parse_setting(value)
    if setting is None:
        return None
    _require_known(setting)
    return lambda levers: _with(levers, setting)


def keep_setting(value: object, save: Save) -> None:
    """Keep what a browser sent, or say why it is not kept."""
    try:
        change = shift_change(value)
    except ValueError as refused:
        session.say("error", f"{refused} Nothing was changed.")
        return
    if change is not None:
        save(change)


def _on_set(key: str, save: Save) -> None:
    keep_setting(sent(key), save)


def _require_known(setting: Setting) -> None:
    """Refuse a task or term this table does not have."""
    if not setting.rows.keys() <= set(defaults().admin_tasks):
        raise ValueError("There is no such task.")
    if setting.terms.keys() != set(TERMS):
        raise ValueError("The costs of the extra automation are not complete.")


def _with(levers: Levers, setting: Setting) -> Levers:
    shifts = {task: shift for task, shift in levers.shifts.items() if task not in setting.rows}
    shifts |= {
        task: Shift(shift.share / 100, shift.start)
        for task, shift in setting.rows.items()
        if shift.share > 0
    }
    terms = setting.terms
    return replace(
        levers,
        shifts=shifts,
        shift_terms=ShiftTerms(terms["price"], terms["one_off"], terms["ticks"] / MOST_TICKS),
    )
