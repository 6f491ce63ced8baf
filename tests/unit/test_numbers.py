import math
import re

import pytest

from components.numbers import (
    MINUS,
    NOT_AVAILABLE,
    axis_labels,
    chance,
    chance_word,
    format_change,
    format_range,
    format_value,
    futures,
    money,
    month_number,
    months_label,
    range_beside,
    typed_cost,
    typed_cost_range,
)
from strategy.calendar import month_label

UNITS = ("money", "percent", "hours", "days", "count", "months", "score")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1_440_000, "$1.4M"),
        (-270_400, "−\u2060$270k"),
        (0, "$0"),
        (-0.3, "$0"),
        (995_000, "$1.0M"),
        (9_960_000, "$10M"),
        (999.6, "$1.0k"),
        (2.34e9, "$2.3B"),
        (12.4, "$12"),
    ],
)
def test_money_keeps_two_figures(value, written):
    assert money(value) == written


def test_currencies_written_in_letters_keep_a_space():
    assert money(1_400_000, "CHF") == "CHF\u00a01.4M"
    assert money(1_400_000, "EUR") == "€1.4M"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (271_600, "$272k"),
        (1_271_600, "$1,272k"),
        (400, "$400"),
        (999.7, "$1k"),
        (-499, "−\u2060$499"),
    ],
)
def test_typed_costs_are_whole_thousands(value, written):
    assert typed_cost(value) == written


def test_a_typed_cost_between_two_ends_is_one_where_they_are_written_alike():
    assert typed_cost_range(18_400, 28_600) == "$18k to $29k"
    assert typed_cost_range(700, 1_100) == "$700 to $1k"
    assert typed_cost_range(18_400, 18_400) == typed_cost_range(18_300, 18_400) == "$18k"


@pytest.mark.parametrize(
    ("share", "written", "word"),
    [
        (0.0, "under 1%", "Unlikely"),
        (0.009, "under 1%", "Unlikely"),
        (0.3949, "39%", "Unlikely"),
        (0.395, "40%", "Coin toss"),
        (0.694, "69%", "Coin toss"),
        (0.695, "70%", "Likely"),
        (0.99, "99%", "Likely"),
        (0.996, "over 99%", "Likely"),
        (1.0, "over 99%", "Likely"),
    ],
)
def test_the_word_for_a_chance_agrees_with_the_per_cent_beside_it(share, written, word):
    assert (chance(share), chance_word(share)) == (written, word)


def test_futures_count_to_a_hundred():
    assert futures(0.52) == "52 of 100"
    assert futures(0.001) == "under 1 of 100"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.2204, "percent", "22.0%"),
        (7.64, "hours", "7.6 h"),
        (1, "days", "1 day"),
        (68.4, "days", "68 days"),
        (14, "months", "14 months"),
        (3.4, "count", "3.4"),
        (1204, "count", "1,204"),
        (46, "score", "46"),
    ],
)
def test_every_value_carries_its_unit(value, unit, written):
    assert format_value(value, unit) == written


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_is_no_number_is_not_available(unit, value):
    assert format_value(value, unit) == NOT_AVAILABLE
    assert format_range(value, 1.0, unit) == NOT_AVAILABLE


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", [-0.0, -1e-9, -0.00001])
def test_zero_never_has_a_sign(unit, value):
    assert "-" not in format_value(value, unit)
    assert MINUS not in format_value(value, unit)


def test_negatives_use_the_minus_sign_and_never_a_hyphen():
    for unit in UNITS:
        assert format_value(-12.0, unit).startswith(MINUS)


@pytest.mark.parametrize(
    ("ends", "unit", "written"),
    [
        ((2.5, 0.5), "hours", "0.5 to 2.5 h"),
        ((0.238, 0.262), "percent", "23.8% to 26.2%"),
        ((5, 3), "days", "3 to 5 days"),
        ((500_000, 2_500_000), "money", "$0.5M to $2.5M"),
        ((-100_000, 2_200_000), "money", "−\u2060$0.1M to $2.2M"),
        ((40_000, 1_400_000), "money", "$40k to $1.4M"),
    ],
)
def test_ranges_put_the_low_number_first(ends, unit, written):
    assert format_range(*ends, unit) == written


def test_a_range_beside_its_value_drops_the_unit_only_when_it_is_the_same():
    assert range_beside(5.1e6, 4.7e6, 5.5e6, "money") == "4.7 to 5.5"
    assert range_beside(0.9e6, 0.5e6, 1.2e6, "money") == "$0.5M to $1.2M"
    assert range_beside(0.25, 0.238, 0.262, "percent") == "23.8 to 26.2"


def test_changes_carry_their_sign_and_shares_become_points():
    assert format_change(39_000, "money") == "+\u2060$39k"
    assert format_change(-1.2, "hours") == "−1.2 h"
    assert format_change(0.005, "percent") == "+0.5 pt"
    assert format_change(-0.0001, "percent") == "0.0 pt"


def test_month_one_is_the_start_month():
    assert month_label("2027-01", 1) == "Jan 2027"
    assert month_label("2026-11", 14) == "Dec 2027"
    assert month_label("2027-01", 0) == "Dec 2026"


def test_months_of_one_year_name_it_once():
    assert months_label("2027-01", 3, 6) == "Mar to Jun 2027"
    assert months_label("2027-01", 11, 14) == "Nov 2027 to Feb 2028"
    assert months_label("2027-01", 3, 3) == "Mar 2027"


@pytest.mark.parametrize("month", [-3, 0, 1, 2, 12, 13, 40])
def test_month_numbers_and_labels_agree(month):
    year = 2026 + (10 + month - 1) // 12
    written = f"{year}-{(10 + month - 1) % 12 + 1:02d}"
    assert month_number("2026-11", written) == month


def test_axis_labels_share_one_scale():
    assert axis_labels([4e6, 4.5e6, 5e6], "money") == ["$4.0M", "$4.5M", "$5.0M"]
    assert axis_labels([-1e6, 0, 1e6], "money") == ["−\u2060$1M", "$0", "$1M"]
    assert axis_labels([0.22, 0.225, 0.23], "percent") == ["22.0%", "22.5%", "23.0%"]
    assert axis_labels([0, 5, 10], "hours") == ["0 h", "5 h", "10 h"]


def test_no_line_ends_between_a_sign_and_its_number() -> None:
    spread = format_range(-318_000, -40_000, "money")
    written = [money(-318_000), typed_cost(-5_000), format_change(2e6, "money"), spread]
    written += [money(-1e6, "CHF"), *axis_labels([-1e6, 0.0], "money")]
    for words in written:
        assert not re.search("[−+][^\\d\u2060]", words), words
