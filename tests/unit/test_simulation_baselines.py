"""Baselines that are known already change nothing but the time a run takes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation import baselines
from simulation.baselines import Baselines
from simulation.engine import simulate
from simulation.inputs import Inputs
from simulation.outcome import Outcome

KEEP = ("bookings", "admin_hours")
PLAN: dict[str, Any] = {
    "months": 6,
    "tactics": [{"name": "quotes", "moves": {"quotes": 0.5}, "one_off": 1e4}],
    "goals": [{"id": "g", "metric": "wins", "target": 20, "due": 4}],
}


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that grows with each run: whether the baseline was known."""
    found: list[bool] = []
    real = baselines.simulate_on

    def noted(*given: Any, **named: Any) -> Outcome:
        found.append(named["baseline"] is not None)
        return real(*given, **named)

    monkeypatch.setattr(baselines, "simulate_on", noted)
    return found


def same(one: Outcome, other: Outcome) -> None:
    for metric in (*KEEP, "wins", "cumulative_net"):
        np.testing.assert_array_equal(one.metrics[metric], other.metrics[metric])
        np.testing.assert_array_equal(one.baseline[metric], other.baseline[metric])
    np.testing.assert_array_equal(one.finance.npv, other.finance.npv)


def test_another_tactic_meets_the_same_baseline(ran: list[bool]) -> None:
    known = Baselines()
    inputs = Inputs.from_json(PLAN)
    more = Inputs.from_json(PLAN | {"tactics": [{"moves": {"quotes": 0.2}}], "plan_quality": 0.2})
    for each in (inputs, more, replace(inputs, tactics=())):
        same(known.simulate(each, 50, 1, keep=KEEP), simulate(each, 50, 1))
    assert ran == [False, True, True]


@pytest.mark.parametrize(
    "changed",
    [
        {"months": 7},
        {"organisation": {"seats": 41}},
        {"assumptions": {"win_rate": 0.3}},
        {"week": {"live_conversations": 0.17, "prospecting": 0.11}},
        {"goals": [{"id": "g", "metric": "opportunities", "target": 20, "due": 4}]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_enters_the_baseline_asks_for_another(
    changed: dict[str, Any], ran: list[bool]
) -> None:
    known = Baselines()
    known.simulate(Inputs.from_json(PLAN), 50, 1, keep=KEEP)
    inputs = Inputs.from_json(PLAN | changed)
    outcome, expected = known.simulate(inputs, 50, 1, keep=KEEP), simulate(inputs, 50, 1)
    assert ran == [False, False]
    np.testing.assert_array_equal(outcome.baseline["bookings"], expected.baseline["bookings"])


@pytest.mark.parametrize(("draws", "seed"), [(51, 1), (50, 2)])
def test_other_worlds_ask_for_another(draws: int, seed: int, ran: list[bool]) -> None:
    known, inputs = Baselines(), Inputs.from_json(PLAN)
    known.simulate(inputs, 50, 1, keep=KEEP)
    known.simulate(inputs, draws, seed, keep=KEEP)
    assert ran == [False, False]


def test_the_baseline_used_longest_ago_makes_room(ran: list[bool]) -> None:
    known, inputs = Baselines(most=2), Inputs.from_json(PLAN)
    for seed in (1, 2, 1, 3, 1, 2):
        known.simulate(inputs, 50, seed, keep=KEEP)
    assert ran == [False, False, True, False, True, False]


def test_large_runs_are_not_kept(ran: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "MOST_KEPT", 49)
    known, inputs = Baselines(), Inputs.from_json(PLAN)
    for _ in range(2):
        known.simulate(inputs, 50, 1, keep=KEEP)
    assert ran == [False, False]
