"""Taking changes back, and again: every undo is a change of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from strategy.checks import check_goal, check_plan, check_tactic
from strategy.errors import CannotUndo, InvalidValue
from strategy.model import Actual, AssumptionRange, Checkpoint, Event, Goal, Plan, Scenario, Tactic
from strategy.ports import Change, Store

KINDS: dict[str, Any] = {
    "plans": Plan,
    "goals": Goal,
    "tactics": Tactic,
    "scenarios": Scenario,
    "checkpoints": Checkpoint,
    "actuals": Actual,
}


def undone(events: Sequence[Event]) -> set[int]:
    """Return the numbers of changes that are taken back now, given newest first."""
    gone: set[int] = set()
    for event in events:
        # Newest first: whether this undo was itself taken back is already known.
        if event.undo_of is not None and event.seq not in gone:
            gone.add(event.undo_of)
    return gone


def next_undo(events: Sequence[Event]) -> Event | None:
    """Return the change that undo would take back, or None; events newest first."""
    gone = undone(events)
    return next(
        (
            each
            for each in events
            if each.undo_of is None and each.undoable and each.seq not in gone
        ),
        None,
    )


def next_redo(events: Sequence[Event]) -> Event | None:
    """Return the undo that redo would take back, or None; events newest first."""
    gone = undone(events)
    for event in events:
        if event.undo_of is None and event.undoable:
            return None
        if event.undo_of is not None and event.seq not in gone and not _is_redo(event, events):
            return event
    return None


def _is_redo(event: Event, events: Sequence[Event]) -> bool:
    """Return whether the event takes back another undo."""
    target = next((each for each in events if each.seq == event.undo_of), None)
    return target is not None and target.undo_of is not None


def undo(store: Store, plan_id: str, actor: str, seq: int) -> str:
    """Take change number `seq` back; return it in words.

    Raises
    ------
    CannotUndo
        If somebody changed the same fields since; nothing is changed then.
    """
    with store.change(plan_id, actor, "undo", undo_of=seq) as change:
        event = change.event(seq)
        if not event.undoable:
            raise CannotUndo(f"“{event.words}” cannot be undone.")
        change.words = _words(event)
        for kind, rows in event.after.items():
            for row_id, after in rows.items():
                _restore(change, change.get(KINDS[kind], row_id), event, kind, after)
        require_sound(change, plan_id, f"“{event.words}” cannot be undone")
        return change.words


def require_sound(change: Change, plan_id: str, refusal: str) -> None:
    """Refuse to leave cards or goals which the plan cannot hold; `refusal` begins the sentence.

    Raises
    ------
    CannotUndo
        If a card would stand under a goal that is not on the board, or a field does not fit.
    """
    plan, goals = change.get(Plan, plan_id), change.goals()
    living = {goal.id for goal in goals}
    for tactic in change.tactics():
        if tactic.goal_id is not None and tactic.goal_id not in living:
            raise CannotUndo(
                f"{refusal}: “{tactic.title}” would stand under a goal that is not on the board. "
                "Move the card first."
            )
    try:
        check_plan(plan)
        for goal in goals:
            check_goal(goal, plan)
        for tactic in change.tactics():
            check_tactic(tactic, plan)
    except InvalidValue as error:
        raise CannotUndo(f"{refusal} now. {error}") from error


def _words(event: Event) -> str:
    if event.undo_of is None:
        return f"Undo: {event.words}"
    return "Redo: " + event.words.removeprefix("Undo: ")


def _restore(change: Change, row: Any, event: Event, kind: str, after: Mapping[str, Any]) -> None:
    before = event.before[kind][row.id]
    if before is None:
        if row.archived_at is not None:
            raise CannotUndo(f"“{event.words}” was taken back already.")
        change.update(row, archived_at=change.now)
        return
    moved = [name for name, value in after.items() if _logged(getattr(row, name)) != value]
    if moved:
        raise CannotUndo(
            f"“{event.words}” cannot be undone, because it was changed again since "
            f"({', '.join(name.replace('_', ' ') for name in moved)})."
        )
    change.update(row, **{name: unlogged(name, value) for name, value in before.items()})


def _logged(value: Any) -> Any:
    """Return a field's value as the history writes it."""
    if isinstance(value, Mapping):
        return {
            key: asdict(each) if isinstance(each, AssumptionRange) else each
            for key, each in value.items()
        }
    return value


def unlogged(name: str, value: Any) -> Any:
    """Return a field's value from what the history wrote."""
    if name == "assumptions":
        return {key: AssumptionRange(**each) for key, each in value.items()}
    return value
