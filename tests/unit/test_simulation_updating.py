"""Draws weigh by what happened: towards the world it came from, and as surely as they say."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.counting import NEEDED, counted
from simulation.defaults import Range
from simulation.draws import Draws, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.types import FloatArray
from simulation.updating import (
    FEW,
    Learned,
    Observed,
    Updated,
    effective_draws,
    fitted_range,
    update,
    weighted_quantile,
    weights_of,
    with_luck_and_without,
)
from tests.validation.golden_runs import MIXED, stack

DRAWS, WORLDS, ERROR = 3_000, 200, 0.05
METRICS = (
    *("bookings", "revenue", "wins", "win_rate", "deal_size", "cycle", "opportunities"),
    *("pipeline", "selling_hours"),
)
PLAN: dict[str, Any] = {
    "months": 12,
    "tactics": stack(0.5, "g"),
    "destinations": MIXED,
    "plan_quality": 0.5,
    "assumptions": {"bookings_per_seat": [25_000, 40_000, 60_000]},
    "goals": [
        {"id": "g", "metric": "win_rate", "statistic": "level", "comparison": ">=",
         "target": 0.22, "due": 12}
    ],
}  # fmt: skip
INPUTS = Inputs.from_json(PLAN)


@cache
def pair() -> tuple[Outcome, Outcome]:
    """Return the forecast, with luck and without."""
    return with_luck_and_without(INPUTS, sample(INPUTS, DRAWS, 1), METRICS)


@cache
def worlds() -> tuple[Draws, dict[str, FloatArray]]:
    """Return worlds of another seed, and what would be counted in them, with its own error."""
    draws = sample(INPUTS, WORLDS, 2)
    outcome = simulate_on(INPUTS, draws, keep={*NEEDED, *METRICS})
    chance = np.random.default_rng(3)
    seen = {
        name: counted(outcome.metrics, draws, name)
        * (1 + ERROR * chance.standard_normal((WORLDS, INPUTS.months)))
        for name in METRICS
    }
    return draws, seen


def figures(world: int, metrics: tuple[str, ...], months: int) -> list[Observed]:
    _, seen = worlds()
    return [
        Observed(name, month, float(seen[name][world, month - 1]))
        for name in metrics
        for month in range(1, months + 1)
    ]


def updated(found: list[Observed], error: float = ERROR) -> Updated:
    return update(INPUTS, DRAWS, 1, found, error)


def learned(found: Updated, name: str) -> Learned:
    return next(each for each in found.learned if each.name == name)


def exact(value: float, metric: str = "win_rate", months: int = 6) -> list[Observed]:
    return [Observed(metric, month, value) for month in range(1, months + 1)]


# ---- weights -------------------------------------------------------------------------------


def test_without_figures_all_draws_weigh_the_same_and_nothing_moves() -> None:
    found = updated([])
    assert np.all(found.weights == 1 / DRAWS)
    assert found.effective == pytest.approx(DRAWS)
    assert not any(each.has_moved for each in found.learned)
    for each in found.learned:
        assert each.after == pytest.approx(each.before)
    [(before, after)] = found.chances.values()
    assert before == pytest.approx(after)


def test_weights_are_shares_and_effective_draws_lie_between_one_and_all() -> None:
    found = updated(figures(0, METRICS, 6))
    assert found.weights.sum() == pytest.approx(1)
    assert found.weights.min() >= 0
    assert 1 <= found.effective <= DRAWS
    assert effective_draws(np.array([1.0, 0.0, 0.0])) == 1
    assert effective_draws(np.array([0.5, 0.5, 0.0])) == 2


def test_the_same_figures_give_the_same_weights() -> None:
    found = figures(0, ("bookings", "win_rate"), 3)
    assert np.array_equal(updated(found).weights, updated(found).weights)


def test_the_order_of_figures_does_not_matter() -> None:
    found = figures(0, ("bookings", "win_rate"), 3)
    weights = [updated(each).weights for each in (found, found[::-1])]
    assert np.allclose(*weights, rtol=1e-9)


def test_more_months_leave_fewer_effective_draws_and_a_larger_error_more() -> None:
    few, many = (updated(figures(0, ("cycle",), months)).effective for months in (1, 12))
    assert many < few < DRAWS
    assert updated(figures(0, ("cycle",), 12), error=0.3).effective > many


def test_figures_no_draw_can_explain_leave_few_effective_draws() -> None:
    found = updated(exact(0.9))
    assert np.isfinite(found.weights).all()
    assert found.effective < FEW


@pytest.mark.parametrize("value", [0.0, 1e-9, 1e12])
def test_absurd_figures_still_give_weights(value: float) -> None:
    found = updated(exact(value, "bookings"))
    assert np.isfinite(found.weights).all()
    assert found.weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_that_is_none_of_the_run_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="none of 1 to 12"):
        updated([Observed("bookings", month, 1.0)])


@pytest.mark.parametrize("error", [0.0, -0.1, float("nan")])
def test_figures_without_an_error_are_refused(error: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        updated(exact(0.2), error)


# ---- planted worlds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "assumption"), [("win_rate", "win_rate"), ("cycle", "cycle_months"),
                               ("deal_size", "deal_size"), ("bookings", "bookings_per_seat")]
)  # fmt: skip
def test_a_range_moves_towards_the_world_the_figures_come_from(
    metric: str, assumption: str
) -> None:
    draws, _ = worlds()
    truth = draws.values[assumption]
    for world in (int(truth.argmin()), int(truth.argmax())):
        found = learned(updated(figures(world, (metric,), 12)), assumption)
        (_, before, _), (_, after, _) = found.before, found.after
        assert abs(after - truth[world]) < abs(before - truth[world])
        assert found.has_moved


def test_what_the_figures_say_nothing_about_does_not_move() -> None:
    found = updated(figures(0, ("cycle",), 6))
    assert learned(found, "cycle_months").has_moved
    for name in ("overrun", "demand_spread", "attrition", "deal_size_variation"):
        assert not learned(found, name).has_moved, name


def test_a_high_win_rate_raises_the_chance_of_a_goal_on_it() -> None:
    for value, is_higher in ((0.27, True), (0.17, False)):
        [(before, after)] = updated(exact(value)).chances.values()
        assert (after > before) is is_higher


@pytest.mark.parametrize(
    "metrics",
    [
        ("bookings", "wins", "deal_size"),
        ("win_rate", "cycle"),
        ("revenue", "opportunities", "selling_hours"),
    ],
    ids=" ".join,
)
def test_80_percent_ranges_hold_80_percent_of_planted_worlds(metrics: tuple[str, ...]) -> None:
    """Simulation-based: worlds come from the ranges, are counted, and are looked for again."""
    draws, _ = worlds()
    names = ("win_rate", "cycle_months", "deal_size", "bookings_per_seat", "attrition")
    inside: dict[str, list[bool]] = {name: [] for name in names}
    outcome, calm = pair()
    for world in range(WORLDS):
        weights = weights_of(outcome, calm, figures(world, metrics, 4), ERROR)
        for name in names:
            values = outcome.draws.values[name]
            low, high = (weighted_quantile(values, weights, share) for share in (0.1, 0.9))
            inside[name].append(bool(low <= draws.values[name][world] <= high))
    # Three and a half standard errors: one of 15 shares may lie that far out.
    bound = 3.5 * np.sqrt(0.8 * 0.2 / WORLDS)
    for name, found in inside.items():
        assert abs(np.mean(found) - 0.8) < bound, name


def test_bookings_stay_wins_times_deal_size_when_they_are_counted() -> None:
    """The luck of counts goes with the run's own luck, so that it is not counted twice."""
    outcome, calm = pair()
    shares = [
        counted(outcome.metrics, outcome.draws, name)[:, 0] / calm.metrics[name][:, 0] - 1
        for name in ("bookings", "wins", "deal_size")
    ]
    left = shares[0] - shares[1] - shares[2]
    assert left.std() < 0.45 * shares[0].std()
    assert abs(np.corrcoef(shares[1], shares[2])[0, 1]) < 0.06


def test_counts_scatter_as_counts_do() -> None:
    outcome, calm = pair()
    expected = calm.metrics["wins"][:, 0]
    luck = counted(outcome.metrics, outcome.draws, "wins")[:, 0] / expected - 1
    assert luck.std() == pytest.approx(np.sqrt((1 / expected).mean()), rel=0.05)
    assert luck.mean() == pytest.approx(0, abs=3.5 * luck.std() / np.sqrt(DRAWS))


# ---- ranges --------------------------------------------------------------------------------


def moments(spread: Range) -> tuple[float, float]:
    mean = (spread.low + 4 * spread.mode + spread.high) / 6
    return mean, float(np.sqrt((mean - spread.low) * (spread.high - mean) / 7))


@pytest.mark.parametrize("spread", [Range(0, 1, 10), Range(0.16, 0.22, 0.3), Range(-5, 4, 5)])
def test_a_range_that_learned_nothing_stays_itself(spread: Range) -> None:
    found = fitted_range(spread, *moments(spread))
    assert (found.low, found.mode, found.high) == pytest.approx(
        (spread.low, spread.mode, spread.high)
    )


@pytest.mark.parametrize(("mean", "deviation"), [(0.22, 0.01), (0.18, 0.008), (0.28, 0.006)])
def test_a_fitted_range_has_the_mean_and_spread_it_is_given(mean: float, deviation: float) -> None:
    found = fitted_range(Range(0.16, 0.22, 0.3), mean, deviation)
    assert moments(found) == pytest.approx((mean, deviation))
    assert 0.16 <= found.low <= found.mode <= found.high <= 0.3


def test_fitted_ranges_are_in_order_and_inside_whatever_the_draws_say() -> None:
    chance = np.random.default_rng(5)
    for _ in range(2_000):
        low, mode, high = np.sort(chance.uniform(-3, 3, 3))
        mean = float(chance.uniform(low, high))
        found = fitted_range(Range(low, mode, high), mean, float(chance.uniform(0, high - low)))
        assert low <= found.low <= found.mode <= found.high <= high


def test_a_weighted_quantile_with_equal_weights_is_the_plain_one() -> None:
    values = sample(INPUTS, DRAWS, 9).values["win_rate"]
    for share in (0.1, 0.5, 0.9):
        found = weighted_quantile(values, np.full(DRAWS, 1 / DRAWS), share)
        assert found == pytest.approx(np.quantile(values, share), rel=1e-3)


def test_a_fixed_assumption_is_not_learned() -> None:
    fixed = Inputs.from_json(PLAN | {"assumptions": {"win_rate": 0.2}})
    found = update(fixed, 500, 1, exact(0.3), ERROR)
    assert "win_rate" not in {each.name for each in found.learned}


def test_luck_alone_is_what_the_calm_run_leaves_out() -> None:
    outcome, calm = pair()
    assert calm.draws == replace(outcome.draws, is_noiseless=True)
    assert np.array_equal(outcome.metrics["cycle"], calm.metrics["cycle"])
    assert not np.array_equal(outcome.metrics["bookings"], calm.metrics["bookings"])
