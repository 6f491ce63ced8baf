"""Seasons and yearly changes of demand and prices: neutral by default, live, as the document says.

Directions are in test_signs.py too.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from simulation.checking import InputError
from simulation.engine import simulate_modes
from simulation.inputs import METRICS, SEASONAL, YEAR, Inputs
from tests.validation.plans import Plan, fewer, plans, run

UNEVEN = [0.5, 0.7, 0.9, 1.1, 1.3, 1.5] * 2
STILL: Plan = {  # the volume of work does not follow the pipeline, so that hours stay the same
    "months": 30,
    "tactics": [{"name": "Tool", "moves": {"quotes": 0.5}}],
    "assumptions": {"pipeline_admin_share": 0},
}


def modes(plan: Plan, **changes: Any) -> Any:
    return simulate_modes(Inputs.from_json(plan | changes))


def with_assumption(plan: Plan, **values: Any) -> Plan:
    return plan | {"assumptions": plan["assumptions"] | values}


@fewer
@given(plans() | plans(wild=True, least=1))
def test_flat_seasons_and_no_change_are_the_plan_bit_for_bit(plan: Plan) -> None:
    fixed = {name: 0.0 for name in ("demand_change", "price_change")}
    plain = {name: value for name, value in plan.items() if name != "season"}
    plain["assumptions"] = {k: v for k, v in plan["assumptions"].items() if k not in fixed}
    flat = with_assumption(plain, **fixed) | {"season": {name: [1] * YEAR for name in SEASONAL}}
    left, right = run(plain), run(flat)
    for metric in METRICS:
        assert np.array_equal(left.metrics[metric], right.metrics[metric], equal_nan=True), metric
        assert np.array_equal(left.baseline[metric], right.baseline[metric], equal_nan=True), metric


@pytest.mark.parametrize("change", [-0.2, 0.05])
def test_prices_move_bookings_and_nothing_else_by_their_yearly_share(change: float) -> None:
    before, after = modes(STILL), modes(with_assumption(STILL, price_change=change))
    factor = (1 + change) ** (np.arange(30) / 12)
    for path in ("metrics", "baseline"):
        old, new = getattr(before, path), getattr(after, path)
        for metric in ("deal_size", "expected_bookings"):
            np.testing.assert_allclose(new[metric], old[metric] * factor, rtol=1e-12)
        for metric in ("wins", "opportunities", "selling_hours", "cost"):
            assert np.array_equal(new[metric], old[metric])


@pytest.mark.parametrize("change", [-0.2, 0.05])
def test_demand_moves_opportunities_by_its_yearly_share(change: float) -> None:
    before, after = modes(STILL), modes(with_assumption(STILL, demand_change=change))
    factor = (1 + change) ** (np.arange(30) / 12)
    for path in ("metrics", "baseline"):
        old, new = getattr(before, path), getattr(after, path)
        np.testing.assert_allclose(new["opportunities"], old["opportunities"] * factor, rtol=1e-12)
        assert np.array_equal(new["win_rate"], old["win_rate"])


@pytest.mark.parametrize("metric", SEASONAL)
def test_a_season_multiplies_its_months_and_comes_back_every_year(metric: str) -> None:
    before, after = modes(STILL), modes(STILL, season={metric: UNEVEN})
    factor = np.resize(UNEVEN, 30)
    for path in ("metrics", "baseline"):
        old, new = getattr(before, path), getattr(after, path)
        np.testing.assert_allclose(new[metric], old[metric] * factor, rtol=1e-12)
        other = SEASONAL[1 - SEASONAL.index(metric)]
        assert np.array_equal(new[other], old[other])
        assert not np.allclose(new["wins"], old["wins"], rtol=1e-3)


@pytest.mark.parametrize("metric", SEASONAL)
@pytest.mark.parametrize("month", range(YEAR))
def test_every_month_of_a_season_is_live(metric: str, month: int) -> None:
    factors = [0.9] * YEAR
    factors[month] += 0.1 * YEAR
    moved = modes(STILL, season={metric: factors}).metrics[metric][0]
    assert np.argmax(moved[:YEAR] / modes(STILL).metrics[metric][0, :YEAR]) == month


@pytest.mark.parametrize("metric", SEASONAL)
@pytest.mark.parametrize("strength", [0.0, 0.5, 1.6, 3.0])
def test_the_strength_of_a_season_draws_its_months_to_1_or_away_and_never_below_0(
    metric: str, strength: float
) -> None:
    before = modes(STILL)
    after = modes(with_assumption(STILL, season_strength=strength), season={metric: UNEVEN})
    factor = np.maximum(1 + strength * (np.resize(UNEVEN, 30) - 1), 0)
    for path in ("metrics", "baseline"):
        old, new = getattr(before, path), getattr(after, path)
        np.testing.assert_allclose(new[metric], old[metric] * factor, rtol=1e-12, atol=1e-12)


def test_without_a_season_its_strength_changes_nothing() -> None:
    strong = modes(with_assumption(STILL, season_strength=2.5))
    for name, values in modes(STILL).metrics.items():
        assert np.array_equal(strong.metrics[name], values)


def test_a_range_of_the_strength_widens_strong_and_weak_months_alone() -> None:
    season = {"opportunities": [1.5, 1.0, 0.5, 1.0] * 3}
    plan = with_assumption(STILL, season_strength=[0.2, 1.0, 1.8])
    fixed, unsure = (
        run(each | {"season": season}).metrics["opportunities"] for each in (STILL, plan)
    )
    assert np.array_equal(fixed[:, 1], unsure[:, 1])
    assert (unsure[:, 0] / fixed[:, 0]).std() > 0.05
    assert (unsure[:, 2] / fixed[:, 2]).std() > 0.15


def test_a_win_rate_never_passes_1() -> None:
    factors = [12.0] + [0.0] * (YEAR - 1)
    won = modes(STILL, season={"win_rate": factors}).metrics["win_rate"][0]
    assert won[0] == 1
    assert won[1] == 0


@pytest.mark.parametrize(
    ("season", "words"),
    [
        ({"opportunities": [1] * 11}, "season.opportunities is not a year"),
        ({"opportunities": "flat"}, "season.opportunities is not a year"),
        ({"win_rate": [2] + [1] * 11}, "season.win_rate averages 1.08333"),
        ({"win_rate": [-1, 3] + [1] * 10}, r"season.win_rate\[1\] is -1"),
        ({"win_rate": [13] + [0] * 11}, r"season.win_rate\[1\] is 13"),
        ({"deal_size": [1] * 12}, "season.deal_size is unknown"),
        ([1] * 12, "season is"),
    ],
)
def test_what_is_no_season_is_refused(season: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Inputs.from_json({"tactics": [], "season": season})
