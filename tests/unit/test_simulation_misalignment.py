"""The cost of misalignment counts everything once and values hours by what they bring."""

import json

import numpy as np
import pytest

from simulation.contribution import contributions
from simulation.draws import sample
from simulation.engine import simulate_modes, simulate_on
from simulation.misalignment import Misalignment, benefit_per_selling_hour, misalignment
from tests.explain_samples import CAPTURE, DESK, GROW, QUOTES, plan

LATE = {**CAPTURE, "name": "Late", "start": 40, "one_off": 5e3}


def cost_of(**changes: object) -> Misalignment:
    inputs = plan(**changes)
    return misalignment(inputs, sample(inputs, 100, 1))


def test_the_parts_of_every_tactic_add_up_to_what_the_run_says() -> None:
    inputs = plan(tactics=[CAPTURE, QUOTES, DESK, LATE, {**QUOTES, "name": "Few", "seats": 3}])
    draws = sample(inputs, 100, 1)
    metrics = simulate_on(inputs, draws).metrics
    result = misalignment(inputs, draws)
    assert result.spend == pytest.approx(metrics["cost"].sum() / 100)
    shelfware = sum(each.shelfware for each in result.tactics)
    assert shelfware == pytest.approx(metrics["shelfware"].sum() / 100)


def test_nothing_is_counted_twice() -> None:
    result = cost_of(tactics=[CAPTURE, {**QUOTES, "goal": None}, DESK])
    parts = result.unaligned_spend + result.shelfware + result.coordination_cost
    assert result.total == pytest.approx(parts)
    assert sum(each.cost for each in result.tactics) == pytest.approx(result.total)
    capture, quotes, desk = result.tactics
    assert (capture.why, quotes.why, desk.why) == ("aligned", "no goal", "no goal")
    assert result.unaligned_spend == pytest.approx(quotes.spend + desk.spend)
    assert result.shelfware == pytest.approx(capture.shelfware)
    assert result.total_p10 < result.total < result.total_p90


def test_a_tactic_that_hurts_its_goal_is_not_aligned() -> None:
    annoying = {**CAPTURE, "moves": {}, "attention": -0.5}
    inputs = plan(tactics=[annoying, QUOTES])
    result = misalignment(inputs, sample(inputs, 100, 1))
    assert result.tactics[0].why == "does not help its goal"
    assert result.tactics[0].chance_it_helps is not None
    assert result.tactics[0].chance_it_helps < 0.5
    assert result.tactics[1].why == "aligned"
    assert result.unaligned_spend == pytest.approx(result.tactics[0].spend)


def test_a_goal_the_plan_does_not_have_is_no_goal() -> None:
    result = cost_of(tactics=[{**CAPTURE, "goal": "gone"}])
    assert result.tactics[0].why == "no goal"
    assert result.tactics[0].chance_it_helps is None


def test_alignment_is_that_of_the_contributions() -> None:
    inputs = plan()
    draws = sample(inputs, 100, 1)
    expected = [each.is_aligned for each in contributions(simulate_on(inputs, draws))]
    found = [each.why == "aligned" for each in misalignment(inputs, draws).tactics]
    assert found == expected


def test_coordination_is_one_hour_a_head_for_each_pair_of_different_goals() -> None:
    # Starts 1, 2 and 3: the pairs with the desk are live from month 3 on; the other two
    # tactics share a goal. Nobody leaves, so that all 20 seats are filled.
    result = cost_of(assumptions={"coordination_hours": 0.5, "attrition": 0})
    assert result.coordination_hours == pytest.approx(2 * 16 * 20 * 0.5)
    halves = [each.coordination_hours for each in result.tactics]
    assert halves == pytest.approx([80, 80, 160])
    assert result.coordination_cost == pytest.approx(320 * result.benefit_per_hour)


def test_two_tactics_without_a_goal_share_none() -> None:
    stray = [{**CAPTURE, "goal": None}, {**QUOTES, "goal": None}]
    result = cost_of(tactics=stray, assumptions={"coordination_hours": 0.5, "attrition": 0})
    assert result.coordination_hours == pytest.approx(17 * 20 * 0.5)


@pytest.mark.parametrize(
    "changes",
    [
        {"tactics": [CAPTURE, QUOTES]},
        {"assumptions": {"coordination_hours": 0}},
        {"tactics": [{**CAPTURE, "goal": None}, LATE]},
    ],
)
def test_without_pairs_of_different_goals_there_is_no_coordination(
    changes: dict[str, object],
) -> None:
    result = cost_of(**changes)
    assert result.coordination_hours == result.coordination_cost == 0


def test_a_selling_hour_is_worth_what_the_elasticity_says() -> None:
    # 1% more hours bring eps% more opportunities and so bookings, if buyers' time does not
    # shrink and a fuller pipeline makes no work. Deals that close and count at once leave
    # less than a month's part of 120 behind the horizon.
    at_once = {"cycle_months": 0.05, "recognition_months": 1}
    still = {"attention_decline": 0, "pipeline_admin_share": 0}
    inputs = plan(
        tactics=[], goals=[], months=120, destinations=None, assumptions={**at_once, **still}
    )
    outcome = simulate_modes(inputs)
    closed = 0.31 * 800_000 * (0.75 - 0.10) / outcome.metrics["selling_hours"].mean()
    assert benefit_per_selling_hour(outcome) == pytest.approx(closed, rel=0.015)


def test_hours_that_bring_nothing_cost_nothing() -> None:
    result = cost_of(assumptions={"selling_elasticity": 0})
    assert result.benefit_per_hour == pytest.approx(0, abs=1e-9)
    assert result.coordination_hours > 0


def test_plans_without_tactics_or_goals_are_answered() -> None:
    empty = cost_of(tactics=[])
    assert (empty.total, empty.spend, empty.tactics) == (0, 0, ())
    aimless = cost_of(goals=[])
    assert {each.why for each in aimless.tactics} == {"no goal"}
    assert aimless.unaligned_spend == pytest.approx(aimless.spend)
    for result in (empty, aimless):
        json.dumps(result.as_json(), allow_nan=False)


def test_progress_ends_at_one() -> None:
    inputs = plan(goals=[GROW])
    shares: list[float] = []
    misalignment(inputs, sample(inputs, 5, 1), shares.append)
    assert shares == pytest.approx(list(np.arange(1, 4) / 3))
