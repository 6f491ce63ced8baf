"""docs/model.md and docs/glossary.md say what the code does."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from scripts.make_docs import BLOCKS, generated
from scripts.markdown import table, with_block
from simulation.__main__ import main
from simulation.defaults import defaults
from simulation.inputs import METRICS, STATISTICS, GoalInput, Inputs, TacticInput

DOCS = Path(__file__).parents[2] / "docs"
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """Return the text under a second-level heading."""
    return MODEL.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Return the first cell of every table row, without code marks."""
    rows = re.findall(r"^\| ([^|]+?) \|", text, flags=re.MULTILINE)
    return [row.strip("`*") for row in rows if row != "---"]


def test_the_generated_tables_are_current() -> None:
    assert generated(MODEL) == MODEL, "run: python -m scripts.make_docs"


def test_making_the_tables_again_changes_nothing() -> None:
    assert generated(generated(MODEL)) == generated(MODEL)


def test_a_block_replaces_only_what_stands_between_its_markers() -> None:
    text = "before\n<!-- x:start -->\nold\n<!-- x:end -->\nafter\n"
    assert with_block(text, "x", "new") == text.replace("old", "new")


@pytest.mark.parametrize(
    "text", ["", "<!-- x:start -->", "<!-- x:end --><!-- x:start -->", 2 * "<!-- x:start -->"]
)
def test_missing_markers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="x:start"):
        with_block(text, "x", "new")


def test_bars_inside_cells_do_not_break_a_table() -> None:
    assert table(["a"], [["1|2"]]) == "| a |\n| --- |\n| 1\\|2 |"


@pytest.mark.parametrize(
    "heading", ["Levers", "Interface", "Calibration", "Assumptions", "Equations", "Caveats"]
)
def test_the_sections_that_code_refers_to_exist(heading: str) -> None:
    assert section(heading).strip()


def test_all_twenty_equations_are_there() -> None:
    numbers = [int(number) for number in re.findall(r"^\*\*(\d+)\. ", MODEL, flags=re.MULTILINE)]
    assert sorted(numbers) == list(range(1, 21))


def test_equations_that_the_code_cites_are_there() -> None:
    source = Path(__file__).parents[2] / "simulation"
    cited = {
        int(number)
        for path in source.glob("*.py")
        for number in re.findall(r"equations? (\d+)", path.read_text(encoding="utf-8"))
    }
    assert cited
    assert cited <= set(range(1, 21))


def test_every_assumption_has_a_row() -> None:
    assert [name for name in first_cells(section("Assumptions")) if name in defaults().assumptions]
    assert set(defaults().assumptions) <= set(first_cells(section("Assumptions")))


def test_every_row_of_the_week_has_a_row() -> None:
    assert set(defaults().tasks) <= set(first_cells(section("The rep's week")))


def test_every_lever_has_a_row() -> None:
    assert first_cells(section("Levers"))[1:] == list(TacticInput.__dataclass_fields__)


def test_every_metric_has_a_row_with_a_unit() -> None:
    assert first_cells(section("Metrics"))[1:] == list(METRICS)
    units = re.findall(r"^\| `\w+` \| .+? \| (.+?) \|$", section("Metrics"), flags=re.MULTILINE)
    assert len(units) == len(METRICS)


def test_the_interface_names_every_field_and_choice() -> None:
    text = section("Interface")
    for name in (*Inputs.__dataclass_fields__, *GoalInput.__dataclass_fields__, *STATISTICS):
        assert re.search(rf"[`\"]{name}[`\"]", text), name
    for option in ("--draws", "--seed", "--deterministic", "--draw-table"):
        assert option in text


def test_the_example_of_the_interface_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```json\n(.+?)```", section("Interface"), flags=re.DOTALL)
    path = tmp_path / "inputs.json"
    path.write_text(example, encoding="utf-8")
    assert main([str(path), "--draws", "20"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [tactic["name"] for tactic in answer["tactics"]] == ["Quoting tool", "Deal desk"]
    documented = re.findall(r"`([a-z_.]+)`", "".join(first_line_cells(section("Interface"))))
    for key in documented:
        top, _, inner = key.partition(".")
        assert top in answer
        assert not inner or inner in answer[top]
    assert {key.partition(".")[0] for key in documented} == set(answer)


def first_line_cells(text: str) -> list[str]:
    """Return the first cells of the table that lists the keys of the answer."""
    answer = text.split("The answer:")[1].split("**Draw table.**")[0]
    return re.findall(r"^\| (`[^|]+`) \|", answer, flags=re.MULTILINE)


def test_the_printed_tipping_condition_is_that_of_the_defaults() -> None:
    mode = {name: each.range.mode for name, each in defaults().assumptions.items()}
    pressure = mode["buyer_pressure"] ** mode["ceiling_sharpness"]
    local = min(mode["selling_elasticity"], (1 - mode["inbound_share"]) / (1 + pressure))
    bracket = (
        mode["strategy_win_elasticity"] * (1 - mode["win_rate"])
        + mode["strategy_deal_elasticity"]
        + mode["strategy_attention_elasticity"] * local * pressure
    )
    shares = {name: task.share for name, task in defaults().tasks.items()}
    selling = shares["live_conversations"] + shares["prospecting"]
    text = section("The tipping condition")
    assert f"**{local * shares['account_strategy'] / selling:.3f}**".replace("0.", ".") in text
    assert f"it is {bracket:.3f}".replace("0.", ".") in text
    assert f"{local / selling:.3f} times" in text
    assert f"{bracket / shares['account_strategy']:.3f} times" in text


def test_the_printed_fits_are_those_of_the_defaults() -> None:
    mode = {name: each.range.mode for name, each in defaults().assumptions.items()}
    for preparation in (0, 0.33, 1):
        logit = mode["fit_unprepared"] + mode["fit_gain"] * preparation
        assert f"{1 / (1 + np.exp(-logit)):.2f}".lstrip("0") in section("Equations")


TERMS = (
    *("plan", "goal", "metric", "tactic", "lane", "lever", "assumption", "scenario", "run"),
    *("draw", "outcome", "percentile", "chance", "snapshot", "share link", "guest", "sign-off"),
    *("strategic", "tactical"),
)


@pytest.mark.parametrize("term", TERMS)
def test_the_glossary_explains_the_word(term: str) -> None:
    assert term in first_cells(GLOSSARY)


@pytest.mark.parametrize("text", [MODEL, GLOSSARY], ids=["model", "glossary"])
def test_documents_point_only_at_files_and_headings_that_exist(text: str) -> None:
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors
        else:
            assert (DOCS / target).exists()


def test_every_block_has_its_markers() -> None:
    for name in BLOCKS:
        assert f"<!-- {name}:start -->" in MODEL
