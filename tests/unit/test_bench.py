"""Each row of the benchmark runs and gives finite numbers; no test depends on a time."""

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.__main__ import all_rows, heading, main
from bench.arithmetic import COUNTED, cost_a_value, floor_seconds
from bench.counting import operations_a_draw
from bench.engine_rows import engine_rows
from bench.other_rows import import_rows, start_rows
from bench.store_rows import store_rows
from bench.timing import HEADER, Row, Target, run_rounds, shown, table, timed
from bench.web import Web, web
from bench.workbench import Sizes, Workbench, crm_rows, workbench
from calibration import calibrate

TINY = Sizes(
    draws=100,
    few_draws=20,
    many_draws=40,
    mix_tactics=3,
    mix_draws=20,
    crm_rows=300,
    times=2,
)


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    with workbench(TINY) as made:
        yield made


@pytest.fixture(scope="module")
def idle() -> Iterator[Web]:
    """Give a place for servers in which none is started."""
    with web(Sizes()) as made:
        yield made
        assert not list(made.folder.iterdir())


@pytest.mark.parametrize("make", [engine_rows, store_rows, import_rows, start_rows])
def test_every_row_gives_finite_numbers(make, bench: Workbench) -> None:
    rows = make(bench)
    assert rows
    for row in rows:
        for measure in filter(None, (row.measure, row.reference)):
            seconds = measure()
            assert math.isfinite(seconds)
            assert seconds > 0
        assert bool(row.against) == (row.reference is not None)
        assert row.unit in ("ms", "s", "MB")


def test_the_table_has_a_line_for_each_row_and_a_ratio_where_there_is_a_reference() -> None:
    rows = [
        Row("two", "ms", lambda: 0.002, "four", lambda: 0.004),
        Row("alone", "s", lambda: 1.5),
        Row("three times the work", "s", lambda: 6.0, "once", lambda: 2.0, scale=1 / 3),
    ]
    lines = table(run_rounds(rows, 5)).splitlines()
    assert lines[2] == "| two | 2.00 ms | four: 4.00 ms | 0.50 | - | - |"
    assert lines[3] == "| alone | 1.50 s | - | - | - | - |"
    assert lines[4] == "| three times the work | 6.00 s | once: 2.00 s | 1.00 | - | - |"


@pytest.mark.parametrize(
    ("value", "targets", "said"),
    [
        (0.008, (Target(2),), "<= 2x | met"),
        (0.0081, (Target(2),), "<= 2x | missed"),
        (0.008, (Target(8, is_ratio=False),), "<= 8 ms | met"),
        (0.0081, (Target(8, is_ratio=False),), "<= 8 ms | missed"),
        (0.008, (Target(3), Target(7, is_ratio=False)), "<= 3x and <= 7 ms | missed"),
    ],
)
def test_met_and_missed_follow_from_what_was_measured(
    value: float, targets: tuple[Target, ...], said: str
) -> None:
    row = Row("work", "ms", lambda: value, "half of it", lambda: 0.004, targets=targets)
    assert table(run_rounds([row], 1)).endswith(f"| {said} |")


def test_a_ratio_nobody_measured_is_not_met() -> None:
    row = Row("work", "ms", lambda: 1.0, targets=(Target(2),))
    assert table(run_rounds([row], 1)).endswith("| <= 2x | missed |")


def test_rows_take_turns_so_that_noise_meets_all_of_them() -> None:
    order: list[str] = []

    def measure(name: str):
        return lambda: order.append(name) or 1.0

    run_rounds([Row("a", "s", measure("a")), Row("b", "s", measure("b"))], 3)
    assert order == ["a", "b"] * 3


def test_the_value_is_the_median_of_the_rounds() -> None:
    taken = iter([1.0, 9.0, 2.0])
    (result,) = run_rounds([Row("a", "s", lambda: next(taken))], 3)
    assert result.value == 2.0


def test_no_rounds_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        run_rounds([], 0)


def test_a_time_has_three_significant_figures() -> None:
    assert shown(0.0012345, "ms") == "1.23 ms"
    assert shown(1.2345, "ms") == "1,234 ms"
    assert shown(12.345, "s") == "12.3 s"


def test_short_work_is_repeated_within_a_round() -> None:
    calls: list[int] = []
    assert timed(lambda: calls.append(1), 4)() >= 0
    assert len(calls) == 4


def count(code: str) -> dict[str, float]:
    """Run code in a process that counts; it may use `found`, the counts of a run."""
    before = "from bench.counting import Number, counts, exp, log"
    after = "import json; print(json.dumps(dict(counts)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\n{code}\n{after}"],
        capture_output=True,
        text=True,
        check=True,
    )
    counted: dict[str, float] = json.loads(done.stdout)
    return counted


def test_divisions_exponentials_and_logarithms_are_counted_one_by_one() -> None:
    assert count("x = exp(Number(1.0)) / 2 + 3 / log(Number(5.0)) - Number(4.0) / Number(2.0)") == {
        "exp": 1,
        "log": 1,
        "divide": 3,
    }


def test_the_engine_counts_the_same_for_each_month_and_more_for_each_tactic() -> None:
    plans = [
        {"months": months, "tactics": [{"moves": {"quotes": 0.4}}] * tactics}
        for months, tactics in ((6, 0), (12, 0), (18, 0), (12, 1))
    ]
    six, twelve, eighteen, with_tactic = (operations_a_draw(plan) for plan in plans)
    for name in COUNTED:
        assert eighteen[name] - twelve[name] == twelve[name] - six[name] > 0
        assert with_tactic[name] > twelve[name]


def test_the_floor_is_what_the_counted_operations_cost() -> None:
    one = floor_seconds({"exp": 1.0}, 1_000_000, calls=5)
    assert 1e-5 < one < 1.0
    assert floor_seconds({}, 5) == 0.0


@pytest.mark.parametrize("name", COUNTED)
def test_every_counted_operation_has_a_cost(name: str) -> None:
    assert 0 < cost_a_value(name, calls=2) < 1e-3
    assert floor_seconds({name: 1000}, 2.0, calls=2) > 0


def test_the_export_has_the_rows_asked_for_and_is_read(bench: Workbench) -> None:
    content = crm_rows(5_000)
    assert content.count(b"\n") == 5_001
    assert calibrate(content, "bench.csv").deals > 3_000


def test_the_table_in_the_readme_has_these_rows(bench: Workbench, idle: Web) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    printed = readme.split(HEADER)[1].split("\n\n")[0]
    rows = re.findall(r"^\| (?!---)(.+?) \|", printed, flags=re.MULTILINE)
    assert [without_sizes(row) for row in rows] == [
        without_sizes(row.what) for row in all_rows(bench, idle)
    ]


def test_parts_of_the_table_keep_its_order(bench: Workbench, idle: Web) -> None:
    rows = [row.what for row in all_rows(bench, idle)]
    some = [row.what for row in all_rows(bench, idle, {"people", "share"})]
    assert len(some) == 6
    assert some == [what for what in rows if what in some]


def without_sizes(words: str) -> str:
    return re.sub(r"\d[\d,.]*", "N", words)


def test_the_heading_says_how_it_was_measured() -> None:
    assert "Medians of 7 interleaved rounds" in heading(7, TINY)


def test_wrong_options_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rounds", "0"])
    assert "--rounds" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["peple"])
    assert "peple" in capsys.readouterr().err
