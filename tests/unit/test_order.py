"""Order keys: always a place between two neighbours, always short enough."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy.order import DIGITS, LONGEST_KEY, key_between, keys_for


def test_a_key_sorts_between_its_neighbours() -> None:
    first = key_between(None, None)
    last = key_between(first, None)
    assert key_between(None, first) < first < key_between(first, last) < last


def test_digits_sort_the_way_sqlite_compares_bytes() -> None:
    assert sorted(DIGITS, key=lambda digit: digit.encode()) == list(DIGITS)


@pytest.mark.parametrize("key", ["", "V0", "a-b", "é", " "])
def test_a_foreign_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not an order key"):
        key_between(key, None)


@pytest.mark.parametrize(("before", "after"), [("V", "V"), ("W", "V")])
def test_neighbours_out_of_order_are_refused(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="no place between"):
        key_between(before, after)


def test_adding_at_either_end_keeps_keys_short() -> None:
    first = last = key_between(None, None)
    for _ in range(10_000):
        first, last = key_between(None, first), key_between(last, None)
    assert max(len(first), len(last)) <= 3


def test_both_ends_go_on_after_the_last_short_key() -> None:
    assert key_between("zzz", None) > "zzz"
    assert key_between(None, "001") < "001"


def test_ten_thousand_inserts_anywhere_stay_far_from_the_limit() -> None:
    keys, chance = [key_between(None, None)], random.Random(1)
    for _ in range(10_000):
        place = chance.randrange(len(keys) + 1)
        before = keys[place - 1] if place else None
        keys.insert(place, key_between(before, keys[place] if place < len(keys) else None))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) < LONGEST_KEY / 2


def test_inserting_in_one_place_lasts_for_hundreds_of_moves() -> None:
    low, high = "V", "W"
    inserts = 0
    while len(high) <= LONGEST_KEY:
        high, inserts = key_between(low, high), inserts + 1
    assert inserts > 300


@settings(deadline=None)
@given(st.integers(0, 5_000))
def test_fresh_keys_are_in_order_short_and_leave_room(n: int) -> None:
    keys = keys_for(n)
    assert len(keys) == n
    assert keys == sorted(set(keys))
    assert all(len(key) <= 3 for key in keys)
    neighbours = [None, *keys, None]
    for before, after in zip(neighbours, neighbours[1:], strict=False):
        key_between(before, after)


@given(st.lists(st.integers(0, 10**6), max_size=300))
def test_any_series_of_inserts_stays_sorted_and_unique(places: list[int]) -> None:
    keys: list[str] = []
    for number in places:
        place = number % (len(keys) + 1)
        before = keys[place - 1] if place else None
        keys.insert(place, key_between(before, keys[place] if place < len(keys) else None))
    assert keys == sorted(set(keys))
