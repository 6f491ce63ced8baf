"""How new deals follow hours: planted elasticities come back, and an upper bound never raises."""

import numpy as np
import pytest

from calibration.elasticity import Panel, elasticity_estimate, slope
from calibration.ranges import Estimate
from simulation.defaults import defaults

SHIPPED = defaults().assumptions["selling_elasticity"].range


def panel(
    seed: int,
    elasticity: float,
    reps: int = 24,
    months: int = 10,
    *,
    busy: float = 0.0,
    skill: float = 0.0,
) -> Panel:
    """Return a world of reps and months of six deals each.

    `busy` is how much a swing of a rep's luck moves hours too; `skill` how much better reps sell
    more hours.
    """
    draw = np.random.default_rng(seed)
    rep, month = (each.ravel() for each in np.indices((reps, months)))
    good, luck = 0.4 * draw.standard_normal(reps), 0.3 * draw.standard_normal(reps * months)
    season = 0.2 * draw.standard_normal(months)
    logs = np.log(40.0) + 0.3 * draw.standard_normal(reps * months)
    logs += skill * good[rep] + busy * luck
    shift = elasticity * (logs - np.log(40.0)) + good[rep] + season[month] + (luck if busy else 0)
    deals = draw.poisson(6.0 * np.exp(shift)).astype(np.float64)
    return Panel(rep, month, deals, np.exp(logs))


@pytest.mark.parametrize("planted", [0.0, 0.2, 0.31, 0.6])
def test_a_planted_elasticity_lies_in_eight_of_ten_80_percent_ranges(planted: float) -> None:
    found = [slope(panel(seed, planted)) for seed in range(100)]
    told = [each for each in found if each is not None]
    assert len(told) == 100
    assert np.mean([each.value for each in told]) == pytest.approx(planted, abs=0.03)
    inside = np.mean([abs(each.value - planted) < 1.2816 * each.error for each in told])
    assert 0.72 < inside < 0.9


def test_better_reps_who_sell_more_hours_are_no_elasticity() -> None:
    found = [slope(panel(seed, 0.1, skill=1.0)) for seed in range(40)]
    assert np.mean([each.value for each in found if each]) == pytest.approx(0.1, abs=0.04)


def test_months_without_a_deal_are_kept() -> None:
    world = panel(1, 0.2)
    few = Panel(world.rep, world.month, np.maximum(world.deals - 5.0, 0.0), world.hours)
    assert (few.deals == 0).mean() > 0.2
    assert slope(few) is not None


def ranges(planted: float, **more: float) -> list[Estimate]:
    return [elasticity_estimate(panel(seed, planted, **more)) for seed in range(40)]


@pytest.mark.parametrize("planted", [0.1, 0.2, 0.31, 0.5])
def test_a_planted_elasticity_lies_between_low_and_high(planted: float) -> None:
    inside = [each.low <= planted <= each.high for each in ranges(planted)]
    assert np.mean(inside) > 0.9


def test_a_low_elasticity_lowers_the_range_and_its_high_end() -> None:
    low = elasticity_estimate(panel(2, 0.0, reps=80, months=24))
    assert low.sample == 80 * 24
    assert low.mode < 0.15 and low.high < 0.35
    assert low.low < low.mode
    assert "upper bound" in low.note


def test_an_upper_bound_never_raises_the_shipped_range() -> None:
    """Here luck moves hours and deals at once, so that the regression finds too much."""
    biased = [slope(panel(seed, 0.2, busy=0.8)) for seed in range(20)]
    assert np.mean([each.value for each in biased if each]) > 0.5
    for each in ranges(0.2, busy=0.8):
        assert each.mode <= SHIPPED.mode and each.high <= SHIPPED.high
        assert each.low <= 0.2 <= each.high
    high = elasticity_estimate(panel(1, 0.2, busy=0.8))
    assert (high.sample, high.mode) == (0, SHIPPED.mode)
    assert "not below the shipped value" in high.note


@pytest.mark.parametrize(("reps", "months"), [(19, 12), (30, 5)])
def test_below_twenty_reps_or_six_months_the_shipped_range_stays_and_says_why(
    reps: int, months: int
) -> None:
    found = elasticity_estimate(panel(1, 0.0, reps, months))
    assert (found.low, found.mode, found.high) == (SHIPPED.low, SHIPPED.mode, SHIPPED.high)
    assert found.sample == 0
    assert f"{reps} reps in {months} months; 20 reps in 6 months are needed." in found.note


def test_hours_that_do_not_vary_tell_nothing() -> None:
    world = panel(1, 0.2)
    flat = Panel(world.rep, world.month, world.deals, np.full(len(world.rep), 40.0))
    assert slope(flat) is None
    assert "hardly vary" in elasticity_estimate(flat).note


def test_a_panel_without_a_deal_tells_nothing() -> None:
    world = panel(1, 0.2)
    assert slope(Panel(world.rep, world.month, 0 * world.deals, world.hours)) is None
