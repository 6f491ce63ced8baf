"""A tactic swapped, left out or added: the chances a run of its own would give."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.draws import Draws, sample, tactic_keys
from simulation.engine import simulate_on
from simulation.inputs import Inputs, TacticInput
from simulation.policy_ranges import likely_policy
from simulation.swap_blocks import SWAP_LANES
from simulation.swaps import Swap, swapped_chances
from tests.explain_samples import CAPTURE, DESK, GROW, LEAN, QUOTES, plan, with_policy

COACH = {
    "name": "Coach",
    "goal": "lean",
    "start": 2,
    "win": 0.08,
    "deal": 0.02,
    "training_hours": 1,
}
ROBOT = {
    "name": "Robot",
    "goal": "lean",
    "start": 3,
    "moves": {"crm_entry": 0.3},
    "moves_ops": {"forecast": 0.5},
    "attention": -0.02,
    "cycle": 0.05,
}
GOALS = [
    GROW | {"target": 700e3},
    LEAN | {"target": 1450},
    {"id": "more", "metric": "wins", "statistic": "change", "target": 0.02, "due": 14},
    {"id": "earn", "metric": "cumulative_net", "target": 0, "due": 16},
]
POLICY = ({"selling": 0.5, "strategy": 0.3, "coaching": 0.2}, 0.5)
PRESENT = (True, True, True, True, False)


def crowd(**changes: Any) -> Inputs:
    """Return five tactics, of which the last is not in the plan, and four kinds of goals."""
    tactics = [CAPTURE, QUOTES, DESK, COACH, ROBOT]
    return plan(**({"tactics": tactics, "goals": GOALS} | changes))


def every_swap(inputs: Inputs) -> list[Swap]:
    """Return what can happen to each tactic: another goal, none, less preparation, left out."""
    own = likely_policy(inputs)
    swaps = []
    for place, tactic in enumerate(inputs.tactics):
        changed = [
            tactic,
            replace(tactic, goal="grow"),
            replace(tactic, goal="more"),
            replace(tactic, goal=None, preparation=0.125),
        ]
        swaps += [Swap(place, each, own) for each in changed]
        swaps.append(Swap(place, None, POLICY))
    return swaps


def chances_of(
    inputs: Inputs, draws: Draws, present: Sequence[bool], swap: Swap | None
) -> list[float]:
    """Return the chances of the swapped plan from a full run of its own."""
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    tactics: list[TacticInput] = []
    noise = {}
    for place, tactic in enumerate(inputs.tactics):
        kept = tactic if present[place] else None
        if swap is not None and swap.place == place:
            kept = swap.tactic
        if kept is not None:
            tactics.append(kept)
            noise[keys[place]] = draws.fit_noise[keys[place]]
    changed = replace(inputs, tactics=tuple(tactics))
    if swap is not None:
        changed = replace(changed, **with_policy(*swap.policy))
    outcome = simulate_on(changed, replace(draws, fit_noise=noise))
    return [float(outcome.goal_hits(goal).mean()) for goal in changed.goals]


def test_every_swap_gives_the_chances_of_a_run_of_its_own() -> None:
    inputs = crowd()
    draws = sample(inputs, SWAP_LANES + 100, 3)
    swaps = every_swap(inputs)
    base, found = swapped_chances(inputs, draws, PRESENT, swaps)
    assert list(base) == pytest.approx(chances_of(inputs, draws, PRESENT, None), abs=1e-12)
    for swap, row in zip(swaps, found, strict=True):
        assert list(row) == pytest.approx(chances_of(inputs, draws, PRESENT, swap), abs=1e-12)
    assert len({tuple(row) for row in found}) > 10, "the goals must tell swaps apart"


def test_others_are_let_first_before_each_block_of_draws() -> None:
    inputs = crowd()
    draws = sample(inputs, 2 * SWAP_LANES + 1, 3)
    asked: list[int] = []
    told = swapped_chances(
        inputs, draws, PRESENT, every_swap(inputs), before_each_block=lambda: asked.append(1)
    )
    assert len(asked) == 3
    for one, other in zip(
        told, swapped_chances(inputs, draws, PRESENT, every_swap(inputs)), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_a_tactic_that_takes_everything_over_can_be_taken_out() -> None:
    everything = CAPTURE | {"moves": {"crm_entry": 1.0}, "adopt": 1.0, "preparation": 1.0}
    sure = {"realised_share": 1.0, "abandonment": 0.0, "fit_gain": 1.0, "fit_unprepared": 0.0}
    inputs = crowd(tactics=[everything, CAPTURE | {"name": "Again"}], assumptions=sure)
    draws = sample(inputs, 60, 1)
    swaps = [Swap(0, None, POLICY), Swap(1, None, POLICY)]
    _, found = swapped_chances(inputs, draws, (True, True), swaps)
    for swap, row in zip(swaps, found, strict=True):
        assert list(row) == chances_of(inputs, draws, (True, True), swap)


def test_tactics_of_one_name_keep_their_own_luck() -> None:
    inputs = crowd(tactics=[CAPTURE, CAPTURE | {"moves": {"crm_entry": 0.2}}])
    draws = sample(inputs, 80, 2)
    swap = Swap(1, replace(inputs.tactics[1], goal=None, preparation=0.0), POLICY)
    _, found = swapped_chances(inputs, draws, (True, True), [swap])
    assert list(found[0]) == chances_of(inputs, draws, (True, True), swap)


def test_a_plan_without_goals_has_no_chances() -> None:
    inputs = crowd(goals=[])
    base, found = swapped_chances(inputs, sample(inputs, 10, 1), PRESENT, every_swap(inputs))
    assert base.size == 0
    assert found.shape == (25, 0)
