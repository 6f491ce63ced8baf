"""Ranges hold as many true worlds as they say: 80% and 50%."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.engine import simulate
from simulation.inputs import Inputs
from simulation.outcome import percentiles
from simulation.types import FloatArray
from tests.validation.golden_runs import MIXED, stack
from tests.validation.worlds import true_worlds

WORLDS, DRAWS = 10_000, 20_000
MONTHS = (6, 12, 24)
RANGES = {0.8: ("p10", "p90"), 0.5: ("p25", "p75")}
METRICS = (
    *("bookings", "expected_bookings", "revenue", "opportunities", "win_rate", "deal_size"),
    *("pipeline", "selling_hours", "system_hours", "heads", "strategy_stock", "cumulative_net"),
)
PLAN: dict[str, Any] = {
    "months": 24,
    "tactics": stack(0.5, "g"),
    "destinations": MIXED,
    "plan_quality": 0.5,
}


@cache
def forecast() -> dict[str, dict[str, FloatArray]]:
    """Return metric -> percentile -> (months,) of a run, and "npv" -> percentile -> (1,)."""
    outcome = simulate(Inputs.from_json(PLAN), DRAWS, seed=1)
    cuts = {metric: percentiles(outcome.metrics[metric]) for metric in METRICS}
    return cuts | {"npv": percentiles(outcome.finance.npv[:, None])}


@cache
def truth() -> dict[str, FloatArray]:
    """Return metric -> (worlds, months) of what came true, and "npv" -> (worlds, 1)."""
    worlds = true_worlds(Inputs.from_json(PLAN), WORLDS, seed=2)
    came_true = {metric: worlds.metric(metric) for metric in METRICS}
    return came_true | {"npv": worlds.outcome.finance.npv[:, None]}


def inside(cuts: dict[str, FloatArray], true: FloatArray, month: int, share: float) -> float:
    """Return the share of worlds inside the range that claims to hold `share` of them."""
    low, high = (cuts[name][month - 1] for name in RANGES[share])
    return float(np.mean((true[:, month - 1] >= low) & (true[:, month - 1] <= high)))


def bound(share: float) -> float:
    """Return three standard errors of a share of worlds inside a range known from draws."""
    return 3 * float(np.sqrt(share * (1 - share) * (1 / WORLDS + 1 / DRAWS)))


@pytest.mark.parametrize("share", RANGES)
@pytest.mark.parametrize(
    ("metric", "month"), [(metric, month) for metric in METRICS for month in MONTHS] + [("npv", 1)]
)
def test_a_range_holds_its_share_of_true_worlds(metric: str, month: int, share: float) -> None:
    held = inside(forecast()[metric], truth()[metric], month, share)
    assert held == pytest.approx(share, abs=bound(share))


@pytest.mark.parametrize("share", RANGES)
def test_the_bound_notices_a_forecast_that_ignores_what_is_not_known(share: float) -> None:
    modes = {name: spread.mode for name, spread in Inputs.from_json(PLAN).assumptions.items()}
    sure = simulate(Inputs.from_json(PLAN | {"assumptions": modes}), 2_000, seed=1)
    held = inside(percentiles(sure.metrics["revenue"]), truth()["revenue"], 24, share)
    assert held < share - bound(share)
