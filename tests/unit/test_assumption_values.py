"""Assumptions are typed and read in the same unit, and kept as the model has them."""

import pytest

from components.assumption_values import as_kept, as_typed, typed_unit
from simulation.defaults import defaults


@pytest.mark.parametrize("name", sorted(defaults().assumptions))
def test_what_is_shown_and_not_changed_is_kept_to_the_last_digit(name: str) -> None:
    known = defaults().assumptions[name]
    third = known.range.low + (known.range.high - known.range.low) / 3
    for value in (known.range.low, known.range.mode, known.range.high, third):
        assert as_kept(as_typed(value, known.unit), known.unit, value) == value


def test_shares_are_typed_in_percent() -> None:
    assert as_typed(0.29, "share a year") == 29.0
    assert as_kept(29.0, "share a year", 0.1) == 0.29
    assert as_kept(0.29, "ratio", 0.1) == 0.29


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("share", "%"),
        ("share a month", "% a month"),
        ("currency", "$"),
        ("currency a month", "$ a month"),
        ("log-odds", "log-odds"),
        ("% for each 1%", "% for each 1%"),
    ],
)
def test_the_unit_of_a_field_is_the_one_people_type(unit: str, written: str) -> None:
    assert typed_unit(unit, "USD") == written
