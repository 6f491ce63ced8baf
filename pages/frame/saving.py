"""How a dialog saves: conflicts are shown with both versions, nothing is overwritten unseen."""

from collections.abc import Callable
from typing import Any

import streamlit as st

import session
from pages.frame.text import plain
from strategy.errors import EditConflict, PlanError


def show_dialog_error() -> None:
    """Show why the last save in this dialog was refused.

    The place is there even without an error: what follows would be drawn anew, its open tab lost.
    """
    place = st.container()
    if error := st.session_state.get("dialog_error"):
        place.error(plain(error), icon=":material/error:")


def forget_dialog_error() -> None:
    """Say no more why the last save was refused: what it was about is no longer there."""
    st.session_state.pop("dialog_error", None)


def save_and_close(
    action: Callable[[dict[str, Any]], Any],
    base: dict[str, Any],
    labels: dict[str, str],
    show: Callable[[str, Any], str] = lambda _, value: str(value),
) -> Any:
    """Run a command with the dialog's base values; close the dialog if it was kept.

    `labels` and `show` say fields and their values in the words of the dialog.

    On a conflict the dialog stays open with what was typed, says what others saved meanwhile,
    and the next save replaces that knowingly.
    """
    try:
        kept = action(base)
    except EditConflict as conflict:
        st.session_state["dialog_base"] = base | {
            name: value for name, (value, _) in conflict.fields.items()
        }
        theirs = "; ".join(
            f"{labels.get(name, name.replace('_', ' '))} is now “{show(name, value)}”, "
            f"yours is “{show(name, mine)}”"
            for name, (value, mine) in conflict.fields.items()
        )
        st.session_state["dialog_error"] = (
            f"Somebody else changed this a moment ago: {theirs}. Save again to keep yours."
        )
        session.redraw_dialog()
    except PlanError as error:
        st.session_state["dialog_error"] = str(error)
        session.redraw_dialog()
    session.close_dialog()
    return kept
