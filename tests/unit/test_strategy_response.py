"""Selling hours against bookings, and seats against their use, from a stored run."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from pages.simulate.adoption import adoption_row, adoption_table, seats_finding, seats_table
from pages.simulate.ceiling import ceiling_finding, response_of
from strategy.adoption import Adoption, adoption_of
from strategy.model import Board, Run
from strategy.running import current_run
from strategy.selling_curve import SellingCurve, selling_response
from tests.unit.test_strategy_samples import planned_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    folder: Path = tmp_path_factory.mktemp("response")
    return planned_store(folder / "plan.db")


@pytest.fixture(scope="module")
def board(store: SqliteStore) -> Board:
    return store.board("p1")


@pytest.fixture(scope="module")
def run(store: SqliteStore, board: Board) -> Run:
    return current_run(store, board, draws=400)


@pytest.fixture(scope="module")
def curve(board: Board, run: Run) -> SellingCurve:
    found = selling_response(board, run)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def adoption(board: Board, run: Run) -> Adoption:
    return adoption_of(board, run)


def test_more_selling_never_books_less_and_each_hour_brings_less_than_the_one_before(
    curve: SellingCurve,
) -> None:
    hours, mean = curve.hours, curve.booked["mean"]
    slopes = [
        (b - a) / (y - x) for a, b, x, y in zip(mean, mean[1:], hours, hours[1:], strict=False)
    ]
    assert list(hours) == sorted(hours)
    assert min(slopes) >= 0
    assert slopes[-1] < slopes[0]
    assert curve.one_more_plan < curve.one_more_today or curve.plan < curve.today


def test_at_the_plans_hours_the_curve_is_the_plans_own_bookings(
    run: Run, curve: SellingCurve
) -> None:
    here = curve.booked["mean"][curve.hours.index(curve.plan)]
    booked = run.summary["series"]["bookings_quarter"]["plan"]["mean"][-1]
    assert here == pytest.approx(booked, rel=0.03)  # the luck of single deals is left out


def test_the_chart_marks_today_the_scenario_and_the_ceiling(curve: SellingCurve) -> None:
    response = response_of(curve)
    assert set(response.points.values()) == {curve.today, curve.plan}
    low, middle, high = response.ceiling
    assert low < middle < high
    assert "of selling, one more hour brings" in ceiling_finding(curve, "USD")


def test_paid_and_unused_money_is_that_of_the_run(run: Run, adoption: Adoption) -> None:
    year = run.summary["shelfware_year_one"]
    assert year["p10"] <= sum(adoption.unused[:12]) <= year["p90"]
    assert all(0 <= lost <= paid for lost, paid in zip(adoption.unused, adoption.paid, strict=True))
    assert adoption.unused_total["mean"] == pytest.approx(sum(adoption.unused), rel=1e-5)
    assert adoption.first is not None
    assert adoption.paid[adoption.first - 1] > 0
    assert sum(adoption.paid[: adoption.first - 1]) == 0
    assert len(adoption.used["p50"]) == run.months - adoption.first + 1


def test_shares_lie_between_nothing_and_all_and_the_least_taken_up_is_first(
    adoption: Adoption,
) -> None:
    middles = [each.p50 for each in adoption.tactics]
    assert middles == sorted(middles)
    assert all(0 <= each.p10 <= each.p50 <= each.p90 <= 1 for each in adoption.tactics)
    assert all(0 <= each <= 1 for each in adoption.used["p50"])


def test_the_words_give_share_and_money_and_the_tables_every_row(adoption: Adoption) -> None:
    assert adoption.first is not None
    assert " of paid seats are unused in Dec 2028, $" in seats_finding(adoption, "2027-01", "USD")
    assert len(seats_table(adoption, adoption.first, "2027-01", "USD")) == len(adoption.used["p50"])
    assert list(adoption_table(adoption)["Tactic"]) == [each.title for each in adoption.tactics]
    assert "in the middle future, 80% range" in adoption_row(adoption.tactics[0], "USD")["tip"]


def test_without_tactics_no_seat_is_paid_for(store: SqliteStore, board: Board) -> None:
    empty = current_run(store, replace(board, tactics=()), draws=100)
    found = adoption_of(board, empty)
    assert found.first is None
    assert found.tactics == ()
    assert selling_response(board, empty) is not None
