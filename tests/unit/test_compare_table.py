"""The table of Compare as HTML: escaped words, strips on which right is better."""

from dataclasses import replace
from math import inf

import pytest

from components.charts import Series
from components.compare_table import Cell, Column, Outcome, Verdict, compare_table, scale_of
from components.palette import DARK, LIGHT, contrast, scenario_colours
from pages.compare.curves import crossing_words
from pages.compare.side_by_side import better_words
from strategy.comparison import ComparedOutcome

HOSTILE = "<img onerror=alert(1)>"
NET = Outcome(
    label=HOSTILE,
    note=HOSTILE,
    cells=(Cell("$1.8M", HOSTILE, (0.7e6, 1.8e6, 2.9e6)), Cell("$0.9M", "", (-1e6, 0.9e6, 2e6))),
    verdict=Verdict("A better in 77 of 100", HOSTILE, 0.77, 0.2),
    today=0.0,
    target=2e6,
)
COLUMNS = (Column("A", HOSTILE), Column("B", "All hours to selling"))
NOTHING = {"p10": None, "p50": None, "p90": None}


def compared(first: float, second: float) -> ComparedOutcome:
    return ComparedOutcome("Net", "", "money", ({}, {}), first, second, NOTHING)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_of_people_are_escaped(palette) -> None:
    html = compare_table(COLUMNS, [NET], palette)
    assert HOSTILE not in html
    assert html.count("&lt;img") == 5


def test_every_row_has_a_strip_with_a_dot_a_scenario_today_and_the_target() -> None:
    html = compare_table(COLUMNS, [NET, replace(NET, today=None, target=None)], LIGHT)
    assert html.count('class="dot"') == html.count('class="bar"') == 4
    assert html.count('class="rule"') == html.count('class="rule target"') == 1


def test_right_is_better_whichever_way_the_outcome_goes() -> None:
    up, down = scale_of(NET), scale_of(replace(NET, is_lower_better=True))
    assert up(-1e6) < up(0.9e6) < up(1.8e6) < up(2.9e6)
    assert down(-1e6) > down(0.9e6) > down(1.8e6) > down(2.9e6)
    assert up(-1e6) == pytest.approx(down(2.9e6)) == pytest.approx(4)


def test_a_payback_that_never_comes_stands_at_the_worse_end() -> None:
    cells = (Cell("Sep 2028", "", (18.0, 21.0, 27.0)), Cell("after Dec", "", (22.0, inf, inf)))
    place = scale_of(replace(NET, cells=cells, today=None, target=None, is_lower_better=True))
    assert place(inf) == pytest.approx(place(27.0)) == pytest.approx(4)
    assert place(18.0) == pytest.approx(96)


def test_a_row_in_which_all_is_the_same_stands_in_the_middle() -> None:
    same = replace(NET, cells=(Cell("$1", "", (1, 1, 1)),) * 2, today=None, target=None)
    assert scale_of(same)(1) == 50


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (0.76, 0.24, "A better in 76 of 100"),
        (0.54, 0.46, "No clear difference"),
        (0.05, 0.95, "A better in 5 of 100"),
        (1.0, 0.0, "A better in over 99 of 100"),
        (0.0, 0.0, "Same in both"),
    ],
)
def test_the_verdict_says_how_often_or_that_it_is_not_clear(first, second, said) -> None:
    assert better_words(compared(first, second), "A") == said


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_can_be_read_on_their_grounds(palette) -> None:
    for letter in "ABCD":
        assert contrast(palette.bg, scenario_colours(letter, palette)[1]) >= 4.5


def line(letter: str, *middle: float) -> Series:
    bands = {name: list(middle) for name in ("p10", "p50", "p90")}
    return {"letter": letter, "name": letter, "bands": bands}


def test_a_crossing_is_named_with_the_month_until_which_the_first_leads() -> None:
    series = [line("A", 1, 2, 3, 9), line("B", 2, 4, 6, 7)]
    said = crossing_words(series, ">=", "2027-01")
    assert said == "B leads until Mar 2027, A from then on."
    assert crossing_words([series[0], series[0]], ">=", "2027-01") == ""
