"""A start that is a range is said as one wherever a tactic is shown, and its cost with it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from pages.plan.outline_view import tactic_words
from pages.plan.view import board_data
from reports.board_csv import board_csv
from reports.share_tables import TacticRow, tactic_groups
from strategy.alignment import first_year_cost, first_year_costs
from strategy.running import current_run
from strategy.sharing import snapshot_content
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import BOARD, CLEAN, DRAWS, PLAN, planned_store

UNSURE = replace(CLEAN, start=4, start_low=3, start_high=6)
BOARD_UNSURE = replace(BOARD, tactics=(UNSURE, *BOARD.tactics[1:]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def test_its_cost_lies_between_the_latest_start_and_the_earliest() -> None:
    month = 40 * 10
    assert first_year_costs(UNSURE, PLAN) == (7 * month + 10_000, 10 * month + 10_000)
    assert first_year_cost(UNSURE, PLAN) == 9 * month + 10_000
    late = replace(UNSURE, start=12, start_high=14)
    assert first_year_costs(late, PLAN) == (0, 10 * month + 10_000)
    assert set(first_year_costs(CLEAN, PLAN)) == {first_year_cost(CLEAN, PLAN)}


def test_its_card_says_both_months_and_both_costs_in_short() -> None:
    lanes = board_data(BOARD_UNSURE, None, {}, None)["lanes"]
    cards = {card["title"]: card for lane in lanes for card in lane["cards"]}
    card = cards["Clean the CRM"]
    assert (card["when"], card["facts"]) == ("Mar to Jun 2027", "€13k to €14k · 40 days")
    assert (cards["Quote by rule"]["when"], cards["Quote by rule"]["facts"]) == (
        "Mar 2027",
        "€9k · 60 days",
    )


def test_the_outline_says_the_likely_month_too() -> None:
    said = tactic_words(BOARD_UNSURE, UNSURE)
    assert said == "Ann, from Apr 2027 (Mar 2027 to Jun 2027), €13k to €14k, 40 days, draft."


def test_the_boards_file_has_a_column_for_each_end_so_that_they_can_be_added_up() -> None:
    text = board_csv(BOARD_UNSURE).decode("utf-8-sig")
    clean, coach, *_ = csv.DictReader(io.StringIO(text))
    starts = ("Starts", "Starts at the earliest", "Starts at the latest")
    costs = ("Cost, first 12 months (EUR)", "Cost at the least (EUR)", "Cost at the most (EUR)")
    assert [clean[each] for each in starts] == ["2027-04", "2027-03", "2027-06"]
    assert [float(clean[each]) for each in costs] == [13_600, 12_800, 14_000]
    assert [coach[each] for each in starts] == ["2027-01"] * 3
    assert [float(coach[each]) for each in costs] == [0, 0, 0]


def test_a_shared_copy_says_them_and_an_older_one_what_it_has(store: SqliteStore) -> None:
    content = snapshot_content(BOARD_UNSURE, current_run(store, store.board("p1"), draws=DRAWS), [])

    def first() -> TacticRow:
        return tactic_groups(content)[0].tactics[0]

    assert first().facts.startswith("Ann, from Apr 2027 (Mar 2027 to Jun 2027), 40 person-days")
    assert first().cost == "€13k to €14k"
    for each in content["tactics"]:
        del each["begin"], each["first_year_costs"]
    assert first().facts.startswith("Ann, from Apr 2027, 40 person-days")
    assert first().cost == "€14k"


def test_tactics_that_cost_nothing_are_shared_without_a_sum(store: SqliteStore) -> None:
    content = snapshot_content(BOARD, current_run(store, store.board("p1"), draws=DRAWS), [])
    costs = {row.title: row.cost for group in tactic_groups(content) for row in group.tactics}
    assert (costs["Coach weekly"], costs["Clean the CRM"]) == ("no spend", "€15k")
