"""A store for each test of a page, and the plans that pages are drawn with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import session
from data.store import SqliteStore
from settings import settings
from strategy import commands
from strategy.model import Board
from strategy.planning import blank_plan
from tests.pages import drawing

Draw = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteStore]:
    """Give the process a database of this test's own."""
    monkeypatch.setenv("FULCRUM_DB", str(tmp_path / "fulcrum.db"))
    monkeypatch.setenv("FULCRUM_DRAWS", "200")
    settings.cache_clear()
    session._store.cache_clear()
    yield session._store()
    settings.cache_clear()
    session._store.cache_clear()


@pytest.fixture
def example(store: SqliteStore) -> Board:
    """Keep the worked example."""
    return store.board(session.new_example().id)


@pytest.fixture
def bare(store: SqliteStore) -> Board:
    """Keep a plan with nothing in it."""
    plan = blank_plan(store.now(), name="Bare")
    commands.create_plan(store, "Ann", plan)
    return store.board(plan.id)


@pytest.fixture
def draw(store: SqliteStore) -> Draw:
    """Return the function that draws a page, here with this test's store behind it."""
    return drawing.draw
