"""The jobs around the product: starting, backing up, finding a browser."""

import os
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from data.driver import sqlite3
from data.example import load_example
from data.store import SqliteStore
from scripts import back_up, install_browser, screenshot, serve
from scripts.make_example_crm import example_csv
from settings import settings
from strategy.errors import PlanError


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "fulcrum.db"
    store = SqliteStore.open(path)
    load_example(store)
    store.close()
    return path


def plan_names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [name for (name,) in db.execute("SELECT name FROM plans")]


def test_a_backup_holds_what_was_saved_while_the_database_is_open(database: Path) -> None:
    store = SqliteStore.open(database)
    load_example(store)
    copy = back_up.back_up(database)
    store.close()
    assert copy.parent == database.parent / "backups"
    assert len(plan_names(copy)) == 2


def test_a_backup_opens_as_a_database(database: Path) -> None:
    store = SqliteStore.open(back_up.back_up(database, database.parent / "copy.db"))
    assert [plan.name for plan in store.plans()] == plan_names(database)
    store.close()


def test_a_backup_goes_into_a_folder_under_a_dated_name(database: Path, tmp_path: Path) -> None:
    copy = back_up.back_up(database, tmp_path)
    assert copy.parent == tmp_path
    assert copy.name.startswith("fulcrum-20")
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([copy.name, "kept"])


def test_a_file_that_exists_is_never_overwritten(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")
    with pytest.raises(PlanError, match="exists already"):
        back_up.back_up(database, target)
    assert target.read_text() == "mine"


def test_a_missing_folder_is_named(database: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no folder"):
        back_up.back_up(database, tmp_path / "nowhere" / "copy.db")


def test_a_missing_database_is_refused_plainly(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    with pytest.raises(PlanError, match="There is no database"):
        back_up.back_up(missing)
    assert not missing.exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all, but a longer text"])
def test_another_file_is_refused_plainly(content: bytes, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(content)
    with pytest.raises(PlanError, match="not a Fulcrum database"):
        back_up.back_up(other, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_the_command_prints_the_path_or_a_sentence(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FULCRUM_DB", str(database))
    settings.cache_clear()
    try:
        assert back_up.main([]) == 0
        assert Path(capsys.readouterr().out.strip()).is_file()
        assert back_up.main([str(database)]) == 1
        assert "exists already" in capsys.readouterr().err
    finally:
        settings.cache_clear()


def test_the_server_listens_on_this_machine_only_unless_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert served(monkeypatch, [])[-3:] == [
        "--server.port=8501",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    assert "http://localhost:8501" in capsys.readouterr().out


def test_the_environment_and_options_choose_port_and_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADDRESS", "0.0.0.0")
    monkeypatch.setenv("PORT", "9000")
    assert {"--server.port=9000", "--server.address=0.0.0.0"} <= set(served(monkeypatch, []))
    assert "--server.port=9001" in served(monkeypatch, ["--port", "9001"])


def test_the_environment_may_say_how_memory_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert started(monkeypatch, [])[1].items() >= {"MALLOC_ARENA_MAX": "1"}.items()
    monkeypatch.setenv("MALLOC_ARENA_MAX", "8")
    assert started(monkeypatch, [])[1]["MALLOC_ARENA_MAX"] == "8"


def served(monkeypatch: pytest.MonkeyPatch, options: list[str]) -> list[str]:
    """Return the command the server would be started with."""
    return started(monkeypatch, options)[0]


def started(
    monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the command and the environment the server would be started with."""
    starts: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.chdir(Path.cwd())
    monkeypatch.setattr(sys, "argv", ["serve", *options])
    monkeypatch.setattr(os, "execve", lambda _path, command, env: starts.append((command, env)))
    serve.main()
    return starts[0]


def test_a_browser_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install_browser.find_browser() is None
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert install_browser.find_browser() == str(browser)


def test_the_screenshot_starts_a_server_of_its_own_and_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULCRUM_DRAWS", "100")
    with screenshot.server(tmp_path / "fulcrum.db") as address:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
            assert answer.status == 200
        assert plan_names(tmp_path / "fulcrum.db") == ["Larkfield FY27"]
    with pytest.raises(OSError):
        urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)


def test_a_server_that_cannot_start_is_reported(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"")
    with pytest.raises(RuntimeError, match="stopped"), screenshot.server(broken):
        pass


def test_the_picture_in_the_readme_is_there() -> None:
    assert screenshot.PICTURE.read_bytes().startswith(b"\x89PNG")


def test_the_example_export_is_what_its_script_writes() -> None:
    assert example_csv() == (screenshot.ROOT / "data/example/crm_opportunities.csv").read_bytes()
