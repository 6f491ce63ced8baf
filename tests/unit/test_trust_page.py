"""What the Trust page says: all equations, all symbols, figures and sums as written."""

import re
from pathlib import Path

import pytest

from components.palette import DARK, LIGHT
from components.worksheet import Formula, Line, formulas, worksheet, worksheet_css
from pages.trust.caveats import CAVEATS
from pages.trust.checks import figure_text
from pages.trust.equations import EQUATIONS, symbols
from pages.trust.month import lines, mean_words, quarter_words
from pages.trust.page import headline
from simulation.audit import Check
from simulation.defaults import defaults
from simulation.worked import Step
from strategy.evidence import Evidence, HandFigure, HandFuture

MODEL = (Path(__file__).parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
FORMULAS = [row for rows in EQUATIONS.values() for row in rows]


def documented() -> dict[str, list[tuple[str, str]]]:
    """Return number and name of each equation under its heading in the documentation."""
    text = MODEL.split("\n## Equations\n")[1].split("\n## ")[0]
    parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
    return {
        heading: re.findall(r"^\*\*(\d+)\. ([^*.]+)", body, flags=re.MULTILINE)
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_the_equations_stand_in_the_order_and_groups_of_the_documentation() -> None:
    shown = {
        heading: [row.number for row in rows if row.number] for heading, rows in EQUATIONS.items()
    }
    assert shown == {
        heading: [number for number, _ in rows]
        for heading, rows in documented().items()
        if heading != "Goals and alignment"
    }
    assert sorted(int(row.number) for row in FORMULAS if row.number) == list(range(1, 19))


def test_the_equations_are_called_as_in_the_documentation() -> None:
    names = {number: name for rows in documented().values() for number, name in rows}
    for row in FORMULAS:
        if row.number:
            assert names[row.number].split(",")[0].strip() in row.name, row


def test_every_assumption_stands_in_an_equation() -> None:
    text = " ".join(row.formula for row in FORMULAS).replace("²", " ")
    words = set(re.findall(r"[A-Za-z_]\w*", text))
    missing = {each.symbol for each in defaults().assumptions.values()} - words
    assert missing == set()
    assert list(symbols()["Symbol"]) == [e.symbol for e in defaults().assumptions.values()]


def test_each_of_the_five_caveats_says_what_to_do() -> None:
    assert len(CAVEATS) == 5
    assert all(heading and why and advice for heading, why, advice in CAVEATS)


@pytest.mark.parametrize(
    "figure, unit, text",
    [
        (0.0, "hours", "0 h"),
        (1.3e-12, "hours", "under 0.000001 h"),
        (-1.3e-12, "currency", "under $0.000001"),
        (2.5, "currency", "$2.5"),
        (-2.5, "number", "−2.5"),
        (1.0, "share", "100%"),
        (0.005, "points", "0.5 points"),
        (1234.5, "people", "1,234.5 people"),
    ],
)
def test_the_figure_behind_a_check_has_its_unit(figure: float, unit: str, text: str) -> None:
    assert figure_text(figure, unit, "$") == text


def checks(*holds: bool) -> tuple[Check, ...]:
    return tuple(Check(str(at), each, 0.0, "hours") for at, each in enumerate(holds))


@pytest.mark.parametrize(
    "found, text",
    [
        (Evidence(checks(True, True), True, ()), "This run adds up: all 3 checks hold."),
        (
            Evidence(checks(True, False), True, ()),
            "One of 3 checks fails: do not rely on this run.",
        ),
        (
            Evidence(checks(True, False), False, ()),
            "Two of 3 checks fail: do not rely on this run.",
        ),
    ],
)
def test_the_headline_counts_the_checks(found: Evidence, text: str) -> None:
    assert headline(found) == text


def future(*bookings: float) -> HandFuture:
    return HandFuture(1234, (), (), bookings, 3 * sum(bookings) / len(bookings))


def test_the_months_of_a_quarter_are_added() -> None:
    assert quarter_words(future(1e6, 2e6, 3e6), "$") == (
        "Future 1,234 by hand: $1,000,000 + $2,000,000 + $3,000,000 = $6,000,000"
    )


def test_the_first_months_stand_for_a_quarter() -> None:
    assert quarter_words(future(1e6, 2e6), "$") == (
        "Future 1,234 by hand: 3 × ($1,000,000 + $2,000,000) / 2 = $4,500,000"
    )


def test_two_middle_futures_are_averaged_and_one_stands_alone() -> None:
    both = HandFigure(12, (future(1e6, 1e6, 1e6), future(1e6, 1e6, 2e6)), 3.5e6, 3.5e6)
    assert mean_words(both, "$").endswith("($3,000,000 + $4,000,000) / 2 = $3,500,000")
    alone = HandFigure(12, (future(1e6, 1e6, 1e6),), 3e6, 3e6)
    assert mean_words(alone, "$").endswith("half below: $3,000,000")


def test_a_figure_that_differs_in_the_seventh_digit_does_not_agree() -> None:
    assert HandFigure(1, (), 1234567.4, 1234567.0).agrees
    assert not HandFigure(1, (), 1234568.0, 1234567.0).agrees


def test_tactics_go_by_their_titles_and_results_carry_units() -> None:
    steps = [
        Step("Fit", 4, "Fit", "t1", "1 / 2", 0.5, "share"),
        Step("Fit", 0, "Hours", "crm", "2 × 3", 6.0, "hours"),
        Step("Fit", 0, "Money", "", "2 × 3", -6.4, "currency"),
    ]
    first, second, third = lines(steps, {"t1": "Guided quoting"}, "$")
    assert (first.number, first.about, first.value) == ("4", "Guided quoting", "0.5 share")
    assert (second.number, second.about, second.value) == ("", "crm", "6 h")
    assert third.value == "−\u2060$6"


# ---- the lists -----------------------------------------------------------------------------

HOSTILE = "<img src=x onerror=alert(1)>&\"'"


def test_lists_escape_every_word() -> None:
    drawn = worksheet([Line(*[HOSTILE] * 5)]) + formulas([Formula(*[HOSTILE] * 4)])
    assert "<img" not in drawn
    assert drawn.count("&lt;img") == 9


def test_lists_take_the_colours_of_the_theme() -> None:
    for palette in (LIGHT, DARK):
        assert palette.border in worksheet_css(palette)
        assert palette.text2 in worksheet_css(palette)
