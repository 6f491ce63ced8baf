"""Groups are shrunk as far as the data ask, and swings of demand are told from luck."""

import numpy as np
import pytest

from calibration import (
    ExportError,
    calibrate,
    currencies,
    currency_code,
    guess_mapping,
    read_export,
)
from calibration.demand import demand_estimates, swings
from calibration.shrinkage import REP_STRENGTH, Group, fit_strength

GENERATOR = np.random.default_rng(5)


def test_groups_that_differ_keep_their_own_rates():
    rates = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    fit = fit_strength(400 * rates, np.full(6, 400.0), REP_STRENGTH)
    assert fit.differ and fit.strength < 20


def test_groups_that_differ_by_luck_alone_are_drawn_to_one_rate():
    decided = np.full(30, 200.0)
    wins = GENERATOR.binomial(200, 0.25, 30).astype(float)
    fit = fit_strength(wins, decided, REP_STRENGTH)
    assert not fit.differ and fit.strength > 500


def test_with_fewer_than_five_groups_the_default_strength_is_taken():
    fit = fit_strength(np.array([3.0, 9.0]), np.array([10.0, 20.0]), 10.0)
    assert (fit.strength, fit.is_fitted, fit.mean) == (10.0, False, 0.4)


def test_nobody_won_or_everybody_won_is_answered_too():
    for wins in (np.zeros(8), np.full(8, 5.0)):
        assert fit_strength(wins, np.full(8, 5.0), 10.0).strength == 10.0
    with pytest.raises(ValueError, match="no group"):
        fit_strength(np.zeros(3), np.zeros(3), 10.0)


def test_a_groups_own_rate_is_shown_from_fifteen_wins_on():
    assert Group("a", 14, 20, 0.5, 0.1, None).own is None
    assert Group("a", 15, 20, 0.5, 0.1, None).own == 0.75


def months(count: int, spread: float, rho: float = 0.6, wins: float = 400.0):
    """Return monthly bookings with growth, a rush at quarter ends, swings and luck."""
    swing, values = 0.0, []
    for month in range(count):
        fresh = spread * np.sqrt(1 - rho**2)
        swing = rho * swing + fresh * GENERATOR.standard_normal()
        rush = 0.4 if month % 3 == 2 else 0.0
        luck = GENERATOR.standard_normal() * np.sqrt(2 / wins)
        values.append(np.exp(13 + 0.01 * month + rush + swing + luck))
    return np.array(values), np.full(count, wins)


def test_the_quarter_end_and_the_trend_are_no_swing():
    value, _ = months(30, 0.0, wins=1e9)
    found = swings(value, 1)
    assert np.abs(found.rest).max() < 1e-3
    assert found.quarter_end == pytest.approx(np.exp(0.4), rel=1e-3)


def test_a_large_swing_is_found_and_a_small_one_is_put_to_the_luck_of_deals():
    large, persistence = demand_estimates(*months(120, 0.25), 1.0, 1)
    assert large.low < 0.25 < large.high and large.mode > 0.15
    assert persistence.low < 0.6 < persistence.high
    none, _ = demand_estimates(*months(120, 0.0), 1.0, 1)
    assert none.mode <= 0.05


def test_below_eighteen_months_the_default_is_used_and_said():
    spread, persistence = demand_estimates(*months(17, 0.1), 1.0, 1)
    assert (spread.sample, persistence.sample) == (0, 0)
    assert "17 full months of 18" in spread.note


EURO = (
    "Id,Owner,Amount,Currency,Type,Created Date,Close Date,Stage\n"
    "1,a,100,USD,New,2026-01-01,2026-02-01,Closed Won\n"
    "2,a,100,EUR,New,2026-01-01,2026-02-01,Closed Won\n"
)


def test_two_currencies_are_refused_without_rates_and_converted_with_them():
    raw = read_export(EURO.encode(), "x.csv")
    mapping = guess_mapping(raw.headers)
    assert currencies(raw, mapping) == ("USD", "EUR")
    with pytest.raises(ExportError, match="one currency"):
        calibrate(EURO.encode(), "x.csv")
    found = calibrate(EURO.encode(), "x.csv", rates={"USD": 1.0, "EUR": 1.2})
    assert found.deal_size.mode == pytest.approx(110)
    assert any("1 EUR = 1.2" in note for note in found.notes)


def test_one_foreign_currency_is_converted_too():
    content = EURO.replace("USD", "EUR").encode()
    assert calibrate(content, "x.csv").deal_size.mode == pytest.approx(100)
    assert calibrate(content, "x.csv", rates={"EUR": 1.2}).deal_size.mode == pytest.approx(120)


def test_signs_have_the_codes_of_their_currencies():
    codes = [currency_code(sign) for sign in ("$", " € ", "kr", "eur", "CHF")]
    assert codes == ["USD", "EUR", "kr", "EUR", "CHF"]


def test_a_rate_that_is_missing_or_zero_is_named():
    for rates in ({"USD": 1.0}, {"USD": 1.0, "EUR": 0.0}):
        with pytest.raises(ExportError, match="no rate for 'EUR'"):
            calibrate(EURO.encode(), "x.csv", rates=rates)


def test_reps_are_numbers_unless_their_names_are_asked_for():
    rows = [f"{i},Ada Winslow,9,New,2026-01-01,2026-02-{1 + i},Closed Won" for i in range(8)]
    content = "\n".join(["Id,Owner,Amount,Type,Created Date,Close Date,Stage", *rows]).encode()
    assert "Ada" not in repr(calibrate(content, "x.csv"))
    named = calibrate(content, "x.csv", with_names=True)
    assert named.reps and named.reps.groups[0].label == "Ada Winslow"
    assert named.segments and named.segments.groups[0].label == "New"


def test_dates_that_excel_stored_as_numbers_are_read():
    content = b"Id,Owner,Amount,Created Date,Close Date,Stage\n1,a,5,46023,46054,Closed Won\n"
    assert str(calibrate(content, "x.csv").last_day) == "2026-02-01"


def test_a_groups_mean_deal_is_mixed_with_ten_of_the_whole():
    sizes = ["100,New"] * 30 + ["400,Old"] * 10
    rows = [f"{i},a,{each},2026-01-01,2026-02-01,Closed Won" for i, each in enumerate(sizes)]
    rows += [f"{i},a,0,New,2026-01-01,2026-02-01,Closed Lost" for i in range(40, 90)]
    content = "\n".join(["Id,Owner,Amount,Type,Created Date,Close Date,Stage", *rows]).encode()
    segments = calibrate(content, "x.csv").segments
    assert segments
    assert segments.sizes is None  # two prices are not lognormal
    found = {each.label: each.deal_size.mean for each in segments.groups if each.deal_size}
    assert found["New"] == pytest.approx((30 * 100 + 10 * 175) / 40)
    assert found["Old"] == pytest.approx((10 * 400 + 10 * 175) / 20)
