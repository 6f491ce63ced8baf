"""The dialog that adds a tactic, or edits one: there each field saves itself."""

from typing import Any

import streamlit as st

import session
from pages.frame.dialog import dialog
from pages.frame.dialog_notes import say_gone, say_others
from pages.frame.draft import drop_draft, keep_draft, offer_draft
from pages.frame.editing import follow, fresh, save_fields, saved_words, show_trouble
from pages.frame.saving import save_and_close, show_dialog_error
from pages.frame.text import plain
from pages.plan.gate import gate
from pages.plan.tactic_fields import blank_tactic, tactic_fields
from pages.plan.view import lane_name
from strategy import commands
from strategy.edit_words import LABELS
from strategy.library import tactic_library
from strategy.model import Board, Lane, Run, Tactic
from strategy.proposing import propose_tactic

OWN = "Start from scratch"
Place = tuple[Lane, str | None]


@dialog("Tactic", width="large")
def tactic_dialog(board: Board, run: Run | None, tactic_id: str | None, lane: Place) -> None:
    """Edit the tactic of that id, or add a new one to `lane`, from scratch or from the library."""
    fresh()
    if tactic_id is None:
        _new(board, run, lane)
    else:
        # The plan may have moved on since the page was drawn.
        now = session.store().board(board.plan.id)
        _edit(now, run, session.store().tactic(now.plan.id, tactic_id))


def _edit(board: Board, run: Run | None, tactic: Tactic) -> None:
    """Draw the fields of a tactic that exists; each is saved when it is left."""
    base = session.dialog_base(lambda: commands.fields_of(tactic))
    # A place of its own: a line that comes or goes must not move the fields somebody types in.
    with st.container():
        if tactic.archived_at is not None:
            say_gone("tactic", tactic.title, lambda: _bring_back(board, tactic))
        say_others(board, tactic.id)
        if changed := follow(base, commands.fields_of(tactic)):
            labels = ", ".join(LABELS.get(name, name.replace("_", " ")) for name in changed)
            st.caption(plain(f"Changed by somebody else just now, and shown: {labels}."))
    trouble = st.container()
    where = _lane_field(board, (tactic.lane, tactic.goal_id))
    wanted = tactic_fields(board, base, where, lambda: gate(board, run, tactic))
    if tactic.archived_at is None:
        _save_edited(board, tactic, where, base, wanted)
    with trouble:
        show_trouble(base, {name: label.capitalize() for name, label in LABELS.items()})
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Done", type="primary", key=session.dialog_key("done")):
            session.close_dialog()
            st.rerun()
        if st.button("Archive", icon=":material/archive:", key=session.dialog_key("archive")):
            _archive(board, tactic)
        st.caption(saved_words())


def _save_edited(
    board: Board, tactic: Tactic, where: Place, base: dict[str, Any], wanted: dict[str, Any]
) -> None:
    store, plan_id, actor = session.store(), board.plan.id, session.actor()
    if where != (tactic.lane, tactic.goal_id):
        moved = session.attempt(
            lambda: commands.move_tactic(store, plan_id, actor, tactic.id, *where)
        )
        if moved:
            base["status"] = moved.status
    save_fields(
        lambda start, part: commands.edit_tactic(store, plan_id, actor, tactic.id, start, part),
        base,
        wanted,
    )


def _bring_back(board: Board, tactic: Tactic) -> None:
    commands.bring_back_tactic(session.store(), board.plan.id, session.actor(), tactic.id)


def _new(board: Board, run: Run | None, lane: Place) -> None:
    blank = blank_tactic()
    base = offer_draft(board.plan.id, "tactic", blank)
    show_dialog_error()
    _library()
    where = _lane_field(board, lane)
    wanted = tactic_fields(board, base, where, lambda: gate(board, run, None))
    # What the library must not write over.
    st.session_state["new_tactic"] = {"title": wanted["title"], "lane": where}
    keep_draft(board.plan.id, "tactic", blank, wanted)
    if st.button("Save", type="primary", key=session.dialog_key("save")):
        _save_new(board, where, base, wanted)


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
    typed = st.session_state.get("new_tactic", {})
    title = str(typed.get("title") or "").strip()
    if title in {each["title"] for each in tactic_library().values()}:
        title = ""
    lane = typed.get("lane")
    session.open_dialog(opened[0], lane_name(lane) if lane else opened[1])
    row = tactic_library().get(str(chosen), {})
    base = blank_tactic() | row | ({"library_key": chosen} if row else {})
    # What was typed wins over the library's own title.
    st.session_state["dialog_base"] = base | ({"title": title} if title else {})
    st.session_state[session.dialog_key("draft_asked")] = True


def _lane_field(board: Board, lane: Place) -> Place:
    lanes: list[Place] = [
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
        key=session.dialog_key(f"lane_{lane[0]}_{lane[1]}"),
    )


def _save_new(board: Board, where: Place, base: dict[str, Any], wanted: dict[str, Any]) -> None:
    store, plan_id, actor = session.store(), board.plan.id, session.actor()
    kept = save_and_close(
        lambda _: propose_tactic(store, plan_id, actor, where[0], where[1], **wanted), base, {}
    )
    drop_draft(plan_id, "tactic")
    if kept.lane != where[0]:
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
