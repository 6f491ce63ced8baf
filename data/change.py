"""One user action in progress: rows it touches, and what it changed."""

from collections.abc import Mapping
from typing import Any, cast

from sqlite_utils import Database

from data.errors import ChangeLost
from data.queries import fetch, living, newest, what_happened
from data.rows import KEPT, plain_fields, plain_value, require_updatable, to_row
from strategy.errors import InvalidValue, Missing
from strategy.model import Actual, Event, Goal, Plan, Scenario, Snapshot, Tactic
from strategy.ports import Row

Fields = dict[str, Any]


class Difference:
    """What changed between the start and the end of an action, field by field."""

    def __init__(self) -> None:
        """Start with nothing changed."""
        self._before: dict[tuple[str, str], Fields | None] = {}
        self._after: dict[tuple[str, str], Fields] = {}

    def added(self, table: str, row_id: str, fields: Mapping[str, Any]) -> None:
        """Note a row that did not exist before."""
        self._before[table, row_id] = None
        self._after[table, row_id] = dict(fields)

    def updated(self, table: str, row_id: str, before: Fields, after: Fields) -> None:
        """Note new values of a row's fields; of several values for a field the first is kept."""
        known = self._before.setdefault((table, row_id), {})
        if known is not None:
            known.update({name: before[name] for name in before if name not in known})
        self._after.setdefault((table, row_id), {}).update(after)

    def net(self) -> tuple[dict[str, dict[str, Fields | None]], dict[str, dict[str, Fields]]]:
        """Return before and after by table and row, without what came back to where it was."""
        befores: dict[str, dict[str, Fields | None]] = {}
        afters: dict[str, dict[str, Fields]] = {}
        for (table, row_id), after in self._after.items():
            before = self._before[table, row_id]
            if before is not None:
                after = {name: value for name, value in after.items() if value != before[name]}
                before = {name: before[name] for name in after}
            if after:
                befores.setdefault(table, {})[row_id] = before
                afters.setdefault(table, {})[row_id] = after
        return befores, afters


class SqliteChange:
    """One user action inside an open write transaction (see `strategy.ports.Change`)."""

    def __init__(self, db: Database, plan_id: str, actor: str, words: str, now: str) -> None:
        """Act on an open transaction, in the thread that opened it."""
        self.now = now
        self.actor = actor
        self.words = words
        self._db = db
        self._plan_id = plan_id
        self._difference = Difference()

    def get(self, kind: type[Row], row_id: str) -> Row:
        """Return a row of this plan, archived or not.

        Raises
        ------
        Missing
            If there is none with this id in this plan.
        """
        return fetch(self._db, kind, self._plan_id, row_id)

    def goals(self) -> tuple[Goal, ...]:
        """Return the plan's goals that are not archived, in order."""
        return living(self._db, Goal, self._plan_id)

    def tactics(self) -> tuple[Tactic, ...]:
        """Return the plan's tactics that are not archived, in order."""
        return living(self._db, Tactic, self._plan_id)

    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the plan's scenarios that are not archived, in order."""
        return living(self._db, Scenario, self._plan_id)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the plan's snapshots, newest first."""
        return newest(self._db, Snapshot, "plan_id = ?", (self._plan_id,))

    def actuals(self) -> tuple[Actual, ...]:
        """Return what happened in the plan's months, also what was removed, by month."""
        return what_happened(self._db, self._plan_id)

    def event(self, seq: int) -> Event:
        """Return one change of this plan; raise Missing if there is none."""
        found = newest(self._db, Event, "plan_id = ? AND seq = ?", (self._plan_id, seq))
        if not found:
            raise Missing(f"Change {seq} is not in this plan.")
        return found[0]

    def events_since(self, seq: int) -> tuple[Event, ...]:
        """Return the plan's changes after change `seq`, newest first."""
        return newest(self._db, Event, "plan_id = ? AND seq > ?", (self._plan_id, seq))

    def add(self, row: Row) -> Row:
        """Keep a new row, stamped with `now` and version 1; return it as kept."""
        self._require_open()
        if _plan_of(row) != self._plan_id:
            raise InvalidValue("A change can only add to its own plan.")
        kept, kind = KEPT[type(row)], type(row)
        stamp = {"created_at": self.now, "version": 1}
        values = plain_fields(row) | {name: stamp[name] for name in stamp if name in kept.columns}
        self._db.table(kept.table).insert(to_row(kind, values))
        logged = {name: values[name] for name in values if name not in kept.unlogged}
        self._difference.added(kept.table, row.id, logged)
        return self.get(kind, row.id)

    def update(self, row: Row, **fields: Any) -> Row:
        """Set the fields that differ from what is kept now, raise the version; return the row.

        The row is read again inside the transaction: only its id counts, not the values the
        caller holds. A call that changes nothing writes nothing.

        Raises
        ------
        Missing
            If the row is not in this plan.
        InvalidValue
            If a field is unknown, never changes, or has a value that cannot be kept.
        """
        self._require_open()
        kind, kept = type(row), KEPT[type(row)]
        require_updatable(kind, set(fields))
        now_kept = self.get(kind, row.id)
        before = plain_fields(now_kept)
        after = {name: plain_value(kind, name, value) for name, value in fields.items()}
        after = {name: value for name, value in after.items() if value != before[name]}
        if not after:
            return now_kept
        version = {"version": before["version"] + 1} if "version" in before else {}
        self._db.table(kept.table).update(row.id, to_row(kind, after | version))
        logged = {name: after[name] for name in after if name not in kept.unlogged}
        self._difference.updated(kept.table, row.id, {n: before[n] for n in logged}, logged)
        return self.get(kind, row.id)

    def keep_event(self, op: str, undo_of: int | None, undoable: bool) -> bool:
        """Write the action's event into its transaction; return False if nothing changed."""
        self._require_open()
        before, after = self._difference.net()
        if not after:
            return False
        event = Event(
            seq=0,
            plan_id=self._plan_id,
            at_utc=self.now,
            actor=self.actor,
            op=op,
            words=self.words,
            before=before,
            after=after,
            undo_of=undo_of,
            undoable=undoable,
        )
        values = plain_fields(event)
        del values["seq"]  # SQLite numbers events in the order they are kept
        self._db.table("events").insert(to_row(Event, values))
        return True

    def _require_open(self) -> None:
        """Refuse to write when SQLite gave up the transaction, for then each write commits."""
        if not self._db.conn.in_transaction:
            raise ChangeLost("Nothing was saved: an earlier step of this change failed. Try again.")


def _plan_of(row: object) -> str:
    return row.id if isinstance(row, Plan) else cast(str, cast(Any, row).plan_id)
