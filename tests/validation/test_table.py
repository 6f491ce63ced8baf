"""docs/validation.md prints what the cases say and what the model answers today."""

import re
from pathlib import Path

import pytest

from scripts.markdown import with_block
from tests.validation.case import Case
from tests.validation.cases import ABSENT, CASES, answers
from tests.validation.tables import absent_table, in_order

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")


def printed_rows(block: str) -> list[list[str]]:
    """Return the cells of a generated table, without its head."""
    text = DOCUMENT.split(f"<!-- {block}:start -->")[1].split(f"<!-- {block}:end -->")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


ROWS = printed_rows("cases") + printed_rows("golden")


def test_the_document_has_the_cases_of_the_suite_in_order() -> None:
    printed = list(dict.fromkeys(row[0] for row in ROWS))
    assert printed == [case.id for case in in_order(CASES)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id.replace(" ", "-"))
def test_the_document_prints_what_the_model_answers(case: Case) -> None:
    rows = [row for row in ROWS if row[0] == case.id]
    for row, figure, got in zip(rows, case.figures, answers(case), strict=True):
        assert row[3:5] == [figure.label, figure.expected]
        digits = len(row[5].partition(".")[2])
        # Half a unit of the last digit shown, and rounding at its edge.
        near = pytest.approx(float(row[5]), rel=1e-9, abs=0.5001 * 10**-digits, nan_ok=True)
        assert got == near, "run: python -m scripts.make_docs"


def test_the_document_explains_every_absence() -> None:
    assert with_block(DOCUMENT, "absent", absent_table()) == DOCUMENT
    assert len(printed_rows("absent")) == len(ABSENT)


def test_the_tests_that_the_document_names_exist() -> None:
    for pattern in re.findall(r"`(tests/validation/test_[a-z_*]+\.py)`", DOCUMENT):
        assert list(ROOT.glob(pattern)), pattern
    ids = {f"`test_case[{case.id.replace(' ', '-')}]`" for case in CASES}
    assert {row[8] for row in ROWS} - {""} == ids


def test_every_invariant_of_the_document_has_a_test_of_its_number() -> None:
    listed = DOCUMENT.split("\n## Invariants\n")[1].split("\n## ")[0]
    stated = {int(number) for number in re.findall(r"^(\d+)\. ", listed, flags=re.MULTILINE)}
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
    )
    tested = re.findall(r"^def test_invariant_(\d\d)_", source, flags=re.MULTILINE)
    assert {int(number) for number in tested} == stated == set(range(1, 11))
