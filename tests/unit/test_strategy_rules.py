"""The rules of the model and their switches: on is nothing at all, off is left out whole."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation.defaults import defaults
from simulation.engine import simulate
from simulation.outcome import Outcome
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Board, Plan
from strategy.projection import engine_inputs, read_inputs
from strategy.rule_effects import rule_effects
from strategy.rules import (
    NO_PRESSURE,
    RULES,
    check_rules,
    neutral_values,
    off_words,
    rule_off_of,
    switch_rule,
    switched_board,
)
from strategy.turning import turning_points
from strategy.undoing import undo
from tests.store_samples import store_with
from tests.unit.test_strategy_explaining import run_of
from tests.unit.test_strategy_samples import BOARD, DRAWS, PLAN


def run(board: Board, *off: str) -> Outcome:
    for name in off:
        board = switched_board(board, name, on=False)
    return simulate(read_inputs(engine_inputs(board)), DRAWS, PLAN.seed)


def with_tactics(**changed: object) -> Board:
    return replace(BOARD, tactics=tuple(replace(each, **changed) for each in BOARD.tactics))  # type: ignore[arg-type]


def test_with_every_rule_on_the_model_is_asked_exactly_what_it_was_before() -> None:
    assert neutral_values(PLAN) == {}
    there_and_back = switched_board(
        switched_board(BOARD, "preparation", on=False), "preparation", on=True
    )
    assert there_and_back == BOARD
    assert engine_inputs(BOARD)["assumptions"] == {}


def test_each_rule_names_assumptions_of_the_model_within_their_bounds_and_no_two_the_same() -> None:
    known = defaults().assumptions
    named = [name for rule in RULES for name in rule.neutral]
    assert len(set(named)) == len(named)
    for rule in RULES:
        for name, value in rule.neutral.items():
            least, most = known[name].bounds
            assert least <= value <= most


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_switch_is_live(rule: object) -> None:
    board = with_tactics(
        one_off=20_000.0,
        destination="strategy",
        destination_owner="",
        goal_id=None,
        lane="unaligned",
    )
    name = rule.name  # type: ignore[attr-defined]
    assert not np.array_equal(run(board).finance.npv, run(board, name).finance.npv)


def test_a_rule_that_is_off_wins_over_a_range_of_the_plan_and_of_a_scenario() -> None:
    off = switched_board(BOARD, "unplanned_leak", on=False)
    levers = Levers.from_json({"assumptions": {"unplanned_leak": 0.5}})
    assert engine_inputs(off, levers)["assumptions"]["unplanned_leak"] == 0.0
    assert engine_inputs(BOARD, levers)["assumptions"]["unplanned_leak"] == 0.5


def test_without_goals_before_software_preparation_changes_no_bit() -> None:
    ready = with_tactics(
        requirements_written=True, process_standardised=True, baseline_measured=True
    )
    raw = with_tactics(
        requirements_written=False, process_standardised=False, baseline_measured=False
    )
    one, other = run(ready, "preparation"), run(raw, "preparation")
    assert np.array_equal(one.metrics["bookings"], other.metrics["bookings"])
    assert not np.array_equal(run(ready).metrics["bookings"], run(raw).metrics["bookings"])


def test_without_owners_of_freed_hours_a_rule_who_owns_them_changes_no_bit() -> None:
    owned = with_tactics(destination="selling", destination_owner="Ann")
    nobodys = with_tactics(destination="selling", destination_owner="")
    # What operations do with their own freed hours stays a matter of the plan: here are none.
    owned, nobodys = (replace(b, plan=replace(PLAN, ops_people=0.0)) for b in (owned, nobodys))
    one, other = run(owned, "unplanned_leak"), run(nobodys, "unplanned_leak")
    assert np.array_equal(one.metrics["slack_hours"], other.metrics["slack_hours"])
    assert not np.array_equal(
        run(owned).metrics["slack_hours"], run(nobodys).metrics["slack_hours"]
    )


def test_without_coordination_a_shared_goal_saves_no_hour() -> None:
    shared = with_tactics(lane="goal", goal_id="g1", requirements_written=True)
    apart = replace(
        shared,
        tactics=tuple(
            replace(each, goal_id=("g1", "g2")[place % 2])
            for place, each in enumerate(shared.tactics)
        ),
    )
    one, other = run(shared, "coordination"), run(apart, "coordination")
    assert np.array_equal(one.metrics["admin_hours"], other.metrics["admin_hours"])
    assert not np.array_equal(run(shared).metrics["admin_hours"], run(apart).metrics["admin_hours"])


def test_without_bad_tools_driving_reps_away_heads_are_those_of_carrying_on() -> None:
    found = run(BOARD, "attrition")
    assert np.array_equal(found.metrics["heads"], found.baseline["heads"])
    kept = run(BOARD)
    assert not np.array_equal(kept.metrics["heads"], kept.baseline["heads"])


def test_without_account_work_paying_win_rate_follows_nothing_but_skill_and_tools() -> None:
    board = with_tactics(win=0.0, deal=0.0, destination="strategy", destination_owner="Ann")
    found = run(board, "account_work")
    assert np.allclose(found.metrics["deal_size"], found.baseline["deal_size"])
    assert not np.allclose(run(board).metrics["deal_size"], run(board).baseline["deal_size"])


def test_without_a_limit_of_buyers_contact_grows_as_selling_does() -> None:
    board = with_tactics(destination="selling", destination_owner="Ann")
    free, limited = run(board, "buyer_ceiling"), run(board)
    assert (free.metrics["contact"] >= limited.metrics["contact"] - 1e-9)[:, -1].mean() > 0.95
    assert free.metrics["contact"].max() > limited.metrics["contact"].max()


def test_without_misfit_every_adopted_seat_stays_and_nothing_comes_back() -> None:
    found = run(with_tactics(one_off=20_000.0), "misfit")
    assert np.all(found.metrics["rework_hours"] == 0)
    assert np.any(run(BOARD).metrics["rework_hours"] > 0)


def test_a_switch_is_one_change_that_undo_takes_back(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", plan=PLAN)
    before = store.board("p1").plan
    switch_rule(store, "p1", "Ann", "coordination", on=False)
    plan = store.board("p1").plan
    assert plan.rules == {"coordination": False}
    event = store.events("p1")[0]
    assert (event.op, event.words) == (
        "switch_rule",
        "Switch off the rule Tactics of different goals cost coordination",
    )
    undo(store, "p1", "Ann", event.seq)
    assert store.board("p1").plan.rules == before.rules == {}
    store.close()


def test_a_switch_that_is_so_already_leaves_no_event(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", plan=PLAN)
    events = len(store.events("p1"))
    switch_rule(store, "p1", "Ann", "coordination", on=True)
    assert len(store.events("p1")) == events
    store.close()


@pytest.mark.parametrize("rules", [{"gravity": False}, {"coordination": 0}, {"coordination": None}])
def test_what_is_no_switch_is_refused(rules: dict[str, bool]) -> None:
    with pytest.raises(InvalidValue, match="rule"):
        check_rules(rules)


def test_rules_that_are_off_are_said_and_named_at_their_assumptions() -> None:
    plan: Plan = replace(PLAN, rules={"attention_decline": False, "buyer_ceiling": False})
    assert off_words(PLAN) == ""
    assert off_words(plan) == (
        "Rules off: Buyers’ time is limited; Buyers give less time each year."
    )
    found = rule_off_of(plan, "buyer_pressure")
    assert found is not None and found.name == "buyer_ceiling"
    assert rule_off_of(plan, "leak") is None


def test_what_a_rule_changes_is_the_run_with_its_switch_the_other_way() -> None:
    told: list[float] = []
    found = rule_effects(BOARD, run_of(BOARD), None, told.append)
    assert told[-1] == 1.0 and len(told) == len(RULES)
    net = found.on("coordination", None)
    assert net is not None and net.change > 0
    off = switched_board(BOARD, "coordination", on=False)
    back = rule_effects(off, run_of(off)).on("coordination", None)
    assert back is not None
    assert (back.now, back.then) == (net.then, net.now)
    assert found.on("coordination", "nothing") is None


def test_break_even_values_of_what_is_left_out_turn_nowhere() -> None:
    off = switched_board(BOARD, "buyer_ceiling", on=False)
    points = turning_points(off, run_of(off))
    found = [each for each in points if each.input == "buyer_pressure"]
    assert found and all(each.crossings == () for each in found)
    assert {(each.low, each.high) for each in found} == {(NO_PRESSURE, NO_PRESSURE)}
