"""Hours of one month, worked out by hand from equations 3 to 8 and 10."""

from math import log

import pytest

from tests.validation.engineered import HOURS, STILL, at_modes, last

QUARTER_FITS = {"fit_unprepared": -log(3), "fit_spread": 0}


def test_rework_returns_the_share_of_hours_that_does_not_fit() -> None:
    world = STILL | QUARTER_FITS | {"rework": 0.4}
    tool = {"adopt": 1, "moves": {"quotes": 0.5}}
    run = at_modes({"months": 2, "assumptions": world, "tactics": [tool]})
    # Half of the 9% for quotes; .4 of the unfit three quarters comes back.
    moved = last(run, "heads") * HOURS * 0.09 * 0.5
    assert last(run, "rework_hours") == pytest.approx(moved * 0.3, rel=1e-9)
    assert last(run, "system_hours") == pytest.approx(moved * 0.7, rel=1e-9)


@pytest.mark.parametrize(("quality", "kept"), [(1.0, 0.6), (0.5, 0.6 * 0.8), (0.0, 0.6 * 0.6)])
def test_freed_hours_leak_first_from_all_and_again_where_nobody_owns_them(
    quality: float, kept: float
) -> None:
    world = STILL | {"leak": 0.4, "unplanned_leak": 0.4}
    tool = {"adopt": 1, "moves": {"quotes": 1}}
    run = at_modes({"months": 2, "assumptions": world, "tactics": [tool], "plan_quality": quality})
    freed = last(run, "heads") * HOURS * 0.09
    gained = last(run, "selling_hours") - run.baseline["selling_hours"][0, -1]
    assert gained == pytest.approx(freed * kept, rel=1e-9)


@pytest.mark.parametrize("quality", [1.0, 0.5, 0.0])
def test_time_that_operations_win_is_strategic_as_far_as_it_is_planned(quality: float) -> None:
    world = STILL | {"ops_strategy_weight": 1, "strategy_decay": 1}
    tool = {"adopt": 1, "moves_ops": {"forecast": 1}}
    run = at_modes({"months": 2, "assumptions": world, "tactics": [tool], "plan_quality": quality})
    # Two people: 20% strategic, 65% tactical, of which forecasting is 35%. Reps: 6%.
    of_reps, of_ops = last(run, "heads") * HOURS * 0.06, 2 * HOURS * 0.2
    won = 2 * HOURS * 0.65 * 0.35
    expected = (of_reps + of_ops + quality * won) / (of_reps + of_ops)
    assert last(run, "strategy_stock") == pytest.approx(expected, rel=1e-9)


def test_what_operations_cannot_absorb_comes_back() -> None:
    world = STILL | {"ops_tactical": 0.5, "ops_strategic": 0.2, "ops_flex": 0.1}
    desk = {"adopt": 1, "to": "ops", "moves": {"quotes": 1}, "upkeep_hours": 10}
    run = at_modes({"months": 2, "assumptions": world, "tactics": [desk]})
    handed = last(run, "heads") * HOURS * 0.09
    own, capacity = 2 * HOURS * 0.5, 2 * HOURS * 0.6
    assert last(run, "ops_hours") == pytest.approx(capacity, rel=1e-9)
    assert last(run, "overflow_hours") == pytest.approx(handed + own + 10 - capacity, rel=1e-9)


def test_where_sellers_have_far_more_time_than_buyers_contact_follows_attention() -> None:
    world = STILL | {"attention_decline": 0.5, "buyer_pressure": 20, "ceiling_sharpness": 20}
    run = at_modes({"months": 24, "assumptions": world, "tactics": []})
    halves = run.metrics["contact"][0, [11, 23]]
    assert halves == pytest.approx([0.5, 0.25], rel=1e-9)
