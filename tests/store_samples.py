"""A small plan for tests of keeping, and a store that holds it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from data.store import SqliteStore
from strategy.model import AssumptionRange, Goal, Plan, Run, Scenario, ShareLink, Snapshot, Tactic

PLAN = Plan(
    id="p1",
    name="North team",
    start_month="2026-01",
    months=24,
    currency="EUR",
    seats=10,
    ops_people=2.0,
    hours_per_rep_month=140.0,
    ops_days_per_person=200.0,
    week={"selling": 0.3, "admin": 0.7},
    assumptions={
        "win_rate": AssumptionRange(0.1, 0.2, 0.3, "CRM", "A", "ann", "2026-01-01T00:00:00Z")
    },
    seed=7,
)
GOAL = Goal("g1", "p1", "Win more", "ann", "win_rate", 0.2, 0.25, "2026-12", position="V")
TACTIC = Tactic("t1", "p1", "Clean the CRM", "goal", "g1", effort_days=5.0, position="V")
SCENARIO = Scenario("s1", "p1", "All in", "A", {"seats": 12}, position="V")
SNAPSHOT = Snapshot("n1", "p1", 1, "June review", {"plan": {"name": "North team"}}, "hash", "ann")
LINK = ShareLink("l1", "p1", "n1", b"h" * 32, "the board", "ann", "2026-02-01T00:00:00Z")
RUN = Run("r1", "p1", None, "hash", "1.0", 7, 1000, 24, {"a": 1}, {"goals": []}, 12, 1)


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        """Start on the first of January 2026."""
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.moment

    def move(self, **by: float) -> None:
        """Move it, backwards too."""
        self.moment += timedelta(**by)


def store_with(
    path: Path, *rows: Any, plan: Plan = PLAN, clock: Clock | None = None
) -> SqliteStore:
    """Return a store that holds a plan and rows of it."""
    store = SqliteStore.open(path, clock or Clock())
    with store.change(plan.id, "ann", "start") as change:
        change.add(plan)
        for row in rows:
            change.add(replace(row, plan_id=plan.id))
    return store
