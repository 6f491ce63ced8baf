"""The season of new deals: found where there is one, and not taken from luck or little history."""

import numpy as np
import pytest

from calibration.season import MONTHS_NEEDED, season_of_created
from simulation.inputs import read_season

TRUE = np.array([0.8, 0.9, 1.1, 1.0, 1.0, 1.2, 0.7, 0.8, 1.1, 1.1, 1.1, 1.2])


def counts(months: int, first_month: int, seed: int, *, level: float = 200.0, growth: float = 0.0):
    at = np.arange(months)
    season = TRUE[(at + first_month - 1) % 12] / TRUE.mean()
    mean = level * season * np.exp(growth * at)
    return np.random.default_rng(seed).poisson(mean).astype(np.float64)


@pytest.mark.parametrize("first_month", [1, 4, 12])
def test_a_season_is_found_whatever_month_the_file_begins_in(first_month):
    found = season_of_created(counts(48, first_month, 1, level=400, growth=0.01), first_month)
    assert found.months == 48 and found.why == ""
    assert np.array(found.factors) == pytest.approx(TRUE / TRUE.mean(), abs=0.09)
    assert read_season("season", {"opportunities": list(found.factors)})


def test_what_is_exact_is_found_exactly():
    season = TRUE / TRUE.mean()
    found = season_of_created(np.tile(season, 3) * 1e6 * np.exp(0.02 * np.arange(36)), 1)
    assert found.factors == pytest.approx(tuple(season), rel=1e-9)


def test_factors_of_few_deals_are_drawn_to_one():
    few, many = (season_of_created(counts(24, 1, 3, level=n), 1).factors for n in (15, 1500))
    assert many is not None
    drawn = np.ones(12) if few is None else np.array(few)
    raw = counts(24, 1, 3, level=15).reshape(2, 12).mean(axis=0)
    assert np.ptp(drawn) < np.ptp(raw / raw.mean())


def test_luck_alone_is_mostly_no_season():
    level = np.full(36, 60.0)
    found = [
        season_of_created(np.random.default_rng(seed).poisson(level).astype(float), 1)
        for seed in range(40)
    ]
    # One in twenty is expected to be taken for a season; six or more of forty have a chance of 1%.
    assert sum(each.factors is not None for each in found) < 6
    assert {each.why for each in found} <= {"", "Months differ by no more than luck."}


def test_little_history_and_empty_months_say_so():
    short = season_of_created(np.full(MONTHS_NEEDED - 1, 50.0), 1)
    assert (short.factors, short.why) == (None, "Only 23 full months of 24 needed.")
    empty = season_of_created(np.array([0.0] + [50.0] * 23), 1)
    assert (empty.factors, empty.why) == (None, "Some months have no new deals at all.")
