"""The linear calculator: promised hours times pay less typed cost, by hand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.defaults import defaults
from simulation.inputs import Inputs
from simulation.naive import linear_promise, promised_share
from tests.validation.plans import Plan, plans

TEAM = {"seats": 10, "ops_people": 1, "hours_per_rep_month": 150}


def promise(*tactics: dict[str, Any], months: int = 6) -> Any:
    return linear_promise(
        Inputs.from_json({"months": months, "organisation": TEAM, "tactics": list(tactics)})
    )


def test_an_hour_costs_the_loaded_pay_over_the_hours_of_a_year() -> None:
    assert promise().value_per_hour == pytest.approx(180_000 / (12 * 150))
    assert defaults().loaded_pay.source


def test_the_pay_is_no_assumption_of_the_model() -> None:
    assert len(defaults().assumptions) == 47
    assert "loaded_pay" not in Inputs.__dataclass_fields__


def test_hours_are_promised_in_full_from_go_live_on() -> None:
    # 10 seats x 150 h x 9% entering data x 50% moved x 80% of the reps = 54 h a month.
    tactic = {"start": 2, "delay": 1.5, "moves": {"crm_entry": 0.5}, "adopt": 0.8}
    assert promise(tactic).hours == pytest.approx((0, 0, 0, 54, 54, 54))


def test_costs_are_those_typed_from_the_start_on() -> None:
    tactic = {"start": 2, "delay": 3, "seat_price": 20, "one_off": 1000, "fixed_monthly": 50}
    assert promise(tactic).cost == pytest.approx((0, 1250, 250, 250, 250, 250))
    assert promise(tactic | {"seats": 2}).cost[2] == pytest.approx(90)


def test_the_running_total_is_hours_at_their_cost_less_what_is_spent() -> None:
    tactic = {"start": 1, "moves": {"crm_entry": 0.5}, "adopt": 0.8, "one_off": 10_000}
    monthly = 54 * 100
    assert promise(tactic, months=3).cumulative == pytest.approx(
        (monthly - 10_000, 2 * monthly - 10_000, 3 * monthly - 10_000)
    )


def test_an_hour_is_promised_once_even_by_two_tactics() -> None:
    tactic = {"start": 1, "moves": {"crm_entry": 0.5}, "adopt": 1.0}
    assert promise(tactic, tactic).hours[0] == pytest.approx(10 * 150 * 0.09 * 0.75)


@pytest.mark.parametrize(
    "change",
    [
        {"preparation": 1.0},
        {"training_hours": 40.0},
        {"upkeep_hours": 40.0},
        {"cycle": 0.2, "win": 0.2, "deal": 0.2, "attention": -0.2},
        {"moves_ops": {"quotes": 0.5}},
    ],
)
def test_what_the_model_adds_is_left_out(change: dict[str, Any]) -> None:
    tactic = {"start": 1, "moves": {"quotes": 0.5}, "seat_price": 10.0, "one_off": 500.0}
    assert promise(tactic | change) == promise(tactic)


def test_without_tactics_nothing_is_promised() -> None:
    assert set(promise().cumulative) == {0.0}


@settings(max_examples=50, deadline=None)
@given(plans(), st.sampled_from(["system", "ops"]))
def test_never_more_hours_are_promised_than_there_is_admin_work(plan: Plan, to: str) -> None:
    inputs = Inputs.from_json(plan | {"tactics": [each | {"to": to} for each in plan["tactics"]]})
    admin = sum(inputs.week[row] for row in defaults().admin_tasks)
    assert 0 <= promised_share(inputs.week, inputs.tactics) <= admin + 1e-12
    hours = linear_promise(inputs).hours
    assert list(hours) == sorted(hours)
