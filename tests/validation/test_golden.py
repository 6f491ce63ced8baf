"""One version of the model gives one set of results, and no version's file is ever changed."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from simulation import MODEL_VERSION
from simulation.inputs import STATISTICS
from tests.validation import golden
from tests.validation.golden import ADVICE, FOLDER, INDEX, PLANS, fingerprint, selected, write

RELATIVE, ABSOLUTE = 1e-9, 1e-12


def differences(kept: Any, got: Any, place: str = "") -> list[str]:
    """Return what differs, as "place: kept, got"; numbers within rounding are equal."""
    if isinstance(kept, dict) and isinstance(got, dict):
        if kept.keys() != got.keys():
            return [f"{place}: {sorted(kept)}, {sorted(got)}"]
        return [each for key in kept for each in differences(kept[key], got[key], f"{place}/{key}")]
    if isinstance(kept, list) and isinstance(got, list) and len(kept) == len(got):
        pairs = enumerate(zip(kept, got, strict=True))
        return [each for at, (a, b) in pairs for each in differences(a, b, f"{place}/{at}")]
    if isinstance(kept, float) and isinstance(got, (int, float)):
        near = math.isclose(kept, got, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        return [] if near else [f"{place}: {kept!r}, {got!r}"]
    return [] if kept == got else [f"{place}: {kept!r}, {got!r}"]


def kept_results(folder: Path = FOLDER) -> dict[str, Any]:
    path = folder / f"{MODEL_VERSION}.json"
    if not path.exists():
        pytest.fail(f"No golden file of version {MODEL_VERSION}. {ADVICE}")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_the_present_version_has_a_golden_file_of_every_plan() -> None:
    assert set(kept_results()) == {path.stem for path in PLANS}
    assert len(PLANS) >= 6


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_results_are_those_of_this_version(path: Path) -> None:
    kept = kept_results()[path.stem]
    assert kept["input_sha256"] == fingerprint(path.read_bytes()), f"{path.name} was edited"
    found = differences(kept["results"], selected(path))
    assert not found, f"{ADVICE} {len(found)} numbers differ, first: {found[:3]}"


def test_no_golden_file_was_changed_since_it_was_written() -> None:
    index = json.loads((FOLDER / INDEX).read_text(encoding="utf-8"))
    files = {path.stem: path for path in FOLDER.glob("*.json") if path.name != INDEX}
    assert MODEL_VERSION in index
    assert index == {version: fingerprint(path.read_bytes()) for version, path in files.items()}


def test_the_plans_have_goals_of_every_statistic_and_runs_of_both_kinds() -> None:
    plans = [json.loads(path.read_text(encoding="utf-8")) for path in PLANS]
    goals = [goal for plan in plans for goal in plan["inputs"]["goals"]]
    assert {goal["statistic"] for goal in goals} == set(STATISTICS)
    assert {goal["comparison"] for goal in goals} == {">=", "<="}
    assert {plan["run"].get("deterministic", False) for plan in plans} == {True, False}
    tactics = [tactic for plan in plans for tactic in plan["inputs"]["tactics"]]
    assert {tactic.get("to", "system") for tactic in tactics} == {"system", "ops"}


def test_the_plan_for_operations_really_overflows() -> None:
    results = kept_results()["operations"]["results"]
    assert max(results["metrics"]["overflow_hours"]["p50"]) > 0


def test_a_file_that_is_there_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "results", lambda: {"plan": 1.0})
    first = write(tmp_path)
    content = first.read_bytes()
    monkeypatch.setattr(golden, "results", lambda: {"plan": 2.0})
    with pytest.raises(FileExistsError):
        write(tmp_path)
    assert first.read_bytes() == content
    index = json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))
    assert index == {MODEL_VERSION: fingerprint(content)}


def test_a_new_version_joins_the_index_beside_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "results", lambda: {"plan": 1.0})
    write(tmp_path)
    monkeypatch.setattr(golden, "MODEL_VERSION", "999.0.0")
    write(tmp_path)
    index = json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))
    assert list(index) == [MODEL_VERSION, "999.0.0"]


@pytest.mark.parametrize(
    ("kept", "got", "count"),
    [
        (1.0, 1.0 + 1e-10, 0),
        (1.0, 1.0 + 2e-9, 1),
        (0.0, 1e-13, 0),
        (0.0, 1e-11, 1),
        (None, 1.0, 1),
        ({"a": [1.0, None]}, {"a": [1.0, None]}, 0),
        ({"a": [1.0]}, {"a": [1.0, 2.0]}, 1),
        ({"a": 1.0}, {"b": 1.0}, 1),
        (True, False, 1),
    ],
)
def test_a_difference_is_more_than_rounding(kept: Any, got: Any, count: int) -> None:
    assert len(differences(kept, got)) == count
