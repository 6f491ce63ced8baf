"""Making a database ready: create, check, back up, upgrade. A refused file stays as it was."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from data.database import connect, one_row, plain_errors, reading, rows, writing
from data.errors import DatabaseUnusable
from data.migrations import schema

BACKUPS_KEPT = 7


def prepare(path: Path, clock: Callable[[], datetime]) -> None:
    """Create the database if there is none; otherwise check it and bring it up to date.

    Several processes may do this at once: one creates, one upgrades, the others find it done.

    Raises
    ------
    DatabaseUnusable
        If the file is empty, damaged, not Fulcrum's, or written by a newer Fulcrum.
    """
    with _folder_errors(path), plain_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        _require_usable_file(path)
    with reading(path) as db:
        _require_usable(db, path)
        behind = bool(schema.pending(db))
        journal = one_row(db, "PRAGMA journal_mode")
    if journal != {"journal_mode": "wal"}:
        _set_wal(path, "rw")
    if behind:
        _upgrade(path, clock)


def back_up(path: Path, clock: Callable[[], datetime]) -> Path:
    """Copy the database as it is now into the folder `backups` beside it; keep the newest 7.

    Uses SQLite's backup, which sees every committed change while others write; a plain copy of
    the file does not. The copy appears under its name only when it is complete.
    """
    folder = path.parent / "backups"
    with _folder_errors(path):
        folder.mkdir(exist_ok=True)
    stamp = clock().strftime("%Y%m%dT%H%M%S%fZ")
    target = folder / f"{path.stem}-{stamp}.db"
    unfinished = _beside(target)
    try:
        with reading(path) as source, closing(connect(unfinished, "rwc")) as copy:
            source.conn.backup(copy.conn)
        os.replace(unfinished, target)
    finally:
        _remove(unfinished)
    for old in sorted(folder.glob(f"{path.stem}-*Z.db"))[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
    return target


def _set_wal(path: Path, mode: Literal["rw", "rwc"]) -> None:
    """Set the journal once; the file remembers it. Not possible inside a transaction."""
    with plain_errors(path), closing(connect(path, mode)) as db:
        db.conn.execute("PRAGMA journal_mode=WAL")


def _create(path: Path) -> None:
    """Build a complete database beside the path, then put it there if nobody else did.

    Nobody ever sees a half-made file, and killing this leaves none at the path.
    """
    fresh = _beside(path)
    try:
        _set_wal(fresh, "rwc")
        with writing(fresh) as db:
            schema.apply(db)
        _put_in_place(fresh, path)
    except FileExistsError:
        pass
    finally:
        _remove(fresh)


def _put_in_place(fresh: Path, path: Path) -> None:
    """Give the file its name; unlike a rename, fail if another process was first."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: reserve the name, then replace it
        path.open("xb").close()
        os.replace(fresh, path)


def _upgrade(path: Path, clock: Callable[[], datetime]) -> None:
    """Apply what is pending in one transaction; the state before it is backed up.

    The write lock is held from before the backup, so the backup is exactly the state before,
    and of several processes only the first finds anything pending.
    """
    with writing(path, foreign_keys=False) as db:
        if not schema.pending(db):
            return
        back_up(path, clock)
        schema.apply(db)
        _require_whole_references(db, path)


def _require_usable_file(path: Path) -> None:
    # Only stat: opening and closing the file here would drop this process's SQLite locks on it.
    if not path.is_file():
        raise DatabaseUnusable(f"{path} is not a file. Choose another database path.")
    if path.stat().st_size == 0:
        raise DatabaseUnusable(
            f"{path} is empty. Put back a file of the backups folder, or delete it to start anew."
        )


def _require_usable(db: Database, path: Path) -> None:
    applied = {migration.name for migration in schema.applied(db)}
    if not applied:
        raise DatabaseUnusable(
            f"{path} is not a Fulcrum database. Move it away or choose another database path."
        )
    if applied - {migration.name for migration in schema._migrations}:
        raise DatabaseUnusable(f"{path} was written by a newer Fulcrum. Update Fulcrum to open it.")
    if one_row(db, "PRAGMA quick_check(1)") != {"quick_check": "ok"}:
        raise DatabaseUnusable(
            f"{path} is damaged. Stop Fulcrum and put back the newest file of the backups folder."
        )
    _require_whole_references(db, path)


def _require_whole_references(db: Database, path: Path) -> None:
    broken = rows(db, "PRAGMA foreign_key_check")
    if broken:
        raise DatabaseUnusable(
            f"{path} has {len(broken)} rows that refer to missing ones. Put back the newest file "
            "of the backups folder."
        )


@contextmanager
def _folder_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatabaseUnusable(
            f"{path} cannot be created or opened ({error.strerror}). Check its folder."
        ) from error


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
