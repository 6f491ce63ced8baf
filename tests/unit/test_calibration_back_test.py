"""Past forecasts know nothing of what came after them, hold what they say, and miss by name."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration import CleanExport, clean, estimate, guess_mapping, read_export
from calibration.back_test import (
    BackTest,
    Forecast,
    as_of,
    back_test,
    chance_of_misses,
    longest_run,
)
from calibration.deals import Deals
from components.charts.back_test import back_test_alt, back_test_chart, back_test_table, side_of
from components.palette import LIGHT
from data.example import crm_export
from pages.assumptions.back_test import misses_named, verdict, why_none

DAY = np.datetime64("2025-09-30")
FIRST = np.datetime64("2022-01")


@pytest.fixture(scope="module")
def export():
    raw = read_export(crm_export(), "x.csv")
    return clean(raw, guess_mapping(raw.headers))


@pytest.fixture(scope="module")
def found(export):
    return back_test(export, 24)


def planted(seed: int, months: int = 36, step: float = 1.0, lead: int = 0) -> CleanExport:
    """Return deals of a team whose demand is steady but for luck, and may step up in month 27.

    60 deals a month, a quarter of them won, 90 days to close; `lead` months of deals created
    before the export begins, of which it holds what closes later.
    """
    chance = np.random.default_rng(seed)
    swing, created = 0.0, []
    for month in range(-lead, months):
        swing = 0.5 * swing + 0.052 * chance.standard_normal()
        count = chance.poisson(60 * np.exp(swing) * (step if month >= 27 else 1))
        first = (FIRST + month).astype("M8[D]")
        created.append(first + chance.integers(0, 28, count))
    days = np.concatenate(created)
    won, stale = chance.random((2, len(days))) < [[0.25], [0.15]]
    closed = days + np.round(chance.gamma(3, 30, len(days))).astype(int)
    last = (FIRST + months).astype("M8[D]") - 1
    is_open = (closed > last) | (stale & ~won)
    deals = Deals(
        line=np.arange(len(days)),
        owner=np.ones(len(days), dtype=int),
        amount=np.exp(10 + 0.7 * chance.standard_normal(len(days))),
        created=days,
        closed=np.where(is_open, np.datetime64("NaT"), closed),
        outcome=np.where(is_open, "open", np.where(won, "won", "lost")),
        segment=np.zeros(len(days), dtype=int),
    )
    shown = deals[is_open | (closed >= FIRST.astype("M8[D]"))]
    return CleanExport("planted", "unknown", shown, last, 1, "", (), (), ())


def forecast(actual: float, ahead: int = 1, quarter: str = "2025 Q4") -> Forecast:
    return Forecast("2025-09-30", quarter, ahead, 1e6, 2e6, 3e6, actual)


# --- what was known --------------------------------------------------------------------------


def test_an_export_put_back_knows_nothing_later(export):
    past = as_of(export, DAY)
    closed = past.deals.closed[~np.isnat(past.deals.closed)]
    assert closed.max() <= DAY and past.deals.created[past.deals.in_cohort].max() <= DAY
    assert past.last_day == DAY
    assert (past.deals.outcome[np.isnat(past.deals.closed)] == "open").all()


def test_a_day_before_all_deals_is_refused(export):
    with pytest.raises(ValueError, match="no deal was known"):
        as_of(export, np.datetime64("2001-01-01"))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), quarter=st.integers(4, 9))
def test_no_later_event_of_any_kind_changes_what_a_day_says(export, seed, quarter):
    """Later deals go or change their dates, amounts and endings; open ones become closed."""
    day = np.datetime64("2024-10-01") + np.timedelta64(91 * quarter, "D")
    chance, deals = np.random.default_rng(seed), export.deals
    unknown = np.isnat(deals.closed) | (deals.closed > day)
    count = len(deals)
    ended = chance.choice(["won", "lost", "open"], count)
    moved = np.where(ended == "open", np.datetime64("NaT"), day + chance.integers(1, 400, count))
    other = replace(
        deals,
        outcome=np.where(unknown, ended, deals.outcome),
        closed=np.where(unknown, moved, deals.closed),
        amount=np.where(unknown, chance.lognormal(12, 2, count), deals.amount),
    )
    later = np.where(np.isnat(deals.created), deals.closed, deals.created) > day
    changed = replace(export, deals=other[~later | (chance.random(count) < 0.5)])
    assert estimate(as_of(changed, day), 24) == estimate(as_of(export, day), 24)


def test_what_happened_later_does_not_change_a_forecast(export, found):
    amount = np.where(export.deals.closed > DAY, export.deals.amount * 9, export.deals.amount)
    other = back_test(replace(export, deals=replace(export.deals, amount=amount)), 24)
    mine, theirs = found.forecasts[0], other.forecasts[0]
    assert mine.made_on == "2025-09-30"
    assert (mine.low, mine.middle, mine.high) == (theirs.low, theirs.middle, theirs.high)
    assert theirs.actual == pytest.approx(9 * mine.actual)


# --- how well forecasts hold ------------------------------------------------------------------


@pytest.mark.parametrize("lead", [0, 18])
def test_about_eight_in_ten_outcomes_of_steady_demand_lie_inside(lead):
    """Also where the export begins with the deals themselves, whose first wins are missing."""
    tests = [back_test(planted(seed, lead=lead), 10) for seed in range(8)]
    hits = [each.is_hit for test in tests for each in test.forecasts]
    below = [each.actual < each.middle for test in tests for each in test.forecasts]
    assert len(hits) >= 100
    assert 0.7 < np.mean(hits) < 0.92
    assert 0.35 < np.mean(below) < 0.65


def test_quarters_after_a_step_in_demand_are_missed_and_earlier_ones_are_not():
    tests = [back_test(planted(seed, months=39, step=2.5), 10) for seed in range(4)]
    made = [each for test in tests for each in test.forecasts]
    after = [each for each in made if each.quarter in ("2024 Q3", "2024 Q4") and each.ahead == 2]
    assert len(after) == 8 and not any(each.is_hit for each in after)
    assert all(side_of(vars(each)) == "above" for each in after)
    assert np.mean([each.is_hit for each in made if each.quarter < "2024 Q2"]) > 0.6


def test_the_example_is_forecast_one_and_two_quarters_ahead(found):
    assert found.months == 25
    assert [(each.quarter, each.ahead) for each in found.forecasts] == [
        ("2025 Q4", 1), ("2026 Q1", 2), ("2026 Q1", 1), ("2026 Q2", 2), ("2026 Q2", 1),
        ("2026 Q3", 2), ("2026 Q3", 1),
    ]  # fmt: skip
    assert all(0 < each.low < each.middle < each.high for each in found.forecasts)
    assert [each.made_on for each in found.ahead(2)] == ["2025-09-30", "2025-12-31", "2026-03-31"]


def test_what_a_quarter_booked_is_the_sum_of_its_wins(export, found):
    won = export.deals[export.deals.won]
    inside = (won.closed >= np.datetime64("2026-07-01")) & (
        won.closed <= np.datetime64("2026-09-30")
    )
    assert found.forecasts[-1].actual == pytest.approx(won.amount[inside].sum())


# --- too little to judge by -------------------------------------------------------------------


def test_a_history_of_under_two_years_is_too_short_and_that_is_said(export):
    found = back_test(as_of(export, np.datetime64("2026-08-31")), 24)
    assert found == BackTest(23, ())
    assert "23 whole months of closed deals and it takes 24" in why_none(found)


def test_a_long_history_without_wins_gives_no_forecast_and_says_why(export):
    lost = np.where(export.deals.won, "lost", export.deals.outcome)
    found = back_test(replace(export, deals=replace(export.deals, outcome=lost)), 24)
    assert found.is_long_enough and not found.forecasts
    assert "no past quarter has deals won" in why_none(found)


def test_open_deals_alone_are_no_history(export):
    is_open = export.deals.outcome == "open"
    assert back_test(replace(export, deals=export.deals[is_open]), 24) == BackTest(0, ())


def test_the_chance_of_misses_is_that_of_a_biased_coin():
    hits, misses = [forecast(2e6)], [forecast(4e6)]
    assert chance_of_misses(hits * 5) == 1
    assert chance_of_misses(hits + misses) == pytest.approx(1 - 0.8**2)
    assert chance_of_misses(misses * 3) == pytest.approx(0.2**3)


# --- what is shown ----------------------------------------------------------------------------


def test_the_chart_names_hits_and_misses():
    row = {"made_on": "2025-09-30", "quarter": "2025 Q4", "low": 1e6, "middle": 2e6, "high": 3e6}
    rows = [row | {"actual": 2e6}, row | {"quarter": "2026 Q1", "actual": 4e6}]
    spec = back_test_chart(rows, palette=LIGHT).to_dict()
    values = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    assert [each["shape"] for each in values] == ["circle", "diamond"]
    assert values[1]["color"] == LIGHT.brick
    assert back_test_alt(rows).startswith("1 of 2 outcomes lie inside")
    assert list(back_test_table(rows)["80% range"]) == ["inside", "above"]


def test_misses_are_named_with_their_side_and_judged():
    assert misses_named([vars(forecast(2e6))]) == "No quarter was missed."
    rows = [vars(forecast(4e6)), vars(forecast(2e6)), vars(forecast(1, quarter="2026 Q2"))]
    assert misses_named(rows) == (
        "Missed: 2025 Q4 (booked more than the range), 2026 Q2 (booked less than the range)."
    )
    hit, above, below = forecast(2e6), forecast(4e6), forecast(1)
    assert "3 in a row were above their range" in verdict([hit, above, above, above, hit])
    assert "hardly come by luck" in verdict([above, above, below, below])
    assert "come by luck in 49 of 100 cases" in verdict([hit, above, hit])
    assert "Nothing speaks against the ranges; 2 quarters tell little" in verdict([hit] * 2)


def test_a_run_of_misses_is_to_one_side():
    hit, above, below = forecast(2e6), forecast(4e6), forecast(1)
    assert longest_run([hit, above, below, below, hit, below]) == (2, "below")
    assert longest_run([hit, hit]) == (0, "")
