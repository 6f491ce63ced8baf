"""A real server and a real browser, as all browser tests use them."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from socket import socket
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)

from data.example import load_example
from data.store import SqliteStore
from scripts.install_browser import find_browser
from strategy.model import Board
from tests.browser.driving import WATCH_TRAFFIC, settle, until

ROOT = Path(__file__).resolve().parents[2]
DRAWS = "1000"
START_SECONDS = 60
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAILED = re.compile("Something unexpected went wrong|Traceback")
# Streamlit's one inline script is blocked by our policy, and a page that is opened by its own
# address first asks for the server's health beside itself.
EXPECTED_IN_CONSOLE = re.compile(r"^Executing inline script violates|/_stcore/(health|host-config)")

expect.set_options(timeout=20_000)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def streamlit(
    script: Path, folder: Path, log: Path, *, port: int | None = None, **variables: str
) -> Iterator[str]:
    """Serve a script until the block ends; gives its address once it answers."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    flags = [f"--{name}={value}" for name, value in options.items()]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command + flags,
            cwd=folder,
            env=os.environ | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            until(lambda: _answers(address, server, log), START_SECONDS)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _answers(address: str, server: subprocess.Popen[bytes], log: Path) -> bool:
    assert server.poll() is None, f"The server stopped:\n{log.read_text('utf-8', 'replace')}"
    try:
        for path in ("/_stcore/health", "/"):
            urllib.request.urlopen(address + path, timeout=2).close()
    except OSError:
        return False
    return True


@dataclass
class AppServer:
    """The application on a port of its own, with a database of its own."""

    address: str
    database: Path
    log: Path

    @cached_property
    def store(self) -> SqliteStore:
        """The same database, as the application opens it."""
        return SqliteStore.open(self.database)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read from the database, on a connection that cannot write."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(sql, values).fetchall()


@dataclass
class Example:
    """A plan of one test's own, and what the database holds of it."""

    server: AppServer
    id: str

    @property
    def path(self) -> str:
        """The address of its board."""
        return f"?plan={self.id}"

    def board(self) -> Board:
        """Read goals and tactics."""
        return self.server.store.board(self.id)

    def goals(self) -> list[str]:
        """Read the titles of its goals, from the left."""
        return [goal.title for goal in self.board().goals]

    def cards(self, lane: str) -> list[str]:
        """Read the titles in a lane, named by its kind or by its goal."""
        board = self.board()
        goals = {goal.id: goal.title for goal in board.goals}
        return [
            each.title
            for each in board.tactics
            if lane in (each.lane, goals.get(each.goal_id or ""))
        ]

    def count(self, table: str) -> int:
        """Count its rows in a table."""
        sql = f"SELECT count(*) FROM {table} WHERE plan_id = ?"
        return int(self.server.rows(sql, self.id)[0][0])

    def ops(self, after: int = 0) -> list[str]:
        """Read which changes were made, leaving out the first so many."""
        sql = "SELECT op FROM events WHERE plan_id = ? ORDER BY seq"
        return [op for (op,) in self.server.rows(sql, self.id)][after:]

    def await_changes(self, number: int, after: int) -> None:
        """Wait until so many changes were made after the first `after`."""
        until(lambda: len(self.ops(after)) >= number)


STARTED = pytest.StashKey[Browser]()


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """Start one browser for all tests of this process."""
    path = os.environ.get("FULCRUM_CHROMIUM") or find_browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGS)
        pytestconfig.stash[STARTED] = started
        yield started
        started.close()


@pytest.fixture(scope="module")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """Run the application for the tests of one file."""
    folder = tmp_path_factory.mktemp("app")
    database, log = folder / "fulcrum.db", folder / "server.log"
    variables = {"FULCRUM_DB": str(database), "FULCRUM_DRAWS": DRAWS, "FULCRUM_ADDRESS": ""}
    with streamlit(ROOT / "app.py", ROOT, log, **variables) as address:
        yield AppServer(address, database, log)


@pytest.fixture
def plan(app_server: AppServer) -> Example:
    """Keep a worked example for this test alone."""
    return Example(app_server, load_example(app_server.store).id)


NewPage = Callable[..., Page]
OpenApp = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Return a function that opens a page in a browser profile of its own.

    At the end no page may show an unexpected error, nor have met one in its console.
    """
    contexts: list[BrowserContext] = []
    met: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not EXPECTED_IN_CONSOLE.search(said):
            met.append(said)

    def opened(**options: Any) -> Page:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        contexts.append(browser.new_context(**options))
        contexts[-1].add_init_script(WATCH_TRAFFIC)
        page = contexts[-1].new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: met.append(str(error)))
        return page

    yield opened
    try:
        for context in contexts:
            for page in context.pages:
                expect_no_failure(page)
        assert met == []
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page of a wide screen; the server knows nothing of it yet."""
    return new_page()


@pytest.fixture
def open_app(app_server: AppServer, request: pytest.FixtureRequest) -> OpenApp:
    """Return a function that opens an address of the application and waits until it is drawn."""

    def opened(path: str = "", on: Page | None = None) -> Page:
        shown: Page = on or request.getfixturevalue("page")
        shown.goto(f"{app_server.address}/{path}")
        ready(shown)
        return shown

    return opened


def ready(page: Page) -> None:
    """Wait until the application is drawn whole; an error on it fails the test."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)
    settle(page)
    page.wait_for_timeout(250)  # nobody is quicker; what a page says of itself comes after it
    settle(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect_no_failure(page)


def expect_no_failure(page: Page) -> None:
    """Check that a page shows neither an unexpected error nor a traceback."""
    if not page.is_closed():
        expect(page.get_by_text(FAILED)).to_have_count(0, timeout=2000)
        expect(page.get_by_test_id("stException")).to_have_count(0, timeout=2000)


def _shown(page: Page) -> str:
    """Return the end of what a page shows in words: there dialogs are."""
    try:
        return page.locator("body").aria_snapshot(timeout=5000)[-6000:]
    except Error as error:
        return str(error)


def _noted(page: Page) -> str:
    """Return what was last done on a page and sent from it."""
    try:
        return "\n".join(page.evaluate("window.traffic?.noted ?? []"))
    except Error as error:
        return str(error)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failed test's report what was done and shown, the log and the plan's changes."""
    report = yield
    given = getattr(item, "funcargs", {})
    if report.failed and report.when == "call" and STARTED in item.config.stash:
        for context in item.config.stash[STARTED].contexts:
            for page in context.pages:
                report.sections.append((f"done at {page.url}", _noted(page)))
                report.sections.append((f"shown at {page.url}", _shown(page)))
    if report.failed and isinstance(server := given.get("app_server"), AppServer):
        log = server.log.read_text("utf-8", "replace")
        report.sections.append(("the server's log", log[-8000:]))
        if isinstance(plan := given.get("plan"), Example):
            sql = "SELECT at_utc, actor, op, words FROM events WHERE plan_id = ? ORDER BY seq"
            changes = [" | ".join(map(str, row)) for row in server.rows(sql, plan.id)]
            report.sections.append(("the plan's last changes", "\n".join(changes[-12:])))
    return report
