"""Whatever was done in whatever order, undoing all of it leads back, and redoing all forward."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.store import SqliteStore
from strategy import commands
from strategy.errors import PlanError
from strategy.undoing import next_redo, next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import content, planned_store

Step = tuple[str, int, int, int]
TITLES = ("Win most", "Try it", "Änderung", "Win more")
RANGE = {"low": 0.1, "mode": 0.2, "high": 0.3, "source": "CRM", "grade": "measured"}


def pick(rows: Any, place: int) -> str:
    """Return the id of one of the rows, or one that does not exist."""
    return rows[place % len(rows)].id if rows else "nobody"


def add_goal(store: SqliteStore, a: int, b: int, c: int) -> None:
    commands.add_goal(
        store,
        "p1",
        "ann",
        title=TITLES[a % 4],
        owner="Ann",
        metric="win_rate",
        baseline=0.2,
        target=0.2 + b / 100,
        due_month=f"2027-{c % 12 + 1:02d}",
    )


def edit_goal(store: SqliteStore, a: int, b: int, c: int) -> None:
    goal_id = pick(store.board("p1").goals, a)
    goal = next((each for each in store.board("p1").goals if each.id == goal_id), None)
    base = commands.fields_of(goal) if goal else {}
    wanted = {"title": TITLES[b % 4], "target": c / 10}
    commands.edit_goal(store, "p1", "ann", goal_id, base, wanted)


def archive_goal(store: SqliteStore, a: int, b: int, c: int) -> None:
    commands.archive_goal(store, "p1", "ann", pick(store.board("p1").goals, a))


def some_lane(store: SqliteStore, a: int, b: int) -> tuple[Any, str | None]:
    lanes: list[tuple[Any, str | None]] = [("unaligned", None), ("ideas", None)]
    return lanes[a % 2] if a % 3 == 0 else ("goal", pick(store.board("p1").goals, b))


def add_tactic(store: SqliteStore, a: int, b: int, c: int) -> None:
    lane, goal_id = some_lane(store, a, b)
    commands.add_tactic(store, "p1", "ann", title=TITLES[c % 4], lane=lane, goal_id=goal_id)


def edit_tactic(store: SqliteStore, a: int, b: int, c: int) -> None:
    tactic_id = pick(store.board("p1").tactics, a)
    row = next((each for each in store.board("p1").tactics if each.id == tactic_id), None)
    commands.edit_tactic(
        store,
        "p1",
        "ann",
        tactic_id,
        commands.fields_of(row) if row else {},
        {"title": TITLES[b % 4], "moves": {"quotes": c / 10}, "start": c},
        to=some_lane(store, b, c) if b % 2 else None,
    )


def archive_tactic(store: SqliteStore, a: int, b: int, c: int) -> None:
    commands.archive_tactic(store, "p1", "ann", pick(store.board("p1").tactics, a))


def move_tactic(store: SqliteStore, a: int, b: int, c: int) -> None:
    tactics = store.board("p1").tactics
    lane, goal_id = some_lane(store, b, c)
    commands.move_tactic(
        store, "p1", "ann", pick(tactics, a), lane, goal_id, before=pick(tactics, c)
    )


def add_scenario(store: SqliteStore, a: int, b: int, c: int) -> None:
    commands.add_scenario(store, "p1", "ann", TITLES[a % 4], {"seats": b, "plan_quality": c / 10})


def edit_scenario(store: SqliteStore, a: int, b: int, c: int) -> None:
    rows = store.scenarios("p1")
    row = next((each for each in rows if each.id == pick(rows, a)), None)
    base = commands.fields_of(row) if row else {}
    wanted = {"name": TITLES[b % 4], "overrides": {"seats": c}}
    commands.edit_scenario(store, "p1", "ann", pick(rows, a), base, wanted)


def archive_scenario(store: SqliteStore, a: int, b: int, c: int) -> None:
    commands.archive_scenario(store, "p1", "ann", pick(store.scenarios("p1"), a))


def edit_plan(store: SqliteStore, a: int, b: int, c: int) -> None:
    base = commands.fields_of(store.board("p1").plan)
    commands.edit_plan(store, "p1", "ann", base, {"seats": a, "months": 12 + b})


def set_assumption(store: SqliteStore, a: int, b: int, c: int) -> None:
    name = ("leak", "win_rate")[a % 2]
    commands.set_assumptions(store, "p1", "ann", {name: RANGE | {"mode": b / 10}}, "Set")


def reset_assumption(store: SqliteStore, a: int, b: int, c: int) -> None:
    commands.reset_assumption(store, "p1", "ann", ("leak", "win_rate")[a % 2], "it")


def undo_one(store: SqliteStore, a: int, b: int, c: int) -> None:
    press(store, next_undo)


def redo_one(store: SqliteStore, a: int, b: int, c: int) -> None:
    press(store, next_redo)


VERBS = {
    verb.__name__: verb
    for verb in (
        add_goal,
        edit_goal,
        archive_goal,
        add_tactic,
        edit_tactic,
        archive_tactic,
        move_tactic,
        add_scenario,
        edit_scenario,
        archive_scenario,
        edit_plan,
        set_assumption,
        reset_assumption,
        undo_one,
        redo_one,
    )
}


def press(store: SqliteStore, which: Callable[..., Any]) -> bool:
    """Press undo or redo; return whether there was anything to press."""
    event = which(store.events("p1"))
    if event is not None:
        undo(store, "p1", "bob", event.seq)
    return event is not None


NUMBER = st.integers(0, 11)
STEPS = st.lists(st.tuples(st.sampled_from(sorted(VERBS)), NUMBER, NUMBER, NUMBER), max_size=12)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
@example(steps=[("archive_goal", 0, 0, 0), ("archive_goal", 0, 0, 0), ("add_tactic", 3, 0, 0)])
@example(steps=[("move_tactic", 0, 1, 4), ("undo_one", 0, 0, 0), ("move_tactic", 3, 1, 0)])
def test_undoing_everything_leads_back_and_redoing_everything_forward(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = planned_store(Path(folder) / "plan.db", clock)
        start = content(store)
        for name, a, b, c in steps:
            clock.move(seconds=1)
            try:
                VERBS[name](store, a, b, c)
            except PlanError:
                continue  # a refusal leaves no trace, so there is nothing to undo
        end, undos = content(store), 0
        while press(store, next_undo):
            clock.move(seconds=1)
            undos += 1
        assert content(store) == start
        for _ in range(undos):
            clock.move(seconds=1)
            assert press(store, next_redo)
        assert content(store) == end
        store.close()
