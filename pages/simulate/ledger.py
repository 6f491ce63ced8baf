"""Freed hours as a ledger on Simulate: promised, really freed, and where every hour goes."""

from typing import get_args

import pandas as pd
import streamlit as st

import session
from components.charts import Part, waterfall_alt, waterfall_chart
from components.charts.waterfall import Role
from components.numbers import format_change, format_range, format_value
from pages.frame.chart import show_chart
from strategy.calendar import month_label
from strategy.freed_ledger import FreedLedger, Line, Period, freed_ledgers
from strategy.model import Board, Run

SMALLEST = 0.05  # hours a week; smaller lines would read 0.0 h and are in the table only
ROLES: dict[str, Role] = {
    "selling": "selling",
    "blocked": "blocked",
    "strategy": "account",
    "coaching": "coaching",
}
PERIODS: dict[Period, str] = {"last": "Last month", "whole": "Mean month of the plan"}


def ledger_part(board: Board, run: Run) -> None:
    """Draw the ledger of a run as a waterfall with its table."""
    if not run.inputs["tactics"]:
        st.caption("No tactic is in this scenario, so no hour is promised or freed.")
        return
    with st.spinner("Working it out…", show_time=True):
        found = session.once(("ledger", run.id, run.model_version), lambda: freed_ledgers(run))
    period: Period = st.segmented_control(
        "Months",
        get_args(Period),
        default="last",
        required=True,
        format_func=lambda each: PERIODS[each],
        label_visibility="collapsed",
        key="ledger_period",
        persist_state="session",
    )
    ledger = found[period]
    parts = ledger_parts(ledger)
    show_chart(
        waterfall_chart(parts, palette=session.palette()),
        key="freed_ledger",
        heading=ledger_finding(ledger),
        caption=ledger_caption(ledger, board.plan.start_month),
        alt_text=f"{ledger_finding(ledger)}. {waterfall_alt(parts)}",
        table=lambda: ledger_table(ledger),
    )


def ledger_finding(ledger: FreedLedger) -> str:
    """Return "Of 10.2 h promised, 3.5 h come free and 0.4 h more meet buyers"."""
    promised, freed, met = (ledger.of(key).mean for key in ("promised", "freed", "selling"))
    said = (
        f"Of {format_value(promised, 'hours')} promised"
        if promised >= SMALLEST
        else "The tactics promise no hours"
    )
    if freed < SMALLEST:
        joined = "," if promised >= SMALLEST else ", and"
        more = f": reps have {format_value(-freed, 'hours')} more admin work"
        return f"{said}{joined} none come free{more if freed <= -SMALLEST else ''}"
    said = f"{said}, {format_value(freed, 'hours')} come free"
    if met < SMALLEST:
        return f"{said}, and no more selling meets buyers"
    return f"{said} and {format_value(met, 'hours')} more meet buyers"


def ledger_caption(ledger: FreedLedger, start_month: str) -> str:
    """Return which months these are, and that the ledger balances."""
    last = month_label(start_month, ledger.last)
    when = last if ledger.first == ledger.last else f"a mean month to {last}"
    return (
        f"Hours a rep-week in {when}, against carrying on as today: means over all futures, so "
        f"that parts add up. In each of {ledger.draws:,} futures and every month, what is "
        "promised less what is lost equals what is freed, and that equals what is used; "
        f"{_balance(ledger.gap)}"
    )


def _balance(gap: float) -> str:
    if gap < 1e-6:
        return "the largest gap is under a millionth of an hour."
    return f"the largest gap is {gap:.6f} h."


def ledger_parts(ledger: FreedLedger) -> list[Part]:
    """Return the rows of the chart; uses take the freed hours down to zero again."""
    return [
        _part(line)
        for line in ledger.lines
        if line.kind in ("promised", "freed") or abs(line.mean) >= SMALLEST
    ]


def _part(line: Line) -> Part:
    is_move = line.kind == "loss" or line.key == "staffing"
    amount = -line.mean if line.kind == "use" else line.mean
    shown = format_change(amount, "hours") if is_move else format_value(line.mean, "hours")
    span = format_range(line.p10, line.p90, "hours")
    return {
        "label": _label(line),
        "amount": amount,
        "text": shown,
        "role": _role(line),
        "tip": f"{_label(line)}: {format_value(line.mean, 'hours')} a rep-week, 80% range {span}. "
        f"{line.meaning}",
    }


def _label(line: Line) -> str:
    """Return a line's name; what more or fewer reps change says which of both it is."""
    if line.key != "staffing":
        return line.label
    return "Brought by more reps" if line.mean < 0 else "Covering for fewer reps"


def _role(line: Line) -> Role:
    if line.kind == "freed":
        return "total"
    is_move = line.kind == "loss" or line.key == "staffing"
    return "cost" if is_move else ROLES.get(line.key, "idle")


def ledger_table(ledger: FreedLedger) -> pd.DataFrame:
    """Return every line with its range, in the order of the chart."""
    rows = [(line.label, line.mean, line.p10, line.p90, line.meaning) for line in ledger.lines]
    columns = ["Line", "Hours a rep-week", "1 in 10 below", "9 in 10 below", "What it is"]
    return pd.DataFrame(rows, columns=columns).round(3)
