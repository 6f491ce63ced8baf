"""The model against published figures and closed forms: each test is named after its case."""

import pytest

from tests.validation.case import Case
from tests.validation.cases import ABSENT, CASES, answers

# The checkable cases of the literature that the model rests on, docs/validation.md.
KNOWN = (
    *("V1", "V1b", "V2", "V3", "V4", "V5", "V5b", "V6", "V6b", "V6c", "V7", "V7b", "V7c", "V7d"),
    *("V8", "V9", "V10", "V10b", "V11", "V12", "V12b", "V13", "V14", "V15", "V16", "V17", "V18"),
    "V19",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id.replace(" ", "-"))
def test_case(case: Case) -> None:
    off = [
        f"{figure.label}: expected {figure.expected}, got {value!r}"
        for figure, value in zip(case.figures, answers(case), strict=True)
        if not figure.allows(value)
    ]
    assert not off, "; ".join(off)


def test_every_case_is_answered_or_its_absence_explained() -> None:
    answered = {case.id.split()[0] for case in CASES}
    explained = {absent.id.split()[0] for absent in ABSENT if absent.reason}
    assert answered | explained == set(KNOWN)


def test_no_case_stands_twice() -> None:
    ids = [each.id for each in (*CASES, *ABSENT)]
    assert len(ids) == len(set(ids))
