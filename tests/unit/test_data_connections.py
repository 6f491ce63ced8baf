"""Connections are used again, by one action at a time, and only while they are whole."""

import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from data import connections
from data.connections import MOST_READERS, Connections
from data.driver import sqlite3
from strategy.errors import Missing
from tests.store_samples import GOAL, store_with


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Database]:
    """Return the connections opened from now on."""
    found: list[Database] = []
    connect = connections.connect

    def noted(path: Path, mode: str, *, shared: bool = False) -> Database:
        found.append(connect(path, mode, shared=shared))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(connections, "connect", noted)
    return found


def goals(db: Database) -> int:
    return int(db.conn.execute("SELECT count(*) FROM goals").fetchone()[0])


def test_an_action_takes_up_the_connection_of_the_one_before(
    tmp_path: Path, opened: list[Database]
) -> None:
    path = store_with(tmp_path / "plan.db", GOAL).path
    opened.clear()
    lent = Connections(path)
    for _ in range(5):
        with lent.reading() as db:
            assert goals(db) == 1
        with lent.writing() as db:
            db.conn.execute("UPDATE goals SET target = target + 1")
    assert len(opened) == 2


def test_a_reader_sees_what_was_written_since_it_read_last(tmp_path: Path) -> None:
    lent = Connections(store_with(tmp_path / "plan.db", GOAL).path)
    with lent.reading() as db:
        assert goals(db) == 1
    with lent.writing() as db:
        db.conn.execute("DELETE FROM goals")
    with lent.reading() as db:
        assert goals(db) == 0


def test_actions_at_the_same_time_have_connections_of_their_own(tmp_path: Path) -> None:
    lent = Connections(store_with(tmp_path / "plan.db", GOAL).path)
    count, held = MOST_READERS + 4, list[Database]()
    gate = threading.Barrier(count)

    def read() -> None:
        with lent.reading() as db:
            held.append(db)
            gate.wait(10)
            assert goals(db) == 1

    threads = [threading.Thread(target=read) for _ in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({id(each) for each in held}) == count
    assert sum(is_open(each) for each in held) == MOST_READERS  # the others are not kept
    lent.close()
    assert not any(is_open(each) for each in held)


def test_after_a_refusal_nothing_is_written_and_no_reader_holds_an_old_state(
    tmp_path: Path, opened: list[Database]
) -> None:
    path = store_with(tmp_path / "plan.db", GOAL).path
    opened.clear()
    lent = Connections(path)
    with pytest.raises(Missing), lent.reading() as db:
        refuse(db, "SELECT * FROM goals")
    with pytest.raises(Missing), lent.writing() as db:
        refuse(db, "DELETE FROM goals")
    assert not any(is_open(each) for each in opened)
    with lent.reading() as db:
        assert goals(db) == 1


def refuse(db: Database, sql: str) -> None:
    db.conn.execute(sql)
    raise Missing("It is not there.")


def is_open(db: Database) -> bool:
    try:
        db.conn.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True
