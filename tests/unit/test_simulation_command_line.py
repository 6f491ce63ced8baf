"""The model in a terminal: python -m simulation INPUTS.json."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import MODEL_VERSION
from simulation.__main__ import main
from simulation.draws import sample
from simulation.inputs import METRICS, Inputs

ROOT = Path(__file__).parents[2]

EXAMPLE: dict[str, Any] = {
    "months": 36,
    "organisation": {"seats": 20, "ops_people": 2, "hours_per_rep_month": 156},
    "assumptions": {"selling_elasticity": [0.10, 0.31, 0.55], "buyer_pressure": 0.8},
    "week": {
        "live_conversations": 0.18,
        "prospecting": 0.10,
        "account_strategy": 0.06,
        "coaching": 0.06,
        "crm_entry": 0.09,
        "quotes": 0.09,
        "research": 0.08,
        "scheduling": 0.07,
        "orders": 0.05,
        "forecast": 0.05,
        "chasing": 0.06,
        "meetings": 0.06,
        "slack": 0.05,
    },
    "destinations": {"selling": 0.5, "strategy": 0.3, "coaching": 0.2},
    "plan_quality": 1.0,
    "tactics": [
        {
            "name": "Activity capture",
            "goal": "g1",
            "start": 1,
            "delay": 2,
            "to": "system",
            "moves": {"crm_entry": 0.7, "forecast": 0.2},
            "moves_ops": {"crm_entry": 0.4},
            "adopt": 0.9,
            "preparation": 0.67,
            "seat_price": 40,
            "seats": None,
            "one_off": 10000,
            "fixed_monthly": 0,
            "training_hours": 2,
            "upkeep_hours": 6,
            "cycle": 0,
            "win": 0,
            "deal": 0,
            "attention": 0,
        }
    ],
    "goals": [
        {
            "id": "g1",
            "metric": "bookings",
            "statistic": "trailing3",
            "comparison": ">=",
            "target": 880000,
            "due": 18,
        }
    ],
}


class Terminal:
    """Runs the command on inputs in a folder of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture

    def write(self, raw: Any, name: str = "inputs.json") -> Path:
        path = self.folder / name
        path.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
        return path

    def run(self, raw: Any, *options: str) -> tuple[int, str, str]:
        """Return exit status, standard output and standard error."""
        self.capture.readouterr()
        status = main([str(self.write(raw)), *options])
        return status, *self.capture.readouterr()

    def answer(self, raw: Any, *options: str) -> Any:
        status, out, error = self.run(raw, *options)
        assert (status, error) == (0, "")
        return json.loads(out)

    def refusal(self, raw: Any, *options: str) -> str:
        """Return the one line on standard error; nothing else may be said."""
        status, out, error = self.run(raw, *options)
        assert (status, out) == (2, "")
        assert error.count("\n") == 1
        assert error.endswith("\n")
        return error.strip()


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def in_a_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
    )


# ---- The output object --------------------------------------------------------------------


def test_the_documented_example_runs_from_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "inputs.json"
    path.write_text(json.dumps(EXAMPLE))
    done = in_a_process("-m", "simulation", str(path), "--draws", "50", "--seed", "3")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["draws"], answer["seed"], answer["months"]) == (50, 3, 36)
    again = in_a_process("-m", "simulation", str(path), "--draws", "50", "--seed", "3")
    assert again.stdout == done.stdout


def test_a_refusal_from_a_terminal_exits_with_status_two(tmp_path: Path) -> None:
    path = tmp_path / "inputs.json"
    path.write_text(json.dumps({"tactics": [], "months": 0}))
    done = in_a_process("-m", "simulation", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "months is 0; it must be a number from 1 to 120\n"


def test_the_output_has_exactly_the_documented_names(terminal: Terminal) -> None:
    answer = terminal.answer(EXAMPLE, "--draws", "20")
    top = "model_version draws seed months metrics baseline finance goals tactics"
    assert list(answer) == top.split()
    assert answer["model_version"] == MODEL_VERSION
    for side in ("metrics", "baseline"):
        assert list(answer[side]) == list(METRICS)
        for bands in answer[side].values():
            assert list(bands) == ["p10", "p50", "p90", "mean"]
            assert all(len(values) == 36 for values in bands.values())
    finance = answer["finance"]
    assert set(finance) == {"npv", "roi", "payback"}
    assert set(finance["npv"]) == {"p10", "p50", "p90", "mean", "chance_positive"}
    assert set(finance["roi"]) >= {"p10", "p50", "p90"}
    assert set(finance["payback"]) == {"p10", "p50", "p90", "chance_by_24"}
    (goal,) = answer["goals"]
    assert set(goal) == {"id", "chance", "standard_error", "baseline_chance"}
    (tactic,) = answer["tactics"]
    assert {"name", "fit", "aligned"} <= set(tactic)
    assert "p50" in tactic["fit"]


def test_the_metrics_are_exactly_the_documented_ones() -> None:
    documented = """
        bookings expected_bookings revenue wins opportunities win_rate deal_size cycle pipeline
        selling_hours strategy_hours coaching_hours slack_hours admin_hours meeting_hours
        system_hours rework_hours ops_hours overflow_hours unmet_hours heads contact response
        strategy_stock skill_stock cost shelfware net_benefit cumulative_net
    """
    assert documented.split() == list(METRICS)


def test_percentiles_are_in_order_and_chances_are_shares(terminal: Terminal) -> None:
    answer = terminal.answer(EXAMPLE, "--draws", "40")
    for bands in answer["metrics"].values():
        assert np.all(np.array(bands["p10"]) <= bands["p50"])
        assert np.all(np.array(bands["p50"]) <= bands["p90"])
    goal = answer["goals"][0]
    assert 0 <= goal["baseline_chance"] <= 1
    expected = np.sqrt(goal["chance"] * (1 - goal["chance"]) / 40)
    assert goal["standard_error"] == pytest.approx(expected)


def test_at_the_modes_all_percentiles_coincide(terminal: Terminal) -> None:
    answer = terminal.answer(EXAMPLE, "--deterministic")
    assert answer["draws"] == 1
    for side in ("metrics", "baseline"):
        for bands in answer[side].values():
            assert bands["p10"] == bands["p50"] == bands["p90"] == bands["mean"]
    assert answer["finance"]["npv"]["p10"] == answer["finance"]["npv"]["p90"]
    assert answer["goals"][0]["chance"] in (0, 1)


def test_what_does_not_exist_is_null(terminal: Terminal) -> None:
    free = {"months": 6, "tactics": [{"training_hours": 20}]}
    finance = terminal.answer(free, "--deterministic")["finance"]
    assert finance["roi"]["p50"] is None
    assert finance["payback"]["p50"] is None
    assert finance["payback"]["chance_by_24"] == 0


def test_a_tactic_that_helps_its_goal_is_aligned(terminal: Terminal) -> None:
    goal = {"id": "g", "metric": "expected_bookings", "target": 0, "due": 36}
    helpful = {"name": "Helps", "goal": "g", "preparation": 1, "moves": {"quotes": 0.5}}
    harmful = {"name": "Harms", "goal": "g", "preparation": 1, "win": -0.2}
    stray = helpful | {"name": "Strays", "goal": None}
    rows = terminal.answer({"tactics": [helpful, harmful, stray], "goals": [goal]}, "--draws", "30")
    assert [row["aligned"] for row in rows["tactics"]] == [True, False, False]


def test_a_goal_to_stay_below_counts_a_fall_as_help(terminal: Terminal) -> None:
    goal = {"id": "g", "metric": "cycle", "comparison": "<=", "target": 3, "due": 36}
    faster = {"name": "Faster", "goal": "g", "preparation": 1, "cycle": 0.1}
    rows = terminal.answer({"tactics": [faster], "goals": [goal]}, "--draws", "30")["tactics"]
    assert rows[0]["aligned"]


def test_the_command_needs_neither_a_browser_nor_a_database(tmp_path: Path) -> None:
    path = tmp_path / "inputs.json"
    path.write_text(json.dumps({"tactics": [], "months": 2}))
    code = (
        "import sys\n"
        "from simulation.__main__ import main\n"
        f"main([{str(path)!r}, '--draws', '4'])\n"
        "heavy = {'streamlit', 'pandas', 'sqlite3', 'sqlite_utils', 'altair', 'strategy', 'data'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    assert in_a_process("-c", code).stderr == "[]\n"


# ---- The same numbers again ---------------------------------------------------------------


def test_the_same_seed_prints_the_same_bytes_and_another_seed_does_not(terminal: Terminal) -> None:
    one, two, other = (
        terminal.run(EXAMPLE, "--draws", "20", "--seed", seed)[1] for seed in ("5", "5", "6")
    )
    assert one == two
    assert one != other


def test_a_draw_table_repeats_the_run_to_the_last_byte(terminal: Terminal) -> None:
    table = terminal.folder / "draws.csv"
    options = ("--draws", "12", "--seed", "4", "--draw-table", str(table))
    first = terminal.run(EXAMPLE, *options)[1]
    written = table.read_bytes()
    # The table decides the number of draws, so that --draws may be left out.
    second = terminal.run(EXAMPLE, "--seed", "4", "--draw-table", str(table))[1]
    assert first == second
    assert table.read_bytes() == written


def test_a_draw_table_has_a_row_for_each_draw_and_says_what_came_of_it(terminal: Terminal) -> None:
    table = terminal.folder / "draws.csv"
    answer = terminal.answer(EXAMPLE, "--draws", "12", "--draw-table", str(table))
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert {"selling_elasticity", "fit_noise:Activity capture", "demand_noise:36"} <= set(rows[0])
    npv = [float(row["outcome:npv"]) for row in rows]
    assert np.mean(npv) == pytest.approx(answer["finance"]["npv"]["mean"])
    hits = [float(row["outcome:goal:g1"]) for row in rows]
    assert np.mean(hits) == pytest.approx(answer["goals"][0]["chance"])


def test_a_draw_table_of_one_column_replaces_that_assumption_alone(terminal: Terminal) -> None:
    table = terminal.write("win_rate\n0.30\n0.30\n0.30\n", "table.csv")
    answer = terminal.answer({"tactics": [], "months": 3}, "--draw-table", str(table))
    assert answer["draws"] == 3
    rate = answer["metrics"]["win_rate"]
    assert (rate["p10"][0], rate["p90"][0]) == pytest.approx((0.3, 0.3), rel=1e-12)
    assert answer["metrics"]["cycle"]["p10"] != answer["metrics"]["cycle"]["p90"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("win_rate\n", "draw table has no rows"),
        ("nonsense\n1\n", "column 'nonsense' is unknown"),
        ("win_rate\n0.2\nmany\n", "line 3 column 'win_rate' is 'many'"),
        ("win_rate\n0.2\nnan\n", "line 3 column 'win_rate' is 'nan'"),
        ("win_rate,leak\n0.2\n", "line 2 column 'leak' is ''"),
        ("fit_noise:No such tactic\n1\n", "is unknown"),
    ],
)
def test_a_wrong_draw_table_is_refused_by_line_and_column(
    terminal: Terminal, content: str, said: str
) -> None:
    table = terminal.write(content, "table.csv")
    assert said in terminal.refusal({"tactics": [], "months": 3}, "--draw-table", str(table))


# ---- Refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, "tactics is missing"),
        ([], "input is []; it must be an object"),
        ({"tactics": [], "plan_quality": 2}, "plan_quality is 2; it must be a number from 0 to 1"),
        ('{"tactics": [], "plan_quality": NaN}', "plan_quality is nan"),
        ('{"tactics": [', "is not JSON"),
        ("", "is not JSON"),
        ({"tactics": [{"name": "A", "colour\nred": 1}]}, "tactics[0].colour"),
    ],
)
def test_bad_inputs_are_refused_in_one_line(terminal: Terminal, raw: Any, said: str) -> None:
    assert said in terminal.refusal(raw)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--draws", "0"), "draws is 0; it must be a whole number from 1"),
        (("--draws", "-5"), "draws is -5"),
        (("--draws", "1000001"), "draws is 1000001"),
        (("--seed", "-1"), "seed is -1"),
        (("--draw-table", "/no/such/folder/table.csv"), "No such file"),
    ],
)
def test_bad_options_are_refused_in_one_line(
    terminal: Terminal, options: tuple[str, ...], said: str
) -> None:
    assert said in terminal.refusal({"tactics": [], "months": 2}, *options)


def test_a_missing_file_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nothing.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_is_no_text_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "inputs.json"
    path.write_bytes(b"\xff\xfe\x00\x80")
    assert main([str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_saved_with_a_byte_order_mark_is_read(terminal: Terminal) -> None:
    assert terminal.answer('\ufeff{"tactics": [], "months": 2}', "--deterministic")["months"] == 2


# ---- One stream for each name -------------------------------------------------------------


def draws_of(**fields: Any) -> Any:
    return sample(Inputs.from_json({"months": 6, "tactics": [], **fields}), 16, 9)


def test_overriding_one_assumption_leaves_every_other_draw_alone() -> None:
    plain, changed = draws_of(), draws_of(assumptions={"leak": [0.2, 0.3, 0.9]})
    different = {
        name
        for name in plain.values
        if not np.array_equal(plain.values[name], changed.values[name])
    }
    assert different == {"leak"}
    assert np.array_equal(plain.demand_noise, changed.demand_noise)
    assert np.array_equal(plain.bookings_noise, changed.bookings_noise)


def test_an_edited_range_keeps_every_draw_at_its_rank() -> None:
    plain, wider = draws_of(), draws_of(assumptions={"leak": [0.0, 0.3, 0.9]})
    assert np.array_equal(np.argsort(plain.values["leak"]), np.argsort(wider.values["leak"]))


def test_adding_a_tactic_leaves_the_luck_of_the_others_alone() -> None:
    few = draws_of(tactics=[{"name": "A"}, {"name": "B"}])
    more = draws_of(tactics=[{"name": "New"}, {"name": "B"}, {"name": "A"}])
    for name in ("A", "B"):
        assert np.array_equal(few.fit_noise[name], more.fit_noise[name])
    assert not np.array_equal(more.fit_noise["New"], more.fit_noise["A"])
    assert all(np.array_equal(few.values[name], more.values[name]) for name in few.values)


def test_adding_months_leaves_the_noise_of_the_first_ones_alone() -> None:
    short, long = draws_of(), draws_of(months=24)
    assert np.array_equal(short.demand_noise, long.demand_noise[:6])
    assert np.array_equal(short.bookings_noise, long.bookings_noise[:6])


def test_streams_of_different_names_have_nothing_to_do_with_each_other() -> None:
    values = sample(Inputs.from_json({"months": 1, "tactics": []}), 4000, 1).values
    varied = [each for each in values.values() if np.ptp(each) > 0]
    correlation = np.corrcoef(np.array(varied)) - np.eye(len(varied))
    assert np.abs(correlation).max() < 0.08


def test_two_tactics_of_one_name_have_luck_of_their_own() -> None:
    noise = draws_of(tactics=[{"name": "A"}, {"name": "A"}]).fit_noise
    assert set(noise) == {"A", "A #2"}
    assert not np.array_equal(noise["A"], noise["A #2"])
