"""A plan as a file: downloads in the plan's menu, and the dialog that imports one."""

import json
import re

import streamlit as st

import session
from pages.frame.dialog import dialog
from pages.frame.saving import forget_dialog_error, show_dialog_error
from pages.frame.text import plain
from reports.board_csv import board_csv
from strategy.document import Document, read_document, to_document
from strategy.errors import PlanError
from strategy.importing import import_plan
from strategy.model import Board


def export_buttons(board: Board) -> None:
    """Draw a download of the whole plan as JSON and one of the board as CSV."""
    name = file_name(board.plan.name)
    st.download_button(
        "Export plan (JSON)",
        lambda: plan_bytes(session.store().board(board.plan.id)),
        file_name=f"{name}.json",
        mime="application/json",
        icon=":material/download:",
        width="stretch",
        key="export_json",
        on_click="ignore",
    )
    st.download_button(
        "Export board (CSV)",
        lambda: board_csv(session.store().board(board.plan.id)),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/table:",
        width="stretch",
        key="export_csv",
        on_click="ignore",
    )


def plan_bytes(board: Board) -> bytes:
    """Return the plan's document as a file."""
    store = session.store()
    document = to_document(board, store.scenarios(board.plan.id), store.actuals(board.plan.id))
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()


def file_name(name: str) -> str:
    """Return a plan's name as a file name that every system takes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "plan"


def show_import_dialog() -> None:
    """Draw the import dialog if it is open on this page."""
    opened = session.dialog()
    if opened and opened[0] == "import":
        import_dialog()


@dialog("Import a plan")
def import_dialog() -> None:
    """Ask for a file, say what is in it, and make a new plan of it."""
    st.caption(
        "A plan that was exported by Fulcrum as JSON. It becomes a new plan; nothing that is "
        "here is changed."
    )
    upload = st.file_uploader(
        "Plan file (JSON, up to 10 MB)",
        type=["json"],
        key=session.dialog_key("file"),
        on_change=forget_dialog_error,
    )
    show_dialog_error()
    if upload is None:
        return
    try:
        document = read_document(upload.getvalue())
    except PlanError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.text(
        f"{document.plan.name}: {len(document.goals)} goals, {len(document.tactics)} tactics, "
        f"{len(document.scenarios)} scenarios."
    )
    if st.button("Import", type="primary", key=session.dialog_key("import")):
        _import(document, upload.name)


def _import(document: Document, name: str) -> None:
    try:
        plan = import_plan(session.store(), session.actor(), document, f"the file {name[:80]}")
    except PlanError as error:
        st.session_state["dialog_error"] = f"Nothing was imported. {error}"
        session.redraw_dialog()
    session.close_dialog()
    session.open_plan(plan.id)
    session.say("done", f"{plan.name} is imported as a new plan.")
    st.rerun()
