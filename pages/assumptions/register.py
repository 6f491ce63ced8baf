"""What does the answer hang on, and how do we know it?"""

from typing import Any

import pandas as pd
import streamlit as st

import session
from components.assumption_values import number_text, unit_text
from pages.assumptions.calendar_import import calendar_section
from pages.assumptions.crm_import import import_section
from pages.assumptions.time_log import time_log_section
from pages.frame.assumption_dialog import show_assumption_dialog
from pages.frame.chart import heading_row
from pages.frame.opening import about_plan
from strategy.model import Board, Plan
from strategy.sharing import assumption_rows

GRADES = {"measured": "Measured", "benchmark": "Benchmark", "estimate": "Estimate"}


def assumptions_page() -> None:
    """Draw every assumption of the plan, and the import of a CRM export."""
    about_plan(_drawn, note="Shared by all scenarios")


def _drawn(board: Board) -> None:
    rows = assumption_rows(board.plan)
    st.title(_headline(rows))
    st.caption(
        "The first nine decide most of the answer. Select a row to see what it means and to "
        "change it."
    )
    register, measure, log = st.tabs(
        ["Register", "Import a CRM export", "Import a time log"], key="assumption_tabs"
    )
    with register:
        _register(board.plan, rows)
    with measure:
        import_section(board)
    with log:
        time_log_section(board)
        calendar_section(board)
    show_assumption_dialog(board.plan)


def _headline(rows: list[dict[str, Any]]) -> str:
    counts = {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES}
    if counts["measured"] == 0:
        return (
            f"None of {len(rows)} assumptions is measured here yet. Import a CRM export to start."
        )
    verb = "is" if counts["measured"] == 1 else "are"
    return (
        f"{counts['measured']} of {len(rows)} assumptions {verb} measured, "
        f"{counts['benchmark']} are benchmarks, {counts['estimate']} are estimates."
    )


def _range_text(row: dict[str, Any], currency: str) -> str:
    low, high = (number_text(row[name], row["unit"], currency) for name in ("low", "high"))
    return "fixed" if row["low"] == row["high"] else f"{low} to {high}"


def _register(plan: Plan, rows: list[dict[str, Any]]) -> None:
    counts = {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES}
    choice = st.segmented_control(
        "Evidence",
        ["all", *GRADES],
        default="all",
        required=True,
        format_func=lambda each: (
            f"All {len(rows)}" if each == "all" else f"{GRADES[each]} {counts[each]}"
        ),
        label_visibility="collapsed",
        key="grade_filter",
    )
    shown = [row for row in rows if choice in ("all", row["grade"])]
    table = pd.DataFrame(
        {
            "Assumption": [row["label"] for row in shown],
            "Likely": [number_text(row["mode"], row["unit"], plan.currency) for row in shown],
            "Range": [_range_text(row, plan.currency) for row in shown],
            "Unit": [unit_text(row["unit"]) or row["unit"] for row in shown],
            "Evidence": [GRADES[row["grade"]] for row in shown],
            "Source": [row["source"] for row in shown],
            "Set by": [
                f"{row['set_by']}, {row['set_at'][:10]}" if row["is_own"] else "shipped default"
                for row in shown
            ],
        }
    )
    heading_row("", lambda: table, key="assumptions")
    key = f"register_{plan.version}_{choice}_{st.session_state.get('dialog_serial', 0)}"
    picked = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        column_config={
            "Assumption": st.column_config.TextColumn(width=240),
            "Range": st.column_config.TextColumn(width=150),
            "Source": st.column_config.TextColumn(width="large"),
        },
        key=key,
    )
    chosen = picked.selection.rows
    if chosen and 0 <= chosen[0] < len(shown):
        session.open_dialog("assumption", shown[chosen[0]]["name"])
