"""SqliteStore: plans kept in one SQLite file (see `strategy.ports.Store`)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from data import drafts, opening
from data.change import SqliteChange
from data.connections import Connections
from data.database import Discard, one_row, rows
from data.queries import (
    IS_RUN,
    fetch,
    forecast_marks,
    last_change,
    living,
    newest,
    what_happened,
)
from data.rows import from_row, plain_fields, to_row
from strategy.errors import Missing
from strategy.model import (
    Actual,
    Board,
    Checkpoint,
    Comment,
    Event,
    ForecastMark,
    Goal,
    Plan,
    Run,
    Scenario,
    ShareLink,
    Snapshot,
    Tactic,
)


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


class SqliteStore:
    """Plans in one SQLite file. Make it with `open`; it may be used from any thread.

    Each action has a connection of its own; they are kept for the next one.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = utc_now) -> None:
        """Name the file without touching it; `open` makes it ready."""
        self.path = Path(path).resolve()
        self._clock = clock
        self._connections = Connections(self.path)

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime] = utc_now) -> Self:
        """Return a store whose database exists, is whole and up to date.

        Raises
        ------
        DatabaseUnusable
            If it cannot be used; the sentence says what to do, the file is unchanged.
        """
        store = cls(path, clock)
        opening.prepare(store.path, clock)
        store._connections.stay()
        return store

    def close(self) -> None:
        """Let go of the file. Nothing is lost without it: every change is already kept."""
        self._connections.close()

    def back_up(self) -> Path:
        """Copy the database into `backups` beside it while others work; return the copy."""
        return opening.back_up(self.path, self._clock)

    def now(self) -> str:
        """Return the current time in UTC as sortable ISO text with seconds and "Z"."""
        moment = self._clock().astimezone(UTC)
        return moment.isoformat(timespec="seconds").replace("+00:00", "Z")

    def plans(self) -> tuple[Plan, ...]:
        """Return the plans that are not archived, oldest first."""
        sql = "SELECT * FROM plans WHERE archived_at IS NULL ORDER BY rowid"
        with self._connections.reading() as db:
            return tuple(from_row(Plan, row) for row in rows(db, sql))

    def archived_plans(self) -> tuple[Plan, ...]:
        """Return the plans that are archived, oldest first."""
        sql = "SELECT * FROM plans WHERE archived_at IS NOT NULL ORDER BY rowid"
        with self._connections.reading() as db:
            return tuple(from_row(Plan, row) for row in rows(db, sql))

    def board(self, plan_id: str) -> Board:
        """Return a plan with its goals and tactics, all of one moment.

        Raises
        ------
        Missing
            If there is no such plan, or it was archived.
        """
        with self._connections.reading() as db:
            plan = fetch(db, Plan, plan_id, plan_id)
            if plan.archived_at is not None:
                raise Missing(f"The plan {plan.name} was archived.")
            goals, tactics = living(db, Goal, plan_id), living(db, Tactic, plan_id)
            return Board(plan, goals, tactics, last_change(db, plan_id))

    def scenarios(self, plan_id: str) -> tuple[Scenario, ...]:
        """Return the plan's scenarios that are not archived, in order."""
        with self._connections.reading() as db:
            return living(db, Scenario, plan_id)

    def change_seq(self, plan_id: str) -> int:
        """Return the number of the plan's last change, 0 if it has none."""
        with self._connections.reading() as db:
            return last_change(db, plan_id)

    def events(self, plan_id: str, limit: int = 200) -> tuple[Event, ...]:
        """Return the plan's changes, newest first."""
        with self._connections.reading() as db:
            return newest(db, Event, "plan_id = ?", (plan_id,), limit)

    @contextmanager
    def change(
        self,
        plan_id: str,
        actor: str,
        op: str,
        words: str = "",
        *,
        undo_of: int | None = None,
        undoable: bool = True,
    ) -> Iterator[SqliteChange]:
        """Open one atomic change; it commits with its event when the block ends well.

        Only after the block has ended may anybody say "saved". A block that changes nothing
        leaves no event; an exception leaves no trace and goes on to the caller.
        """
        with self._connections.writing() as db:
            change = SqliteChange(db, plan_id, actor, words, self.now())
            yield change
            if not change.keep_event(op, undo_of, undoable):
                raise Discard

    def keep_run(self, run: Run) -> Run:
        """Keep a run; return it with its time. Atomic; leaves no event."""
        kept = replace(run, created_at=self.now())
        with self._connections.writing() as db:
            db.table("runs").insert(to_row(Run, plain_fields(kept)))
        return kept

    def find_run(
        self, plan_id: str, inputs_hash: str, model_version: str, seed: int, draws: int
    ) -> Run | None:
        """Return the newest run or search of exactly these inputs, or None."""
        where = "plan_id = ? AND inputs_hash = ? AND model_version = ? AND seed = ? AND draws = ?"
        params = (plan_id, inputs_hash, model_version, seed, draws)
        with self._connections.reading() as db:
            return next(iter(newest(db, Run, where, params, 1)), None)

    def run(self, plan_id: str, run_id: str) -> Run:
        """Return one run of the plan; raise Missing if there is none."""
        with self._connections.reading() as db:
            return fetch(db, Run, plan_id, run_id)

    def runs(self, plan_id: str, scenario_id: str | None, limit: int = 20) -> tuple[Run, ...]:
        """Return the newest runs of a scenario (None: of the board), newest first."""
        where = f"plan_id = ? AND scenario_id IS ? AND {IS_RUN}"
        with self._connections.reading() as db:
            return newest(db, Run, where, (plan_id, scenario_id), limit)

    def runs_of_plan(self, plan_id: str, limit: int = 20) -> tuple[Run, ...]:
        """Return the newest runs of a plan, of the board and of any scenario, newest first."""
        with self._connections.reading() as db:
            return newest(db, Run, f"plan_id = ? AND {IS_RUN}", (plan_id,), limit)

    def forecast_marks(
        self, plan_id: str, scenario_id: str | None = None
    ) -> tuple[ForecastMark, ...]:
        """Return the runs of a scenario (None: of the board) and its snapshots, newest first."""
        with self._connections.reading() as db:
            return forecast_marks(db, plan_id, scenario_id)

    def snapshot(self, plan_id: str, snapshot_id: str) -> Snapshot:
        """Return one snapshot of the plan; raise Missing if there is none."""
        with self._connections.reading() as db:
            return fetch(db, Snapshot, plan_id, snapshot_id)

    def snapshots(self, plan_id: str) -> tuple[Snapshot, ...]:
        """Return the plan's snapshots, newest first."""
        with self._connections.reading() as db:
            return newest(db, Snapshot, "plan_id = ?", (plan_id,))

    def checkpoints(self, plan_id: str) -> tuple[Checkpoint, ...]:
        """Return the plan's checkpoints that are not archived, newest first."""
        with self._connections.reading() as db:
            return newest(db, Checkpoint, "plan_id = ? AND archived_at IS NULL", (plan_id,))

    def actuals(self, plan_id: str) -> tuple[Actual, ...]:
        """Return what happened in the plan's months and was not removed, by month."""
        with self._connections.reading() as db:
            found = what_happened(db, plan_id)
        return tuple(each for each in found if each.archived_at is None)

    def share_links(self, plan_id: str) -> tuple[ShareLink, ...]:
        """Return the plan's share links, newest first."""
        with self._connections.reading() as db:
            return newest(db, ShareLink, "plan_id = ?", (plan_id,))

    def snapshot_for_token(self, token_hash: bytes) -> tuple[ShareLink, Snapshot] | None:
        """Return what a live link opens; None if unknown, expired, revoked or plan archived."""
        link = self.live_link(token_hash)
        return None if link is None else (link, self.snapshot_of(link))

    def live_link(self, token_hash: bytes) -> ShareLink | None:
        """Return a link; None if unknown, expired, revoked or its plan archived."""
        with self._connections.reading() as db:
            row = one_row(db, _LIVE_LINK, (token_hash, self.now()))
            return None if row is None else from_row(ShareLink, row)

    def snapshot_of(self, link: ShareLink) -> Snapshot:
        """Return the snapshot a link opens; it never changes."""
        with self._connections.reading() as db:
            return fetch(db, Snapshot, link.plan_id, link.snapshot_id)

    def keep_draft(self, plan_id: str, person: str, kind: str, values: Mapping[str, Any]) -> None:
        """Keep what a person typed into a dialog and has not kept; leaves no event."""
        drafts.keep(self.path, (plan_id, person, kind), values, self.now())

    def draft(self, plan_id: str, person: str, kind: str) -> tuple[dict[str, Any], str] | None:
        """Return what the person typed before, and when; None if nothing is kept."""
        return drafts.find(self.path, (plan_id, person, kind))

    def drop_draft(self, plan_id: str, person: str, kind: str) -> None:
        """Forget what the person typed."""
        drafts.drop(self.path, (plan_id, person, kind))

    def goal(self, plan_id: str, goal_id: str) -> Goal:
        """Return one goal of the plan, archived or not; raise Missing if there is none."""
        with self._connections.reading() as db:
            return fetch(db, Goal, plan_id, goal_id)

    def tactic(self, plan_id: str, tactic_id: str) -> Tactic:
        """Return one tactic of the plan, archived or not; raise Missing if there is none."""
        with self._connections.reading() as db:
            return fetch(db, Tactic, plan_id, tactic_id)

    def comments(self, plan_id: str, snapshot_id: str) -> tuple[Comment, ...]:
        """Return the comments on a snapshot, oldest first."""
        where = "plan_id = ? AND snapshot_id = ?"
        with self._connections.reading() as db:
            return newest(db, Comment, where, (plan_id, snapshot_id))[::-1]


_LIVE_LINK = """
SELECT share_links.* FROM share_links JOIN plans ON plans.id = share_links.plan_id
WHERE token_hash = ? AND revoked_at IS NULL AND ? < expires_at AND plans.archived_at IS NULL
"""
