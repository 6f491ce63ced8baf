"""What more of a limit is worth agrees with the model's elasticities in closed form."""

import json
from typing import Any

import numpy as np
import pytest

from simulation.constraints import Constraints, Limit, Period, constraints, lengthened
from simulation.draws import modes, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.nudge import Nudge
from tests.explain_samples import CAPTURE, plan

# Buyers' time does not shrink and a fuller pipeline makes no work: every month is alike.
STILL = {"attention_decline": 0, "pipeline_admin_share": 0}
MARGIN = 0.75 - 0.10


def today(months: int = 12, **assumptions: Any) -> Constraints:
    """Return what limits carrying on as today, at the modes."""
    inputs = Inputs.from_json(
        {"tactics": [], "months": months, "assumptions": {**STILL, **assumptions}}
    )
    return constraints(inputs, modes(inputs))


def limit(period: Period, name: str) -> Limit:
    return next(each for each in period.limits if each.limit == name)


def test_an_opportunity_is_worth_its_chance_times_its_margin_in_every_month() -> None:
    for period in today().periods:
        found = limit(period, "opportunities")
        # 800,000 a month come from 121.2 opportunities. All but .6% are decided in the tail.
        assert found.one_percent == pytest.approx(0.01 * 800_000 * MARGIN, rel=0.01)
        assert found.one_more == pytest.approx(0.22 * 30_000 * MARGIN, rel=0.01)


def test_hours_and_attention_are_worth_what_their_elasticities_say() -> None:
    # Near today the elasticity to hours is eps and that to attention is eps * u^k.
    for period in today().periods:
        hours, attention = (limit(period, name) for name in ("selling", "attention"))
        assert hours.one_percent == pytest.approx(0.31 * 8000 * MARGIN, rel=0.015)
        assert attention.one_percent == pytest.approx(0.31 * 0.64 * 8000 * MARGIN, rel=0.015)
        assert attention.one_more == pytest.approx(attention.one_percent)


def test_a_selling_hour_is_its_per_cent_divided_by_the_hours() -> None:
    inputs = Inputs.from_json({"tactics": [], "months": 12, "assumptions": STILL})
    hours = simulate_on(inputs, modes(inputs)).metrics["selling_hours"][0]
    for period, worked in zip(today().periods, hours, strict=True):
        found = limit(period, "selling")
        assert found.one_more == pytest.approx(found.one_percent / (0.01 * worked))


@pytest.mark.parametrize(("pressure", "upstream"), [(0.5, "selling"), (1.6, "attention")])
def test_buyers_bind_once_sellers_ask_for_more_time_than_they_give(
    pressure: float, upstream: str
) -> None:
    found = today(buyer_pressure=pressure)
    assert {each.upstream for each in found.periods} == {upstream}
    assert {each.binding for each in found.periods} == {"opportunities"}
    assert (found.overall.upstream, found.overall.binding) == (upstream, "opportunities")


def test_productive_heads_work_through_the_same_effort_as_hours() -> None:
    period = today(attrition=0).periods[0]
    hours, heads = (limit(period, name) for name in ("selling", "productivity"))
    assert heads.one_percent == pytest.approx(hours.one_percent, rel=1e-9)
    # Nobody leaves: 20 heads, all of them fully productive.
    assert heads.one_more == pytest.approx(heads.one_percent / 0.2)


def test_productive_heads_are_those_of_a_team_in_its_steady_state() -> None:
    # Followed for ten years: new reps pass three cohorts, some of all leave each month.
    leaving, filling, step = 1 - (1 - 0.32) ** (1 / 12), 1 / 2.5, 3 / 5
    vacant, cohorts, full = 20.0, [0.0, 0.0, 0.0], 0.0
    for _ in range(240):
        inflow, left = vacant * filling, full * leaving
        vacant -= inflow
        for place, people in enumerate(cohorts):
            cohorts[place] = people + inflow - people * (leaving + step)
            left += people * leaving
            inflow = people * step
        vacant, full = vacant + left, full + inflow - full * leaving
    productive = cohorts[0] / 6 + cohorts[1] / 2 + cohorts[2] * 5 / 6 + full
    found = limit(today().periods[0], "productivity")
    assert found.one_more == pytest.approx(found.one_percent / (0.01 * productive), rel=1e-6)


def test_late_months_keep_their_worth_though_the_horizon_cuts_their_benefit() -> None:
    periods = today().periods
    first, last = (limit(periods[place], "selling") for place in (0, -1))
    assert last.one_percent == pytest.approx(first.one_percent, rel=0.01)
    assert last.inside < 0.1 * first.inside


def test_the_benefit_inside_the_horizon_is_that_of_the_plan_itself() -> None:
    inputs = plan()
    draws = sample(inputs, 60, 1)
    plain = simulate_on(inputs, draws)
    factors = np.ones(18)
    factors[6] = 1.01
    nudged = simulate_on(inputs, draws, nudge=Nudge({"adoption": factors}))
    gain = (nudged.metrics["net_benefit"] - plain.metrics["net_benefit"]).sum(axis=1).mean()
    found = limit(constraints(inputs, draws).periods[6], "adoption")
    assert found.inside == pytest.approx(gain, rel=1e-6)


def test_adoption_is_worth_nothing_before_a_tactic_is_in_use() -> None:
    late = {**CAPTURE, "start": 6, "delay": 2}
    inputs = plan(tactics=[late])
    periods = constraints(inputs, sample(inputs, 60, 1)).periods
    found = [limit(period, "adoption") for period in periods]
    assert all(each.one_percent == 0 and each.one_more is None for each in found[:8])
    assert all(each.one_percent > 0 and each.one_more is not None for each in found[8:])


def test_a_point_of_adoption_is_a_hundredth_of_all_reps() -> None:
    inputs = plan(tactics=[CAPTURE])
    draws = sample(inputs, 60, 1)
    used = simulate_on(inputs, draws).path.work.adoption[0].mean(axis=1)
    for month, period in enumerate(constraints(inputs, draws).periods):
        found = limit(period, "adoption")
        if found.one_more is not None:
            assert found.one_more == pytest.approx(found.one_percent / used[month])


def test_nothing_binds_where_bookings_earn_nothing() -> None:
    found = today(gross_margin=0.1, commission=0.1)
    assert found.overall.binding is None and found.overall.upstream is None


def test_overall_is_the_mean_month() -> None:
    inputs = plan()
    found = constraints(inputs, sample(inputs, 30, 1))
    for place, each in enumerate(found.overall.limits):
        months = [period.limits[place].one_percent for period in found.periods]
        assert each.one_percent == pytest.approx(np.mean(months))
    assert (found.overall.first, found.overall.last) == (1, 18)


def test_long_horizons_are_walked_in_groups_of_months() -> None:
    found = today(months=41)
    assert [(each.first, each.last) for each in found.periods[:2]] == [(1, 2), (3, 4)]
    assert (found.periods[-1].first, found.periods[-1].last) == (41, 41)
    for period in found.periods:
        assert limit(period, "selling").one_percent == pytest.approx(
            0.31 * 8000 * MARGIN, rel=0.015
        )


def test_added_months_leave_the_plans_own_as_they_were() -> None:
    inputs = plan()
    draws = sample(inputs, 30, 1)
    plain, longer = simulate_on(inputs, draws), simulate_on(*lengthened(inputs, draws))
    for name in ("expected_bookings", "net_benefit", "selling_hours"):
        np.testing.assert_allclose(
            longer.metrics[name][:, :18], plain.metrics[name], rtol=1e-9, atol=1e-6
        )


def test_progress_ends_at_one_and_the_result_is_json() -> None:
    inputs = plan(months=6, goals=[])
    shares: list[float] = []
    found = constraints(inputs, sample(inputs, 5, 1), shares.append)
    assert shares == pytest.approx([place / 6 for place in range(1, 7)])
    json.dumps(found.as_json(), allow_nan=False)
