"""The luck of bookings (equation 15) against counting and sizing single deals."""

import numpy as np
import pytest

from tests.validation.cases_luck import booked, even_luck
from tests.validation.single_deals import Sizes, month_of

MONTHS = 100_000
LUCK = even_luck(20_000)
LEVELS = (0.8, 1.0, 1.2, 4 / 3, 1.5)  # of the mean


def largest_error(wins: float, variation: float, sizes: Sizes) -> float:
    """Return the largest error of a chance: at three percentiles and at round thresholds."""
    true = month_of(wins, variation, sizes, MONTHS, np.random.default_rng(20))
    ours = booked(wins, 1000, variation, LUCK) / 1000
    thresholds = [*np.percentile(true, [10, 50, 90]), *(level * wins for level in LEVELS)]
    return max(abs(float(np.mean(ours <= each) - np.mean(true <= each))) for each in thresholds)


@pytest.mark.parametrize("sizes", ["gamma", "lognormal"])
@pytest.mark.parametrize("variation", [0.3, 0.5, 0.7, 1.0])
@pytest.mark.parametrize("wins", [15, 27, 80])
def test_chances_are_within_two_points_from_15_wins_on(
    wins: float, variation: float, sizes: Sizes
) -> None:
    assert largest_error(wins, variation, sizes) <= 0.02


@pytest.mark.parametrize("wins", [5, 7, 10])
def test_chances_are_within_two_points_from_5_wins_on_for_lognormal_deals_as_varied_as_usual(
    wins: float,
) -> None:
    assert largest_error(wins, 1.0, "lognormal") <= 0.02


def test_v14_chances_are_within_two_points_at_ten_gamma_deals() -> None:
    assert largest_error(10, 1.0, "gamma") <= 0.02


# The gamma variable is more skewed than few deals of nearly equal size are.
@pytest.mark.parametrize("sizes", ["gamma", "lognormal"])
@pytest.mark.parametrize(
    ("variation", "bound"), [(0.3, 0.032), (0.5, 0.032), (0.7, 0.03), (1.0, 0.03)]
)
@pytest.mark.parametrize("wins", [5, 7, 10])
def test_chances_are_about_three_points_off_at_worst_with_5_to_15_wins(
    wins: float, variation: float, bound: float, sizes: Sizes
) -> None:
    assert largest_error(wins, variation, sizes) <= bound
