"""What a person is told beside the estimates: what is missing, and what does not fit."""

import datetime
from dataclasses import replace

import numpy as np
import pytest

from calibration import calibrate, sample_words
from calibration.observed import balance_note
from calibration.ranges import Estimate
from calibration.survival import cumulative_incidence
from pages.assumptions.crm_found import before_and_after, creation_words, hygiene_csv
from strategy.model import Board
from strategy.planning import blank_plan

BOARD = Board(blank_plan("2026-11-26T00:00:00+00:00", name="Bare"), (), (), 0)
HEADER = "opportunity_id,sales_agent,deal_stage,engage_date,close_date,close_value,product"


def steady(months: int = 20, wins: int = 4, products: int = 2):
    """Wins of 30 days and as many losses each month from January 2024."""
    rows = [HEADER]
    for month in range(months):
        for i in range(wins):
            day = datetime.date(2024 + month // 12, month % 12 + 1, 1 + 7 * (i % 4))
            close = day + datetime.timedelta(days=30)
            rows.append(f"w{month}-{i},o{i % 2},Won,{day},{close},{100 * (1 + i % 3)},p{i}")
            product = f"q{(month * wins + i) % products}"
            rows.append(f"l{month}-{i},o{i % 2},Lost,{day},{day},0,{product}")
    return calibrate("\n".join(rows).encode(), "x.csv")


def estimated(name: str, mode: float, sample: int = 100) -> Estimate:
    return Estimate(name, mode * 0.9, mode, mode * 1.1, "", "", sample)


def balanced(created: float):
    return balance_note(
        estimated("opportunities_per_month", created),
        estimated("win_rate", 0.2),
        estimated("deal_size", 1000),
        estimated("bookings_per_month", 10_000),
    )


def test_a_small_sample_says_how_many_deals_a_good_range_takes():
    found = steady()
    assert "To within 3 points takes 1,068 decided deals." in found.win_rate.note
    assert found.deal_size.note == "To within 10% takes 88 wins."


def test_a_sample_that_is_large_enough_says_nothing():
    assert "To within" not in steady(months=48, wins=24).deal_size.note


def test_the_median_cycle_is_told_beside_the_mean():
    ages, won = np.array([1, 1, 1, 9, 5]), np.array([True] * 4 + [False])
    curve = cumulative_incidence(ages, won, ~won)
    assert curve.median_days == 1 and curve.cycle_moments()[0] == pytest.approx(3)
    assert any("take 30 days or less" in note for note in steady().notes)


@pytest.mark.parametrize(("created", "words"), [(50, None), (60, None), (25, "50%"), (100, "200%")])
def test_new_deals_that_do_not_multiply_to_bookings_are_told(created, words):
    notes = balanced(created)
    assert notes == [] if words is None else f"multiply to {words} of what was booked" in notes[0]


def test_a_column_with_too_many_kinds_makes_no_segments_and_that_is_said():
    assert steady(products=40).segments is not None
    found = steady(products=60)
    assert found.segments is None
    assert any("'product' has 64 different cells" in note for note in found.notes)


def test_every_line_that_was_dropped_or_is_odd_can_be_saved():
    rows = ["1,a,Won,2026-01-01,2026-02-01,5,p"] * 9 + ["2,a,Won,2026-01-01,2026-02-01,0,p"]
    found = calibrate("\n".join([HEADER, *rows]).encode(), "x.csv")
    saved = hygiene_csv(found).decode("utf-8-sig").splitlines()
    assert saved[0] == "Line of the file,Dropped or kept,Why"
    dropped = [row for row in saved if ",dropped," in row]
    assert dropped[0] == "3,dropped,Same id as an earlier row" and len(dropped) == 8 + 1
    assert dropped[-1] == "11,dropped,Won deal without an amount above zero"
    assert saved[1] == "2,kept,Owner with fewer than 5 deals or none: pooled into one"


def test_a_row_says_before_and_after_and_the_sample_that_is_needed():
    row = before_and_after(BOARD, steady().win_rate)
    assert row["Assumption"] == "Win rate today" and row["Now"] == "22.0% (16.0% to 30.0%)"
    assert row["From this file"].startswith("39.0% (30.4% to 60.3%)")
    assert row["Change"] == "+77%"
    assert row["Sample"] == "160 won or lost deals, 264 needed"
    assert sample_words(steady(months=10).demand_spread) == "too few: 18 full months needed"
    assert sample_words(estimated("buyer_pressure", 0.8, 1_200)) == (
        "1,200 hours of selling, 100 needed"
    )


def test_money_carries_the_plans_sign_and_a_fall_a_minus():
    board = replace(BOARD, plan=replace(BOARD.plan, currency="EUR"))
    row = before_and_after(board, estimated("deal_size", 20_000))
    assert row["From this file"] == "€20,000 (€18,000 to €22,000)"
    assert row["Change"] == "\N{MINUS SIGN}33%" and row["Now"].startswith("€30,000 (")


def with_stages(*stages: str):
    days = [f"2026-01-{1 + i % 28:02d},2026-03-{1 + i % 28:02d}" for i in range(120)]
    rows = [f"{i},a,{stages[i % len(stages)]},{each},{i + 1},p" for i, each in enumerate(days)]
    return calibrate("\n".join([HEADER, *rows]).encode(), "x.csv")


def test_a_report_of_won_deals_alone_does_not_tell_the_win_rate():
    found = with_stages("Won", "Won", "Talks")
    assert found.win_rate.sample == 0 and found.win_rate.mode == 0.22
    assert "Only 0 of 80 closed deals are lost" in found.win_rate.note
    assert found.deal_size.sample == 80


def test_a_report_without_open_deals_is_warned_about():
    assert any("has no open deal" in note for note in with_stages("Won", "Lost").notes)
    assert not any("has no open deal" in note for note in with_stages("Won", "Lost", "T").notes)


def test_the_day_of_loss_may_stand_in_a_column_of_its_own():
    text = "Deal - ID,Deal - Owner,Deal - Value,Deal - Deal created,Deal - Won time,"
    text += "Deal - Lost time,Deal - Status\n"
    for i in range(60):
        ends = ("2026-02-01,", "Won") if i % 2 else (",2026-03-01", "Lost")
        text += f"{i},a,100,2026-01-01,{ends[0]},{ends[1]}\n"
    found = calibrate(text.encode(), "x.csv")
    assert found.dropped == () and found.win_rate.sample == 60
    assert found.closed_only_rate == pytest.approx(0.5)


def test_new_deals_are_said_to_follow_from_bookings_win_rate_and_deal_size() -> None:
    said = creation_words(steady(months=40))  # eight new deals a month, half of them won
    assert "New deals a month are shown only." in said
    assert "here 8 a month" in said
