"""The dialog that shows an assumption, changes its range and resets it."""

from typing import Any

import streamlit as st

import session
from components.assumption_values import as_kept, as_typed, is_percent, number_text, typed_unit
from pages.frame.assumption_picture import (
    range_words,
    show_range,
    show_tried,
    try_button,
    typed_range,
)
from pages.frame.dialog import dialog
from pages.frame.evidence_dialog import GRADES, evidence_dialog, show_evidence
from pages.frame.saving import save_and_close, show_dialog_error
from pages.frame.source import source_markdown
from pages.frame.text import plain
from simulation.defaults import Range, defaults
from strategy import commands
from strategy.errors import EditConflict
from strategy.model import Board, Plan
from strategy.rules import rule_off_of
from strategy.sharing import assumption_rows

PARTS = ("low", "mode", "high")
LABELS = {
    "low": "Low",
    "mode": "Likely",
    "high": "High",
    "source": "The source",
    "grade": "The evidence",
}


def show_assumption_dialog(board: Board) -> None:
    """Draw the dialog of an assumption, or of its evidence, if it is open on this page."""
    opened = session.dialog()
    if opened and opened[0] == "evidence":
        evidence_dialog(board, str(opened[1] or ""))
    elif opened and opened[0] == "assumption":
        rows = assumption_rows(board.plan)
        row = next((each for each in rows if each["name"] == opened[1]), None)
        if row:
            assumption_dialog(board, row)


@dialog("Assumption", position="right", width="medium")
def assumption_dialog(board: Board, row: dict[str, Any]) -> None:
    """Show one assumption with its source; keep a new range for this plan."""
    plan = board.plan
    base = session.dialog_base(lambda: {name: row[name] for name in (*PARTS, "source", "grade")})
    st.markdown(f"**{plain(row['label'])}**")
    st.text(row["meaning"])
    unit = plain(f"Unit: {typed_unit(row['unit'], plan.currency)}")
    st.caption(f"{unit}. Source: {source_markdown(row['source'])}")
    if rule := rule_off_of(plan, row["name"]):
        st.info(plain(f"The rule “{rule.title}” is off: the model leaves this out until it is on."))
    show_dialog_error()
    picture = st.container()
    wanted = _fields(row, base)
    typed = typed_range(row, wanted)
    with picture:
        if isinstance(typed, str):
            st.error(plain(typed), icon=":material/error:")
        else:
            show_range(row, typed, plan.currency)
    with st.container(horizontal=True):
        if st.button("Save", type="primary", key=session.dialog_key("save")):
            _save(plan, row, base, wanted)
        if isinstance(typed, Range):
            try_button(board, row, typed)
        if row["is_own"] and st.button(
            "Reset to the shipped range",
            icon=":material/restart_alt:",
            key=session.dialog_key("reset"),
        ):
            _reset(plan, row)
    if isinstance(typed, Range):
        show_tried(typed, plan.currency)
    show_evidence(plan, row["name"])
    st.caption(plain(_limits(row, plan.currency)))


def _limits(row: dict[str, Any], currency: str) -> str:
    shipped = defaults().assumptions[row["name"]]
    least, most = (number_text(each, row["unit"], currency) for each in shipped.bounds)
    said = range_words(shipped.range, row["unit"], currency)
    return f"Shipped: {said}. Accepted: {least} to {most}."


def _fields(row: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    key = session.dialog_key
    wanted: dict[str, Any] = {}
    unit = row["unit"]
    sign = " (%)" if is_percent(unit) else ""
    with st.container(key="assumption_values"):
        columns = st.columns(3)
    for column, part in zip(columns, PARTS, strict=True):
        typed = column.number_input(
            f"{LABELS[part]}{sign}",
            value=as_typed(float(base[part]), unit),
            step=_step(unit),
            format="%.0f" if unit.startswith("currency") else "%g",
            key=key(part),
        )
        wanted[part] = as_kept(typed, unit, float(base[part]))
    wanted["source"] = st.text_area(
        "Where does it come from?", base["source"], max_chars=500, key=key("source")
    )
    wanted["grade"] = st.selectbox(
        "Evidence",
        list(GRADES),
        index=list(GRADES).index(base["grade"]),
        format_func=lambda each: GRADES[each],
        key=key("grade"),
    )
    return wanted


def _step(unit: str) -> float:
    if unit.startswith("currency"):
        return 1000.0
    return 1.0 if is_percent(unit) else 0.01


def _save(plan: Plan, row: dict[str, Any], base: dict[str, Any], wanted: dict[str, Any]) -> None:
    name = row["name"]

    def keep(start: dict[str, Any]) -> Plan:
        now = session.store().board(plan.id).plan.assumptions.get(name)
        kept = {part: getattr(now, part) for part in start} if now else None
        if kept and kept != start and kept != wanted:
            differing = {part for part in kept if kept[part] != wanted[part]}
            raise EditConflict(
                "Somebody else changed this.",
                {part: (kept[part], wanted[part]) for part in differing},
            )
        return commands.set_assumptions(
            session.store(), plan.id, session.actor(), {name: wanted}, f"Change {row['label']}"
        )

    def show(part: str, value: Any) -> str:
        return number_text(value, row["unit"], plan.currency) if part in PARTS else str(value)

    save_and_close(keep, base, LABELS, show)
    st.rerun()


def _reset(plan: Plan, row: dict[str, Any]) -> None:
    session.attempt(
        lambda: commands.reset_assumption(
            session.store(), plan.id, session.actor(), row["name"], row["label"]
        ),
        "Reset to the shipped range. Undo brings yours back.",
    )
    session.close_dialog()
    st.rerun()
