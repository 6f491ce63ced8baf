"""The tables of docs/validation.md, made from the cases and what the model answers today."""

from collections.abc import Iterable
from math import isfinite

from scripts.markdown import table
from tests.validation.case import Absent, Case, Figure
from tests.validation.cases import ABSENT, CASES, answers, by_number

MOST_DECIMALS = 9


def shown_got(figure: Figure, got: float) -> str:
    """Return a computed number with one digit more than the source prints."""
    if not isfinite(got):
        return str(got)
    decimals = min(len(figure.expected.partition(".")[2]) + 1, MOST_DECIMALS)
    return f"{got:.{decimals}f}"


def shown_tolerance(figure: Figure) -> str:
    """Return the tolerance as a number, or as a share of the value in per cent."""
    if figure.relative:
        return f"{100 * figure.tolerance:.2g}%"
    return f"{figure.tolerance:.2g}"


def in_order(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: by_number(case.id))


def case_rows(case: Case) -> Iterable[tuple[str, ...]]:
    """Yield a row a figure; what holds for the whole case stands in the first only."""
    about = (case.what, case.source, case.through, f"`test_case[{case.id.replace(' ', '-')}]`")
    for figure, got in zip(case.figures, answers(case), strict=True):
        what, source, through, test = about
        yield (
            case.id,
            what,
            source,
            figure.label,
            figure.expected,
            shown_got(figure, got),
            shown_tolerance(figure),
            through,
            test,
        )
        about = ("", "", "", "")


def cases_table(cases: Iterable[Case]) -> str:
    """Return the rows of some cases, in the order of their numbers."""
    head = (
        *("case", "what", "source", "figure", "expected", "got", "tolerance"),
        *("seen in", "test"),
    )
    return table(head, (row for case in in_order(cases) for row in case_rows(case)))


def is_golden(case: Case) -> bool:
    return case.id.startswith("V19")


def literature_table() -> str:
    """Return the cases V4 to V18."""
    return cases_table(case for case in CASES if not is_golden(case))


def golden_table() -> str:
    """Return the golden runs V19."""
    return cases_table(case for case in CASES if is_golden(case))


def absent_table() -> str:
    """Return the cases that are left out, each with its reason."""

    def row(absent: Absent) -> tuple[str, ...]:
        return absent.id, absent.what, absent.source, absent.reason

    return table(("case", "what", "source", "why it is not here"), map(row, ABSENT))


BLOCKS = {"cases": literature_table, "absent": absent_table, "golden": golden_table}
