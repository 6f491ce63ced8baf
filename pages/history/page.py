"""Who changed what, and how do we go back?"""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

import session
from components.numbers import Unit
from pages.frame.opening import about_plan
from pages.frame.text import plain
from reports.actuals_words import month_name
from reports.history_words import FieldChange, field_changes
from strategy.actuals import month_label_of
from strategy.metrics import metric_of
from strategy.model import OWN_METRIC, Actual, Board, Checkpoint, Event, Goal
from strategy.restoring import forget_moment, name_moment, restore
from strategy.undoing import undo, undone

MOST = 200
EVERYBODY = "Everybody"


def history_page() -> None:
    """Draw the changes of the current plan, newest first, and what one of them did."""
    about_plan(_history, missing="There is no plan whose history could be shown.")


def _history(board: Board) -> None:
    events = session.store().events(board.plan.id, MOST)
    if not events:
        st.title("Nothing was changed yet.")
        st.text("Every change of the plan will stand here, with who made it and the way back.")
        return
    st.title(_heading(events))
    st.caption(
        "Select a change to see what it did, to take it back, or to go back to that moment. "
        "Going back is a change like any other, and can be undone."
    )
    left, right = st.columns([7, 6], gap="medium")
    with left:
        _moments(board)
        chosen = _list(events)
    with right:
        _detail(board, chosen, events)


def _heading(events: Sequence[Event]) -> str:
    people = len({event.actor for event in events})
    count = f"The last {MOST}" if len(events) == MOST else str(len(events))
    changes = "change" if len(events) == 1 else "changes"
    return f"{count} {changes}, made by {people} {'person' if people == 1 else 'people'}."


def moment_words(at_utc: str) -> str:
    """Return a moment as people read it."""
    return f"{pd.Timestamp(at_utc):%-d %b %Y %H:%M} UTC"


def _moments(board: Board) -> None:
    for mark in session.store().checkpoints(board.plan.id):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/flag: **{plain(mark.name)}**", width="content")
            st.caption(
                plain(f"{moment_words(mark.created_at)}, {mark.created_by}"), width="content"
            )
            st.space("stretch")
            _button("Go back to it", f"back_{mark.id}", partial(_back_to, board, mark))
            _button("Forget", f"forget_{mark.id}", partial(_forget, board, mark))


def _back_to(board: Board, mark: Checkpoint) -> str:
    return restore(session.store(), board.plan.id, session.actor(), mark.seq, f"“{mark.name}”")


def _forget(board: Board, mark: Checkpoint) -> None:
    forget_moment(session.store(), board.plan.id, session.actor(), mark.id)


def _list(events: Sequence[Event]) -> Event:
    people = sorted({event.actor for event in events})
    who = EVERYBODY
    if len(people) > 1:
        who = st.selectbox(
            "Changes by", [EVERYBODY, *people], key="history_who", persist_state="session"
        )
    gone = undone(events)
    shown = [event for event in events if who in (EVERYBODY, event.actor)] or list(events)
    picked = st.dataframe(
        pd.DataFrame(
            {
                "When": [moment_words(event.at_utc) for event in shown],
                "Who": [event.actor for event in shown],
                "What": [
                    f"{event.words} (taken back)" if event.seq in gone else event.words
                    for event in shown
                ],
            }
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=560,
        key=f"history_{who}_{shown[0].seq}",
    )
    rows = picked.selection.rows
    return shown[rows[0]] if rows else shown[0]


def _detail(board: Board, event: Event, events: Sequence[Event]) -> None:
    plan = board.plan
    changes = field_changes(event, _names(board), _units(board), plan.currency, plan.start_month)
    with st.container(border=True):
        st.markdown(f"**{plain(event.words)}**")
        st.caption(plain(f"{event.actor}, {moment_words(event.at_utc)}"))
        if changes:
            st.table(_table(changes))
        else:
            st.text("This changed nothing that is shown here, such as the order of cards.")
        with st.container(horizontal=True):
            _ways_back(board, event, changes, events)
    _name_it(board, event)


def _table(changes: Sequence[FieldChange]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "What": [plain(each.thing) for each in changes],
            "Field": [plain(each.field) for each in changes],
            "Before": [plain(each.before) for each in changes],
            "After": [plain(each.after) for each in changes],
        }
    ).set_index("What")


def _ways_back(
    board: Board, event: Event, changes: Sequence[FieldChange], events: Sequence[Event]
) -> None:
    store, plan_id, when = session.store(), board.plan.id, moment_words(event.at_utc)
    if event.undoable and event.undo_of is None and event.seq not in undone(events):
        _button(
            "Take this change back",
            f"undo_{event.seq}",
            lambda: undo(store, plan_id, session.actor(), event.seq),
        )
    if event.seq == events[0].seq:
        return
    _button(
        "Go back to after this change",
        f"restore_{event.seq}",
        lambda: restore(store, plan_id, session.actor(), event.seq, when),
    )
    cards = {each.row_id: each.thing for each in changes if each.row_id != plan_id}
    if len(cards) == 1:
        [(row_id, thing)] = cards.items()
        _button(
            f"Only {thing}",
            f"only_{event.seq}",
            lambda: restore(store, plan_id, session.actor(), event.seq, when, only=row_id),
        )


def _name_it(board: Board, event: Event) -> None:
    with st.form(f"moment_{event.seq}", border=False, clear_on_submit=True):
        name = st.text_input(
            "Name the moment after this change",
            max_chars=60,
            placeholder="Before the budget cut",
        )
        if st.form_submit_button("Keep this name", icon=":material/flag:"):
            plan_id = board.plan.id
            session.attempt(
                lambda: name_moment(session.store(), plan_id, session.actor(), event.seq, name),
                "The moment has a name.",
            )
            st.rerun()


def _button(label: str, key: str, act: Callable[[], object]) -> None:
    st.button(plain(label), key=key, on_click=_act, args=(act,))


def _act(act: Callable[[], object]) -> None:
    said = session.attempt(act)
    if isinstance(said, str):
        session.say("done", said)


def _names(board: Board) -> dict[str, str]:
    """Return what each thing on the board is called now, by id."""
    names = {board.plan.id: board.plan.name}
    names |= {goal.id: goal.title for goal in board.goals}
    names |= {tactic.id: tactic.title for tactic in board.tactics}
    names |= {each.id: each.name for each in session.store().scenarios(board.plan.id)}
    names |= {
        each.id: f"{month_label_of(metric_of(each.metric))}, {month_name(each.month)}"
        for each in session.store().actuals(board.plan.id)
    }
    return names


def _units(board: Board) -> dict[str, Unit]:
    """Return the unit in which each goal and each figure counts, by id; own metrics have none."""
    counted: list[Goal | Actual] = [*board.goals, *session.store().actuals(board.plan.id)]
    return {each.id: metric_of(each.metric).unit for each in counted if each.metric != OWN_METRIC}
