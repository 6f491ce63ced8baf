"""What a goal needs: shares that really reach the chance, and a plain no where nothing does."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.defaults import Range
from simulation.draws import Draws, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.policy_ranges import likely_policy
from simulation.reach import PRECISION, LeverReach, Reach, reach
from simulation.reach_levers import LEVERS
from tests.explain_samples import CAPTURE, QUOTES, plan


def goal(metric: str, target: float, comparison: str = ">=", due: int = 18) -> dict[str, Any]:
    return {"id": "g", "metric": metric, "target": target, "comparison": comparison, "due": due}


def chance_at(inputs: Inputs, draws: Draws) -> float:
    return float(np.mean(simulate_on(inputs, draws).goal_hits(inputs.goals[0])))


def alone(found: Reach, lever: str) -> LeverReach:
    return next(each for each in found.levers if each.lever == lever)


def modest(**changes: Any) -> Inputs:
    tools = [{**CAPTURE, "goal": "g", "adopt": 0.5}, {**QUOTES, "goal": "g", "start": 5}]
    return plan(tactics=tools, **{"goals": [goal("selling_hours", 900)], **changes})


def test_a_share_reaches_the_chance_and_a_little_less_does_not() -> None:
    inputs = modest()
    draws = sample(inputs, 200, 1)
    found = reach(inputs, draws, "g", 0.6)
    assert found.today == chance_at(inputs, draws) < 0.6
    reached = [each for each in found.levers if each.share]
    assert {"automation", "selling"} <= {each.lever for each in reached}
    changes = {lever.key: lever.change for lever in LEVERS}
    for each in reached:
        assert each.share is not None
        change = changes[each.lever]
        assert chance_at(change(inputs, each.share), draws) >= 0.6
        assert chance_at(change(inputs, each.share - PRECISION), draws) < 0.6
    assert found.finding == "Rep time alone gets there."
    assert found.combination == ()


def test_levers_do_what_they_say() -> None:
    inputs = modest()
    halfway = {lever.key: lever.change(inputs, 0.5) for lever in LEVERS}
    full = {lever.key: lever.change(inputs, 1.0) for lever in LEVERS}
    capture = halfway["automation"].tactics[0]
    assert capture.moves == pytest.approx({"crm_entry": 0.85, "forecast": 0.6})
    adopted = [each.adopt for each in halfway["adoption"].tactics]
    assert [each.mode for each in adopted] == pytest.approx([0.75, 0.95])
    assert all(each.low == each.mode == each.high for each in adopted)
    assert [each.preparation for each in full["preparation"].tactics] == [1, 1]
    assert [each.start.mode for each in halfway["earlier"].tactics] == [1, 3]
    assert [each.start.mode for each in full["earlier"].tactics] == [1, 1]
    assert all(each.start.is_fixed for each in halfway["earlier"].tactics)
    assert likely_policy(halfway["quality"])[1] == pytest.approx(0.875)
    assert likely_policy(halfway["strategy"])[0] == pytest.approx(
        {"selling": 0.3, "strategy": 0.625, "coaching": 0.075}
    )
    for use in ("selling", "strategy", "coaching"):
        shares = likely_policy(full[use])[0]
        assert shares[use] == pytest.approx(1)
        assert sum(shares.values()) == pytest.approx(1)
    for moved in (halfway, full):
        policies = [(*each.destinations.values(), each.plan_quality) for each in moved.values()]
        assert all(each.is_fixed for policy in policies for each in policy)
    for lever in LEVERS:
        assert lever.change(inputs, 0.0) == inputs


def test_rep_time_cannot_shorten_a_ramp() -> None:
    inputs = modest(goals=[goal("heads", 20)])
    found = reach(inputs, sample(inputs, 50, 1), "g", 0.5)
    assert found.rep_time.share is None
    assert found.rep_time.best_chance == 0
    assert found.finding == "Rep time alone does not get there. Nor do all levers together."
    assert not found.is_combined


def test_a_goal_that_needs_strategy_is_reached_by_its_lever_only() -> None:
    inputs = modest(goals=[goal("strategy_stock", 1.2)])
    found = reach(inputs, sample(inputs, 100, 1), "g", 0.8)
    assert found.rep_time.share is None
    assert alone(found, "strategy").share is not None
    assert alone(found, "selling").share is None
    assert found.finding == "Rep time alone does not get there. Another lever alone does."


def test_levers_are_combined_where_none_is_enough() -> None:
    inputs = modest(goals=[goal("strategy_stock", 1.35)])
    draws = sample(inputs, 100, 1)
    found = reach(inputs, draws, "g", 0.8)
    assert all(each.share is None for each in found.levers)
    assert found.is_combined
    assert len(found.combination) >= 2
    changes = {lever.key: lever.change for lever in LEVERS}
    changed, chances = inputs, [found.today]
    for step in found.combination:
        changed = changes[step.lever](changed, step.share)
        assert chance_at(changed, draws) == step.chance
        chances.append(step.chance)
    assert chances == sorted(chances)
    assert chances[-2] < 0.8 <= chances[-1]
    assert found.finding == "Rep time alone does not get there. Several levers together do."


def test_a_combination_sends_freed_hours_to_one_destination() -> None:
    inputs = modest(goals=[goal("bookings", 2e6)])
    found = reach(inputs, sample(inputs, 50, 1), "g", 0.9)
    uses = [step.lever for step in found.combination if step.lever in inputs.destinations]
    assert len(uses) <= 1
    assert len({step.lever for step in found.combination}) == len(found.combination) > 1


def test_everything_keeps_a_destination_that_cannot_be_bettered() -> None:
    inputs = modest(destinations={"strategy": 1}, goals=[goal("strategy_stock", 1.4)])
    found = reach(inputs, sample(inputs, 100, 1), "g", 0.9)
    assert [alone(found, use).best_share for use in inputs.destinations] == [0, 0, 0]
    assert found.everything.share is not None


def test_a_lever_that_brings_nothing_more_is_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two levers that do the same: once one has gone its way, the other is of no use.
    same = next(lever.change for lever in LEVERS if lever.key == "quality")
    monkeypatch.setattr(
        "simulation.reach.LEVERS",
        tuple(
            replace(lever, change=same) if lever.key == "preparation" else lever for lever in LEVERS
        ),
    )
    inputs = modest(plan_quality=0, goals=[goal("selling_hours", 5000)])
    found = reach(inputs, sample(inputs, 50, 1), "g", 0.9)
    added = {step.lever for step in found.combination}
    assert len(added & {"quality", "preparation"}) == 1


def test_where_less_is_better_the_levers_point_down() -> None:
    inputs = modest(goals=[goal("admin_hours", 1150, "<=")])
    found = reach(inputs, sample(inputs, 100, 1), "g", 0.7)
    assert found.today < 0.7
    assert alone(found, "automation").share is not None


def test_a_lever_that_only_lowers_the_chance_is_monotone_and_stays_where_it_is() -> None:
    inputs = modest()
    strategy = alone(reach(inputs, sample(inputs, 100, 1), "g", 0.99), "strategy")
    assert strategy.is_monotone
    assert (strategy.share, strategy.best_share) == (None, 0)


def test_a_chance_that_turns_on_the_way_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # A lever made for the purpose: a plan is best half of the way along it.
    def bent(inputs: Inputs, share: float) -> Inputs:
        return replace(inputs, plan_quality=Range.fixed_at(1 - abs(share - 0.5)))

    monkeypatch.setattr(
        "simulation.reach.LEVERS",
        tuple(replace(lever, change=bent) if lever.key == "quality" else lever for lever in LEVERS),
    )
    inputs = modest(
        plan_quality=0.5,
        assumptions={"unplanned_leak": 0.6},
        goals=[goal("selling_hours", 880)],
    )
    found = alone(reach(inputs, sample(inputs, 100, 1), "g", 0.99), "quality")
    assert not found.is_monotone
    assert found.best_share == 0.5


def test_a_chance_that_is_there_already_needs_nothing() -> None:
    inputs = modest(goals=[goal("bookings", 1)])
    found = reach(inputs, sample(inputs, 20, 1), "g", 0.9)
    assert found.finding == "The plan reaches this chance as it is."
    assert {each.share for each in found.levers} == {0}
    assert found.combination == ()


def test_a_plan_without_tactics_is_told_so() -> None:
    inputs = plan(tactics=[], goals=[goal("bookings", 9e6)])
    found = reach(inputs, sample(inputs, 20, 1), "g", 0.5)
    assert found.finding == "The plan has no tactics that could do more."
    json.dumps(found.as_json(), allow_nan=False)


def test_unknown_goals_and_impossible_chances_are_refused() -> None:
    inputs = modest()
    draws = sample(inputs, 5, 1)
    with pytest.raises(ValueError, match="nobody"):
        reach(inputs, draws, "nobody", 0.5)
    for wanted in (0, -0.1, 1.1):
        with pytest.raises(ValueError, match="chance"):
            reach(inputs, draws, "g", wanted)


def test_progress_rises_to_one_and_the_result_is_json() -> None:
    inputs = modest()
    shares: list[float] = []
    found = reach(inputs, sample(inputs, 10, 1), "g", 0.5, shares.append)
    assert shares == sorted(shares) and shares[-1] == 1
    json.dumps(found.as_json(), allow_nan=False)
