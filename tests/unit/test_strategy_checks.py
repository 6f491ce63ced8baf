"""Checks: every refusal is one sentence that names the field, its value and its bound."""

from dataclasses import replace
from typing import Any

import pytest

from simulation.defaults import defaults
from strategy.checks import (
    TACTIC_LABELS,
    check_goal,
    check_plan,
    check_range,
    check_tactic,
    clean_text,
    finite_number,
)
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import AssumptionRange, Board
from strategy.projection import engine_inputs, engine_tactic, read_inputs
from tests.unit.test_strategy_samples import CLEAN, PLAN, WEEK, WIN


def test_text_is_trimmed_and_may_be_empty_where_it_is_not_required() -> None:
    assert clean_text("A note", "  two words \n", 20) == "two words"
    assert clean_text("A note", "  ", 20) == ""


def test_the_length_counts_after_trimming() -> None:
    assert clean_text("A note", " " * 50 + "x" * 20, 20) == "x" * 20
    with pytest.raises(InvalidValue, match="A note has 21 characters. Shorten it to 20."):
        clean_text("A note", "x" * 21, 20)


@pytest.mark.parametrize("text", [None, 7, b"bytes", ["a"], True])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(InvalidValue, match="A note must be text"):
        clean_text("A note", text, 20)


def test_required_text_is_not_empty() -> None:
    with pytest.raises(InvalidValue, match="A note is empty. Give it a few words"):
        clean_text("A note", " \t ", 20, required=True)


@pytest.mark.parametrize("value", [0, 0.0, 5, 10.0])
def test_a_number_in_bounds_comes_back_as_a_float(value: float) -> None:
    checked = finite_number("Effort", value, 0, 10)
    assert (checked, type(checked)) == (value, float)


@pytest.mark.parametrize("value", [-0.1, 10.1, float("nan"), float("inf"), -float("inf"), 1e308])
def test_a_number_out_of_bounds_is_refused_with_its_bounds(value: float) -> None:
    with pytest.raises(InvalidValue, match="^Effort is .*. Use a number from 0 to 10.$"):
        finite_number("Effort", value, 0, 10)


@pytest.mark.parametrize("value", [None, "5", True, False, [5], 5j])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(
        InvalidValue, match="Effort is (not a number|empty). Type a number from 0 to 10"
    ):
        finite_number("Effort", value, 0, 10)


def test_a_whole_number_too_large_for_a_float_is_refused_too() -> None:
    with pytest.raises(InvalidValue, match="Effort"):
        finite_number("Effort", 10**400, 0, 10)


def test_checked_rows_come_back_trimmed_and_otherwise_unchanged() -> None:
    assert check_plan(replace(PLAN, name=" North team ")) == PLAN
    assert check_goal(replace(WIN, title=" Win more "), PLAN) == WIN
    assert check_tactic(replace(CLEAN, title=" Clean the CRM "), PLAN) == CLEAN


def test_percent_goals_speak_percent() -> None:
    with pytest.raises(InvalidValue, match="Win rate, target is 120. Use a number from 0 to 100"):
        check_goal(replace(WIN, target=1.2), PLAN)


def test_the_first_and_last_months_are_in_the_plan() -> None:
    assert check_goal(replace(WIN, due_month="2027-01"), PLAN)
    assert check_goal(replace(WIN, due_month="2028-12"), PLAN)
    assert check_tactic(replace(CLEAN, start=24), PLAN)


@pytest.mark.parametrize(
    ("metric", "target"), [("selling_hours_week", 1e12), ("bookings_quarter", 1e12)]
)
def test_a_goal_that_passes_can_be_simulated(metric: str, target: float) -> None:
    """Whatever the checks let through, the model takes; otherwise the board cannot be drawn."""
    plan = replace(PLAN, seats=5_000)
    try:
        goal = check_goal(replace(WIN, metric=metric, baseline=1.0, target=target), plan)
    except InvalidValue:
        return
    read_inputs(engine_inputs(Board(plan, (goal,), (), 1)))


def test_labels_name_fields_of_the_models_tactics_only() -> None:
    assert TACTIC_LABELS.keys() <= engine_tactic(CLEAN, Levers()).keys()


def test_a_refusal_uses_the_labels_of_the_form_not_the_names_of_fields() -> None:
    for fields, label in (
        ({"seat_price": -1.0}, "Price a seat"),
        ({"training_hours": -1.0}, "Training hours"),
        ({"moves": {"crm_entry": 2.0}}, "Hours moved, CRM data entry"),
    ):
        with pytest.raises(InvalidValue, match=f"^{label} is (-1|200%). Use a number from 0"):
            check_tactic(replace(CLEAN, **fields), PLAN)


def test_a_plans_own_assumption_is_checked_with_the_plan() -> None:
    bad = AssumptionRange(0.3, 0.2, 0.1, "CRM", "measured", "ann", "2026-01-01T00:00:00Z")
    with pytest.raises(InvalidValue, match="^Win rate today is "):
        check_plan(replace(PLAN, assumptions={"win_rate": bad}))


def test_a_week_is_refused_by_what_it_adds_up_to() -> None:
    with pytest.raises(InvalidValue, match="The week adds up to 0.95. Make the shares add up to 1"):
        check_plan(replace(PLAN, week=WEEK | {"slack": 0.0}))


@pytest.mark.parametrize("name", sorted(defaults().assumptions))
def test_every_shipped_range_is_accepted_and_one_outside_its_bounds_is_not(name: str) -> None:
    known = defaults().assumptions[name]
    shipped = {part: getattr(known.range, part) for part in ("low", "mode", "high")}
    assert check_range(name, shipped) == tuple(shipped.values())
    with pytest.raises(InvalidValue, match=f"^{known.label}, high value, is"):
        check_range(name, shipped | {"high": known.bounds[1] + 1})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"low": 0.25}, "Win rate today: 20% must lie between its low value 25% and its high"),
        ({"high": 1.2}, "Win rate today, high value, is 120%. Use a number from "),
        ({"mode": None}, "Win rate today, likely value, is empty. Type a number from "),
    ],
)
def test_shares_are_refused_in_percent(values: dict[str, float | None], words: str) -> None:
    with pytest.raises(InvalidValue) as error:
        check_range("win_rate", {"low": 0.1, "mode": 0.2, "high": 0.3} | values)
    assert str(error.value).startswith(words)
    assert "%." in str(error.value)


def test_a_fixed_number_is_a_range() -> None:
    assert check_range("win_rate", {"low": 0.2, "mode": 0.2, "high": 0.2}) == (0.2, 0.2, 0.2)
