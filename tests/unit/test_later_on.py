"""Seasons, seats and budget of a plan in short sentences."""

from dataclasses import replace

from strategy.later_on import later_on
from strategy.season import scaled
from tests.unit.test_strategy_samples import PLAN

SEASON = {"win_rate": scaled([90] * 11 + [210])}
GROWN = {"seats": PLAN.seats + 2, "start": 3, "yearly_cost": 90_000}


def test_a_plan_without_them_says_nothing() -> None:
    assert later_on(PLAN) == []


def test_each_is_a_sentence() -> None:
    plan = replace(PLAN, season=SEASON, headcount=GROWN, budget=70_000.0)
    assert later_on(plan) == [
        "Season of the win rate: Dec strongest at 210%, Jan weakest at 90%",
        f"Seats later on: {PLAN.seats + 2} from 2027-03 on, {PLAN.currency}90,000 a year each",
        f"Budget for the first 12 months: {PLAN.currency}70,000",
    ]
