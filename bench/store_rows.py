"""How long keeping and sharing take."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from bench.timing import Row, timed
from bench.workbench import Workbench
from data.driver import sqlite3
from reports.share_page import STYLESHEET, share_page
from routes import RequestLimit, share_routes
from strategy import commands
from strategy.sharing import token_hash


def store_rows(bench: Workbench) -> list[Row]:
    """Return the rows of the database and of the share page."""
    store, plan_id, times = bench.store, bench.board.plan.id, bench.sizes.times
    bare = store.path.with_name("bare.db")
    with closing(sqlite3.connect(bare)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE IF NOT EXISTS number (value INTEGER)")
    return [
        Row(
            "a moved card, kept with its history",
            "ms",
            timed(_move(bench), times),
            "one row, plain SQLite",
            timed(_bare_commit(bare), times),
        ),
        Row(
            "asking whether the plan changed", "ms", timed(lambda: store.change_seq(plan_id), times)
        ),
        Row(
            "a share link, token to bytes, 1 reader",
            "ms",
            timed(_guest(bench), times),
            "reading its snapshot",
            timed(lambda: store.snapshot_for_token(token_hash(bench.token)), times),
        ),
        Row("drawing that page", "ms", timed(_drawn(bench), times)),
    ]


def _move(bench: Workbench) -> Callable[[], Any]:
    """Return an action that moves a card into the ideas and out again, in turn."""
    store, plan_id = bench.store, bench.board.plan.id
    tactic = next(each for each in bench.board.tactics if each.lane == "unaligned")
    turns = count()

    def move() -> object:
        lane = "ideas" if next(turns) % 2 == 0 else "unaligned"
        return commands.move_tactic(store, plan_id, "Bench", tactic.id, lane)

    return move


def _bare_commit(path: Path) -> Callable[[], Any]:
    """Return one durable commit as SQLite does it, with the safety settings of the store."""

    def commit() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous=FULL")
            db.execute("INSERT INTO number VALUES (1)")

    return commit


def _guest(bench: Workbench) -> Callable[[], Any]:
    """Return one request for the share page, through the route, without a network."""
    routes = share_routes(lambda: bench.store, RequestLimit(hits=10**9))
    transport = httpx.ASGITransport(app=Starlette(routes=list(routes)))
    client = httpx.AsyncClient(transport=transport, base_url="http://bench", trust_env=False)
    runner = asyncio.Runner()  # one loop for all requests, as in a server

    async def open_link() -> None:
        answer = await client.get(f"/s/{bench.token}")
        if answer.status_code != 200:
            raise RuntimeError(f"the share link answered {answer.status_code}")

    return lambda: runner.run(open_link())


def _drawn(bench: Workbench) -> Callable[[], Any]:
    found = bench.store.snapshot_for_token(token_hash(bench.token))
    if found is None:
        raise RuntimeError("the share link opens nothing")
    link, snapshot = found
    return lambda: share_page(snapshot, link, STYLESHEET)
