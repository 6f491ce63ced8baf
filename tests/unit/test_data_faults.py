"""Killed, crowded, full, read-only or locked: what was said to be saved is there, and whole."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from data import connections, database
from data.database import connect, one_row, reading, rows
from data.errors import ChangeLost, DatabaseBusy, DatabaseReadOnly, DatabaseUnusable, DiskFull
from data.store import SqliteStore
from strategy.model import Goal
from tests.store_samples import GOAL, RUN, TACTIC, store_with

KILLS = 20
FIRST = 10_000_000
"""The k-th server counts from k times this, far above any process id."""

# A server answers on its pipe only after an action has ended well. Each action adds a goal and a
# tactic and renames the plan, so a half-done action is seen by counting. Servers are forked from a
# nursery that has imported everything and opened nothing.
NURSERY = """
import os, sys
from dataclasses import replace
from data.database import connect
from data.rows import plain_fields, to_row
from data.store import SqliteStore
from strategy.model import Goal, Plan, Tactic
from tests.store_samples import GOAL, PLAN, TACTIC

def whole(store, number):
    with store.change("p1", "ann", "add") as change:
        change.add(replace(GOAL, id=f"g{number}"))
        change.add(replace(TACTIC, id=f"t{number}", goal_id=f"g{number}"))
        change.update(change.get(Plan, "p1"), name=f"after {number}")

def split(store, number):
    db = connect(store.path, "rw")
    goal = replace(GOAL, id=f"g{number}")
    tactic = replace(TACTIC, id=f"t{number}", goal_id=f"g{number}")
    db.table("goals").insert(to_row(Goal, plain_fields(goal)))
    db.table("tactics").insert(to_row(Tactic, plain_fields(tactic)))
    db.table("plans").update("p1", {"name": f"after {number}"})
    db.close()

def serve(act, number):
    store = SqliteStore.open(sys.argv[1])
    while True:
        act(store, number)
        os.write(1, f"{number}\\n".encode())
        number += 1

act = {"whole": whole, "split": split}[sys.argv[2]]
for first in sys.stdin:
    server = os.fork()
    if server == 0:
        serve(act, int(first))
    os.write(1, f"server {server}\\n".encode())
    os.waitpid(server, 0)
    os.write(1, b"end\\n")
"""


class Nursery:
    """Servers that act on a database until they are killed without warning."""

    def __init__(self, path: Path, manner: str) -> None:
        """Start the process that servers are forked from."""
        self.chance = random.Random(1)
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(path), manner],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(database.__file__).parents[1])},
        )

    def kill_one(self, first: int) -> list[int]:
        """Let a server act, kill it, return the numbers it said were saved."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{first}\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline().split()
        while "server" not in said or str(first + 3) not in said:
            said += self.process.stdout.readline().split()
        time.sleep(self.chance.uniform(0, 0.01))
        os.kill(int(said[said.index("server") + 1]), signal.SIGKILL)
        while "end" not in said:
            said += self.process.stdout.readline().split()
        return [int(word) for word in said if word.isdigit() and int(word) >= first]

    def close(self) -> None:
        """Let the nursery end."""
        self.process.communicate(timeout=10)


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Callable[[str], Nursery]]:
    started: list[Nursery] = []

    def start(manner: str) -> Nursery:
        started.append(Nursery(tmp_path / "plan.db", manner))
        return started[-1]

    yield start
    for one in started:
        one.close()


def count_of(store: SqliteStore, table: str) -> int:
    """Return the number of rows in a table."""
    with reading(store.path) as db:
        return int(rows(db, f"SELECT count(*) AS n FROM {table}")[0]["n"])


def test_twenty_kills_lose_nothing_that_was_said_to_be_saved(
    tmp_path: Path, nursery: Callable[[str], Nursery]
) -> None:
    path = store_with(tmp_path / "plan.db").path
    servers, said = nursery("whole"), list[int]()
    for kill in range(1, KILLS + 1):
        said += servers.kill_one(kill * FIRST)
        store = SqliteStore.open(path)  # checks the file and its references
        board = store.board("p1")
        kept = {int(goal.id[1:]) for goal in board.goals}
        assert set(said) <= kept
        assert len(kept) <= len(said) + kill
        assert {tactic.goal_id for tactic in board.tactics} == {goal.id for goal in board.goals}
        assert board.plan.name == f"after {max(kept)}"
        assert count_of(store, "events") == len(kept) + 1
        store.close()
    assert len(said) >= 4 * KILLS


def test_the_kill_test_would_see_half_done_actions(
    tmp_path: Path, nursery: Callable[[str], Nursery]
) -> None:
    path = store_with(tmp_path / "plan.db").path
    servers = nursery("split")
    for kill in range(1, KILLS + 1):
        servers.kill_one(kill * FIRST)
        with reading(path) as db:
            state = one_row(db, HALF_DONE)
        assert state is not None
        if state["goals"] != state["tactics"] or state["name"] != f"after {state['last']}":
            return
    pytest.fail("no half-done action in any cycle: the kill test could not fail")


HALF_DONE = """
SELECT
    (SELECT count(*) FROM goals) AS goals,
    (SELECT count(*) FROM tactics) AS tactics,
    (SELECT name FROM plans) AS name,
    (SELECT max(cast(substr(id, 2) AS INTEGER)) FROM goals) AS last
"""


def together(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run the same work in threads at the same time; return what went wrong."""
    wrong: list[BaseException] = []
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        try:
            work(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_eight_threads_lose_no_update_and_are_never_locked_out(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL)

    def count_up(number: int) -> None:
        for _ in range(50):
            with store.change("p1", f"user {number}", "count") as change:
                goal = change.get(Goal, "g1")
                change.update(goal, target=goal.target + 1)

    assert together(8, count_up) == []
    board = store.board("p1")
    assert board.goals[0].target == pytest.approx(GOAL.target + 400)
    assert board.goals[0].version == 401
    assert board.change_seq == 401


def test_readers_see_a_board_of_one_moment_while_others_write(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL, TACTIC)

    def work(number: int) -> None:
        for step in range(50):
            if number == 0:
                with store.change("p1", "ann", "both") as change:
                    change.update(GOAL, title=str(step))
                    change.update(TACTIC, title=str(step))
            board = store.board("p1")
            if board.change_seq > 1:
                assert board.goals[0].title == board.tactics[0].title
                assert board.change_seq == board.goals[0].version

    assert together(3, work) == []


def test_a_full_disk_keeps_what_was_saved_and_nothing_of_what_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_with(tmp_path / "plan.db", GOAL)
    saved = 0

    def add_until_it_fails() -> None:
        nonlocal saved
        while True:
            with store.change("p1", "ann", "add") as change:
                change.add(replace(TACTIC, id=f"t{saved}", note="n" * 500))
                change.add(replace(GOAL, id=f"more{saved}"))
            saved += 1

    with reading(store.path) as db:
        pages = (one_row(db, "PRAGMA page_count") or {})["page_count"]
    with limited(monkeypatch, store, pages + 6), pytest.raises(DiskFull, match="disk is full"):
        add_until_it_fails()
    assert len(store.board("p1").tactics) == saved > 0
    assert len(store.board("p1").goals) == saved + 1
    assert store.change_seq("p1") == saved + 1
    with pytest.raises(DiskFull), limited(monkeypatch, store, pages):
        store.keep_run(replace(RUN, summary={"text": "x" * 100_000}))
    store.close()
    with SqliteStore.open(store.path).change("p1", "ann", "add") as change:  # room again
        change.add(replace(GOAL, id="after"))


@contextmanager
def limited(monkeypatch: pytest.MonkeyPatch, store: SqliteStore, pages: int) -> Iterator[None]:
    """Let the database grow no further than a number of pages."""
    store.close()  # a connection that waits for its next action knows no limit
    real = connections.connect

    def small(*args: object, **kwargs: object) -> object:
        db = real(*args, **kwargs)  # type: ignore[arg-type]
        db.conn.execute(f"PRAGMA max_page_count={pages}")
        return db

    with monkeypatch.context() as patch:
        patch.setattr(connections, "connect", small)
        yield


def test_a_failure_inside_an_action_cannot_be_shrugged_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_with(tmp_path / "plan.db")

    def shrug_off() -> None:
        with store.change("p1", "ann", "add") as change:
            with suppress(Exception):
                change.add(replace(GOAL, id="big", title="x" * 100_000))
            change.add(replace(GOAL, id="small"))

    with limited(monkeypatch, store, 1), pytest.raises((DiskFull, ChangeLost)):
        shrug_off()
    assert store.board("p1").goals == ()
    assert store.change_seq("p1") == 1


def test_a_database_held_by_another_program_is_busy_not_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_with(tmp_path / "plan.db")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    store.close()  # what it opens from now on waits no longer than that
    with closing(connect(store.path, "rw")) as other:
        other.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match="Nothing was saved"), store.change("p1", "a", "b"):
            pytest.fail("the block must not run")
        assert store.board("p1").plan.id == "p1"


def test_a_change_that_never_ends_does_not_hold_others_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_with(tmp_path / "plan.db")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)

    def edit(number: int) -> None:
        with store.change("p1", "bob", "edit"):
            pytest.fail("the block must not run")

    with store.change("p1", "ann", "slow"):
        wrong = together(1, edit)
    assert [type(error) for error in wrong] == [DatabaseBusy]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may enter."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        yield Path(name)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Act as nobody, because the rights of a file do not bind root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_file_can_be_read_but_says_that_nothing_is_saved(open_folder: Path) -> None:
    path = open_folder / "plan.db"
    store_with(path, GOAL).close()
    path.chmod(0o444)
    with without_privileges():
        store = SqliteStore.open(path)
        assert len(store.board("p1").goals) == 1
        with pytest.raises(DatabaseReadOnly, match="read-only"), store.change("p1", "a", "b") as c:
            c.update(GOAL, title="Other")
        store.close()


def test_a_folder_that_may_not_be_written_is_refused_in_plain_words(open_folder: Path) -> None:
    open_folder.chmod(0o755 if os.geteuid() == 0 else 0o555)
    with without_privileges(), pytest.raises(DatabaseUnusable, match="cannot be"):
        SqliteStore.open(open_folder / "plan.db")
    open_folder.chmod(0o777)
