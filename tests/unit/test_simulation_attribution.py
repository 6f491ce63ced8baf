"""What tactics add: shares that add up, and the plan without each."""

import json
from itertools import permutations

import numpy as np
import pytest

from simulation.attribution import Attribution, attribution, shapley_values
from simulation.contribution import contributions
from simulation.draws import sample
from simulation.engine import simulate_on
from tests.explain_samples import CAPTURE, QUOTES, plan


def over_all_orders(worth: list[float], count: int) -> list[float]:
    """Return Shapley's shares by their definition: the mean over every order of arrival."""
    shares = [0.0] * count
    orders = list(permutations(range(count)))
    for order in orders:
        present = 0
        for player in order:
            shares[player] += worth[present | 1 << player] - worth[present]
            present |= 1 << player
    return [share / len(orders) for share in shares]


def test_shares_are_means_over_every_order_of_arrival() -> None:
    for count in range(1, 6):
        worth = np.sin(7.0 * np.arange(2**count)) * 100
        expected = over_all_orders(worth.tolist(), count)
        assert shapley_values(worth).tolist() == pytest.approx(expected, abs=1e-9)


def test_the_glove_game_has_its_published_shares() -> None:
    # Players 1 and 2 have left gloves, player 3 a right one; a pair is worth 1.
    worth = np.array([0, 0, 0, 0, 0, 1, 1, 1.0])
    assert shapley_values(worth).tolist() == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_nobody_shares_nothing() -> None:
    assert shapley_values(np.array([5.0])).size == 0


def test_shares_add_up_to_the_plan_less_no_tactics() -> None:
    inputs = plan()
    for each in attribution(inputs, sample(inputs, 100, 1)):
        total = sum(part.shapley or 0.0 for part in each.parts)
        assert total == pytest.approx(each.with_all - each.without, abs=1e-9)
        assert each.note is None


def test_the_last_added_agrees_with_contributions_and_the_whole_with_the_plan() -> None:
    inputs = plan()
    draws = sample(inputs, 100, 1)
    outcome = simulate_on(inputs, draws)
    results = attribution(inputs, draws)
    expected = [each.npv_change.mean() for each in contributions(outcome)]
    assert [part.last for part in results[0].parts] == pytest.approx(expected)
    assert results[0].with_all == pytest.approx(outcome.finance.npv.mean())
    for result, goal in zip(results[1:], inputs.goals, strict=True):
        assert result.with_all == outcome.goal_hits(goal).mean()
        assert result.objective.goal == goal.id


def test_equal_tactics_share_equally_and_one_that_does_nothing_gets_nothing() -> None:
    # Without luck in fit, two tactics of the same shape are the same tactic.
    inputs = plan(
        tactics=[CAPTURE, {**CAPTURE, "name": "Twin"}, {"name": "Idle", "goal": "grow"}],
        assumptions={"fit_spread": 0, "attrition_fit_effect": 0},
    )
    money = attribution(inputs, sample(inputs, 100, 1))[0]
    first, twin, idle = (part.shapley for part in money.parts)
    assert first == pytest.approx(twin, rel=1e-9)
    assert first is not None and abs(first) > 1000
    assert idle == pytest.approx(0, abs=1e-6)


def test_more_than_twelve_tactics_are_only_left_out_one_at_a_time() -> None:
    many = [{**QUOTES, "name": f"Part {place}", "seat_price": place} for place in range(13)]
    inputs = plan(tactics=many)
    draws = sample(inputs, 20, 1)
    shares: list[float] = []
    results = attribution(inputs, draws, progress=shares.append)
    assert shares and shares == sorted(shares) and shares[-1] == 1.0
    assert {part.shapley for part in results[0].parts} == {None}
    assert "12" in str(results[0].note) and "13" in str(results[0].note)
    expected = [each.npv_change.mean() for each in contributions(simulate_on(inputs, draws))]
    assert [part.last for part in results[0].parts] == pytest.approx(expected)


def test_a_mix_may_have_its_own_policy() -> None:
    inputs = plan()
    draws = sample(inputs, 50, 1)

    def policy(mask: int) -> tuple[dict[str, float], float]:
        return {"selling": 1.0, "strategy": 0.0, "coaching": 0.0}, 1.0 if mask == 0 else 0.5

    money = attribution(inputs, draws, policy_of=policy)[0]
    assert money.without == 0
    assert sum(part.shapley or 0.0 for part in money.parts) == pytest.approx(money.with_all)


def test_a_plan_without_tactics_has_no_parts_and_the_result_is_json() -> None:
    for inputs in (plan(tactics=[]), plan(goals=[])):
        results: tuple[Attribution, ...] = attribution(inputs, sample(inputs, 10, 1))
        assert all(len(each.parts) == len(inputs.tactics) for each in results)
        json.dumps([each.as_json() for each in results], allow_nan=False)
