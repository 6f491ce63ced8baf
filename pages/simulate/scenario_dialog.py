"""The dialog that saves, renames and archives a scenario."""

import streamlit as st

import session
from pages.frame.dialog import dialog
from pages.frame.saving import save_and_close, show_dialog_error
from strategy import commands
from strategy.model import Board, Scenario


@dialog("Scenario")
def scenario_dialog(board: Board, chosen: Scenario | None, *, is_new: bool) -> None:
    """Save the chosen scenario's levers under a new name, or rename or archive it."""
    base = session.dialog_base(lambda: {"name": chosen.name if chosen and not is_new else ""})
    show_dialog_error()
    name = st.text_input(
        "Name",
        base["name"],
        max_chars=60,
        placeholder="Half to coaching",
        key=session.dialog_key("name"),
    )
    if is_new and chosen:
        st.caption(f"Starts with the levers of {chosen.letter}. Later changes stay its own.")
    with st.container(horizontal=True):
        if st.button("Save", type="primary", key=session.dialog_key("save")):
            _save(board, chosen, name, base, is_new=is_new)
        if (
            chosen
            and not is_new
            and st.button("Archive", icon=":material/archive:", key=session.dialog_key("archive"))
        ):
            _archive(board, chosen)


def _save(
    board: Board, chosen: Scenario | None, name: str, base: dict[str, str], *, is_new: bool
) -> None:
    store, plan_id, actor = session.store(), board.plan.id, session.actor()

    def keep(start: dict[str, str]) -> Scenario:
        if is_new or chosen is None:
            overrides = chosen.overrides if chosen else {}
            return commands.add_scenario(store, plan_id, actor, name, overrides)
        return commands.edit_scenario(store, plan_id, actor, chosen.id, start, {"name": name})

    kept = save_and_close(keep, base, {"name": "The name"})
    session.choose_scenario(kept.id)
    st.rerun()


def _archive(board: Board, chosen: Scenario) -> None:
    session.attempt(
        lambda: commands.archive_scenario(
            session.store(), board.plan.id, session.actor(), chosen.id
        ),
        "Archived. Undo brings it back.",
    )
    session.choose_scenario(None)
    session.close_dialog()
    st.rerun()
