"""Starting the application: what it prepares, what it says when it cannot, what it keeps quiet."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import session
from data.store import SqliteStore
from settings import DEFAULT_DATABASE, settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget what this process has read, before and after."""
    monkeypatch.setenv("FULCRUM_DB", str(tmp_path / "fulcrum.db"))
    monkeypatch.setenv("FULCRUM_DRAWS", "100")
    settings.cache_clear()
    session._store.cache_clear()
    yield
    settings.cache_clear()
    session._store.cache_clear()


def run_python(code: str, database: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, in the application's folder."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"FULCRUM_DB": str(database), "FULCRUM_DRAWS": "100"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# ---- settings ------------------------------------------------------------------------------


def test_settings_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULCRUM_ADDRESS", "https://plans.example/")
    assert settings().database == (tmp_path / "fulcrum.db").resolve()
    assert settings().public_address == "https://plans.example"
    assert settings().draws == 100


@pytest.mark.parametrize("typed", ["many", "-5", "1e3", "99", "100001"])
def test_draws_that_fit_nothing_are_refused_by_name(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULCRUM_DRAWS", typed)
    with pytest.raises(ValueError, match=f"FULCRUM_DRAWS is {typed}. Use a whole number"):
        settings()


def test_without_a_path_the_database_lies_in_the_checkout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FULCRUM_DB", "")
    assert settings().database == DEFAULT_DATABASE
    settings.cache_clear()
    monkeypatch.setenv("FULCRUM_DB", "~/fulcrum.db")
    assert settings().database == Path.home().resolve() / "fulcrum.db"


# ---- the first start -----------------------------------------------------------------------


def test_the_first_start_keeps_the_example_with_its_runs() -> None:
    session.prepare()
    store = session.store()
    [plan] = store.plans()
    assert len(store.runs(plan.id, None)) == 1
    for scenario in store.scenarios(plan.id):
        assert len(store.runs(plan.id, scenario.id)) == 1


def test_a_second_start_adds_nothing() -> None:
    session.prepare()
    [plan] = session.store().plans()
    changes = session.store().change_seq(plan.id)
    session._store.cache_clear()
    session.prepare()
    assert [each.id for each in session.store().plans()] == [plan.id]
    assert session.store().change_seq(plan.id) == changes
    assert len(session.store().runs(plan.id, None)) == 1


def test_a_database_that_is_none_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    database = tmp_path / "notes.db"
    database.write_text("These are notes, and no database at all.\n" * 100)
    ended = run_python("import app", database)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Fulcrum cannot start: ")
    assert "Traceback" not in ended.stderr
    assert database.read_text().startswith("These are notes")


def test_a_setting_that_is_wrong_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    ended = run_python("import app", tmp_path / "fulcrum.db", FULCRUM_DRAWS="many")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Fulcrum cannot start: FULCRUM_DRAWS is many.")


def test_the_old_automatic_pages_are_off_and_the_share_routes_on(tmp_path: Path) -> None:
    code = (
        "import app\n"
        "from streamlit.runtime.pages_manager import PagesManager\n"
        "assert PagesManager.uses_pages_directory is False\n"
        "print(type(app.app).__name__)\n"
    )
    ended = run_python(code, tmp_path / "fulcrum.db")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["App"]
    [plan] = SqliteStore.open(tmp_path / "fulcrum.db").plans()
    assert plan.name


def test_an_unexpected_error_is_shown_as_a_number_only(tmp_path: Path) -> None:
    code = (
        "import logging, streamlit as st\n"
        "said = []\n"
        "st.error = lambda text, **_: said.append(text)\n"
        "import app\n"
        "assert app._sorry(RuntimeError('the secret path /srv/x')) is True\n"
        "print(said[0])\n"
    )
    ended = run_python(code, tmp_path / "fulcrum.db")
    assert ended.returncode == 0, ended.stderr
    assert "Something unexpected went wrong (number " in ended.stdout
    assert "secret" not in ended.stdout
    number = ended.stdout.split("(number ")[1][:8]
    assert number in ended.stderr
    assert "the secret path /srv/x" in ended.stderr


# ---- share links ---------------------------------------------------------------------------


def test_a_public_address_is_put_before_share_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FULCRUM_ADDRESS", "https://plans.example/")
    assert session.share_address("token") == "https://plans.example/s/token"
