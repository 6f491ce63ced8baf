"""The connections of one open file, kept for the next action.

Opening one and reading the schema takes several times as long as what most actions ask.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from data.database import connect, my_turn, plain_errors, transaction

MOST_READERS = 8


class Connections:
    """Lends each action a connection of its own; may be used from any thread.

    A connection on which something failed is not lent again.
    """

    def __init__(self, path: Path) -> None:
        """Name the file without touching it."""
        self._path = path
        self._writer: Database | None = None
        # What is done to it is done at once: no lock. The one given back last is lent next.
        self._readers: deque[Database] = deque()

    def stay(self) -> None:
        """Hold a connection from now on, or SQLite tears its log down after every action."""
        self._writer = connect(self._path, "rw", shared=True)
        self._writer.conn.execute("SELECT 1 FROM plans LIMIT 1").fetchall()

    def close(self) -> None:
        """Close what nobody uses now."""
        while self._readers:
            self._readers.pop().close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Read inside one transaction, as `data.database.reading` does.

        It ends with the block, for it would hold on to an old state of the file.
        """
        with plain_errors(self._path):
            db = self._reader()
            is_whole = False
            try:
                db.conn.execute("BEGIN")
                yield db
                db.conn.execute("COMMIT")
                is_whole = True
            finally:
                if is_whole and len(self._readers) < MOST_READERS:
                    self._readers.append(db)
                else:
                    db.close()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """Write inside one transaction, as `data.database.writing` does."""
        with plain_errors(self._path), my_turn():
            db, self._writer = self._writer or connect(self._path, "rw", shared=True), None
            is_whole = False
            try:
                with transaction(db):
                    yield db
                is_whole = True
            finally:
                if is_whole:
                    self._writer = db
                else:
                    db.close()

    def _reader(self) -> Database:
        try:
            return self._readers.pop()
        except IndexError:
            return connect(self._path, "ro", shared=True)
