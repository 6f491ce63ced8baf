"""Bad inputs are refused by field, value and bound; good ones are completed by defaults."""

import math
from typing import Any

import pytest

from simulation.checking import InputError
from simulation.defaults import defaults
from simulation.inputs import GoalInput, Inputs, Organisation, TacticInput, usual_destinations
from simulation.policy_ranges import likely_policy

NAN, INF = math.nan, math.inf
GOAL: dict[str, Any] = {"id": "g", "metric": "bookings", "target": 1, "due": 1}

NOT_NUMBERS = ["1", True, None, [], {}, NAN, INF, -INF]
NUMBERS_OF_A_TACTIC = {
    "delay": (-0.1, 1201),
    "adopt": (-0.1, 1.1),
    "preparation": (-0.1, 1.1),
    "seat_price": (-1, 2e9),
    "one_off": (-1, 2e12),
    "fixed_monthly": (-1, 2e12),
    "training_hours": (-1, 2e6),
    "upkeep_hours": (-1, 2e6),
    "cycle": (-5.1, 0.96),
    "win": (-10.1, 10.1),
    "deal": (-0.96, 10.1),
    "attention": (-0.96, 10.1),
}
NUMBERS_OF_THE_ORGANISATION = {
    "seats": (0.5, 2e5),
    "ops_people": (-1, 2e5),
    "hours_per_rep_month": (0, 745),
}


def plan(**fields: Any) -> dict[str, Any]:
    return {"tactics": [], **fields}


def with_tactic(**fields: Any) -> dict[str, Any]:
    return {"tactics": [fields]}


def with_goal(**fields: Any) -> dict[str, Any]:
    return plan(goals=[GOAL | fields])


def refusal(raw: Any) -> InputError:
    """Return the refusal of these inputs; every one is a single line."""
    with pytest.raises(InputError) as caught:
        Inputs.from_json(raw)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 2000
    return caught.value


def assert_refused(raw: Any, field: str, value: str, bound: str) -> None:
    error = refusal(raw)
    assert error.field == field
    assert value in error.value
    assert bound in error.bound
    assert str(error) == f"{error.field} {error.value}; it must be {error.bound}"


# ---- What is accepted ---------------------------------------------------------------------


def test_only_tactics_are_needed_and_the_rest_is_the_default() -> None:
    inputs = Inputs.from_json({"tactics": []})
    assert inputs.months == 36
    assert inputs.organisation == Organisation(20, 2, 156)
    assert inputs.destinations == usual_destinations()
    assert likely_policy(inputs) == ({"selling": 1, "strategy": 0, "coaching": 0}, 1)
    assert inputs.assumptions["selling_elasticity"].mode == 0.31
    assert inputs.goals == ()
    assert sum(inputs.week.values()) == pytest.approx(1, abs=1e-12)


def test_a_tactic_needs_nothing_and_then_does_nothing() -> None:
    (tactic,) = Inputs.from_json({"tactics": [{}]}).tactics
    assert (tactic.name, tactic.start.mode, tactic.to, tactic.adopt.mode) == (
        "Tactic 1",
        1,
        "system",
        0.9,
    )
    assert tactic.adopt.is_fixed
    assert tactic.start.is_fixed
    assert (tactic.moves, tactic.seats, tactic.goal) == ({}, None, None)


def test_an_assumption_is_a_number_or_a_range() -> None:
    given = {"leak": 0.2, "selling_elasticity": [0.1, 0.2, 0.3]}
    assumptions = Inputs.from_json(plan(assumptions=given)).assumptions
    assert assumptions["leak"].is_fixed
    assert assumptions["selling_elasticity"].high == 0.3


def test_a_destination_left_out_gets_nothing() -> None:
    inputs = Inputs.from_json(plan(destinations={"strategy": 1}))
    assert likely_policy(inputs)[0] == {"selling": 0, "strategy": 1, "coaching": 0}


def test_shares_that_nearly_sum_to_one_are_made_to() -> None:
    given = {"selling": 0.3333334, "strategy": 0.3333333, "coaching": 0.3333333}
    inputs = Inputs.from_json(plan(destinations=given))
    assert all(each.is_fixed for each in inputs.destinations.values())
    assert sum(likely_policy(inputs)[0].values()) == 1


def test_whole_numbers_may_come_as_floats() -> None:
    assert Inputs.from_json(plan(months=12.0)).months == 12


# ---- Numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", NOT_NUMBERS, ids=repr)
@pytest.mark.parametrize("field", [*NUMBERS_OF_A_TACTIC, "start"])
def test_a_tactic_refuses_what_is_no_number(field: str, wrong: Any) -> None:
    # Adoption and the start may be a list of three.
    is_short = field in ("adopt", "start") and wrong == []
    words = ("has 0 values", "a number or [") if is_short else None
    assert_refused(
        with_tactic(**{field: wrong}), f"tactics[0].{field}", *(words or ("is ", "number from"))
    )


@pytest.mark.parametrize("field", NUMBERS_OF_A_TACTIC)
@pytest.mark.parametrize("side", [0, 1])
def test_a_tactic_refuses_numbers_out_of_bounds(field: str, side: int) -> None:
    wrong = NUMBERS_OF_A_TACTIC[field][side]
    assert_refused(
        with_tactic(**{field: wrong}), f"tactics[0].{field}", f"is {wrong:g}", "a number from"
    )


@pytest.mark.parametrize(
    ("start", "bound"), [(0, "1 to"), (-3, "1 to"), (1.5, "a whole number"), (5000, "1 to 1200")]
)
def test_a_tactic_starts_in_a_whole_month_from_the_first(start: float, bound: str) -> None:
    assert_refused(with_tactic(start=start), "tactics[0].start", f"is {start:g}", bound)


@pytest.mark.parametrize("wrong", [-1, 2e6, "5", True, NAN], ids=repr)
def test_seats_of_a_tactic_are_a_number_or_all(wrong: Any) -> None:
    assert_refused(with_tactic(seats=wrong), "tactics[0].seats", "is ", "a number from 0")


@pytest.mark.parametrize("field", NUMBERS_OF_THE_ORGANISATION)
@pytest.mark.parametrize("wrong", NOT_NUMBERS, ids=repr)
def test_the_organisation_refuses_what_is_no_number(field: str, wrong: Any) -> None:
    raw = plan(organisation={field: wrong})
    assert_refused(raw, f"organisation.{field}", "is ", "a number from")


@pytest.mark.parametrize("field", NUMBERS_OF_THE_ORGANISATION)
@pytest.mark.parametrize("side", [0, 1])
def test_the_organisation_refuses_numbers_out_of_bounds(field: str, side: int) -> None:
    wrong = NUMBERS_OF_THE_ORGANISATION[field][side]
    raw = plan(organisation={field: wrong})
    assert_refused(raw, f"organisation.{field}", f"is {wrong:g}", "a number from")


@pytest.mark.parametrize("wrong", [0, -1, 121, 1.5, "36", True, None, NAN], ids=repr)
def test_the_horizon_is_one_month_to_ten_years(wrong: Any) -> None:
    assert refusal(plan(months=wrong)).field == "months"


@pytest.mark.parametrize("wrong", [-0.01, 1.01, "1", True, None, NAN], ids=repr)
def test_plan_quality_is_a_share(wrong: Any) -> None:
    assert_refused(plan(plan_quality=wrong), "plan_quality", "is ", "a number from 0 to 1")


def test_a_number_too_large_for_the_machine_is_refused_like_any_other() -> None:
    assert_refused(plan(months=10**400), "months", "is too large", "1 to 120")


# ---- Assumptions --------------------------------------------------------------------------


@pytest.mark.parametrize("name", defaults().assumptions)
@pytest.mark.parametrize("side", [0, 1])
def test_an_assumption_is_refused_out_of_bounds(name: str, side: int) -> None:
    bounds = defaults().assumptions[name].bounds
    wrong = bounds[side] + (2 * side - 1) * max(1, abs(bounds[side]))
    raw = plan(assumptions={name: wrong})
    assert_refused(raw, f"assumptions.{name}", f"is {wrong:g}", f"{bounds[0]:g} to {bounds[1]:g}")


@pytest.mark.parametrize("name", defaults().assumptions)
@pytest.mark.parametrize("wrong", ["0.3", True, None, NAN, {}], ids=repr)
def test_an_assumption_is_refused_when_it_is_no_number(name: str, wrong: Any) -> None:
    assert refusal(plan(assumptions={name: wrong})).field == f"assumptions.{name}"


@pytest.mark.parametrize("wrong", [[], [0.3], [0.1, 0.3], [0.1, 0.2, 0.3, 0.4]], ids=repr)
def test_a_range_has_three_values(wrong: list[float]) -> None:
    raw = plan(assumptions={"leak": wrong})
    assert_refused(raw, "assumptions.leak", f"has {len(wrong)} values", "[low, mode, high]")


@pytest.mark.parametrize("wrong", [[0.3, 0.2, 0.4], [0.1, 0.5, 0.4], [0.4, 0.3, 0.1]], ids=repr)
def test_a_range_rises_from_low_to_high(wrong: list[float]) -> None:
    raw = plan(assumptions={"leak": wrong})
    assert_refused(raw, "assumptions.leak", f"{wrong[0]:g}, ", "low <= mode <= high")


@pytest.mark.parametrize("wrong", [[0.1, 0.2, 1.1], [-0.1, 0.2, 0.3], [0.1, NAN, 0.3]], ids=repr)
def test_every_value_of_a_range_is_inside_the_bounds(wrong: list[float]) -> None:
    assert refusal(plan(assumptions={"leak": wrong})).field == "assumptions.leak"


def test_operations_cannot_spend_more_than_all_of_their_time() -> None:
    raw = plan(assumptions={"ops_tactical": 0.7})
    assert_refused(raw, "assumptions.ops_tactical", "above 1", "shares")


# ---- Shares -------------------------------------------------------------------------------


def test_the_week_sums_to_one() -> None:
    assert_refused(plan(week={"slack": 0.15}), "week", "sums to 1.1", "sum to 1")


def test_the_week_has_no_share_above_one() -> None:
    assert_refused(plan(week={"slack": 1.2}), "week.slack", "is 1.2", "from 0 to 1")


@pytest.mark.parametrize("row", ["account_strategy", "coaching"])
def test_the_week_keeps_some_of_what_effects_are_relative_to(row: str) -> None:
    assert_refused(plan(week={row: 0, "slack": 0.11}), f"week.{row}", "is 0", "above 0")


def test_the_week_keeps_some_selling() -> None:
    raw = plan(week={"live_conversations": 0, "prospecting": 0, "slack": 0.33})
    assert "live_conversations" in refusal(raw).field


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"selling": 0.5}, "destinations", "sums to 0.5"),
        ({"selling": 0.8, "strategy": 0.4}, "destinations", "sums to 1.2"),
        ({"selling": 1.5, "strategy": -0.5}, "destinations.selling", "is 1.5"),
        ({}, "destinations", "sums to 0"),
    ],
    ids=repr,
)
def test_destinations_are_shares_that_sum_to_one(
    given: dict[str, float], field: str, value: str
) -> None:
    assert_refused(plan(destinations=given), field, value, "1")


@pytest.mark.parametrize("moves", ["moves", "moves_ops"])
@pytest.mark.parametrize("wrong", [1.01, -0.01, "0.5", True, NAN], ids=repr)
def test_a_moved_share_is_a_share(moves: str, wrong: Any) -> None:
    raw = with_tactic(**{moves: {"quotes": wrong}})
    assert_refused(raw, f"tactics[0].{moves}.quotes", "is ", "from 0 to 1")


@pytest.mark.parametrize(
    ("moves", "row"),
    [("moves", "slack"), ("moves", "prospecting"), ("moves", "nonsense"), ("moves_ops", "chasing")],
)
def test_only_tactical_rows_can_be_moved(moves: str, row: str) -> None:
    raw = with_tactic(**{moves: {row: 0.5}})
    assert_refused(raw, f"tactics[0].{moves}.{row}", "is unknown", "crm_entry")


# ---- Structure ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (plan(month=12), "input.month"),
        (plan(organisation={"seat": 1}), "organisation.seat"),
        (plan(assumptions={"eps": 0.3}), "assumptions.eps"),
        (plan(week={"lunch": 0.1}), "week.lunch"),
        (plan(destinations={"golf": 1}), "destinations.golf"),
        (with_tactic(price=1), "tactics[0].price"),
        (with_goal(kpi=1), "goals[0].kpi"),
    ],
    ids=str,
)
def test_an_unknown_field_is_refused_with_the_names_there_are(raw: Any, field: str) -> None:
    assert_refused(raw, field, "is unknown", ", ")


@pytest.mark.parametrize("wrong", [None, 1, "x", [], True, {1: 2}], ids=repr)
def test_the_input_is_an_object(wrong: Any) -> None:
    assert_refused(wrong, "input", "is ", "an object")


@pytest.mark.parametrize("field", ["organisation", "assumptions", "week", "destinations"])
@pytest.mark.parametrize("wrong", [1, "x", []], ids=repr)
def test_a_group_of_fields_is_an_object(field: str, wrong: Any) -> None:
    assert_refused(plan(**{field: wrong}), field, "is ", "an object")


@pytest.mark.parametrize("field", ["tactics", "goals"])
@pytest.mark.parametrize("wrong", [None, {}, "x", 1], ids=repr)
def test_tactics_and_goals_are_lists(field: str, wrong: Any) -> None:
    assert_refused(plan(**{field: wrong}), field, "is ", "a list")


def test_tactics_are_needed() -> None:
    assert_refused({}, "tactics", "is missing", "a list")


def test_the_message_names_the_tactic_by_its_place() -> None:
    assert refusal({"tactics": [{}, {}, {"adopt": 2}]}).field == "tactics[2].adopt"


@pytest.mark.parametrize("wrong", ["", "  ", "x" * 201, 5, None, True], ids=str)
def test_a_tactic_has_a_readable_name(wrong: Any) -> None:
    assert_refused(with_tactic(name=wrong), "tactics[0].name", "is ", "text of 1 to 200")


@pytest.mark.parametrize("wrong", ["", 5, True, []], ids=repr)
def test_a_tactic_names_its_goal_or_none(wrong: Any) -> None:
    assert refusal(with_tactic(goal=wrong)).field == "tactics[0].goal"


@pytest.mark.parametrize("wrong", ["rep", "", None, 1, True], ids=repr)
def test_work_moves_to_a_system_or_to_operations(wrong: Any) -> None:
    assert_refused(with_tactic(to=wrong), "tactics[0].to", "is ", "system, ops")


def test_a_hostile_name_is_quoted_on_one_line() -> None:
    error = refusal(with_tactic(**{"a\nb" * 500: 1}))
    assert "\\n" in str(error)


# ---- Goals --------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["id", "metric", "target", "due"])
def test_a_goal_is_complete(field: str) -> None:
    goal = {name: value for name, value in GOAL.items() if name != field}
    assert_refused(plan(goals=[goal]), f"goals[0].{field}", "is missing", "needed")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("metric", "profit"),
        ("metric", 1),
        ("metric", ["bookings"]),
        ("statistic", "median"),
        ("comparison", ">"),
        ("comparison", "=="),
        ("id", ""),
        ("target", "9"),
        ("target", NAN),
        ("target", 1e16),
        ("target", True),
        ("due", 0),
        ("due", 1.5),
        ("due", "6"),
        ("per_seat", 1),
        ("per_seat", "yes"),
    ],
)
def test_a_goal_refuses_what_it_cannot_count(field: str, wrong: Any) -> None:
    assert refusal(with_goal(**{field: wrong})).field == f"goals[0].{field}"


def test_a_goal_is_due_inside_the_horizon() -> None:
    raw = plan(months=12, goals=[GOAL | {"due": 13}])
    assert_refused(raw, "goals[0].due", "is 13", "from 1 to 12")


def test_no_two_goals_share_an_id() -> None:
    assert_refused(plan(goals=[GOAL, GOAL]), "goals", "two goals with id 'g'", "one goal an id")


def test_two_tactics_may_share_a_name() -> None:
    inputs = Inputs.from_json({"tactics": [{"name": "A"}, {"name": "A"}]})
    assert [tactic.name for tactic in inputs.tactics] == ["A", "A"]


def test_inputs_are_frozen() -> None:
    inputs = Inputs.from_json(with_tactic(name="A") | {"goals": [GOAL]})
    for each, field in ((inputs, "months"), (inputs.tactics[0], "name"), (inputs.goals[0], "id")):
        with pytest.raises(AttributeError):
            setattr(each, field, "changed")


def test_these_tests_reach_every_field() -> None:
    tried = {*NUMBERS_OF_A_TACTIC, "name", "goal", "start", "to", "moves", "moves_ops", "seats"}
    assert tried == set(TacticInput.__dataclass_fields__)
    assert set(NUMBERS_OF_THE_ORGANISATION) == set(Organisation.__dataclass_fields__)
    assert {*GOAL, "statistic", "comparison", "per_seat"} == set(GoalInput.__dataclass_fields__)


# ---- The shipped defaults -----------------------------------------------------------------


def test_every_default_is_inside_its_own_bounds_and_names_its_source() -> None:
    for name, each in defaults().assumptions.items():
        low, high = each.bounds
        assert low <= each.range.low <= each.range.mode <= each.range.high <= high, name
        assert each.grade in {"measured", "benchmark", "estimate"}, name
        assert all((each.label, each.meaning, each.unit, each.symbol, each.source)), name


def test_the_default_weeks_of_reps_and_operations_sum_to_one() -> None:
    assert sum(task.share for task in defaults().tasks.values()) == pytest.approx(1)
    assert sum(defaults().ops_tasks.values()) == pytest.approx(1)


def test_eight_assumptions_stand_in_front_because_they_decide_most() -> None:
    front = {name for name, each in defaults().assumptions.items() if each.is_front}
    assert {"selling_elasticity", "buyer_pressure", "fit_unprepared", "fit_gain"} <= front
    assert {"realised_share", "leak", "abandonment", "unplanned_leak"} <= front
