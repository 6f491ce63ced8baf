"""Going back to a moment of the plan, whole or one row: a restore is a change of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from strategy.actuals import month_label_of
from strategy.calendar import month_label
from strategy.checks import clean_text
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.metrics import metric_of
from strategy.model import Actual, Checkpoint, Event, Goal, Plan, Scenario, Tactic
from strategy.ports import Change, Store
from strategy.undoing import KINDS, require_sound, unlogged

RESTORED = frozenset({"plans", "goals", "tactics", "scenarios"})
# What happened stays when the plan goes back; a single figure may.
ONE_BY_ONE = RESTORED | {"actuals"}
Fields = Mapping[str, Any]


def fields_then(later: Iterable[Event]) -> dict[tuple[str, str], Fields | None]:
    """Return what rows had before these changes, given newest first: (kind, id) -> fields.

    Only fields that were changed since; None for a row that did not exist.
    """
    found: dict[tuple[str, str], Fields | None] = {}
    for event in later:
        for kind, rows in event.before.items():
            for row_id, before in rows.items():
                known = found.get((kind, row_id)) or {}
                found[kind, row_id] = None if before is None else {**known, **before}
    return found


def restore(
    store: Store, plan_id: str, actor: str, seq: int, when: str, *, only: str | None = None
) -> str:
    """Bring the plan back to how it was right after change `seq`; return that in words.

    Parameters
    ----------
    when : names the moment in the history: a time, or a checkpoint's name
    only : the id of the one row to bring back; None brings back all of the plan

    Raises
    ------
    InvalidValue
        If nothing has changed since.
    CannotUndo
        If cards or goals would not fit together; nothing is changed then.
    """
    with store.change(plan_id, actor, "restore") as change:
        then = {
            (kind, row_id): fields
            for (kind, row_id), fields in fields_then(change.events_since(seq)).items()
            if (kind in RESTORED if only is None else kind in ONE_BY_ONE and only == row_id)
        }
        rows = [
            (change.get(KINDS[kind], row_id), fields) for (kind, row_id), fields in then.items()
        ]
        if not [row for row, fields in rows if _bring_back(change, row, fields)]:
            raise InvalidValue("Nothing has changed since then.")
        what = "the plan" if only is None else f"“{_title(rows[0][0])}”"
        change.words = f"Restore {what} as of {when}"
        require_sound(change, plan_id, f"{what[:1].upper()}{what[1:]} cannot be restored like that")
        return change.words


def _bring_back(change: Change, row: Any, fields: Fields | None) -> bool:
    """Give a row its former fields; return whether that changed it."""
    if fields is None:
        wanted: dict[str, Any] = {} if row.archived_at else {"archived_at": change.now}
    else:
        wanted = {name: unlogged(name, value) for name, value in fields.items()}
    return change.update(row, **wanted) != row if wanted else False


def _title(row: Plan | Goal | Tactic | Scenario | Actual) -> str:
    if isinstance(row, Actual):
        return f"{month_label_of(metric_of(row.metric))}, {month_label(row.month, 1)}"
    return row.title if isinstance(row, Goal | Tactic) else row.name


def name_moment(store: Store, plan_id: str, actor: str, seq: int, name: str) -> Checkpoint:
    """Give a moment of the plan, right after change `seq`, a name to come back to."""
    title = clean_text("The name", name, 60, required=True)
    with store.change(plan_id, actor, "add_checkpoint", f"Name this moment {title}") as change:
        row = Checkpoint(id=new_id("mark"), plan_id=plan_id, name=title, seq=seq, created_by=actor)
        return change.add(row)


def forget_moment(store: Store, plan_id: str, actor: str, checkpoint_id: str) -> None:
    """Take a checkpoint off the list; the plan stays as it is."""
    with store.change(plan_id, actor, "archive_checkpoint") as change:
        mark = change.get(Checkpoint, checkpoint_id)
        change.words = f"Forget the moment {mark.name}"
        change.update(mark, archived_at=change.now)
