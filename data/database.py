"""Opening SQLite: the one module that makes connections.

A connection is of one action at a time; `data.connections` keeps those of an open store. Writers of
this process queue on one lock (SQLite's own waiting is unfair: without the lock the slowest of 50
editors waits half a second, with it 17 ms) and start with BEGIN IMMEDIATE (a deferred transaction
that reads before it writes fails at once, whatever the timeout). Under the lock a checkpoint never
overlaps a commit of this process, which is what SQLite's WAL-reset defect before 3.51.3 needs.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from data.driver import sqlite3
from data.errors import DatabaseBusy, in_plain_words

BUSY_SECONDS = 30
WAL_BYTES_KEPT = 16 * 1024 * 1024
FIXED_SQLITE = (3, 51, 3)

_WRITE = threading.Lock()
_writing_thread: int | None = None


class Discard(Exception):  # noqa: N818 - a request, not an error
    """Raised inside `writing` to roll back quietly."""


def connect(path: Path, mode: Literal["ro", "rw", "rwc"], *, shared: bool = False) -> Database:
    """Open a connection with the settings every action relies on.

    "ro" refuses every write, "rw" never creates the file, "rwc" may. A `shared` connection may
    be closed by another thread than the one that opened it.
    """
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=not shared,
    )
    # FULL costs 0.3 ms a commit; NORMAL loses acknowledged changes when the power goes.
    for setting in ("foreign_keys=ON", "synchronous=FULL"):
        conn.execute(f"PRAGMA {setting}")
    if mode == "ro":
        conn.execute("PRAGMA query_only=ON")
    else:
        conn.execute(f"PRAGMA journal_size_limit={WAL_BYTES_KEPT}")
    return Database(conn, strict=True, execute_plugins=False)


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Read inside one transaction, so that all answers are of the same moment."""
    with plain_errors(path):
        db = connect(path, "ro")
        try:
            db.conn.execute("BEGIN")
            yield db
        finally:
            db.close()


@contextmanager
def writing(path: Path, *, foreign_keys: bool = True) -> Iterator[Database]:
    """Write inside one transaction: all of the block is kept, or nothing.

    Only when this returns is the change durable. `foreign_keys=False` is for migrations, which
    rebuild tables and check the references themselves.

    Raises
    ------
    DatabaseBusy
        If this process or another one writes for longer than the timeout.
    """
    with plain_errors(path), my_turn():
        db = connect(path, "rw")
        try:
            if not foreign_keys:  # must precede BEGIN: inside a transaction it does nothing
                db.conn.execute("PRAGMA foreign_keys=OFF")
            with transaction(db):
                yield db
        finally:
            db.close()


def rows(db: Database, sql: str, params: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    """Return all rows of a query; a half-read query would pin the WAL."""
    cursor = db.conn.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one_row(db: Database, sql: str, params: tuple[Any, ...] = ()) -> Mapping[str, Any] | None:
    """Return the first row of a query, or None."""
    return next(iter(rows(db, sql, params)), None)


def sqlite_warning(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str | None:
    """Return a sentence if the SQLite library has the WAL-reset defect, else None."""
    repaired_branch = (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if version >= FIXED_SQLITE or repaired_branch:
        return None
    return (
        f"SQLite {'.'.join(map(str, version[:3]))} can damage a database in rare cases; "
        "install pysqlite3 0.6.1 or newer, or SQLite 3.51.3 or newer."
    )


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn the database's errors into sentences a user can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_plain_words(error, path) from error


@contextmanager
def my_turn() -> Iterator[None]:
    """Queue the writers of this process."""
    global _writing_thread
    if _writing_thread == threading.get_ident():
        raise RuntimeError("a change was opened inside another change of the same thread")
    if not _WRITE.acquire(timeout=BUSY_SECONDS):
        raise DatabaseBusy("Nothing was saved: another change takes too long. Try again.")
    _writing_thread = threading.get_ident()
    try:
        yield
    finally:
        _writing_thread = None
        _WRITE.release()


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Commit when the block ends well; sqlite-utils' own transactions nest as savepoints."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        with suppress(Discard):
            yield
            db.conn.execute("COMMIT")
    finally:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
