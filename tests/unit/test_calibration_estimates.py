import datetime

import numpy as np
import pytest

from calibration import calibrate, clean, estimate, guess_mapping, read_export
from calibration.amount_estimates import deal_size, deal_size_variation, is_straight
from calibration.months import full_months, mean_error
from calibration.ranges import Estimate, bounded, default_estimate, positive_estimate, widened
from calibration.survival import cumulative_incidence
from simulation.defaults import defaults

HEADER = "opportunity_id,sales_agent,deal_stage,engage_date,close_date,close_value"


def curve(*deals: tuple[int, str]):
    ages = np.array([age for age, _ in deals])
    ends = np.array([end for _, end in deals])
    return cumulative_incidence(ages, ends == "won", ends == "lost")


def export(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def steady(months: int, wins: int = 4, amount: int = 1000) -> bytes:
    """Wins, as many losses, and open deals, each month from January 2024; 2 owners."""
    rows, day = [], datetime.date(2024, 1, 1)
    for month in range(months):
        first = datetime.date(2024 + month // 12, month % 12 + 1, 1)
        for i in range(wins):
            day = first + datetime.timedelta(days=9 * (i % 4))
            close = day + datetime.timedelta(days=30)
            pay = amount * (1 + i % 3)
            rows.append(f"w{month}-{i},o{i % 2},Won,{day},{close},{pay}")
            rows.append(f"l{month}-{i},o{i % 2},Lost,{day},{day},0")
    return export(*rows)


# --- cumulative incidence --------------------------------------------------------------------


def test_cumulative_incidence_agrees_with_a_hand_calculation():
    found = curve((1, "won"), (2, "lost"), (2, "open"), (3, "won"), (4, "open"))
    # At risk 5, 4, 2, 1: won 1/5, then .8 * 1/4 lost, then .6 * 1/2 won.
    assert found.won.tolist() == pytest.approx([0, 0.2, 0.2, 0.5, 0.5])
    assert found.lost.tolist() == pytest.approx([0, 0, 0.2, 0.2, 0.2])
    assert found.open_share == pytest.approx(0.3)
    mean, spread = found.cycle_moments()
    assert mean == pytest.approx(0.4 * 1 + 0.6 * 3)
    assert spread == pytest.approx(2 * np.sqrt(0.4 * 0.6))


def test_without_open_deals_share_and_variance_are_those_of_a_proportion():
    found = curve(*[(age, "won") for age in range(4)], *[(age, "lost") for age in range(2, 8)])
    assert found.won_share == pytest.approx(0.4)
    assert found.variance == pytest.approx(0.4 * 0.6 / 10)


def test_the_variance_agrees_with_repeated_sampling():
    random = np.random.default_rng(5)
    shares, variances = [], []
    for _ in range(300):
        end = random.choice(["won", "lost", "never"], 300, p=[0.25, 0.5, 0.25])
        age = np.where(end == "never", 10**6, random.exponential(60, 300))
        watched = random.uniform(0, 500, 300)
        seen = age <= watched
        found = cumulative_incidence(
            np.minimum(age, watched).astype(int), seen & (end == "won"), seen & (end == "lost")
        )
        shares.append(found.won_share)
        variances.append(found.variance)
    assert np.mean(shares) == pytest.approx(0.25, abs=0.01)
    assert np.std(shares) == pytest.approx(np.sqrt(np.mean(variances)), rel=0.12)


def test_open_deals_lower_the_win_rate_below_wins_over_closed_deals():
    found = curve(*[(10, "won")] * 4, *[(10, "lost")] * 4, *[(50, "open")] * 8)
    assert found.won_share == pytest.approx(0.25)


def test_the_last_of_many_deals_does_not_decide_the_curve():
    deals = [(5, "won")] * 100 + [(5, "lost")] * 100 + [(30, "open")] * 800
    assert curve(*deals, (900, "won")).won_share == pytest.approx(100 / 1001)


@pytest.mark.parametrize("ages", [[], [-1]])
def test_cumulative_incidence_refuses_no_deals_and_negative_ages(ages):
    flags = np.zeros(len(ages), dtype=bool)
    with pytest.raises(ValueError, match="needs deals"):
        cumulative_incidence(np.array(ages, dtype=int), flags, flags)


# --- months ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-03-31", ["2026-01", "2026-02", "2026-03"]),
        ("2026-01-03", "2026-03-28", ["2026-01", "2026-02", "2026-03"]),
        ("2026-01-04", "2026-03-27", ["2026-02"]),
        ("2026-01-15", "2026-01-20", []),
    ],
)
def test_a_month_is_full_if_at_most_three_days_lack_at_an_edge(first, last, expected):
    found = full_months(np.array([first], dtype="M8[D]"), np.datetime64(last))
    assert found.astype(str).tolist() == expected


def test_a_regular_rush_at_the_end_of_quarters_is_no_uncertainty():
    assert mean_error(np.tile([1.0, 1.0, 4.0], 4)) == 0
    assert mean_error(np.tile([1.0, 1.0, 4.0], 3)) > 0.1


def test_bookings_are_the_mean_of_the_last_twelve_full_months_over_the_seats():
    found = calibrate(steady(20), "x", seats=4)
    full = [month.won_value for month in found.months if month.is_full][-12:]
    assert found.bookings_per_month.mode == pytest.approx(sum(full) / 12)
    assert found.bookings_per_seat.mode == pytest.approx(sum(full) / 12 / 4)
    assert found.bookings_per_seat.sample == 12


def test_seats_default_to_the_owners_with_five_deals():
    assert calibrate(steady(20), "x").seats == 2


def test_seats_below_one_are_refused():
    raw = read_export(steady(4), "x")
    with pytest.raises(ValueError, match="at least 1"):
        estimate(clean(raw, guess_mapping(raw.headers)), seats=0)


def test_fewer_months_are_said_and_widen_the_range():
    short, long = calibrate(steady(8), "x"), calibrate(steady(20), "x")
    assert "full months of 12 needed" in short.bookings_per_seat.note
    assert short.bookings_per_seat.sample < 12
    ratio = [c.bookings_per_seat.high / c.bookings_per_seat.low for c in (short, long)]
    assert ratio[0] > ratio[1]


def test_under_three_full_months_the_default_bookings_are_used_and_it_is_said():
    found = calibrate(steady(1), "x")
    assert found.bookings_per_month is None and found.opportunities_per_month is None
    assert found.bookings_per_seat.sample == 0
    assert "default range" in found.bookings_per_seat.note


# --- amounts ---------------------------------------------------------------------------------


def test_lognormal_amounts_get_a_lognormal_mean():
    won = np.exp(np.random.default_rng(1).normal(10, 0.8, 400))
    found = deal_size(won)
    assert found.method.startswith("lognormal")
    assert found.mode == pytest.approx(won.mean(), rel=0.06)


def test_list_prices_get_a_plain_mean():
    won = np.tile([55.0, 550.0, 5500.0], 50)
    assert not is_straight(np.log(won))
    found = deal_size(won)
    assert "not lognormal" in found.method and found.mode == pytest.approx(won.mean())


def test_variation_is_that_of_the_sample():
    won = np.tile([1.0, 2.0, 3.0], 20)
    assert deal_size_variation(won).mode == pytest.approx(won.std(ddof=1) / 2)


def test_one_price_for_all_still_gives_a_range():
    found = deal_size(np.full(50, 100.0))
    assert found.low < 100 < found.high
    assert deal_size_variation(np.full(50, 100.0)).mode == pytest.approx(0.01)


def test_one_deal_that_dominates_is_named():
    assert "largest deal" in deal_size(np.append(np.full(40, 1.0), 60.0)).note


# --- few deals -------------------------------------------------------------------------------


def test_few_wins_mix_win_rate_and_cycle_with_the_default_and_keep_the_price_level():
    found = calibrate(steady(4, wins=2, amount=100), "x")
    prior = {name: row.range for name, row in defaults().assumptions.items()}
    assert prior["win_rate"].mode < found.win_rate.mode < 0.5
    assert 30 / 30.4375 < found.cycle_months.mode < prior["cycle_months"].mode
    assert found.deal_size.mode == pytest.approx(150)
    assert all("needed" in e.note for e in (found.win_rate, found.cycle_months, found.deal_size))


def test_without_a_win_the_defaults_are_used():
    found = calibrate(export("1,a,Lost,2026-01-01,2026-03-01,0"), "x")
    for name in ("bookings_per_seat", "deal_size", "deal_size_variation", "cycle_months"):
        assert found.estimates[name].mode == defaults().assumptions[name].range.mode
        assert found.estimates[name].sample == 0
    assert found.closed_only_rate == 0


def test_widening_fades_as_the_sample_grows():
    narrow = positive_estimate("deal_size", 500.0, 0.02, "currency", "mean", 10)
    widths = []
    for weight in (0.1, 0.5, 0.9, 1.0):
        wide = widened(narrow, weight, "few.", by="spread")
        assert wide.mode == 500
        widths.append(wide.high / wide.low)
    assert widths == sorted(widths, reverse=True)
    assert widened(narrow, 1.0, "few.", by="spread") is narrow


def test_mixing_never_makes_a_range_narrower():
    wide = Estimate("win_rate", 0.02, 0.5, 0.98, "share", "m", 3)
    mixed = widened(wide, 0.2, "few.", by="level")
    assert mixed.low <= 0.02 and mixed.high >= 0.98
    assert mixed.mode == pytest.approx(0.2 * 0.5 + 0.8 * 0.22)


def test_a_short_export_widens_the_cycle():
    rows = [f"{i},a,Won,2026-01-01,2026-02-{1 + i % 28:02d},9" for i in range(200)]
    found = calibrate(export(*rows), "x").cycle_months
    assert "under three median cycles" in found.note
    assert found.high > 2 * np.mean(np.arange(31, 59)) / 30.4375


@pytest.mark.parametrize("low, mode, high", [(1, 1, 2), (1, 2, 2), (3, 2, 4), (1, 2, np.inf)])
def test_a_range_that_is_not_strictly_ordered_is_refused(low, mode, high):
    with pytest.raises(ValueError, match="does not hold"):
        Estimate("x", low, mode, high, "u", "m", 1)


@pytest.mark.parametrize("low, mode, high", [(1e-9, 1e-8, 1e-7), (1e13, 2e13, 3e13), (1e-9, 1, 9)])
def test_a_range_is_moved_inside_the_bounds_of_the_model(low, mode, high):
    found = bounded(Estimate("deal_size", low, mode, high, "currency", "m", 1))
    assert 0.01 <= found.low < found.mode < found.high <= 1e12


def test_a_default_estimate_names_its_reason():
    assert default_estimate("win_rate", "No wins.").note.startswith("No wins.")


# --- the whole -------------------------------------------------------------------------------


def test_one_file_gives_one_answer():
    assert calibrate(steady(14), "x") == calibrate(steady(14), "x")


def test_closed_only_lost_and_never_closed_shares_stand_beside_the_win_rate():
    found = calibrate(steady(40), "x")
    assert found.closed_only_rate == pytest.approx(0.5)
    assert found.win_rate.mode + found.lost_share + found.never_closed_share == pytest.approx(1)
    assert found.never_closed_share == pytest.approx(0, abs=0.02)


def test_every_estimate_carries_the_name_and_unit_of_an_assumption_of_the_model():
    found = calibrate(steady(20), "x").estimates
    assert {"win_rate", "deal_size"} <= set(found)
    for name in set(found) - {"bookings_per_month", "opportunities_per_month"}:
        assert found[name].unit == defaults().assumptions[name].unit


def test_progress_never_falls_and_ends_at_one():
    seen = []
    calibrate(steady(8), "x", progress=lambda share, doing: seen.append((share, doing)))
    shares = [share for share, _ in seen]
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1)
    assert all(doing for _, doing in seen)
