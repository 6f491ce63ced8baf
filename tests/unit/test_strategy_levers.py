"""Levers: what a scenario may override, in one form that is kept and read again."""

from typing import Any

import pytest

from simulation.defaults import defaults
from strategy.errors import EditConflict, InvalidValue
from strategy.levers import Levers, Shift, ShiftTerms, merge_overrides
from tests.unit.test_strategy_samples import WEEK


def test_nothing_overridden_is_nothing_kept() -> None:
    assert Levers.from_json({}) == Levers()
    assert Levers().to_json() == {}


def test_none_means_follow_the_plan() -> None:
    raw = dict.fromkeys(("seats", "week", "destinations", "plan_quality", "preparation"))
    assert Levers.from_json(raw) == Levers()


def test_zero_is_a_choice_and_not_left_out() -> None:
    levers = Levers.from_json({"plan_quality": 0, "preparation": 0})
    assert levers.to_json() == {"plan_quality": 0.0, "preparation": 0.0}


def test_shares_left_out_are_zero() -> None:
    levers = Levers.from_json({"destinations": {"coaching": 1}})
    assert levers.destinations == {"selling": 0.0, "strategy": 0.0, "coaching": 1.0}
    assert Levers.from_json({"week": WEEK}).week == WEEK


def test_a_shift_of_nothing_is_no_shift() -> None:
    levers = Levers.from_json({"shifts": {"quotes": {"share": 0.0, "start": 3}, "orders": {}}})
    assert levers == Levers()


def test_a_shift_starts_in_the_first_month_unless_it_says_otherwise() -> None:
    levers = Levers.from_json({"shifts": {"quotes": {"share": 0.5}}})
    assert levers.shifts == {"quotes": Shift(0.5, 1)}
    assert levers.shift_terms == ShiftTerms(0.0, 0.0, 0.5)


def test_a_range_without_width_is_one_number() -> None:
    levers = Levers.from_json({"assumptions": {"leak": [0.3, 0.3, 0.3], "rework": 0.1}})
    assert levers.assumptions == {"leak": 0.3, "rework": 0.1}


def test_shares_of_freed_hours_may_be_ranges_and_are_kept_as_given() -> None:
    wanted = {"destinations": {"selling": [0.4, 0.6, 0.7], "strategy": 0.4}, "plan_quality": 0.5}
    levers = Levers.from_json(wanted)
    assert levers.destinations == {"selling": (0.4, 0.6, 0.7), "strategy": 0.4, "coaching": 0.0}
    assert levers.to_json()["destinations"] == wanted["destinations"] | {"coaching": 0.0}
    levers = Levers.from_json({"plan_quality": [0.2, 0.5, 1]})
    assert levers.plan_quality == (0.2, 0.5, 1.0)
    assert levers.to_json() == {"plan_quality": [0.2, 0.5, 1.0]}
    assert Levers.from_json({"plan_quality": [0.5, 0.5, 0.5]}).plan_quality == 0.5


def test_tactics_left_out_are_kept_sorted() -> None:
    assert Levers.from_json({"without": ["t2", "t1"]}).to_json() == {"without": ["t1", "t2"]}


BAD: list[tuple[Any, str]] = [
    (None, "scenario is None"),
    ([], "scenario is"),
    ("A", "scenario is"),
    ({"colour": 1}, "scenario.colour is unknown"),
    ({1: 2}, "scenario is"),
    ({"seats": 0}, "seats is 0; it must be a number from 1 to 100000"),
    ({"seats": "ten"}, "seats is 'ten'"),
    ({"seats": True}, "seats is True"),
    ({"seats": float("nan")}, "seats is nan"),
    ({"seats": 10**400}, "seats is too large"),
    ({"plan_quality": -0.1}, "plan_quality is -0.1; it must be a number from 0 to 1"),
    ({"preparation": float("inf")}, "preparation is inf"),
    ({"week": {"golf": 1}}, "week.golf is unknown"),
    ({"week": {"slack": 0.5}}, "week adds up to 50.0%; it must be 100%"),
    ({"week": {"slack": -1}}, "week.slack is -1"),
    ({"destinations": {"selling": 0.6, "coaching": 0.6}}, "destinations adds up to 120.0%"),
    ({"destinations": {}}, "destinations adds up to 0.0%"),
    ({"destinations": {"selling": [0, 0.6, 1]}}, "destinations adds up to 60.0%"),
    ({"destinations": {"selling": [0.6, 0.5, 1]}}, "destinations.selling is [0.6, 0.5, 1]"),
    ({"plan_quality": [0, 0.5, 1.5]}, "plan_quality is 1.5; it must be a number from 0 to 1"),
    ({"destinations": {"nowhere": 1}}, "destinations.nowhere is unknown"),
    ({"shifts": {"coaching": {"share": 1}}}, "shifts.coaching is unknown"),
    ({"shifts": {"quotes": 0.5}}, "shifts.quotes is 0.5; it must be an object"),
    ({"shifts": {"quotes": {"share": 2}}}, "shifts.quotes.share is 2"),
    ({"shifts": {"quotes": {"share": 1, "start": 0}}}, "shifts.quotes.start is 0"),
    ({"shifts": {"quotes": {"share": 1, "start": 1.5}}}, "shifts.quotes.start is 1.5"),
    ({"shifts": {"quotes": {"share": 1, "end": 3}}}, "shifts.quotes.end is unknown"),
    ({"shift_terms": {"seat_price": -1}}, "shift_terms.seat_price is -1"),
    ({"shift_terms": {"preparation": 2}}, "shift_terms.preparation is 2"),
    ({"shift_terms": {"discount": 0}}, "shift_terms.discount is unknown"),
    ({"assumptions": {"luck": 1}}, "assumptions.luck is unknown"),
    ({"assumptions": {"leak": [0.1, 0.2]}}, "“Freed hours that leak away” has 2 values"),
    ({"assumptions": {"leak": [0.3, 0.2, 0.1]}}, "low <= mode <= high"),
    ({"assumptions": {"leak": 1.5}}, "“Freed hours that leak away” is 1.5"),
    ({"assumptions": {"leak": None}}, "“Freed hours that leak away” is None"),
    ({"without": "t1"}, "without is not a list of tactics"),
    ({"without": [1]}, "without is not a list of tactics"),
    ({"without": {"t1": 1}}, "without is not a list of tactics"),
    ({"starts": {"t1": 0}}, "starts.t1 is 0"),
    ({"starts": {"t1": 2.5}}, "starts.t1 is 2.5"),
    ({"starts": {"t1": [4, 3, 8]}}, "starts.t1 is [4, 3, 8]"),
    ({"starts": {"t1": [4, 8]}}, "starts.t1 has 2 values"),
    ({"starts": {"t1": [4, 5, 121]}}, "starts.t1 is 121"),
    ({"starts": {"t1": [4, 5.5, 8]}}, "starts.t1 is 5.5"),
    ({"starts": ["t1"]}, "starts is"),
    ({"adoption": {"t1": 1.1}}, "adoption.t1 is 1.1; it must be a number from 0 to 1"),
    ({"adoption": {"t1": None}}, "adoption.t1 is None"),
    ({"adoption": {"t1": [0.6, 0.4, 0.8]}}, "adoption.t1 is [0.6, 0.4, 0.8]"),
    ({"adoption": {"t1": [0.6, 0.8]}}, "adoption.t1 has 2 values"),
    ({"budget": -1}, "budget is -1"),
    ({"headcount": {"seats": 0}}, "headcount.seats is 0"),
    ({"headcount": {"start": 3}}, "headcount.seats is missing"),
    ({"season": {"win_rate": [2] * 12}}, "season.win_rate averages 2"),
]


@pytest.mark.parametrize(("raw", "words"), BAD)
def test_bad_overrides_are_refused_by_field_value_and_bound(raw: Any, words: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Levers.from_json(raw)
    sentence = str(caught.value)
    assert sentence.startswith("This scenario's ")
    assert sentence.endswith(".")
    assert words in sentence


def test_only_admin_tasks_can_be_shifted() -> None:
    for task in defaults().tasks:
        raw = {"shifts": {task: {"share": 0.5}}}
        if task in defaults().admin_tasks:
            assert task in Levers.from_json(raw).shifts
        else:
            with pytest.raises(InvalidValue, match=f"shifts.{task} is unknown"):
                Levers.from_json(raw)


def test_changes_of_two_people_to_different_levers_both_stand() -> None:
    base = {"without": [], "shifts": {}, "plan_quality": 0.5}
    kept = {"without": ["t1"], "shifts": {"orders": {"share": 0.2, "start": 1}}}
    wanted = {"without": ["t2"], "shifts": {"quotes": {"share": 0.5, "start": 2}}}
    assert merge_overrides(kept | {"plan_quality": 0.5}, base, wanted | {"plan_quality": 0.7}) == {
        "without": ["t1", "t2"],
        "shifts": {
            "orders": {"share": 0.2, "start": 1},
            "quotes": {"share": 0.5, "start": 2},
        },
        "plan_quality": 0.7,
    }


def test_a_lever_that_both_changed_differently_is_a_conflict_with_both_values() -> None:
    with pytest.raises(EditConflict) as refused:
        merge_overrides({"seats": 20.0}, {"seats": 10.0}, {"seats": 30.0})
    assert refused.value.fields == {"seats": (20.0, 30.0)}


def test_a_lever_that_is_taken_back_leaves_the_overrides() -> None:
    assert merge_overrides({"seats": 20.0, "without": ["t1"]}, {"without": ["t1"]}, {}) == {
        "seats": 20.0
    }


def test_two_people_may_move_different_tactics_and_not_the_same_one() -> None:
    kept, wanted = {"starts": {"t1": 3}}, {"starts": {"t2": 5}, "adoption": {"t1": 0.4}}
    assert merge_overrides(kept, {}, wanted) == {
        "starts": {"t1": 3, "t2": 5},
        "adoption": {"t1": 0.4},
    }
    with pytest.raises(EditConflict):
        merge_overrides(kept, {}, {"starts": {"t1": 4}})


def test_a_copy_keeps_starts_and_adoption_under_the_new_ids() -> None:
    levers = Levers.from_json({"starts": {"t1": 3, "gone": 2}, "adoption": {"t1": 0.5, "gone": 1}})
    assert levers.for_tactics({"t1": "u1"}).to_json() == {
        "starts": {"u1": 3},
        "adoption": {"u1": 0.5},
    }
