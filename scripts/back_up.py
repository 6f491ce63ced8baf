"""Copy the database while others work: python -m scripts.back_up [TARGET].

Without TARGET the copy goes into the folder `backups` beside the database, which keeps the newest
seven. TARGET is a folder, or the name of a file that does not exist yet. Which database it is says
FULCRUM_DB, as for the server.
"""

import argparse
import os
import sys
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from data.database import connect, reading, sqlite3
from data.store import SqliteStore
from settings import settings
from strategy.errors import PlanError


def back_up(database: Path, target: Path | None = None) -> Path:
    """Return the path of a complete copy of the database as it is now.

    Uses SQLite's own backup, so that every change saved before is in the copy.

    Raises
    ------
    PlanError
        If there is no database, it is not Fulcrum's, or the copy cannot be written.
    """
    if not database.is_file():
        raise PlanError(
            f"There is no database at {database}. Start Fulcrum once, or set FULCRUM_DB."
        )
    store = SqliteStore(database)
    try:
        store.plans()
    except sqlite3.Error as error:
        raise PlanError(f"{database} is not a Fulcrum database. Set FULCRUM_DB.") from error
    return store.back_up() if target is None else _copy(database, _file_at(target, database))


def _file_at(target: Path, database: Path) -> Path:
    """Return the file to write: the target itself, or a dated name in it if it is a folder."""
    if target.is_dir():
        target = target / f"{database.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db"
    if target.exists():
        raise PlanError(f"{target} exists already and was left as it is. Choose another name.")
    if not target.parent.is_dir():
        raise PlanError(f"There is no folder {target.parent}. Make it first.")
    return target.resolve()


def _copy(database: Path, target: Path) -> Path:
    """Copy beside the target first, so that a half-made copy never has its name."""
    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        with reading(database) as source, closing(connect(unfinished, "rwc")) as copy:
            source.conn.backup(copy.conn)
        os.replace(unfinished, target)
    except (OSError, PlanError, sqlite3.Error) as error:
        raise PlanError(
            f"{target} cannot be written. Check that its folder may be written and has room."
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)
    return target


def main(argv: list[str] | None = None) -> int:
    """Print the path of the copy; return 0, or 1 after one sentence on what is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.back_up", description="Copy the database while others work."
    )
    parser.add_argument("target", nargs="?", type=Path, help="a folder or a new file")
    target = parser.parse_args(argv).target
    try:
        print(back_up(settings().database, target))
    except PlanError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
