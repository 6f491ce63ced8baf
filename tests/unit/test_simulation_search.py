"""A search finds what trying every mix with the engine finds."""

import itertools
import json
from typing import Any

import numpy as np
import pytest

from simulation.checking import InputError
from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.mixes import mix_of
from simulation.search import REACH, Found, Wish, _within_reach, best_mixes
from simulation.types import BoolArray, FloatArray

ROWS = ("crm_entry", "quotes", "research", "scheduling", "orders", "forecast")


def plan(count: int = 5, months: int = 18) -> Inputs:
    """Return tactics of which some pay and some do not."""
    tactics: list[dict[str, Any]] = [
        {
            "name": f"Tool {place}",
            "start": 1 + place % 4,
            "moves": {ROWS[place % 6]: 0.15 + 0.3 * (place % 3)},
            "preparation": 1.0 if place % 2 else 0.4,
            "seat_price": 8 + 15 * (place % 4),
            "one_off": 1_500 * place,
            "goal": "more" if place % 2 else None,
        }
        for place in range(count)
    ]
    goals = [{"id": "more", "metric": "bookings", "statistic": "trailing3", "due": months - 1}]
    return Inputs.from_json(
        {"months": months, "tactics": tactics, "goals": [goals[0] | {"target": 830_000}]}
    )


def by_hand(inputs: Inputs, count: int) -> dict[int, tuple[float, float, float]]:
    """Return mean net benefit, chance and first-year cost of every mix, one run each."""
    draws = sample(inputs, count, 4)
    found = {}
    for mask in range(1 << len(inputs.tactics)):
        outcome = simulate_on(*mix_of(inputs, draws, mask))
        found[mask] = (
            float(outcome.finance.npv.mean()),
            float(outcome.goal_hits(inputs.goals[0]).mean()),
            float(outcome.metrics["cost"][:, :12].sum(axis=1).mean()),
        )
    return found


@pytest.fixture(scope="module")
def truth() -> dict[int, tuple[float, float, float]]:
    return by_hand(plan(), 400)


def search(wish: Wish | None = None, inputs: Inputs | None = None) -> Found:
    chosen = inputs or plan()
    return best_mixes(chosen, sample(chosen, 400, 4), wish)


@pytest.mark.parametrize(("goal", "place"), [(None, 0), ("more", 1)])
def test_the_best_mix_is_the_best_of_all_mixes_run_one_by_one(
    truth: Any, goal: str | None, place: int
) -> None:
    found = search(Wish(goal=goal))
    best = max(values[place] for values in truth.values())
    assert found.best[0].score == pytest.approx(best, rel=1e-9)
    assert truth[found.best[0].mask][place] == pytest.approx(best, rel=1e-9)
    assert found.is_exhaustive and found.evaluated == 32 and found.draws == 400
    for each in found.best:
        assert each.score == pytest.approx(truth[each.mask][place], rel=1e-9)
        assert each.first_year_cost == pytest.approx(truth[each.mask][2], rel=1e-9)
        assert each.behind == pytest.approx(best - truth[each.mask][place], abs=1e-6)


def test_a_budget_is_kept_and_used(truth: Any) -> None:
    limit = float(np.median([values[2] for values in truth.values()]))
    found = search(Wish(budget=limit))
    best = max(values[0] for values in truth.values() if values[2] <= limit)
    assert found.best[0].score == pytest.approx(best, rel=1e-9)
    assert all(each.first_year_cost <= limit for each in found.best)


def test_every_mix_on_the_frontier_beats_all_that_cost_no_more(truth: Any) -> None:
    found = search()
    on_it = [(each.first_year_cost, each.score) for each in found.frontier]
    assert on_it == sorted(on_it) and len(on_it) > 2
    assert [score for _, score in on_it] == sorted(score for _, score in on_it)
    for cost, score in on_it:
        rivals = [value[0] for value in truth.values() if value[2] <= cost + 1e-6]
        assert score == pytest.approx(max(rivals), rel=1e-9)


def test_limits_on_tactics_are_kept() -> None:
    found = search(Wish(must=frozenset({1}), must_not=frozenset({2}), latest_start=3))
    for each in (*found.best, *found.frontier):
        assert each.mask >> 1 & 1
        assert not each.mask >> 2 & 1
        assert not each.mask >> 3 & 1  # tool 3 starts in month 4
    assert found.evaluated == 4


def test_ties_are_called_ties_and_clear_losers_are_not() -> None:
    tool = {"moves": {"quotes": 0.5}, "preparation": 1.0, "seat_price": 10}
    burden = {"name": "Burden", "seat_price": 400}
    raw = {"months": 18, "tactics": [{"name": "A", **tool}, burden]}
    inputs = Inputs.from_json(raw)
    found = best_mixes(inputs, sample(inputs, 200, 1))
    of_mask = {each.mask: each for each in found.best}
    assert found.best[0].mask == 1 and found.best[0].is_tie
    assert not of_mask[3].is_tie and of_mask[3].behind > 0


def test_many_tactics_are_climbed_to_the_best_mix() -> None:
    inputs = plan(16, 12)
    found = search(inputs=inputs)
    assert not found.is_exhaustive
    best = found.best[0]
    draws = sample(inputs, 400, 4)
    for place, other in itertools.combinations(range(16), 2):
        for flip in (1 << place, 1 << place | 1 << other):
            mask = best.mask ^ flip
            outcome = simulate_on(*mix_of(inputs, draws, mask), keep=())
            behind = outcome.finance.npv.mean() - best.score
            # The climb looks at 256 of the 400 draws: a neighbour may lead by that much luck.
            assert behind <= 3 * outcome.finance.npv.std() / 16


def test_a_wish_that_cannot_be_met_leaves_the_plan_only() -> None:
    found = search(Wish(must=frozenset({3}), budget=1.0))
    assert found.best == ()
    assert found.plan.mask == 31


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(goal="none"), "goal"),
        (Wish(must=frozenset({9})), "must"),
        (Wish(must=frozenset({1}), must_not=frozenset({1})), "must"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(wish: Wish, field: str) -> None:
    with pytest.raises(InputError, match=field):
        search(wish)


def test_a_search_can_be_cancelled_and_its_result_is_json() -> None:
    inputs = plan()
    draws = sample(inputs, 300, 1)
    json.dumps(best_mixes(inputs, draws).as_json(), allow_nan=False)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        best_mixes(inputs, draws, progress=stop)


def one_by_one(scores: FloatArray, cost: FloatArray, affordable: BoolArray) -> list[int]:
    """Return the mixes within reach as the rule says it: each compared with the best before it."""

    def is_beaten(leader: int, place: int) -> bool:
        ahead = scores[leader] - scores[place]
        return bool(ahead.mean() > REACH * ahead.std() / np.sqrt(ahead.size))

    means = scores.mean(axis=1)
    kept: set[int] = set()
    leader = -1
    for place in np.lexsort((-means, cost)):
        if leader < 0 or not is_beaten(leader, place):
            kept.add(int(place))
            leader = int(place) if leader < 0 or means[place] > means[leader] else leader
    allowed = np.flatnonzero(affordable)
    best = max(allowed, key=lambda place: means[place], default=-1)
    return sorted(kept | {int(place) for place in allowed if not is_beaten(best, place)})


@pytest.mark.parametrize("seed", range(20))
def test_mixes_compared_many_at_once_are_kept_as_one_by_one(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    mixes, draws = int(numbers.integers(1, 300)), int(numbers.integers(2, 200))
    own = numbers.normal(size=(mixes, 1)) * numbers.choice([0.05, 0.5, 3.0])
    scores = numbers.normal(size=draws) + own + 0.3 * numbers.normal(size=(mixes, draws))
    if seed % 4 == 0:
        scores = (scores > 0).astype(np.float64)  # a goal's hits, with many ties
    cost = np.round(numbers.gamma(2.0, size=mixes) * 10)
    affordable = cost <= np.quantile(cost, numbers.random()) if seed % 5 else cost < 0
    assert _within_reach(scores, cost, affordable) == one_by_one(scores, cost, affordable)
