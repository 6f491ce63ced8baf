"""Pasted tactics: every line is there, money and days go where their words say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import SqliteStore
from strategy.errors import InvalidValue
from strategy.pasting import PastedLine, add_pasted, amount_of, read_lines
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def read(text: str) -> PastedLine:
    (line,) = read_lines(text)
    return line


@pytest.mark.parametrize(
    ("text", "title", "one_off", "monthly", "seat", "days"),
    [
        ("Territory map refresh, $12k, 30 days", "Territory map refresh", 12e3, 0, 0, 30),
        ("CPQ – 60,000 one-off; 100 a seat a month", "CPQ", 60e3, 0, 100, 0),
        ("- Top 60 accounts 40 days $1,500 a month", "Top 60 accounts", 0, 1500, 0, 40),
        ("1. Deal desk\t€32.000\t20", "Deal desk", 32e3, 0, 0, 20),
        ("Enrichment\t12,500\t15", "Enrichment", 12500, 0, 0, 15),
        ("Forecast review 1.200 € per year, 12,5 days", "Forecast review", 0, 100, 0, 12.5),
        ("Call notes $36k / year", "Call notes", 0, 3000, 0, 0),
        ("Sales contest (25k)", "Sales contest", 25e3, 0, 0, 0),
        ("AI for Q3 2027 $1.2m", "AI for Q3 2027", 1.2e6, 0, 0, 0),
        ("CRM cleanup USD 4'500 10 d", "CRM cleanup", 4500, 0, 0, 10),
        ("Weekly review", "Weekly review", 0, 0, 0, 0),
        ("Onboarding plan 2 person-days", "Onboarding plan", 0, 0, 0, 2),
        ("Notes $15/user", "Notes", 0, 0, 15, 0),
    ],
)
def test_a_line_is_understood(
    text: str, title: str, one_off: float, monthly: float, seat: float, days: float
) -> None:
    line = read(text)
    assert (line.title, line.problem) == (title, "")
    found = (line.one_off, line.fixed_monthly, line.seat_price, line.effort_days)
    assert found == pytest.approx((one_off, monthly, seat, days))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,200", 1200),
        ("1.200", 1200),
        ("1.200,50", 1200.5),
        ("1,200.50", 1200.5),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234 567", 1234567),
        ("7", 7),
    ],
)
def test_numbers_are_read_in_both_ways_of_writing(text: str, amount: float) -> None:
    assert amount_of(text) == amount


@pytest.mark.parametrize(
    ("text", "problem"),
    [("$5k", "no words"), ("x" * 121, "at most 120 fit"), ("Tactic\tCost\tDays", "headings")],
)
def test_a_line_that_cannot_be_added_says_why(text: str, problem: str) -> None:
    assert problem in read(text).problem


@given(st.text(max_size=400))
def test_no_line_is_lost_and_amounts_are_amounts(text: str) -> None:
    lines = read_lines(text)
    assert [line.text for line in lines] == [t.strip() for t in text.splitlines() if t.strip()]
    for line in lines:
        assert min(line.one_off, line.fixed_monthly, line.seat_price, line.effort_days) >= 0


NUMBERS = st.sampled_from(["5", "1,200", "1.5", "12k", "3m", "9" * 40, "1.2.3", "0"])
WORDS = st.sampled_from(["Map", "$", "€", "days", "d", "a month", "/seat", "\t", ",", "–", "once"])


@given(st.lists(NUMBERS | WORDS, max_size=12))
def test_what_looks_like_amounts_is_always_read_or_refused(parts: list[str]) -> None:
    for line in read_lines(" ".join(parts)):
        assert line.problem or any(letter.isalnum() for letter in line.title)


def test_too_much_at_once_is_refused() -> None:
    with pytest.raises(InvalidValue, match="201 lines"):
        read_lines("Map\n" * 201)
    with pytest.raises(InvalidValue, match="50,001 characters"):
        read_lines("x" * 50_001)


def test_good_lines_are_added_under_no_goal_in_one_change(store: SqliteStore) -> None:
    before = store.board("p1").tactics
    lines = read_lines("Map, $12k, 30 days\n$5k\nDeal desk")
    added = add_pasted(store, "p1", "ann", lines)
    assert [(each.title, each.lane) for each in added] == [
        ("Map", "unaligned"),
        ("Deal desk", "unaligned"),
    ]
    change = next_undo(store.events("p1"))
    assert change is not None and change.words == "Add 2 tactics"
    undo(store, "p1", "ann", change.seq)
    assert [each.id for each in store.board("p1").tactics] == [each.id for each in before]


def test_nothing_is_added_if_no_line_is_good(store: SqliteStore) -> None:
    with pytest.raises(InvalidValue, match="No line can be added"):
        add_pasted(store, "p1", "ann", read_lines("$5k"))


def test_an_amount_the_plan_refuses_keeps_nothing(store: SqliteStore) -> None:
    seq = store.change_seq("p1")
    with pytest.raises(InvalidValue):
        add_pasted(store, "p1", "ann", read_lines("Map\nEndless 200000 days"))
    assert store.change_seq("p1") == seq
