"""What the verbs need kept: the store as planning sees it."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

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

Row = TypeVar("Row", Plan, Goal, Tactic, Scenario, Snapshot, ShareLink, Comment, Checkpoint, Actual)


class Change(Protocol):
    """One user action in progress: all of it is kept together with its event, or none."""

    now: str
    actor: str
    words: str

    def get(self, kind: type[Row], row_id: str) -> Row:
        """Return a row of this plan, archived or not; raise Missing if there is none."""

    def goals(self) -> tuple[Goal, ...]:
        """Return the plan's goals that are not archived, in order."""

    def tactics(self) -> tuple[Tactic, ...]:
        """Return the plan's tactics that are not archived, in order."""

    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the plan's scenarios that are not archived, in order."""

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the plan's snapshots, newest first."""

    def actuals(self) -> tuple[Actual, ...]:
        """Return what happened in the plan's months, also what was removed, by month."""

    def add(self, row: Row) -> Row:
        """Keep a new row, stamped with `now`; return it as kept."""

    def update(self, row: Row, **fields: Any) -> Row:
        """Set fields of a row that exists, raise its version; return it as kept."""

    def event(self, seq: int) -> Event:
        """Return one change of this plan; raise Missing if there is none."""

    def events_since(self, seq: int) -> tuple[Event, ...]:
        """Return the plan's changes after change `seq`, newest first."""


class Store(Protocol):
    """Where plans are kept. Reads see only what was committed."""

    def now(self) -> str:
        """Return the current time in UTC as ISO text with seconds."""

    def plans(self) -> tuple[Plan, ...]:
        """Return the plans that are not archived, oldest first."""

    def archived_plans(self) -> tuple[Plan, ...]:
        """Return the plans that are archived, oldest first."""

    def board(self, plan_id: str) -> Board:
        """Return a plan with its goals and tactics; raise Missing if there is none."""

    def scenarios(self, plan_id: str) -> tuple[Scenario, ...]:
        """Return the plan's scenarios that are not archived, in order."""

    def change_seq(self, plan_id: str) -> int:
        """Return the number of the plan's last change, 0 if it has none."""

    def events(self, plan_id: str, limit: int = 200) -> tuple[Event, ...]:
        """Return the plan's changes, newest first."""

    def change(
        self,
        plan_id: str,
        actor: str,
        op: str,
        words: str = "",
        *,
        undo_of: int | None = None,
        undoable: bool = True,
    ) -> AbstractContextManager[Change]:
        """Open one atomic change; it commits with its event when the block ends well.

        A block that changes nothing leaves no event. An exception leaves no trace.
        """

    def keep_run(self, run: Run) -> Run:
        """Keep a run; return it with its time. Runs are records, not changes: no event.

        A run whose summary names a `kind`, as a search does, is in no list of runs.
        """

    def find_run(
        self, plan_id: str, inputs_hash: str, model_version: str, seed: int, draws: int
    ) -> Run | None:
        """Return the newest run or search of exactly these inputs, or None."""

    def run(self, plan_id: str, run_id: str) -> Run:
        """Return one run of the plan; raise Missing if there is none."""

    def runs(self, plan_id: str, scenario_id: str | None, limit: int = 20) -> tuple[Run, ...]:
        """Return the newest runs of a scenario (None: of the board), newest first."""

    def runs_of_plan(self, plan_id: str, limit: int = 20) -> tuple[Run, ...]:
        """Return the newest runs of a plan, of the board and of any scenario, newest first."""

    def forecast_marks(
        self, plan_id: str, scenario_id: str | None = None
    ) -> tuple[ForecastMark, ...]:
        """Return the runs of a scenario (None: of the board) and its snapshots, newest first."""

    def snapshot(self, plan_id: str, snapshot_id: str) -> Snapshot:
        """Return one snapshot of the plan; raise Missing if there is none."""

    def snapshots(self, plan_id: str) -> tuple[Snapshot, ...]:
        """Return the plan's snapshots, newest first."""

    def actuals(self, plan_id: str) -> tuple[Actual, ...]:
        """Return what happened in the plan's months and was not removed, by month."""

    def checkpoints(self, plan_id: str) -> tuple[Checkpoint, ...]:
        """Return the plan's checkpoints that are not archived, newest first."""

    def share_links(self, plan_id: str) -> tuple[ShareLink, ...]:
        """Return the plan's share links, newest first."""

    def snapshot_for_token(self, token_hash: bytes) -> tuple[ShareLink, Snapshot] | None:
        """Return what a live link opens, read-only; None if unknown, expired or revoked."""

    def live_link(self, token_hash: bytes) -> ShareLink | None:
        """Return a link; None if unknown, expired, revoked or its plan archived."""

    def snapshot_of(self, link: ShareLink) -> Snapshot:
        """Return the snapshot a link opens; it never changes."""

    def keep_draft(self, plan_id: str, person: str, kind: str, values: Mapping[str, Any]) -> None:
        """Keep what a person typed into a dialog and has not kept; leaves no event."""

    def draft(self, plan_id: str, person: str, kind: str) -> tuple[dict[str, Any], str] | None:
        """Return what the person typed before, and when; None if nothing is kept."""

    def drop_draft(self, plan_id: str, person: str, kind: str) -> None:
        """Forget what the person typed."""

    def goal(self, plan_id: str, goal_id: str) -> Goal:
        """Return one goal of the plan, archived or not; raise Missing if there is none."""

    def tactic(self, plan_id: str, tactic_id: str) -> Tactic:
        """Return one tactic of the plan, archived or not; raise Missing if there is none."""

    def comments(self, plan_id: str, snapshot_id: str) -> tuple[Comment, ...]:
        """Return the comments on a snapshot, oldest first."""
