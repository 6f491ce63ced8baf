"""A mix is the plan with some of its tactics and the luck they have in the whole plan."""

import json
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from simulation.contribution import contributions
from simulation.draws import Draws, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.mixes import Mixes, evaluate_mixes, mix_of
from tests.explain_samples import CAPTURE, DESK, QUOTES, plan, with_policy

DEFAULT = ({"selling": 1.0, "strategy": 0.0, "coaching": 0.0}, 1.0)
COLUMNS = ("npv_mean", "npv_error", "npv_median", "chances", "cost", "first_year_cost")


def assert_same(one: Mixes, other: Mixes) -> None:
    for name in COLUMNS:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-6)


def row_of(inputs: Inputs, draws: Draws) -> dict[str, object]:
    """Return what a mix should hold, from a run of its own."""
    outcome = simulate_on(inputs, draws)
    npv, cost = outcome.finance.npv, outcome.metrics["cost"]
    return {
        "npv_mean": npv.mean(),
        "npv_error": npv.std() / np.sqrt(draws.count),
        "npv_median": np.median(npv),
        "chances": [outcome.goal_hits(goal).mean() for goal in inputs.goals],
        "cost": cost.sum() / draws.count,
        "first_year_cost": cost[:, :12].sum() / draws.count,
    }


def test_no_tactics_with_the_default_policy_is_carrying_on_as_today() -> None:
    inputs = plan()
    draws = sample(inputs, 200, 1)
    mixes = evaluate_mixes(inputs, draws, [0], policy_of=lambda mask: DEFAULT)
    assert mixes.npv_mean[0] == mixes.npv_error[0] == mixes.npv_median[0] == 0
    assert mixes.cost[0] == mixes.first_year_cost[0] == 0
    outcome = simulate_on(inputs, draws)
    expected = [outcome.goal_hits(goal, of_baseline=True).mean() for goal in inputs.goals]
    assert list(mixes.chances[0]) == expected


def test_all_tactics_are_the_plan() -> None:
    inputs = plan()
    draws = sample(inputs, 200, 1)
    mixes = evaluate_mixes(inputs, draws, [7])
    for name, value in row_of(inputs, draws).items():
        np.testing.assert_allclose(getattr(mixes, name)[0], value, rtol=1e-9)


def test_leaving_one_out_agrees_with_its_contribution() -> None:
    inputs = plan()
    draws = sample(inputs, 200, 1)
    outcome = simulate_on(inputs, draws)
    mixes = evaluate_mixes(inputs, draws, [7, 6, 5, 3])
    for place, each in enumerate(contributions(outcome), start=1):
        change = mixes.npv_mean[0] - mixes.npv_mean[place]
        assert change == pytest.approx(each.npv_change.mean(), rel=1e-9, abs=1e-6)


def test_a_single_tactic_is_a_plan_of_its_own() -> None:
    inputs = plan()
    mixes = evaluate_mixes(inputs, sample(inputs, 100, 4), [1, 2, 4])
    for place, tactic in enumerate([CAPTURE, QUOTES, DESK]):
        alone = plan(tactics=[tactic])
        # The seed names streams, so the same tactic alone draws the same luck.
        for name, value in row_of(alone, sample(alone, 100, 4)).items():
            np.testing.assert_allclose(getattr(mixes, name)[place], value, rtol=1e-9)


def test_tactics_of_one_name_keep_their_own_luck() -> None:
    twins = [{**CAPTURE, "moves": {"crm_entry": 0.3 + 0.1 * place}} for place in range(3)]
    inputs = plan(tactics=twins)
    draws = sample(inputs, 100, 1)
    chosen, worlds = mix_of(inputs, draws, 0b110)
    assert [tactic.moves["crm_entry"] for tactic in chosen.tactics] == pytest.approx([0.4, 0.5])
    np.testing.assert_array_equal(worlds.fit_noise["Capture"], draws.fit_noise["Capture #2"])
    np.testing.assert_array_equal(worlds.fit_noise["Capture #2"], draws.fit_noise["Capture #3"])
    step_by_step = draws.without_tactic(inputs, 0)
    assert worlds.fit_noise.keys() == step_by_step.fit_noise.keys()
    for key, noise in worlds.fit_noise.items():
        np.testing.assert_array_equal(noise, step_by_step.fit_noise[key])


def test_the_order_of_tactics_only_renames_the_mixes() -> None:
    tactics = [CAPTURE, QUOTES, DESK]
    first = plan(tactics=tactics)
    expected = evaluate_mixes(first, sample(first, 50, 1), range(8))
    for order in permutations(range(3)):
        inputs = plan(tactics=[tactics[place] for place in order])
        masks = [
            sum(1 << spot for spot, place in enumerate(order) if mask >> place & 1)
            for mask in range(8)
        ]
        assert_same(evaluate_mixes(inputs, sample(inputs, 50, 1), masks), expected)


def test_the_order_of_masks_only_orders_the_rows() -> None:
    inputs = plan()
    draws = sample(inputs, 50, 1)
    up, down = (evaluate_mixes(inputs, draws, masks) for masks in (range(8), range(7, -1, -1)))
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(up, name), getattr(down, name)[::-1])
    assert up.masks == tuple(range(8)) and up.goals == ("grow", "lean")


def test_costs_of_mixes_add_up() -> None:
    inputs = plan()
    mixes = evaluate_mixes(inputs, sample(inputs, 50, 1), range(8))
    for name in ("cost", "first_year_cost"):
        cost = getattr(mixes, name)
        for mask in range(8):
            parts = sum(cost[1 << place] for place in range(3) if mask >> place & 1)
            assert cost[mask] == pytest.approx(parts)
    assert (mixes.first_year_cost[1:] < mixes.cost[1:]).all()


def test_a_mix_may_have_a_policy_of_its_own() -> None:
    inputs = plan()
    draws = sample(inputs, 50, 1)
    policies = {
        3: ({"selling": 0.0, "strategy": 1.0, "coaching": 0.0}, 0.5),
        7: ({"selling": 0.0, "strategy": 0.0, "coaching": 1.0}, 0.25),
    }
    mixes = evaluate_mixes(inputs, draws, [3, 7], policy_of=policies.__getitem__)
    for place, (mask, (destinations, quality)) in enumerate(policies.items()):
        chosen, worlds = mix_of(inputs, draws, mask)
        expected = row_of(replace(chosen, **with_policy(destinations, quality)), worlds)
        np.testing.assert_allclose(mixes.npv_mean[place], expected["npv_mean"], rtol=1e-9)


@pytest.mark.parametrize("masks", [[], [8], [-1]])
def test_masks_that_name_nothing_are_refused(masks: list[int]) -> None:
    inputs = plan()
    with pytest.raises(ValueError, match="mask"):
        evaluate_mixes(inputs, sample(inputs, 5, 1), masks)


def test_progress_ends_at_one_and_the_result_is_json() -> None:
    inputs = plan()
    shares: list[float] = []
    mixes = evaluate_mixes(inputs, sample(inputs, 5, 1), [0, 1, 2, 7], progress=shares.append)
    assert shares and shares == sorted(shares) and shares[-1] == 1.0
    shown = json.loads(json.dumps(mixes.as_json(), allow_nan=False))
    assert shown["masks"] == [0, 1, 2, 7] and len(shown["chances"]) == 4


def test_a_plan_without_tactics_or_goals_has_one_mix() -> None:
    inputs = plan(tactics=[], goals=[])
    mixes = evaluate_mixes(inputs, sample(inputs, 20, 1), [0])
    assert mixes.chances.shape == (1, 0)
    json.dumps(mixes.as_json(), allow_nan=False)
