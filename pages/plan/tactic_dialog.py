"""The dialog that adds, edits and archives a tactic."""

from typing import Any

import streamlit as st

import session
from pages.frame.saving import save_and_close, show_dialog_error
from pages.plan.gate import gate
from pages.plan.tactic_fields import blank_tactic, tactic_fields
from pages.plan.view import lane_name
from strategy import commands
from strategy.library import tactic_library
from strategy.model import Board, Lane, Run, Tactic
from strategy.proposing import propose_tactic

OWN = "Start from scratch"


@st.dialog("Tactic", width="large", on_dismiss=session.close_dialog)
def tactic_dialog(
    board: Board, run: Run | None, tactic: Tactic | None, lane: tuple[Lane, str | None]
) -> None:
    """Edit `tactic`, or add a new one to `lane`, from scratch or from the library."""
    base = session.dialog_base(lambda: commands.fields_of(tactic) if tactic else blank_tactic())
    show_dialog_error()
    if tactic is None:
        _library()
    where = _lane_field(board, lane)
    wanted = tactic_fields(board, base, where, lambda: gate(board, run, tactic))
    with st.container(horizontal=True):
        if st.button("Save", type="primary", key=session.dialog_key("save")):
            _save(board, tactic, lane, where, base, wanted)
        if tactic and st.button(
            "Archive", icon=":material/archive:", key=session.dialog_key("archive")
        ):
            _archive(board, tactic)


def _library() -> None:
    library = tactic_library()
    st.selectbox(
        "Start from the library",
        [OWN, *library],
        format_func=lambda key: library[key]["title"] if key in library else OWN,
        key="library_choice",
        on_change=_fill_from_library,
    )


def _fill_from_library() -> None:
    """Put the library's values into the fields; a new serial gives the fields new keys."""
    chosen = st.session_state.get("library_choice")
    opened = session.dialog()
    if opened is None:
        return
    title = str(st.session_state.get(session.dialog_key("title")) or "").strip()
    if title in {each["title"] for each in tactic_library().values()}:
        title = ""
    lane = st.session_state.get(session.dialog_key("lane"))
    session.open_dialog(opened[0], lane_name(lane) if lane else opened[1])
    row = tactic_library().get(str(chosen), {})
    base = blank_tactic() | row | ({"library_key": chosen} if row else {})
    # What was typed wins over the library's own title.
    st.session_state["dialog_base"] = base | ({"title": title} if title else {})


def _lane_field(board: Board, lane: tuple[Lane, str | None]) -> tuple[Lane, str | None]:
    lanes: list[tuple[Lane, str | None]] = [
        *(("goal", goal.id) for goal in board.goals),
        ("unaligned", None),
        ("ideas", None),
    ]
    titles = {("goal", goal.id): goal.title for goal in board.goals}
    names = {
        ("unaligned", None): "Not under a goal (runs, serves none)",
        ("ideas", None): "Ideas (parked, not in the plan)",
    }
    return st.selectbox(
        "Serves",
        lanes,
        index=lanes.index(lane) if lane in lanes else len(lanes) - 2,
        format_func=lambda each: titles.get(each) or names[each],
        key=session.dialog_key("lane"),
    )


def _save(
    board: Board,
    tactic: Tactic | None,
    lane: tuple[Lane, str | None],
    where: tuple[Lane, str | None],
    base: dict[str, Any],
    wanted: dict[str, Any],
) -> None:
    store, plan_id, actor = session.store(), board.plan.id, session.actor()

    def keep(start: dict[str, Any]) -> Tactic:
        if tactic is None:
            return propose_tactic(store, plan_id, actor, where[0], where[1], **wanted)
        return commands.edit_tactic(
            store,
            plan_id,
            actor,
            tactic.id,
            start,
            wanted,
            to=where if where != lane else None,
        )

    kept = save_and_close(keep, base, {})
    if tactic is None and kept.lane != where[0]:
        session.say(
            "done",
            f"{kept.title} is saved and waits under no goal. Open it, say which metric it will "
            "move, from what to what, and drag it to the goal it serves.",
        )
    st.rerun()


def _archive(board: Board, tactic: Tactic) -> None:
    session.attempt(
        lambda: commands.archive_tactic(session.store(), board.plan.id, session.actor(), tactic.id),
        "Archived. Undo brings it back.",
    )
    session.close_dialog()
    st.rerun()
