"""Invariant 5: headcount and currency scale what they should and nothing else."""

import numpy as np
from hypothesis import given

from simulation.defaults import defaults
from simulation.inputs import METRICS
from tests.validation.plans import MONEY, SIGNED, Plan, few, plans, run


def scaled(headcount: Plan | None, field: str, factor: float) -> Plan | None:
    return headcount and headcount | {field: factor * headcount[field]}


def with_likely_seats(plan: Plan) -> Plan:
    """Return a plan whose seats later on are one number: only whole ones are drawn."""
    headcount = plan["headcount"]
    if headcount is None or not isinstance(headcount["seats"], list):
        return plan
    return plan | {"headcount": headcount | {"seats": headcount["seats"][1]}}


@few
@given(plans())
def test_invariant_05_a_team_seven_times_as_big_does_seven_times_as_much(plan: Plan) -> None:
    plan = with_likely_seats(plan)
    before = plan["organisation"]
    bigger = plan | {
        "organisation": before
        | {"seats": 7 * before["seats"], "ops_people": 7 * before["ops_people"]},
        "tactics": [
            each
            | {
                "upkeep_hours": 7 * each["upkeep_hours"],
                "seats": None if each["seats"] is None else 7 * each["seats"],
            }
            for each in plan["tactics"]
        ],
        "headcount": scaled(plan["headcount"], "seats", 7),
    }
    one, seven = run(plan).metrics, run(bigger).metrics
    grown = [metric for metric in METRICS if metric.endswith("_hours")]
    for metric in [*grown, "heads", "expected_bookings", "wins", "opportunities", "pipeline"]:
        np.testing.assert_allclose(seven[metric], 7 * one[metric], rtol=1e-8, atol=1e-6)
    same = ("win_rate", "deal_size", "cycle", "contact", "response", "strategy_stock")
    for metric in (*same, "skill_stock"):
        np.testing.assert_allclose(seven[metric], one[metric], rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(seven["shelfware"], 7 * one["shelfware"], rtol=1e-8, atol=1e-6)


@few
@given(plans())
def test_invariant_05_a_currency_of_a_hundredth_changes_amounts_of_money_and_nothing_else(
    plan: Plan,
) -> None:
    money = ("deal_size", "bookings_per_seat")
    ranges = {name: defaults().assumptions[name].range for name in money}
    cents = plan | {
        "assumptions": {
            name: [100 * each.low, 100 * each.mode, 100 * each.high]
            for name, each in ranges.items()
        },
        "tactics": [
            each
            | {field: 100 * each[field] for field in ("seat_price", "one_off", "fixed_monthly")}
            for each in plan["tactics"]
        ],
        "headcount": scaled(plan["headcount"], "yearly_cost", 100),
    }
    dollars, pennies = run(plan), run(cents)
    for metric in METRICS:
        factor = 100 if metric in MONEY else 1
        size = np.abs(dollars.metrics["bookings"]).max() if metric in SIGNED else 1
        np.testing.assert_allclose(
            pennies.metrics[metric],
            factor * dollars.metrics[metric],
            rtol=1e-8,
            atol=1e-8 * factor * size,
            err_msg=metric,
        )
    roi, same_roi = dollars.finance.roi, pennies.finance.roi
    np.testing.assert_allclose(same_roi, roi, rtol=1e-6, atol=1e-6, equal_nan=True)
