"""A change of headcount: neutral without one, by hand in a steady team, and paid as it is filled.

Directions are in test_signs.py; conservation of seats and hours in the invariants.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from simulation.checking import InputError
from simulation.defaults import defaults
from simulation.draws import sample
from simulation.engine import simulate_modes, simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.mixes import evaluate_mixes
from simulation.outcome import Outcome
from simulation.swaps import swapped_chances
from tests.validation.plans import Plan, fewer, plans, run

TOOL = {"name": "Tool", "moves": {"quotes": 0.5}, "seat_price": 30, "preparation": 0.3}
TEAM: Plan = {"months": 36, "tactics": [TOOL]}


def changed(seats: float, start: int = 4, cost: float = 120_000, **more: Any) -> Outcome:
    headcount = {"seats": seats, "start": start, "yearly_cost": cost}
    return simulate_modes(Inputs.from_json(TEAM | {"headcount": headcount} | more))


def same(left: Any, right: Any) -> bool:
    return all(np.array_equal(left[name], right[name], equal_nan=True) for name in METRICS)


@fewer
@given(plans() | plans(wild=True, least=1))
def test_the_seats_there_are_already_change_nothing_bit_for_bit(plan: Plan) -> None:
    as_is = {"seats": plan["organisation"]["seats"], "start": 2, "yearly_cost": 90_000}
    none, kept = run(plan | {"headcount": None}), run(plan | {"headcount": as_is})
    assert same(none.metrics, kept.metrics)
    assert same(none.baseline, kept.baseline)


@pytest.mark.parametrize("seats", [12, 26])
def test_nothing_changes_before_its_month_and_never_for_the_baseline(seats: float) -> None:
    plain, other = simulate_modes(Inputs.from_json(TEAM)), changed(seats, start=7)
    for name in METRICS:
        assert np.array_equal(plain.metrics[name][:, :6], other.metrics[name][:, :6]), name
        assert not np.array_equal(plain.metrics["heads"][:, 7:], other.metrics["heads"][:, 7:])
    assert same(plain.baseline, other.baseline)


def test_new_seats_are_vacant_and_fill_at_the_rate_of_hiring() -> None:
    values = {name: each.range.mode for name, each in defaults().assumptions.items()}
    fill, leave = 1 / values["hire_months"], 1 - (1 - values["attrition"]) ** (1 / 12)
    calm = {"assumptions": {"attrition_fit_effect": 0}}
    plain = simulate_modes(Inputs.from_json(TEAM | calm)).metrics
    grown = changed(26, **calm).metrics
    more, expected = (grown["heads"] - plain["heads"])[0], 0.0
    for month in range(3, 36):
        assert more[month] == pytest.approx(expected, abs=1e-9)
        paid = (grown["cost"] - plain["cost"])[0, month]
        assert paid == pytest.approx(expected * 120_000 / 12, abs=1e-6)
        expected += (6 - expected) * fill - expected * leave
    assert grown["heads"][0, 6] / plain["heads"][0, 6] > 1
    # New people are not productive yet: effort grows later than heads do.
    early = grown["selling_hours"][0, 4] / plain["selling_hours"][0, 4]
    assert grown["contact"][0, 4] / plain["contact"][0, 4] < early


def test_closed_seats_are_vacant_ones_first_and_save_what_they_cost() -> None:
    plain = simulate_modes(Inputs.from_json(TEAM)).metrics
    cut = changed(15).metrics
    assert cut["heads"][0, 3] == pytest.approx(15)
    saved = (plain["cost"] - cut["cost"])[0, 3:]
    gone = (plain["heads"] - cut["heads"])[0, 3:]
    np.testing.assert_allclose(saved, gone * 10_000, rtol=1e-9)
    one = changed(19).metrics  # more than one seat is vacant anyway
    assert one["heads"][0, 3] == pytest.approx(plain["heads"][0, 3])


def test_more_seats_bring_less_than_their_share_of_bookings() -> None:
    """Buyers' time is limited: a tenth more reps is never a tenth more bookings."""
    plain, more = simulate_modes(Inputs.from_json(TEAM)), changed(22, start=1)
    growth = more.metrics["expected_bookings"][0, -1] / plain.metrics["expected_bookings"][0, -1]
    assert 1 < growth < 1.1


def test_mixes_of_a_plan_keep_its_headcount_and_are_compared_with_todays() -> None:
    inputs = Inputs.from_json(TEAM | {"headcount": {"seats": 24, "start": 3}})
    draws = sample(inputs, 64, 5)
    mixes = evaluate_mixes(inputs, draws, (0, 1))
    for place, tactics in enumerate(((), inputs.tactics)):
        outcome = simulate_on(replace(inputs, tactics=tactics), draws)
        assert mixes.npv_mean[place] == pytest.approx(outcome.finance.npv.mean(), rel=1e-9)
    assert mixes.npv_mean[0] != 0


@pytest.mark.parametrize(
    ("headcount", "words"),
    [
        ({}, "headcount.seats is missing"),
        ({"seats": 0}, "headcount.seats is 0"),
        ({"seats": 24, "start": 0}, "headcount.start is 0"),
        ({"seats": 24, "start": 1.5}, "headcount.start is 1.5"),
        ({"seats": 24, "yearly_cost": -1}, "headcount.yearly_cost is -1"),
        ({"seats": 24, "pay": 1}, "headcount.pay is unknown"),
        (24, "headcount is 24"),
    ],
)
def test_what_is_no_change_of_headcount_is_refused(headcount: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Inputs.from_json({"tactics": [], "headcount": headcount})


def test_previews_of_a_plan_that_grows_count_what_a_run_of_it_counts() -> None:
    goal = {"id": "g", "metric": "bookings", "target": 830_000, "due": 18}
    change = {"seats": 25, "start": 2, "yearly_cost": 120_000}
    inputs = Inputs.from_json(TEAM | {"months": 18, "headcount": change, "goals": [goal]})
    draws = sample(inputs, 400, 5)
    swapped, _ = swapped_chances(inputs, draws, [True], [])
    outcome = simulate_on(inputs, draws)
    assert swapped[0] == outcome.goal_hits(inputs.goals[0]).mean()
    still = simulate_on(replace(inputs, headcount=None), draws)
    assert swapped[0] > still.goal_hits(inputs.goals[0]).mean()
