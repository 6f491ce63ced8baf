"""A database is made, checked, backed up and upgraded; what cannot be used is refused whole."""

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from data import database, migrations, opening
from data.database import connect, one_row, reading, rows, sqlite_warning
from data.errors import DatabaseUnusable
from data.store import SqliteStore
from tests.store_samples import GOAL, TACTIC, Clock, store_with


def fingerprint(path: Path) -> str:
    """Return a hash of a file that nobody has open."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def later_schema(monkeypatch: pytest.MonkeyPatch, *later: Callable[[Database], None]) -> None:
    """Let the program know more migrations than there are."""
    schema = Migrations("fulcrum")
    known = [each for name, each in vars(migrations).items() if name.startswith("m0")]
    for migration in (*known, *later):
        schema()(migration)
    monkeypatch.setattr(opening, "schema", schema)


def m900_priority(db: Database) -> None:
    """Rebuild a table that others refer to, the hardest kind of migration."""
    db.table("goals").transform(types={"due_month": str}, rename={"owner": "owned_by"})


def m900_fails(db: Database) -> None:
    """Get half way."""
    db.execute("ALTER TABLE goals ADD COLUMN half TEXT")
    raise RuntimeError("power cut")


def m900_orphans(db: Database) -> None:
    """Leave tactics without their goal."""
    db.execute("DELETE FROM goals")


def test_opening_makes_folder_and_database_and_leaves_nothing_else(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "new" / "deep" / "plan & co?.db")
    assert store.plans() == ()
    store.close()
    assert [file.name for file in store.path.parent.iterdir()] == ["plan & co?.db"]


def test_every_connection_has_the_settings_that_keep_data(tmp_path: Path) -> None:
    path = store_with(tmp_path / "plan.db").path
    with database.writing(path) as db:
        settings = {name: _pragma(db, name) for name in ("journal_mode", "synchronous")}
        settings |= {name: _pragma(db, name) for name in ("foreign_keys", "busy_timeout")}
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def _pragma(db: Database, name: str) -> Any:
    return next(iter((one_row(db, f"PRAGMA {name}") or {}).values()))


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    path = store_with(tmp_path / "plan.db").path
    with pytest.raises(Exception, match="read-only"), reading(path) as db:
        db.execute("DELETE FROM plans")


def test_opening_again_finds_everything(tmp_path: Path) -> None:
    first = store_with(tmp_path / "plan.db", GOAL, TACTIC)
    board = first.board("p1")
    first.close()
    assert SqliteStore.open(first.path).board("p1") == board
    assert not (tmp_path / "backups").exists()


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert SqliteStore.open(tmp_path / "plan.db").plans() == ()


STARTING = """
import sys
from dataclasses import replace
from data.store import SqliteStore
from tests.store_samples import PLAN
print("ready", flush=True)
sys.stdin.readline()
store = SqliteStore.open(sys.argv[1])
with store.change(sys.argv[2], "ann", "start") as change:
    change.add(replace(PLAN, id=sys.argv[2]))
"""

COUNTING = """
import sys
from data.store import SqliteStore
from strategy.model import Goal
print("ready", flush=True)
sys.stdin.readline()
store = SqliteStore.open(sys.argv[1])
for _ in range(50):
    with store.change("p1", sys.argv[2], "count") as change:
        goal = change.get(Goal, "g1")
        change.update(goal, target=goal.target + 1)
"""

UPGRADING = """
from sqlite_utils import Migrations
from data import migrations, opening
schema = Migrations("fulcrum")
for name, each in list(vars(migrations).items()):
    if name.startswith("m0"):
        schema()(each)
@schema()
def m900_note(db):
    db.execute("ALTER TABLE goals ADD COLUMN note TEXT")
opening.schema = schema
"""


def start_together(script: str, path: Path, count: int = 4) -> list[int]:
    """Start processes, let them go at the same moment, return how they ended."""
    environment = os.environ | {"PYTHONPATH": str(Path(opening.__file__).parents[1])}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path), f"new{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        for number in range(count)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
    for process in started:
        with process:
            process.wait(60)
    return [process.returncode for process in started]


@pytest.mark.parametrize("round_", range(2))
def test_four_processes_starting_together_all_succeed(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "plan.db"
    assert start_together(STARTING, path) == [0] * 4
    assert len(SqliteStore.open(path).plans()) == 4


def test_four_processes_upgrading_together_upgrade_and_back_up_once(tmp_path: Path) -> None:
    store_with(tmp_path / "plan.db", GOAL).close()
    assert start_together(UPGRADING + STARTING, tmp_path / "plan.db") == [0] * 4
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_four_processes_writing_together_lose_no_update(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL)
    assert start_together(COUNTING, store.path) == [0] * 4
    board = store.board("p1")
    assert board.goals[0].version == board.change_seq == 201
    assert board.goals[0].target == pytest.approx(GOAL.target + 200)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("name,amount\n" * 1000)


def _foreign(path: Path) -> None:
    with closing(connect(path, "rwc")) as db:
        db.execute("CREATE TABLE customers (id INTEGER)")


def _newer(path: Path) -> None:
    store_with(path).close()
    with database.writing(path) as db:
        migrations.schema._record_applied(db, "m999_from_the_future")


def _cut_short(path: Path) -> None:
    store_with(path, GOAL).close()
    path.write_bytes(path.read_bytes()[:-9000])


def _scribbled(path: Path) -> None:
    store_with(path, GOAL).close()
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def _orphaned(path: Path) -> None:
    store_with(path, GOAL, TACTIC).close()
    with database.writing(path, foreign_keys=False) as db:
        db.execute("DELETE FROM goals")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_empty, "is empty"),
        (_text, "is not a Fulcrum database"),
        (_foreign, "is not a Fulcrum database"),
        (_newer, "newer Fulcrum"),
        (_cut_short, "is damaged"),
        (_scribbled, "is damaged"),
        (_orphaned, "refer to missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_left_unchanged(
    tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "plan.db"
    spoil(path)
    before = fingerprint(path)
    with pytest.raises(DatabaseUnusable, match=sentence) as refusal:
        SqliteStore.open(path)
    assert fingerprint(path) == before
    assert str(path) in str(refusal.value)


def test_one_damaged_page_is_found_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    store_with(path, GOAL, *_many_tactics(200)).close()
    with reading(path) as db:
        page = rows(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'tactics'")[0]["rootpage"]
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 + 8 : (page - 1) * 4096 + 200] = b"\xa5" * 192
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusable, match="is damaged"):
        SqliteStore.open(path)


def _many_tactics(count: int) -> list[Any]:
    return [replace(TACTIC, id=f"t{n}", note="x" * 100) for n in range(count)]


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="not a file"):
        SqliteStore.open(tmp_path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnusable, match="Check its folder"):
        SqliteStore.open(tmp_path / "file" / "plan.db")


def test_a_database_that_went_away_is_not_made_anew_by_writing(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db")
    store.close()
    store.path.unlink()
    with pytest.raises(DatabaseUnusable, match="cannot be opened"), store.change("p1", "a", "b"):
        pass
    assert not store.path.exists()


def test_an_upgrade_from_the_first_schema_keeps_rows_and_backs_up_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store_with(tmp_path / "plan.db", GOAL, TACTIC)
    first.close()
    later_schema(monkeypatch, m900_priority)
    store = SqliteStore.open(first.path, Clock())
    with reading(store.path) as db:
        assert rows(db, "SELECT owned_by FROM goals") == [{"owned_by": "ann"}]
        assert rows(db, "SELECT goal_id FROM tactics") == [{"goal_id": "g1"}]
    (backup,) = (tmp_path / "backups").iterdir()
    with reading(backup) as db:
        assert rows(db, "SELECT owner FROM goals") == [{"owner": "ann"}]


@pytest.mark.parametrize(
    ("migration", "error"), [(m900_fails, RuntimeError), (m900_orphans, DatabaseUnusable)]
)
def test_an_upgrade_that_fails_leaves_the_old_schema_and_its_rows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    migration: Callable[[Database], None],
    error: type[Exception],
) -> None:
    first = store_with(tmp_path / "plan.db", GOAL, TACTIC)
    board = first.board("p1")
    first.close()
    with monkeypatch.context() as patch:
        later_schema(patch, migration)
        with pytest.raises(error):
            SqliteStore.open(first.path)
    assert SqliteStore.open(first.path).board("p1") == board


def test_backups_are_whole_openable_and_only_the_newest_seven_stay(tmp_path: Path) -> None:
    clock = Clock()
    store = store_with(tmp_path / "plan.db", GOAL, TACTIC, clock=clock)
    made = []
    for _ in range(9):
        clock.move(seconds=1)
        made.append(store.back_up())
    assert sorted((tmp_path / "backups").iterdir()) == made[2:]
    assert SqliteStore.open(made[-1]).board("p1") == store.board("p1")


def test_a_backup_during_a_change_holds_what_was_committed(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL)
    with store.change("p1", "ann", "edit") as change:
        change.update(GOAL, title="Not yet")
        backup = store.back_up()
    assert SqliteStore.open(backup).board("p1").goals[0].title == "Win more"


def test_a_database_that_lost_its_journal_mode_gets_it_back(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    store_with(path).close()
    with closing(connect(path, "rw")) as db:
        db.execute("PRAGMA journal_mode=DELETE")
    store = SqliteStore.open(path)
    with reading(store.path) as db:
        assert _pragma(db, "journal_mode") == "wal"


@pytest.mark.parametrize(
    ("version", "warned"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_sqlite_versions_that_can_damage_a_database_are_named(
    version: tuple[int, ...], warned: bool
) -> None:
    sentence = sqlite_warning(version)
    assert (sentence is not None) is warned
    assert not warned or ".".join(map(str, version)) in (sentence or "")
