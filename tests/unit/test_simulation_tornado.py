"""A tornado moves one assumption at a time and does not depend on the order of draws."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import beta, spearmanr

from simulation.draws import Draws, sample
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import usual_destinations, usual_quality
from simulation.objectives import all_objectives
from simulation.ranks import rank_correlation, ranks
from simulation.tornado import Tornado, tornado
from tests.explain_samples import plan

RANGES = {
    "selling_elasticity": [0.1, 0.31, 0.55],
    "leak": [0.1, 0.3, 0.6],
    "fit_gain": [0, 2.2, 3.5],
}


def few_ranges(**changes: object) -> dict[str, object]:
    """Return assumptions of which only three and `changes` have a range."""
    fixed = {name: spread.mode for name, spread in plan().assumptions.items()}
    return {"assumptions": {**fixed, **RANGES, **changes}}


def bar(result: Tornado, name: str) -> tuple[float, float]:
    found = next(each for each in result.bars if each.assumption == name)
    return found.low, found.high


def test_only_assumptions_with_a_range_have_a_bar_and_the_widest_stands_first() -> None:
    inputs = plan(**few_ranges())
    for result in tornado(inputs, sample(inputs, 100, 1)):
        assert {each.assumption for each in result.bars} == set(RANGES)
        assert [each.rank for each in result.bars] == [1, 2, 3]
        swings = [each.swing for each in result.bars]
        assert swings == sorted(swings, reverse=True)


def test_each_end_is_a_run_with_the_assumption_fixed_there() -> None:
    inputs = plan(**few_ranges())
    draws = sample(inputs, 100, 1)
    results = tornado(inputs, draws, all_objectives(inputs))
    for name, (low, mode, high) in RANGES.items():
        width = high - low
        shape = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
        for end, share in enumerate((0.1, 0.9)):
            value = low + width * beta.ppf(share, *shape)
            outcome = simulate_on(inputs, with_values(draws, {name: value}))
            expected = [
                np.median(outcome.finance.npv),
                *(np.mean(outcome.goal_hits(goal)) for goal in inputs.goals),
                *(np.median(outcome.goal_values(goal)) for goal in inputs.goals),
            ]
            assert [bar(result, name)[end] for result in results] == pytest.approx(expected)


def test_directions_are_those_of_the_model() -> None:
    inputs = plan(**few_ranges())
    money = tornado(inputs, sample(inputs, 200, 1))[0]
    assert bar(money, "selling_elasticity")[0] < bar(money, "selling_elasticity")[1]
    assert bar(money, "leak")[0] > bar(money, "leak")[1]
    signs = {each.assumption: np.sign(each.correlation) for each in money.bars}
    assert signs == {"selling_elasticity": 1, "leak": -1, "fit_gain": 1}


def test_the_order_of_draws_changes_nothing() -> None:
    inputs = plan(**few_ranges())
    draws = sample(inputs, 150, 1)
    order = np.argsort(np.cos(np.arange(150.0)))
    shuffled = Draws(
        count=150,
        seed=1,
        values={name: column[order] for name, column in draws.values.items()},
        fit_noise={key: column[order] for key, column in draws.fit_noise.items()},
        demand_noise=draws.demand_noise[:, order],
        bookings_noise=draws.bookings_noise[:, order],
    )
    first, second = (tornado(inputs, each) for each in (draws, shuffled))
    for one, other in zip(first, second, strict=True):
        assert [each.assumption for each in one.bars] == [each.assumption for each in other.bars]
        for left, right in zip(one.bars, other.bars, strict=True):
            assert left.swing == pytest.approx(right.swing, rel=1e-9, abs=1e-9)
            assert left.correlation == pytest.approx(right.correlation, abs=1e-12)


def test_an_assumption_that_does_nothing_has_no_swing() -> None:
    inputs = plan(tactics=[], goals=[], **few_ranges())
    inputs = replace(inputs, destinations=usual_destinations(), plan_quality=usual_quality())
    (money,) = tornado(inputs, sample(inputs, 50, 1))
    assert [each.swing for each in money.bars] == [0, 0, 0]
    assert [each.assumption for each in money.bars] == sorted(RANGES)
    assert [each.correlation for each in money.bars] == [None, None, None]


def test_progress_ends_at_one_and_the_result_is_json() -> None:
    inputs = plan(**few_ranges())
    shares: list[float] = []
    results = tornado(inputs, sample(inputs, 20, 1), progress=shares.append)
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])
    json.dumps([each.as_json() for each in results], allow_nan=False)


def test_rank_correlation_is_spearmans_with_ties() -> None:
    first = np.array([3.0, 1.0, 1.0, 5.0, 5.0, 5.0, 2.0, 9.0])
    second = np.array([0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    assert rank_correlation(first, second) == pytest.approx(spearmanr(first, second).statistic)
    assert list(ranks(first)) == [4, 1.5, 1.5, 6, 6, 6, 3, 8]
    assert rank_correlation(first, -first) == pytest.approx(-1)
    assert rank_correlation(first, np.zeros(8)) is None
