import pytest

from calibration import calibrate, guess_mapping, read_export
from scripts.make_example_crm import CLEAN_UP, DUPLICATES, HEADER, PATH, TRUTH, example_csv

TRUE_VALUES = {
    "bookings_per_seat": TRUTH.bookings_per_seat,
    "win_rate": TRUTH.win_rate,
    "deal_size": TRUTH.deal_size,
    "deal_size_variation": TRUTH.deal_size_variation,
    "cycle_months": TRUTH.cycle_months,
    "opportunities_per_month": TRUTH.opportunities_per_month,
}


@pytest.fixture(scope="module")
def found():
    return calibrate(PATH.read_bytes(), PATH.name)


def test_the_file_is_what_the_script_writes():
    assert PATH.read_bytes() == example_csv()
    assert PATH.stat().st_size < 1_500_000


def test_every_column_needed_is_recognised():
    mapping = guess_mapping(HEADER)
    assert mapping.source == "Salesforce" and not mapping.missing


@pytest.mark.parametrize("name", TRUE_VALUES)
def test_the_truth_lies_within_the_range_found(found, name):
    estimate = found.estimates[name]
    assert estimate.low < TRUE_VALUES[name] < estimate.high
    assert estimate.mode == pytest.approx(TRUE_VALUES[name], rel=0.1)


def test_the_ranges_of_what_the_deals_tell_are_narrow_enough_to_be_of_use(found):
    assert all(found.estimates[n].high / found.estimates[n].low < 1.9 for n in TRUE_VALUES)


def test_no_swing_of_demand_was_put_in_and_little_is_claimed(found):
    assert found.demand_spread.low < 0.04 and found.demand_spread.mode < 0.1
    assert "taken out" in found.demand_spread.note


def test_reps_drawn_alike_are_found_alike(found):
    assert not found.reps.fit.differ and len(found.reps.groups) == TRUTH.reps + 1
    rates = [group.shrunk for group in found.reps.groups]
    assert max(rates) - min(rates) < 0.01


def test_the_faults_put_in_are_reported(found):
    counts = {finding.reason.split(":")[0]: finding.count for finding in found.dropped}
    assert counts == {
        "Same id as an earlier row": DUPLICATES,
        "Won deal without an amount above zero": 9,
        "Closed before created": 6,
    }
    assert found.seats == TRUTH.reps and str(found.last_day) == "2026-10-31"


def test_the_clean_up_day_is_reported_and_the_leaver_pooled(found):
    kept = {finding.reason.split(" ")[0]: finding.count for finding in found.kept}
    assert kept["Owner"] == 3 and kept["Closed"] >= 55 and kept["No"] > 100
    assert f"{CLEAN_UP.month}/{CLEAN_UP.day}/{CLEAN_UP.year}".encode() in PATH.read_bytes()


def test_counting_closed_deals_alone_would_overstate_the_win_rate(found):
    assert found.closed_only_rate > found.win_rate.high


def test_names_of_reps_are_in_the_file_and_not_in_the_calibration(found):
    raw = read_export(PATH.read_bytes(), PATH.name)
    assert not any(name in repr(found) for name in set(raw.column("Opportunity Owner")))
