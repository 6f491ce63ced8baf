"""README and documents say what the repository does."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlite_utils import Database
from sqlite_utils.cli import cli

from data.example import load_example
from data.store import SqliteStore
from simulation.__main__ import main as simulate_main
from strategy import commands
from strategy.comparison import compare
from strategy.model import Board, Run
from strategy.running import current_run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
DRAWS = 1_000


def section(text: str, heading: str) -> str:
    """Return the text under a second-level heading."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Return the first cell of every table row, without code marks."""
    rows = re.findall(r"^\| ([^|]+?) \|", text, flags=re.MULTILINE)
    return [row.strip("`") for row in rows if row != "---"]


def fenced(text: str, language: str = "") -> list[str]:
    """Return the contents of fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.+?)^```$", text, flags=re.MULTILINE | re.DOTALL)


# ---- commands and settings -----------------------------------------------------------------


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_make_command_is_a_target(text: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = set(re.findall(r"^(?:[A-Z_]+=\S+ )*make ([a-z]+)", "\n".join(fenced(text)), re.M))
    named |= set(re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z]+)", text))
    assert {"run", "test", "check"} <= named
    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_python_command_is_a_module(path: Path) -> None:
    for module in re.findall(r"python -m ([a-z_.]+)", path.read_text(encoding="utf-8")):
        assert find_spec(module.rstrip(".")), module


def settings_read() -> set[str]:
    """Return the names the code asks the environment for."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "settings.py", ROOT / "scripts" / "serve.py")
    )
    return set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", source))


@pytest.mark.parametrize("text", [README, ARCHITECTURE], ids=["README", "architecture"])
def test_the_settings_are_those_that_are_read(text: str) -> None:
    assert set(first_cells(section(text, "Settings"))[1:]) == settings_read()


def test_the_prerequisite_is_the_version_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["requires-python"].removeprefix(">=")
    assert f"Python {version} or newer" in README
    assert f"## [{project['version']}]" in CHANGELOG
    assert project["license"] == "Apache-2.0"


def test_the_licence_is_the_standard_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_changelog_says_what_was_added() -> None:
    entry = CHANGELOG.split("\n## [0.1.0]")[1]
    assert "### Added" in entry
    assert len(re.findall(r"^- ", entry, flags=re.MULTILINE)) > 5


# ---- links and words -----------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^a-z0-9 _-]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_resolves(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.is_file(), target
        assert not anchor or anchor in anchors(found), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_are_finished_and_for_everybody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in ("/work/", "/home/", "/root/", "TODO", "TBD", "XXX", "BENCH_"):
        assert word not in text, word
    assert "\N{EM DASH}" not in text


# ---- rooms ---------------------------------------------------------------------------------


def rooms() -> set[str]:
    """Return packages and modules at the top, as the table writes them."""
    packages = {f"{path.parent.name}/" for path in ROOT.glob("[a-z]*/__init__.py")}
    return packages | {path.name for path in ROOT.glob("*.py")} | {"tests/"}


def test_every_room_is_described() -> None:
    assert set(first_cells(section(ARCHITECTURE, "Rooms"))[1:]) == rooms()


@pytest.mark.parametrize("text", [ARCHITECTURE, DATA, CONTRIBUTING])
def test_files_that_are_named_exist(text: str) -> None:
    for name in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|toml|md))`", text):
        assert (ROOT / name).is_file(), name


# ---- the database --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    made = SqliteStore.open(tmp_path_factory.mktemp("docs") / "fulcrum.db")
    plan = load_example(made)
    current_run(made, made.board(plan.id), draws=100)
    yield made
    made.close()


@pytest.fixture
def database(store: SqliteStore) -> Iterator[Database]:
    with closing(Database(store.path)) as db:
        yield db


def test_every_table_is_described(database: Database) -> None:
    assert set(first_cells(section(DATA, "Tables"))[1:]) == set(database.table_names())


def test_every_view_is_described_with_all_its_columns(database: Database) -> None:
    parts = re.split(r"^`(\w+)` ", section(DATA, "Views"), flags=re.MULTILINE)
    described = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert set(described) == set(database.view_names())
    for name, text in described.items():
        columns = re.findall(r"`(\w+)`", " ".join(first_cells_raw(text)))
        assert columns == [each.name for each in database.view(name).columns], name


def first_cells_raw(text: str) -> list[str]:
    """Return the first cells of a table as they are written."""
    return re.findall(r"^\| ([^|]+?) \|", text, flags=re.MULTILINE)


@pytest.mark.parametrize("sql", fenced(DATA, "sql"))
def test_every_query_runs(sql: str, database: Database) -> None:
    list(database.query(sql))


def sqlite_commands() -> list[str]:
    """Return the sqlite-utils commands of the documents."""
    lines = "\n".join(fenced(README) + fenced(DATA)).splitlines()
    return sorted({line for line in lines if line.startswith(".venv/bin/sqlite-utils ")})


@pytest.mark.parametrize("line", sqlite_commands())
def test_every_sqlite_utils_command_works(line: str, store: SqliteStore) -> None:
    words = shlex.split(line)[1:]
    at = words.index("data/local/fulcrum.db")
    words[at] = str(store.path)
    answer = CliRunner().invoke(cli, words)
    assert answer.exit_code == 0, answer.output
    assert answer.output.strip()


# ---- the tour and the model ----------------------------------------------------------------


def test_the_simulation_on_the_command_line_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (text,) = re.findall(r"echo '(.+?)' > plan\.json", README)
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    (options,) = re.findall(r"-m simulation plan\.json (.+)", README)
    assert simulate_main([str(tmp_path / "plan.json"), *options.split()]) == 0
    assert json.loads(capsys.readouterr().out)["draws"] == 2000


def example() -> dict[str, Any]:
    """Return the worked example as it is written down."""
    path = ROOT / "data" / "example" / "larkfield.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_tour_names_what_the_example_has() -> None:
    tour = section(README, "A tour in five minutes")
    named = set(re.findall(r"\*([A-Z][^*]+)\*", tour.replace("**", "")))
    known = {each["title"] for each in example()["tactics"]}
    known |= {each["name"] for each in example()["scenarios"]}
    assert named - known == {"Import a CRM export", "Try the example's export"}


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Do what the tour says; return the runs it talks about."""
    kept = SqliteStore.open(tmp_path_factory.mktemp("tour") / "fulcrum.db")
    plan = load_example(kept)

    def run() -> Run:
        return current_run(kept, kept.board(plan.id), draws=DRAWS)

    board = kept.board(plan.id)
    runs: dict[str, Any] = {"board": board, "plan": run()}
    for scenario in kept.scenarios(plan.id):
        runs[scenario.name] = current_run(kept, board, scenario, draws=DRAWS)
    quoting = next(each for each in board.tactics if each.title.startswith("Guided quoting"))
    ready = {"requirements_written": True, "process_standardised": True}
    commands.edit_tactic(kept, plan.id, "ann", quoting.id, commands.fields_of(quoting), ready)
    runs["quoting prepared"] = run()
    commands.edit_tactic(
        kept,
        plan.id,
        "ann",
        quoting.id,
        commands.fields_of(next(t for t in kept.board(plan.id).tactics if t.id == quoting.id)),
        {name: False for name in ready},
    )
    for tactic in board.tactics:
        if tactic.lane == "unaligned":
            commands.move_tactic(kept, plan.id, "ann", tactic.id, "ideas")
    runs["parked"] = run()
    kept.close()
    return runs


def chance_of(run: Run, title: str) -> float:
    return float(next(each["chance"] for each in run.summary["goals"] if each["title"] == title))


def goal_with(board: Board, metric: str) -> str:
    return next(each.title for each in board.goals if each.metric == metric)


def test_parking_what_serves_no_goal_pays(toured: dict[str, Any]) -> None:
    unaligned = [each for each in toured["board"].tactics if each.lane == "unaligned"]
    assert len(unaligned) == 3
    plan, parked = toured["plan"], toured["parked"]
    hours = goal_with(toured["board"], "selling_hours_week")
    assert parked.summary["net"]["p50"] > plan.summary["net"]["p50"]
    assert chance_of(parked, hours) > chance_of(plan, hours)


def test_written_requirements_pay(toured: dict[str, Any]) -> None:
    plan, prepared = toured["plan"], toured["quoting prepared"]
    cycle = goal_with(toured["board"], "cycle_days")
    assert prepared.summary["net"]["p50"] > plan.summary["net"]["p50"]
    assert chance_of(prepared, cycle) >= chance_of(plan, cycle)


def test_all_hours_to_selling_leads_early_and_the_lead_fades(toured: dict[str, Any]) -> None:
    mixed, selling = toured["Automate and reinvest"], toured["All hours to selling"]
    ahead = [
        one - other
        for one, other in zip(
            selling.summary["series"]["bookings_quarter"]["plan"]["mean"],
            mixed.summary["series"]["bookings_quarter"]["plan"]["mean"],
            strict=True,
        )
    ]
    assert ahead[11] > 0
    assert ahead[-1] < ahead[11] / 2
    win = goal_with(toured["board"], "win_rate")
    assert chance_of(selling, win) < chance_of(mixed, win)
    money = compare(toured["board"], (mixed, selling))[0]
    assert money.second_better > money.first_better


def test_software_first_loses_most_of_the_benefit(toured: dict[str, Any]) -> None:
    mixed, software = toured["Automate and reinvest"], toured["Software first"]
    assert software.summary["net"]["p50"] < mixed.summary["net"]["p50"] / 4
    assert 0.3 < software.summary["finance"]["npv"]["chance_positive"] < 0.7
    for goal in toured["board"].goals:
        assert chance_of(software, goal.title) < chance_of(mixed, goal.title)


# ---- the guide -----------------------------------------------------------------------------


def test_the_guide_describes_every_page_and_its_question() -> None:
    dashboard = (ROOT / "dashboard.py").read_text(encoding="utf-8")
    pages = re.findall(r'Page\(\s*\w+, title="([^"]+)"', dashboard)
    assert len(pages) == dashboard.count("st.Page(")
    for page in pages:
        assert section(GUIDE, page).strip()


def test_the_guide_names_the_tabs_of_the_levers() -> None:
    source = (ROOT / "pages" / "simulate" / "edit.py").read_text(encoding="utf-8")
    tabs = first_cells(section(GUIDE, "Simulate"))[1:]
    assert tabs
    for tab in tabs:
        assert f'"{tab}"' in source, tab


def test_the_guide_names_the_tabs_of_how_it_is_computed() -> None:
    source = (ROOT / "pages" / "trust" / "page.py").read_text(encoding="utf-8")
    tabs = first_cells(section(GUIDE, "How it is computed"))[1:]
    assert tabs
    for tab in tabs:
        assert f'"{tab}"' in source, tab
