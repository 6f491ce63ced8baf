"""A small plan that can be simulated, for the tests of planning, and what it promises them."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.database import reading, rows
from data.store import SqliteStore
from simulation.defaults import defaults
from simulation.engine import simulate
from strategy.checks import check_goal, check_plan, check_tactic
from strategy.errors import PlanError
from strategy.model import Board, Goal, Plan, Scenario, Tactic
from strategy.ports import Store
from strategy.projection import engine_inputs, read_inputs
from tests.store_samples import Clock

DRAWS = 200
WEEK = {name: task.share for name, task in defaults().tasks.items()}
PLAN = Plan(
    id="p1",
    name="North team",
    start_month="2027-01",
    months=24,
    currency="EUR",
    seats=10,
    ops_people=2.0,
    hours_per_rep_month=150.0,
    ops_days_per_person=200.0,
    week=WEEK,
    assumptions={},
    seed=7,
    baseline_source="A time log",
)
WIN = Goal("g1", "p1", "Win more", "Ann", "win_rate", 0.22, 0.24, "2027-12", position="V")
FASTER = Goal("g2", "p1", "Sell faster", "Bob", "cycle_days", 91.0, 88.0, "2028-06", position="W")
CLEAN = Tactic(
    "t1",
    "p1",
    "Clean the CRM",
    "goal",
    "g1",
    owner="Ann",
    effort_days=40.0,
    moves={"crm_entry": 0.6},
    requirements_written=True,
    destination="selling",
    destination_owner="Ann",
    seat_price=40.0,
    one_off=10_000.0,
    note="A private note",
    position="V",
)
COACH = Tactic("t2", "p1", "Coach weekly", "goal", "g1", effort_days=20.0, win=0.08, position="W")
QUOTE = Tactic(
    "t3",
    "p1",
    "Quote by rule",
    "goal",
    "g2",
    start=3,
    delay=2.0,
    effort_days=60.0,
    moves={"quotes": 0.5, "orders": 0.2},
    destination="strategy",
    cycle=0.08,
    seat_price=90.0,
    position="V",
)
STRAY = Tactic(
    "t4",
    "p1",
    "Second BI tool",
    "unaligned",
    effort_days=30.0,
    moves={"forecast": 0.1},
    one_off=25_000.0,
    position="V",
)
IDEA = Tactic("t5", "p1", "Sales contest", "ideas", start=6, one_off=12_000.0, position="V")
GOALS, TACTICS = (WIN, FASTER), (CLEAN, COACH, QUOTE, STRAY, IDEA)
BOARD = Board(PLAN, GOALS, TACTICS, change_seq=1)
OTHERS = (
    replace(WIN, id="g9", plan_id="p2"),
    replace(CLEAN, id="t9", plan_id="p2", goal_id="g9"),
    Scenario("s9", "p2", "Elsewhere", "A", {}, position="V"),
)


def planned_store(path: Path, clock: Clock | None = None) -> SqliteStore:
    """Return a store with the plan above and a second plan; nothing of it can be undone."""
    path.write_bytes(_planned_file())
    return SqliteStore.open(path, clock or Clock())


@cache
def _planned_file() -> bytes:
    """Return the bytes of such a database: writing it once spares a second in every ten tests."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.open(Path(folder) / "plan.db", Clock())
        _fill(store)
        copy = store.back_up().read_bytes()
        store.close()
    return copy


def _fill(store: SqliteStore) -> None:
    for plan, content in ((PLAN, (*GOALS, *TACTICS)), (replace(PLAN, id="p2"), OTHERS)):
        with store.change(plan.id, "ann", "start", "Start", undoable=False) as change:
            change.add(plan)
            for row in content:
                change.add(row)


def changes(store: SqliteStore) -> int:
    """Return how many changes the plan has seen; their numbers are shared with other plans."""
    return len(store.events("p1", -1))


def fingerprint(store: SqliteStore) -> str:
    """Return a hash of every row of every table."""
    content: dict[str, list[str]] = {}
    with reading(store.path) as db:
        tables = rows(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for table in tables:
            found = rows(db, f'SELECT * FROM "{table["name"]}"')
            content[table["name"]] = sorted(repr(row) for row in found)
    return hashlib.sha256(repr(content).encode()).hexdigest()


@contextmanager
def refused(store: SqliteStore, kind: type[PlanError], words: str | None = None) -> Iterator[None]:
    """Expect a refusal in these words that leaves no trace in the database."""
    before = fingerprint(store)
    with pytest.raises(kind, match=words):
        yield
    assert fingerprint(store) == before


def content(store: Store, plan_id: str = "p1") -> dict[str, Any]:
    """Return what people see of a plan: living rows in order, without their versions."""
    board = store.board(plan_id)
    shown = {
        "plan": asdict(board.plan),
        "goals": [asdict(goal) for goal in board.goals],
        "tactics": [asdict(tactic) for tactic in board.tactics],
        "scenarios": [asdict(scenario) for scenario in store.scenarios(plan_id)],
    }
    for row in (shown["plan"], *shown["goals"], *shown["tactics"], *shown["scenarios"]):
        del row["version"]
    return shown


def lane(store: Store, goal_id: str | None, name: str = "goal") -> list[str]:
    """Return the ids of a lane's tactics as the board shows them."""
    return [
        tactic.id
        for tactic in store.board("p1").tactics
        if tactic.lane == name and tactic.goal_id == goal_id
    ]


def test_the_sample_passes_every_check_as_it_is() -> None:
    assert check_plan(PLAN) == PLAN
    assert [check_goal(goal, PLAN) for goal in GOALS] == list(GOALS)
    assert [check_tactic(tactic, PLAN) for tactic in TACTICS] == list(TACTICS)


def test_the_sample_runs() -> None:
    outcome = simulate(read_inputs(engine_inputs(BOARD)), DRAWS, PLAN.seed)
    assert outcome.metrics["bookings"].shape == (DRAWS, 24)


def test_a_fingerprint_sees_a_single_changed_field(tmp_path: Path) -> None:
    store = planned_store(tmp_path / "plan.db")
    before = fingerprint(store)
    assert fingerprint(store) == before
    with store.change("p1", "ann", "edit") as change:
        change.update(CLEAN, note="Another note")
    assert fingerprint(store) != before
    store.close()
