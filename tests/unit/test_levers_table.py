"""What a browser says was set in the table of levers is read, or refused part by part."""

from typing import Any

import pytest

from components.levers import RowSet, parse_setting

TERMS = {"price": 10, "one_off": 0, "ticks": 2}


def test_nothing_was_set() -> None:
    assert parse_setting(None) is None


def test_a_row_says_whether_it_counts_and_does_if_it_does_not_say() -> None:
    row = {"share": 90, "start": 1}
    rows = {"a": row, "b": row | {"is_in": False}}
    found = parse_setting({"rows": rows, "terms": {}})
    assert found is not None
    assert {name: each.is_in for name, each in found.rows.items()} == {"a": True, "b": False}


def test_shares_months_and_terms_are_read() -> None:
    found = parse_setting({"rows": {"quotes": {"share": 12.5, "start": 3}}, "terms": TERMS})
    assert found is not None
    assert found.rows == {"quotes": RowSet(12.5, 3)}
    assert found.terms == {"price": 10.0, "one_off": 0.0, "ticks": 2.0}


def test_a_share_may_be_a_range() -> None:
    row = {"share": 60, "start": 3, "is_in": True, "low": 40, "high": 80}
    found = parse_setting({"rows": {"tool": row, "sure": row | {"low": None}}, "terms": {}})
    assert found is not None
    assert found.rows == {
        "tool": RowSet(60, 3, True, 40, 80),
        "sure": RowSet(60, 3, True, None, 80),
    }


def test_a_month_may_be_a_range() -> None:
    row = {"share": 60, "start": 3, "is_in": True, "earliest": 2, "latest": 6}
    found = parse_setting({"rows": {"tool": row}, "terms": {}})
    assert found is not None
    assert (found.rows["tool"].earliest, found.rows["tool"].latest) == (2, 6)


@pytest.mark.parametrize(
    ("shift", "part"),
    [
        ({"share": -1, "start": 1}, "share"),
        ({"share": 100.5, "start": 1}, "share"),
        ({"share": float("nan"), "start": 1}, "share"),
        ({"share": "12", "start": 1}, "share"),
        ({"share": True, "start": 1}, "share"),
        ({"share": 12, "start": 0}, "month"),
        ({"share": 12, "start": 1.5}, "month"),
        ({"share": 12, "start": True}, "month"),
        ({"share": 12}, "month"),
        ({"share": 12, "start": 1, "low": -1, "high": 20}, "low share"),
        ({"share": 12, "start": 1, "low": 10, "high": "20"}, "high share"),
        ({"share": 12, "start": 1, "is_in": 1}, "in or out"),
        ({"share": 12, "start": 2, "earliest": 0, "latest": 3}, "month"),
        ({"share": 12, "start": 2, "earliest": 1, "latest": 2.5}, "month"),
        ({"share": 12, "start": 2, "earliest": True, "latest": 3}, "month"),
        ([12, 1], "row"),
        (None, "row"),
    ],
)
def test_a_shift_that_is_none_is_refused(shift: Any, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_setting({"rows": {"quotes": shift}, "terms": TERMS})


@pytest.mark.parametrize(
    "message",
    [
        "quotes",
        [],
        {},
        {"rows": {}},
        {"rows": {1: {"share": 1, "start": 1}}, "terms": {}},
        {"rows": {"x" * 65: {"share": 1, "start": 1}}, "terms": {}},
        {"rows": {"a\u0007b": {"share": 1, "start": 1}}, "terms": {}},
        {"rows": {}, "terms": {"price": float("inf")}},
        {"rows": {}, "terms": {"price": -1}},
        {"rows": {}, "terms": {"price": 1e13}},
    ],
)
def test_a_message_that_is_none_is_refused(message: Any) -> None:
    with pytest.raises(ValueError, match=r"The|A "):
        parse_setting(message)
