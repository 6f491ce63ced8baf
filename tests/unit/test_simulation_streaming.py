"""A streamed run gives what a whole run would give, to the width of a bin."""

from typing import Any

import numpy as np
import pytest

from simulation.checking import InputError
from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.streaming import PART, Bands, streamed_report

PLAN: dict[str, Any] = {
    "months": 8,
    "tactics": [{"name": "Tool", "moves": {"crm_entry": 0.5}, "one_off": 9000, "goal": "more"}],
    "goals": [{"id": "more", "metric": "bookings", "target": 800_000, "due": 8}],
}


@pytest.fixture(scope="module")
def streamed() -> dict[str, Any]:
    return streamed_report(Inputs.from_json(PLAN), 3 * PART + 500, 5)


def parts() -> list[Any]:
    inputs = Inputs.from_json(PLAN)
    sizes = [PART, PART, PART, 500]
    return [
        simulate_on(inputs, sample(inputs, size, 5, part=part)) for part, size in enumerate(sizes)
    ]


def test_chances_money_and_means_are_those_of_all_parts_together(streamed: Any) -> None:
    outcomes = parts()
    goal = outcomes[0].inputs.goals[0]
    hits = np.concatenate([each.goal_hits(goal) for each in outcomes])
    npv = np.concatenate([each.finance.npv for each in outcomes])
    assert streamed["draws"] == hits.size
    assert streamed["goals"][0]["chance"] == pytest.approx(hits.mean(), abs=1e-12)
    assert streamed["finance"]["npv"]["mean"] == pytest.approx(npv.mean(), rel=1e-12)
    assert streamed["finance"]["npv"]["p10"] == pytest.approx(np.percentile(npv, 10), rel=1e-12)
    booked = np.concatenate([each.metrics["bookings"] for each in outcomes])
    assert streamed["metrics"]["bookings"]["mean"] == pytest.approx(booked.mean(axis=0), rel=1e-12)


@pytest.mark.parametrize("metric", ["bookings", "selling_hours", "cumulative_net", "unmet_hours"])
def test_percentiles_are_exact_to_a_bin(streamed: Any, metric: str) -> None:
    runs = [each.metrics[metric] for each in parts()]
    width = np.ptp(runs[0], axis=0) / 5461
    for name, percent in (("p10", 10), ("p50", 50), ("p90", 90)):
        # A percentile lies between two draws; each of them is known to its bin.
        below, above = (
            np.percentile(np.concatenate(runs), percent, axis=0, method=method)
            for method in ("lower", "higher")
        )
        found = np.array(streamed["metrics"][metric][name])
        assert (below - width <= found).all()
        assert (found <= above + width).all()


def test_values_beyond_the_first_part_still_count() -> None:
    bands = Bands(np.linspace(0.0, 1.0, 101)[None, :])
    bands.add(np.full((1, 99), 50.0))
    shown = bands.shown()
    assert shown["p10"][0] == pytest.approx(0.2, abs=0.02)
    assert shown["mean"][0] == pytest.approx((50.5 + 99 * 50) / 200)


def test_parts_are_other_worlds_and_the_first_is_the_plain_sample() -> None:
    inputs = Inputs.from_json(PLAN)
    plain, first, second = (
        sample(inputs, 50, 5),
        sample(inputs, 50, 5, part=0),
        sample(inputs, 50, 5, part=1),
    )
    np.testing.assert_array_equal(plain.table, first.table)
    np.testing.assert_array_equal(plain.demand_noise, first.demand_noise)
    for name in ("selling_elasticity", "leak"):
        assert not (plain.values[name] == second.values[name]).any()
    assert not (plain.demand_noise == second.demand_noise).any()


def test_progress_ends_at_all_of_it() -> None:
    told: list[float] = []
    streamed_report(Inputs.from_json(PLAN), 2 * PART, 1, told.append)
    assert told == [0.5, 1.0]


def test_too_many_draws_are_refused() -> None:
    with pytest.raises(InputError, match="draws"):
        streamed_report(Inputs.from_json(PLAN), 1_000_001, 1)
