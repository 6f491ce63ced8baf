"""The compiled engine against the plain NumPy one, which was written before it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from bench.reference.engine import simulate_on as slow
from simulation.draws import modes, sample
from simulation.engine import simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.nudge import NUDGED, Nudge
from tests.validation.plans import plans


def agree(fast: Any, reference: Any) -> None:
    for metric in METRICS:
        for ours, theirs in (
            (fast.metrics[metric], reference.metrics[metric]),
            (fast.baseline[metric], reference.baseline[metric]),
        ):
            # Hours are differences of a team's hours, money of its bookings: so is rounding.
            whole = "selling_hours" if metric.endswith("hours") else metric
            whole = "bookings" if metric in ("net_benefit", "cumulative_net") else whole
            scale = np.abs(reference.metrics[whole]).max()
            np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9 * scale, err_msg=metric)
    money, expected = fast.finance, reference.finance
    scale = np.abs(reference.metrics["bookings"]).sum(axis=1).max()
    np.testing.assert_allclose(money.npv, expected.npv, rtol=1e-9, atol=1e-10 * scale)
    np.testing.assert_allclose(fast.path.work.fit, reference.path.work.fit, rtol=1e-12)
    np.testing.assert_allclose(
        fast.path.work.adoption, reference.path.work.adoption, rtol=1e-9, atol=1e-12
    )


@settings(max_examples=60, deadline=None)
@given(plans(wild=True))
def test_both_engines_agree_on_any_plan(plan: Any) -> None:
    inputs = Inputs.from_json(plan)
    draws = sample(inputs, 6, 3)
    agree(simulate_on(inputs, draws), slow(inputs, draws))


def test_both_engines_agree_beyond_a_block_of_draws() -> None:
    inputs = Inputs.from_json({"tactics": [{"moves": {"quotes": 0.5}, "one_off": 1e4}]})
    draws = sample(inputs, 1_300, 3)
    agree(simulate_on(inputs, draws), slow(inputs, draws))


@pytest.mark.parametrize("name", NUDGED)
def test_both_engines_agree_on_nudges(name: str) -> None:
    inputs = Inputs.from_json({"months": 9, "tactics": [{"moves": {"quotes": 0.5}}]})
    nudge = Nudge({name: np.linspace(0.9, 1.2, 9)})
    draws = modes(inputs)
    agree(simulate_on(inputs, draws, nudge=nudge), slow(inputs, draws, nudge=nudge))


def test_means_are_kept_for_metrics_that_are_not() -> None:
    inputs = Inputs.from_json({"tactics": [{"moves": {"quotes": 0.5}}]})
    draws = sample(inputs, 700, 3)
    whole, part = simulate_on(inputs, draws), simulate_on(inputs, draws, keep=("wins",))
    assert "selling_hours" not in part.metrics
    for metric, values in whole.path.metrics.items():
        if metric != "revenue":
            np.testing.assert_allclose(part.path.means[metric], values.mean(axis=0), rtol=1e-12)


def test_the_number_of_threads_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = Inputs.from_json({"tactics": [{"moves": {"quotes": 0.5}}]})
    draws = sample(inputs, 5_000, 3)
    many = simulate_on(inputs, draws)
    monkeypatch.setattr("simulation.threads.threads", lambda: 1)
    monkeypatch.setattr("simulation.engine.threads", lambda: 1)
    one = simulate_on(inputs, draws)
    for metric in METRICS:
        np.testing.assert_array_equal(many.metrics[metric], one.metrics[metric])


def test_tactics_that_go_live_with_it_change_no_bit_of_a_tactics_use() -> None:
    one = {"name": "One", "moves": {"quotes": 0.5}, "start": 3, "delay": 0.5}
    others = [
        {**one, "name": "Same months", "adopt": [0.2, 0.3, 0.9], "preparation": 1},
        {**one, "name": "Later", "delay": 1.5},
        {**one, "name": "Unsure", "start": [3, 4, 7]},
    ]
    used = []
    for tactics in ([one], [*others, one], [others[0], one]):
        inputs = Inputs.from_json({"months": 9, "tactics": tactics})
        used.append(simulate_on(inputs, sample(inputs, 1_300, 3)).path.work.adoption[-1])
    np.testing.assert_array_equal(used[1], used[0])
    np.testing.assert_array_equal(used[2], used[0])
    assert used[0][:, 2:].any()
