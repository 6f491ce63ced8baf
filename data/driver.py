"""The SQLite driver, imported in one place.

sqlite-utils prefers `pysqlite3` when it is installed. Opening the same file with that and the
standard library's `sqlite3` in one process would make each drop the other's locks.
"""

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

__all__ = ["sqlite3"]
