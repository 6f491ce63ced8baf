"""Seasons, seats and budget of a plan in short sentences."""

from dataclasses import replace

import pytest

from strategy.errors import InvalidValue
from strategy.headcount import read_team
from strategy.later_on import later_on
from strategy.plan_words import plan_edit_words
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
        f"Seats later on: {PLAN.seats + 2} from Mar 2027 on, €90,000 a year each",
        "Budget for the first 12 months: €70,000",
    ]


def test_a_change_of_settings_says_what_comes_later_on_from_what_to_what() -> None:
    after = replace(PLAN, season=SEASON, headcount=GROWN, budget=70_000.0, name="South")
    assert plan_edit_words(PLAN, after) == (
        "Change plan settings: season of the win rate, every month alike to Dec strongest at "
        f"210%, Jan weakest at 90%; seats later on, {PLAN.seats}, as today to {PLAN.seats + 2} "
        f"from Mar 2027 on, €90,000 a year each; "
        f"budget for the first 12 months, none to €70,000"
    )
    assert plan_edit_words(PLAN, replace(PLAN, name="South")) == "Change plan settings"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"seats": 0}, "Seats later on is 0"),
        ({"start": 0}, "The month is 0"),
        ({"yearly_cost": -1.0}, "The cost of a seat is -1"),
    ],
)
def test_seats_later_on_that_cannot_be_are_refused(wrong: dict[str, float], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        read_team({**GROWN, **wrong})


def test_a_currency_without_a_sign_stands_before_its_amount_with_a_space() -> None:
    plan = replace(PLAN, currency="CHF", budget=70_000.0, headcount={"seats": 12, "start": 3})
    assert all("CHF\u00a0" in said for said in later_on(plan))
