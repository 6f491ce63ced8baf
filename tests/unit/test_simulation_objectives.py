"""Objectives read an outcome as the rest of the model does, and results become JSON."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.objectives import Objective, all_objectives, chance_of, reading, value_of
from simulation.outcome import chance
from simulation.plain import Plain
from simulation.progress import part, tracked
from tests.explain_samples import plan


def test_a_chance_is_the_share_of_draws_that_meet_the_goal_with_its_error() -> None:
    inputs = plan()
    outcome = simulate_on(inputs, sample(inputs, 200, 1))
    for goal in inputs.goals:
        share, error = chance(outcome.goal_hits(goal))
        read = chance_of(goal).read(outcome)
        assert (read.headline, read.standard_error) == pytest.approx((share, error), abs=1e-12)


def test_money_and_values_are_read_at_the_middle_draw() -> None:
    inputs = plan()
    outcome = simulate_on(inputs, sample(inputs, 200, 1))
    read = Objective("net_benefit").read(outcome)
    assert read.headline == np.median(outcome.finance.npv)
    goal = inputs.goals[0]
    assert value_of(goal).read(outcome).headline == np.median(outcome.goal_values(goal))


def test_better_follows_the_goals_comparison_but_a_chance_is_better_higher() -> None:
    directions = [(each.kind, each.goal, each.better) for each in all_objectives(plan())]
    assert directions == [
        ("net_benefit", None, "higher"),
        ("chance", "grow", "higher"),
        ("chance", "lean", "higher"),
        ("value", "grow", "higher"),
        ("value", "lean", "lower"),
    ]


def test_an_unknown_goal_is_refused() -> None:
    inputs = plan()
    with pytest.raises(ValueError, match="nobody"):
        Objective("chance", "nobody").read(simulate_on(inputs, sample(inputs, 5, 1)))


def test_the_standard_error_shrinks_with_the_root_of_the_draws() -> None:
    few = reading("value", np.tile([1.0, 2.0, 6.0], 10))
    many = reading("value", np.tile([1.0, 2.0, 6.0], 40))
    assert few.standard_error == pytest.approx(2 * many.standard_error)
    assert few.mean == 3 and few.median == 2


def test_results_become_json_with_none_for_numbers_that_do_not_exist() -> None:
    @dataclass(frozen=True)
    class Inner(Plain):
        values: np.ndarray

    @dataclass(frozen=True)
    class Outer(Plain):
        inner: tuple[Inner, ...]
        named: dict[str, float]
        nothing: None

    shown = Outer((Inner(np.array([1.0, np.nan])),), {"far": float("inf")}, None).as_json()
    assert shown == {
        "inner": [{"values": [1.0, None]}],
        "named": {"far": None},
        "nothing": None,
    }
    json.dumps(shown, allow_nan=False)


def test_progress_ends_at_one_and_may_cancel() -> None:
    shares: list[float] = []
    assert list(tracked("abcd", part(shares.append, 0.5, 1.0))) == list("abcd")
    assert shares == [0.625, 0.75, 0.875, 1.0]

    def cancel(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(tracked("abcd", cancel))
