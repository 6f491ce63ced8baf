"""Tornado, search and a kept plan on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

import settings
from data.example import load_example
from data.store import SqliteStore
from simulation.__main__ import main
from simulation.console import table

PLAN: dict[str, Any] = {
    "months": 12,
    "tactics": [
        {"name": "Capture", "goal": "g", "moves": {"crm_entry": 0.6}, "seat_price": 10},
        {"name": "Burden", "seat_price": 300, "start": 2},
    ],
    "goals": [{"id": "g", "metric": "bookings", "target": 800_000, "due": 12}],
}


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(PLAN))
    return str(file)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    file = tmp_path / "plans.db"
    store = SqliteStore.open(file)
    load_example(store)
    store.close()
    monkeypatch.setenv("FULCRUM_DB", str(file))
    settings.settings.cache_clear()
    yield file
    settings.settings.cache_clear()


def test_a_search_prints_the_best_mix_first(path: str, capsys: Any) -> None:
    assert main([path, "--search", "--draws", "100"]) == 0
    shown = capsys.readouterr()
    assert "4 mixes, 100 draws, every mix looked at" in shown.out
    best = shown.out.split("Best\n")[1].splitlines()[1]
    assert best.endswith("Capture") or best.endswith("no tactic")
    assert "100%" in shown.err


def test_a_search_keeps_its_limits_in_json(path: str, capsys: Any) -> None:
    wish = ["--search", "--json", "--draws", "100", "--must", "Burden", "--must-not", "Capture"]
    assert main([path, *wish]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["mask"] for each in found["best"]] == [2]
    assert found["tactics"] == ["Capture", "Burden"]


def test_a_tornado_lists_the_widest_swing_first(path: str, capsys: Any) -> None:
    assert main([path, "--tornado", "--draws", "100"]) == 0
    assert "Chance of g" in capsys.readouterr().out
    assert main([path, "--tornado", "--draws", "100", "--json"]) == 0
    bars = json.loads(capsys.readouterr().out)[0]["bars"]
    swings = [bar["swing"] for bar in bars]
    assert swings == sorted(swings, reverse=True) and swings[0] > 0


def test_a_kept_plan_is_run_by_its_name(database: Path, capsys: Any) -> None:
    assert main(["--plan", "Larkfield FY27", "--draws", "100"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["goals"]) == 4
    assert main(["--plan", "Larkfield FY27", "--search", "--draws", "100", "--budget", "1e5"]) == 0
    shown = capsys.readouterr().out
    assert "Guided quoting" in shown and "tactic_larkfield" not in shown


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--plan", "Nothing"], "'Larkfield FY27'"),
        (["--plan", "Larkfield FY27", "--search", "--must", "Magic"], "Guided quoting"),
        (["--plan", "Larkfield FY27", "--search", "--goal", "Magic"], "goal"),
    ],
)
def test_what_is_unknown_is_named_in_one_line(
    database: Path, capsys: Any, options: list[str], message: str
) -> None:
    assert main(options) == 2
    said = capsys.readouterr().err.strip()
    assert message in said and "\n" not in said


def test_a_missing_database_is_said(monkeypatch: Any, tmp_path: Path, capsys: Any) -> None:
    monkeypatch.setenv("FULCRUM_DB", str(tmp_path / "none.db"))
    settings.settings.cache_clear()
    assert main(["--plan", "Any"]) == 2
    settings.settings.cache_clear()
    assert "FULCRUM_DB" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["a.json", "--plan", "b"]])
def test_inputs_come_from_one_place(options: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(options)
    assert stopped.value.code == 2
    assert "either" in capsys.readouterr().err


def test_tables_are_aligned() -> None:
    assert table(("a", "b"), [("long", "1")]) == "a     b\nlong  1"
