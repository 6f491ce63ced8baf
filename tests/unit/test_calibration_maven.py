"""A known export that is not shipped: it may lie in `shared/` beside the checkout."""

from pathlib import Path

import pytest

from calibration import calibrate

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "maven_crm_sales"

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the practice data is not here")


@pytest.fixture(scope="module")
def found():
    return calibrate((FOLDER / "sales_pipeline.csv").read_bytes(), "sales_pipeline.csv")


def test_the_win_rate_counts_the_deals_that_never_close(found):
    assert found.win_rate.mode == pytest.approx(0.519, abs=0.0005)
    assert found.lost_share == pytest.approx(0.302, abs=0.0005)
    assert found.never_closed_share == pytest.approx(0.179, abs=0.0005)
    assert found.closed_only_rate == pytest.approx(0.632, abs=0.0005)


def test_bookings_are_those_of_the_ten_months_there_are(found):
    assert found.bookings_per_month.mode == pytest.approx(10_005_534 / 10)
    assert found.seats == 30 and found.bookings_per_seat.sample == 10


def test_seven_list_prices_are_not_lognormal(found):
    assert "not lognormal" in found.deal_size.method
    assert found.deal_size.mode == pytest.approx(2361, abs=1)
    assert found.deal_size_variation.mode == pytest.approx(1.078, abs=0.001)


def test_the_cycle_is_a_little_longer_than_that_of_deals_already_won(found):
    naive = 51.78 / 30.4375
    assert naive < found.cycle_months.mode < naive * 1.05


def test_prospects_without_an_engagement_are_reported(found):
    assert [(finding.count, finding.lines[0]) for finding in found.dropped] == [(500, 8302)]
    assert found.source == "Maven" and str(found.last_day) == "2017-12-31"


def test_reps_do_not_differ_and_are_pooled(found):
    assert found.reps.fit.strength == pytest.approx(3064, rel=0.01) and not found.reps.fit.differ


def test_the_rush_at_quarter_ends_is_told_and_kept_out_of_the_win_rate(found):
    assert any("81% were won, in other months 52%" in note for note in found.notes)


def test_ten_months_are_too_few_for_swings_of_demand(found):
    assert found.demand_spread.sample == 0 and "10 full months of 18" in found.demand_spread.note
