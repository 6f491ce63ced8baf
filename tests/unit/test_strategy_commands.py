"""Commands: one user action is one change with one event, or one sentence and no trace."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.errors import EditConflict, InvalidValue, Missing, PlanError
from strategy.model import Goal, Lane, Plan, Scenario, Tactic
from strategy.order import LONGEST_KEY
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import (
    CLEAN,
    PLAN,
    WEEK,
    WIN,
    changes,
    fingerprint,
    lane,
    planned_store,
    refused,
)

NEW_GOAL: dict[str, Any] = {
    "title": "Grow bookings",
    "owner": "Ann",
    "metric": "bookings_quarter",
    "baseline": 1_000_000.0,
    "target": 1_200_000.0,
    "due_month": "2027-12",
}
RANGE: dict[str, Any] = {
    "low": 0.1,
    "mode": 0.2,
    "high": 0.3,
    "source": "CRM export",
    "grade": "measured",
}
Act = Callable[[SqliteStore], Any]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", clock)
    yield kept
    kept.close()


def add_goal(store: SqliteStore, **fields: Any) -> Goal:
    return commands.add_goal(store, "p1", "ann", **(NEW_GOAL | fields))


def add_tactic(store: SqliteStore, **fields: Any) -> Tactic:
    return commands.add_tactic(
        store, "p1", "ann", **({"title": "Try", "lane": "unaligned"} | fields)
    )


def edit_goal(store: SqliteStore, **wanted: Any) -> Goal:
    base = commands.fields_of(goal_now(store, "g1"))
    return commands.edit_goal(store, "p1", "ann", "g1", base, wanted)


def edit_tactic(store: SqliteStore, **wanted: Any) -> Tactic:
    base = commands.fields_of(tactic_now(store, "t1"))
    return commands.edit_tactic(store, "p1", "ann", "t1", base, wanted)


def edit_plan(store: SqliteStore, **wanted: Any) -> Plan:
    base = commands.fields_of(store.board("p1").plan)
    return commands.edit_plan(store, "p1", "ann", base, wanted)


def goal_now(store: SqliteStore, goal_id: str) -> Goal:
    return next(goal for goal in store.board("p1").goals if goal.id == goal_id)


def tactic_now(store: SqliteStore, tactic_id: str) -> Tactic:
    return next(tactic for tactic in store.board("p1").tactics if tactic.id == tactic_id)


def move(
    store: SqliteStore,
    tactic_id: str,
    to: Lane,
    goal_id: str | None = None,
    before: str | None = None,
) -> Tactic:
    return commands.move_tactic(store, "p1", "ann", tactic_id, to, goal_id, before)


def scenario(store: SqliteStore, name: str = "Bold", **overrides: Any) -> Scenario:
    return commands.add_scenario(store, "p1", "ann", name, overrides)


# ---- Every verb: one event, in words ------------------------------------------------------

ACTIONS: dict[str, tuple[Act, str, set[str]]] = {
    "edit_plan": (lambda s: edit_plan(s, seats=12), "Change plan settings", {"plans"}),
    "add_goal": (add_goal, "Add goal Grow bookings", {"goals"}),
    "edit_goal": (
        lambda s: edit_goal(s, title="Win most"),
        "Rename Win more to Win most",
        {"goals"},
    ),
    "archive_goal": (
        lambda s: commands.archive_goal(s, "p1", "ann", "g1"),
        "Archive goal Win more",
        {"goals", "tactics"},
    ),
    "add_tactic": (add_tactic, "Add Try", {"tactics"}),
    "edit_tactic": (
        lambda s: edit_tactic(s, effort_days=1.0),
        "Change effort in days of Clean the CRM: 40 to 1",
        {"tactics"},
    ),
    "archive_tactic": (
        lambda s: commands.archive_tactic(s, "p1", "ann", "t1"),
        "Archive Clean the CRM",
        {"tactics"},
    ),
    "move_tactic": (
        lambda s: move(s, "t1", "goal", "g2"),
        "Clean the CRM to Sell faster",
        {"tactics"},
    ),
    "add_scenario": (scenario, "Save scenario Bold", {"scenarios"}),
    "set_assumptions": (
        lambda s: commands.set_assumptions(s, "p1", "ann", {"win_rate": RANGE}, "Set win rate"),
        "Set win rate",
        {"plans"},
    ),
}


@pytest.mark.parametrize("op", ACTIONS)
def test_an_action_leaves_one_event_that_says_who_did_what(
    store: SqliteStore, clock: Clock, op: str
) -> None:
    act, words, tables = ACTIONS[op]
    before = changes(store)
    clock.move(hours=1)
    act(store)
    event = store.events("p1")[0]
    assert changes(store) == before + 1
    assert (event.actor, event.op, event.words) == ("ann", op, words)
    assert (event.at_utc, event.undo_of, event.undoable) == ("2026-01-01T01:00:00Z", None, True)
    assert event.after.keys() == event.before.keys() == tables


@pytest.mark.parametrize(
    ("to", "goal_id", "name"), [("unaligned", None, "Not under a goal"), ("ideas", None, "Ideas")]
)
def test_a_move_out_of_the_goals_names_the_lane(
    store: SqliteStore, to: Lane, goal_id: str | None, name: str
) -> None:
    move(store, "t1", to, goal_id)
    assert store.events("p1")[0].words == f"Clean the CRM to {name}"


def test_an_event_is_in_the_same_transaction_as_its_change(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> bool:
        raise RuntimeError("the event cannot be kept")

    before = fingerprint(store)
    monkeypatch.setattr("data.change.SqliteChange.keep_event", fail)
    for act, _, _ in ACTIONS.values():
        with pytest.raises(RuntimeError, match="cannot be kept"):
            act(store)
    assert fingerprint(store) == before


def test_another_plan_is_never_touched(store: SqliteStore) -> None:
    other, events = store.board("p2"), store.events("p2")
    for op, (act, _, _) in ACTIONS.items():
        if not op.startswith("archive"):
            act(store)
    assert (store.board("p2"), store.events("p2")) == (other, events)


# ---- Plans --------------------------------------------------------------------------------


def test_a_new_plan_is_kept_with_an_event_that_cannot_be_undone(store: SqliteStore) -> None:
    kept = commands.create_plan(store, "ann", replace(PLAN, id="p3", name="  South  "))
    assert kept == store.board("p3").plan
    assert kept.name == "South"
    (event,) = store.events("p3")
    assert (event.op, event.words, event.undoable) == ("create_plan", "New plan South", False)


BAD_PLANS: list[tuple[dict[str, Any], str]] = [
    ({"name": " "}, "The plan's name is empty"),
    ({"name": "x" * 121}, "121 characters. Shorten it to 120"),
    ({"currency": ""}, "The currency is empty"),
    ({"currency": "EUROS"}, "5 characters. Shorten it to 4"),
    ({"start_month": "January"}, "“January” is not a month"),
    ({"start_month": "2027-13"}, "“2027-13” is not a month"),
    ({"months": 0}, "The horizon in months is 0. Use a number from 1 to 60"),
    ({"months": 61}, "The horizon in months is 61"),
    ({"months": 12.5}, "whole number"),
    ({"months": float("nan")}, "The horizon in months is nan"),
    ({"seats": 0}, "Seats is 0"),
    ({"ops_people": -1.0}, "Ops people is -1"),
    ({"hours_per_rep_month": 745.0}, "Hours per rep month is 745"),
    ({"ops_days_per_person": 367.0}, "Person-days a year is 367"),
    ({"week": WEEK | {"slack": 0.25}}, "The week adds up to 1.2. Make the shares add up to 1"),
    ({"week": WEEK | {"slack": -0.1}}, "is -10%. Use a number from 0% to 100%"),
    ({"week": WEEK | {"golf": 0.0}}, "unknown"),
    ({"seed": -1}, "seed|Seed"),
    ({"baseline_source": "x" * 3_000}, "Shorten it"),
]


@pytest.mark.parametrize(("fields", "words"), BAD_PLANS)
def test_a_plan_the_model_cannot_run_is_refused(
    store: SqliteStore, fields: dict[str, Any], words: str
) -> None:
    with refused(store, InvalidValue, words):
        commands.create_plan(store, "ann", replace(PLAN, id="p3", **fields))
    with refused(store, InvalidValue, words):
        edit_plan(store, **fields)


def test_a_week_that_leaves_a_task_out_is_refused_before_a_run_stumbles_over_it(
    store: SqliteStore,
) -> None:
    with refused(store, InvalidValue):
        edit_plan(store, week={"crm_entry": WEEK["crm_entry"]})


def test_a_plan_is_not_shortened_below_a_goal_or_a_tactic(store: SqliteStore) -> None:
    with refused(store, InvalidValue, "2027-12 is after the plan ends"):
        edit_plan(store, months=11)
    commands.archive_goal(store, "p1", "ann", "g1")
    commands.archive_goal(store, "p1", "ann", "g2")
    with refused(store, InvalidValue, "after the plan's last month"):
        edit_plan(store, months=2)
    assert edit_plan(store, months=6).months == 6


def test_a_plan_does_not_start_after_a_goal_is_due(store: SqliteStore) -> None:
    with refused(store, InvalidValue, "2027-12 is before the plan starts"):
        edit_plan(store, start_month="2028-01")


# ---- Goals --------------------------------------------------------------------------------


def test_a_new_goal_is_trimmed_and_stands_last(store: SqliteStore) -> None:
    goal = add_goal(store, title="  Grow bookings ", owner=" Ann ")
    assert (goal.title, goal.owner, goal.version) == ("Grow bookings", "Ann", 1)
    assert [each.id for each in store.board("p1").goals] == ["g1", "g2", goal.id]


BAD_GOALS: list[tuple[dict[str, Any], str]] = [
    ({"target": 1_000_000.0}, "The target equals today's value, so there is nothing to reach"),
    ({"due_month": "2026-12"}, r"2026-12 is before the plan starts \(2027-01\)"),
    ({"due_month": "2029-01"}, "2029-01 is after the plan ends: it covers 24 months"),
    ({"due_month": "next year"}, "“next year” is not a month"),
    ({"title": "   "}, "The goal's title is empty. Give it a few words"),
    ({"title": "x" * 121}, "The goal's title has 121 characters. Shorten it to 120"),
    ({"title": 7}, "The goal's title must be text"),
    ({"owner": "x" * 121}, "The owner's name has 121 characters"),
    ({"metric": "happiness"}, "“happiness” is not a metric"),
    ({"baseline": float("nan")}, "Bookings a quarter, today is nan"),
    ({"target": float("inf")}, "Bookings a quarter, target is inf"),
    ({"target": -1.0}, "Bookings a quarter, target is -1. Use a number from 0"),
    ({"target": "much"}, "Bookings a quarter, target is not a number"),
    ({"metric": "win_rate", "baseline": 0.2, "target": 1.1}, "Win rate, target is 110"),
    ({"baseline": None}, "Bookings a quarter, today is empty"),
    ({"baseline": True}, "Bookings a quarter, today is not a number"),
    ({"due_month": None}, "not a month"),
]


@pytest.mark.parametrize(("fields", "words"), BAD_GOALS)
def test_a_goal_that_cannot_be_simulated_is_refused(
    store: SqliteStore, fields: dict[str, Any], words: str
) -> None:
    with refused(store, InvalidValue, words):
        add_goal(store, **fields)
    with refused(store, InvalidValue, words):
        edit_goal(store, **(NEW_GOAL | fields))


def test_a_goal_may_aim_down_and_net_benefit_may_be_negative(store: SqliteStore) -> None:
    add_goal(store, metric="cycle_days", baseline=90.0, target=80.0)
    add_goal(store, metric="cumulative_net", baseline=-5_000.0, target=0.0)
    assert len(store.board("p1").goals) == 4


def test_the_first_and_the_last_month_are_due_months(store: SqliteStore) -> None:
    add_goal(store, due_month="2027-01")
    add_goal(store, due_month="2028-12")
    assert len(store.board("p1").goals) == 4


def test_archiving_a_goal_puts_its_tactics_last_under_no_goal_in_their_order(
    store: SqliteStore,
) -> None:
    commands.archive_goal(store, "p1", "ann", "g1")
    board = store.board("p1")
    assert [goal.id for goal in board.goals] == ["g2"]
    assert lane(store, None, "unaligned") == ["t4", "t1", "t2"]
    assert lane(store, "g2") == ["t3"]
    assert lane(store, None, "ideas") == ["t5"]


# ---- Tactics ------------------------------------------------------------------------------


def test_a_new_tactic_stands_last_in_its_lane(store: SqliteStore) -> None:
    first = add_tactic(store, lane="goal", goal_id="g1", title=" Plan accounts ", note=" why ")
    assert lane(store, "g1") == ["t1", "t2", first.id]
    assert (first.title, first.note) == ("Plan accounts", "why")
    idea = add_tactic(store, lane="ideas")
    assert lane(store, None, "ideas") == ["t5", idea.id]


BAD_TACTICS: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "The tactic's title is empty"),
    ({"title": "x" * 121}, "The tactic's title has 121 characters"),
    ({"owner": "x" * 121}, "The owner's name has 121 characters"),
    ({"destination_owner": "x" * 121}, "The owner of freed hours has 121 characters"),
    ({"note": "x" * 2_001}, "The note has 2001 characters. Shorten it to 2000"),
    ({"effort_days": -1.0}, "Effort in person-days is -1. Use a number from 0"),
    ({"effort_days": float("nan")}, "Effort in person-days is nan"),
    ({"start": 0}, r"before the plan's first month \(2027-01\)"),
    ({"start": 25}, "after the plan's last month"),
    ({"start": 1.5}, "Start month is 1.5. It must be a whole number"),
    ({"start": None}, "(?i)start"),
    ({"delay": -1.0}, "Months until it works is -1"),
    (
        {"moves": {"crm_entry": 1.2}},
        "Hours moved, CRM data entry is 120%. Use a number from 0% to 100%",
    ),
    ({"moves": {"crm_entry": float("nan")}}, "Hours moved, CRM data entry is nan"),
    ({"moves": {"live_conversations": 0.1}}, "unknown"),
    ({"moves_ops": {"quotes": -0.1}}, "Operations hours moved, Quotes"),
    ({"adoption": 1.5}, "Adoption is 150%. Use a number from 0% to 100%"),
    ({"seat_price": -1.0}, "Price a seat is -1"),
    ({"seat_price": float("inf")}, "Price a seat is inf"),
    ({"seats": -1}, "Seats is -1"),
    ({"one_off": -1.0}, "One-off cost is -1"),
    ({"fixed_monthly": -1.0}, "Fixed cost a month is -1"),
    ({"training_hours": -1.0}, "Training hours is -1"),
    ({"upkeep_hours": -1.0}, "Upkeep hours is -1"),
    ({"cycle": 1.0}, "Shorter cycle is 1"),
    ({"win": 11.0}, "Win odds is 11"),
    ({"deal": -1.0}, "Deal size is -1"),
    ({"attention": 11.0}, "Buyers' attention is 1,100%"),
    ({"destination": "beach"}, "Freed hours go to selling, account work, coaching or nowhere"),
    ({"to": "moon"}, "system, ops"),
]


@pytest.mark.parametrize(("fields", "words"), BAD_TACTICS)
def test_a_tactic_that_cannot_be_simulated_is_refused(
    store: SqliteStore, fields: dict[str, Any], words: str
) -> None:
    with refused(store, InvalidValue, words):
        add_tactic(store, **fields)
    with refused(store, InvalidValue, words):
        edit_tactic(store, **fields)


BAD_LANES: list[tuple[str, str | None, type, str]] = [
    ("goal", None, InvalidValue, "must say which goal"),
    ("someday", None, InvalidValue, "under a goal, under no goal, or among the ideas"),
    ("unaligned", "g1", InvalidValue, "under a goal, under no goal, or among the ideas"),
    ("ideas", "g1", InvalidValue, "under a goal, under no goal, or among the ideas"),
    ("goal", "g7", Missing, "This goal does not exist in this plan"),
    ("goal", "g9", Missing, "This goal does not exist in this plan"),
    ("goal", "", Missing, "does not exist"),
]


@pytest.mark.parametrize(("to", "goal_id", "kind", "words"), BAD_LANES)
def test_a_lane_that_is_not_on_this_board_is_refused(
    store: SqliteStore, to: Any, goal_id: str | None, kind: Any, words: str
) -> None:
    with refused(store, kind, words):
        add_tactic(store, lane=to, goal_id=goal_id)
    with refused(store, kind, words):
        move(store, "t1", to, goal_id)
    with refused(store, kind, words):
        commands.edit_tactic(store, "p1", "ann", "t1", {}, {}, to=(to, goal_id))


def test_a_lane_of_an_archived_goal_is_refused(store: SqliteStore) -> None:
    commands.archive_goal(store, "p1", "ann", "g2")
    with refused(store, Missing, "“Sell faster” was archived by somebody else. Undo brings"):
        add_tactic(store, lane="goal", goal_id="g2")
    with refused(store, Missing, "Sell faster"):
        move(store, "t1", "goal", "g2")


ON_ONE_ROW: dict[str, Callable[[SqliteStore, str], Any]] = {
    "edit_goal": lambda s, i: commands.edit_goal(s, "p1", "ann", i, {}, {"title": "New"}),
    "archive_goal": lambda s, i: commands.archive_goal(s, "p1", "ann", i),
    "edit_tactic": lambda s, i: commands.edit_tactic(s, "p1", "ann", i, {}, {"title": "New"}),
    "archive_tactic": lambda s, i: commands.archive_tactic(s, "p1", "ann", i),
    "move_tactic": lambda s, i: move(s, i, "ideas"),
    "edit_scenario": lambda s, i: commands.edit_scenario(s, "p1", "ann", i, {}, {"name": "New"}),
    "archive_scenario": lambda s, i: commands.archive_scenario(s, "p1", "ann", i),
}


@pytest.mark.parametrize("op", ON_ONE_ROW)
def test_ids_that_are_unknown_or_of_another_plan_are_refused(store: SqliteStore, op: str) -> None:
    kind = op.partition("_")[2]
    for row_id in ("", "nobody", {"goal": "g9", "tactic": "t9", "scenario": "s9"}[kind]):
        with refused(store, Missing, f"This {kind} does not exist in this plan"):
            ON_ONE_ROW[op](store, row_id)


@pytest.mark.parametrize("op", ON_ONE_ROW)
def test_an_archived_row_is_left_alone(store: SqliteStore, op: str) -> None:
    made = scenario(store)
    row_id = {"goal": "g1", "tactic": "t1", "scenario": made.id}[op.partition("_")[2]]
    commands.archive_tactic(store, "p1", "ann", "t1")
    commands.archive_goal(store, "p1", "ann", "g1")
    commands.archive_scenario(store, "p1", "ann", made.id)
    with refused(store, Missing, "was archived by somebody else"):
        ON_ONE_ROW[op](store, row_id)


def test_a_plan_that_does_not_exist_is_refused(store: SqliteStore) -> None:
    with refused(store, Missing, "This plan does not exist"):
        commands.add_goal(store, "nowhere", "ann", **NEW_GOAL)
    with refused(store, Missing, "This plan does not exist"):
        commands.edit_plan(store, "nowhere", "ann", {}, {"name": "New"})


# ---- Two editors --------------------------------------------------------------------------


def test_two_editors_of_different_fields_both_keep_their_edit(store: SqliteStore) -> None:
    base = commands.fields_of(goal_now(store, "g1"))
    commands.edit_goal(store, "p1", "ann", "g1", base, base | {"title": "Win most"})
    kept = commands.edit_goal(store, "p1", "bob", "g1", base, base | {"owner": "Bob"})
    assert (kept.title, kept.owner, kept.version) == ("Win most", "Bob", 3)
    assert store.events("p1")[0].after == {"goals": {"g1": {"owner": "Bob"}}}


def test_two_editors_of_the_same_field_see_both_values(store: SqliteStore) -> None:
    base = commands.fields_of(tactic_now(store, "t1"))
    commands.edit_tactic(store, "p1", "ann", "t1", base, base | {"title": "Ann's", "win": 0.1})
    before = fingerprint(store)
    with pytest.raises(EditConflict, match="Somebody else changed this a moment ago") as caught:
        commands.edit_tactic(store, "p1", "bob", "t1", base, base | {"title": "Bob's", "deal": 0.1})
    assert caught.value.fields == {"title": ("Ann's", "Bob's")}
    assert fingerprint(store) == before


def test_two_editors_who_mean_the_same_do_not_clash(store: SqliteStore) -> None:
    base = commands.fields_of(goal_now(store, "g1"))
    for actor in ("ann", "bob"):
        commands.edit_goal(store, "p1", actor, "g1", base, base | {"target": 0.3})
    assert store.events("p1")[0].actor == "ann"
    assert goal_now(store, "g1").version == 2


def test_two_editors_of_a_plan_and_of_a_scenario_are_told_apart_too(store: SqliteStore) -> None:
    base = commands.fields_of(store.board("p1").plan)
    commands.edit_plan(store, "p1", "ann", base, base | {"seats": 12})
    kept = commands.edit_plan(store, "p1", "bob", base, base | {"ops_people": 3.0})
    assert (kept.seats, kept.ops_people) == (12, 3.0)
    with refused(store, EditConflict):
        commands.edit_plan(store, "p1", "bob", base, base | {"seats": 11})
    made = scenario(store)
    commands.edit_scenario(store, "p1", "ann", made.id, commands.fields_of(made), {"name": "One"})
    with refused(store, EditConflict):
        commands.edit_scenario(
            store, "p1", "bob", made.id, commands.fields_of(made), {"name": "Two"}
        )


def test_an_edit_that_changes_nothing_leaves_no_event(store: SqliteStore) -> None:
    before = fingerprint(store)
    edit_goal(store, **commands.fields_of(goal_now(store, "g1")))
    edit_tactic(store, title=" Clean the CRM ")
    edit_plan(store, seats=10)
    assert fingerprint(store) == before


def test_an_edit_is_trimmed_like_a_new_row(store: SqliteStore) -> None:
    assert edit_goal(store, title=" Win most ").title == "Win most"
    assert edit_tactic(store, owner=" Bob ").owner == "Bob"


@pytest.mark.parametrize("field", ["id", "plan_id", "created_at", "version"])
def test_an_edit_cannot_reach_fields_that_never_change(store: SqliteStore, field: str) -> None:
    with refused(store, InvalidValue):
        edit_goal(store, **{field: "p2" if field == "plan_id" else 99})


def test_an_edit_of_a_field_that_does_not_exist_is_refused(store: SqliteStore) -> None:
    with refused(store, InvalidValue):
        edit_tactic(store, colour="red")


def test_an_edit_never_puts_a_card_under_an_archived_goal_by_its_fields(
    store: SqliteStore,
) -> None:
    commands.archive_goal(store, "p1", "ann", "g2")
    before = fingerprint(store)
    with pytest.raises(PlanError):
        edit_tactic(store, lane="goal", goal_id="g2")
    assert fingerprint(store) == before


# ---- Moves --------------------------------------------------------------------------------


def test_a_card_moves_to_the_end_of_another_lane(store: SqliteStore) -> None:
    moved = move(store, "t1", "goal", "g2")
    assert (moved.lane, moved.goal_id) == ("goal", "g2")
    assert (lane(store, "g1"), lane(store, "g2")) == (["t2"], ["t3", "t1"])


def test_a_card_moves_before_another_card(store: SqliteStore) -> None:
    move(store, "t4", "goal", "g1", before="t2")
    assert lane(store, "g1") == ["t1", "t4", "t2"]
    move(store, "t4", "goal", "g1", before="t1")
    assert lane(store, "g1") == ["t4", "t1", "t2"]
    move(store, "t4", "goal", "g1")
    assert lane(store, "g1") == ["t1", "t2", "t4"]


def test_a_card_before_one_that_moved_away_meanwhile_goes_to_the_end(store: SqliteStore) -> None:
    move(store, "t2", "ideas")
    move(store, "t4", "goal", "g1", before="t2")
    assert lane(store, "g1") == ["t1", "t4"]


@pytest.mark.parametrize("before", ["t9", "nobody", "g1", ""])
def test_a_card_before_something_that_is_not_in_the_lane_goes_to_the_end(
    store: SqliteStore, before: str
) -> None:
    move(store, "t4", "goal", "g1", before=before)
    assert lane(store, "g1") == ["t1", "t2", "t4"]


def test_a_move_changes_only_the_place(store: SqliteStore) -> None:
    before = tactic_now(store, "t1")
    moved = move(store, "t1", "ideas")
    place = {"lane": "ideas", "goal_id": None, "position": moved.position, "version": 2}
    assert moved == replace(before, **place)


def give_positions(store: SqliteStore, **positions: str) -> None:
    with store.change("p1", "ann", "place") as change:
        for tactic_id, position in positions.items():
            change.update(change.get(Tactic, tactic_id), position=position)


def test_a_lane_without_room_gets_fresh_short_keys_in_one_change(store: SqliteStore) -> None:
    give_positions(store, t1="V", t2="V" + "0" * (LONGEST_KEY + 5) + "1")
    before = changes(store)
    move(store, "t4", "goal", "g1", before="t2")
    assert lane(store, "g1") == ["t1", "t4", "t2"]
    assert changes(store) == before + 1
    keys = [tactic_now(store, each).position for each in ("t1", "t4", "t2")]
    assert keys == sorted(set(keys))
    assert all(len(key) <= 3 for key in keys)


def test_cards_with_the_same_key_still_have_a_place_between_them(store: SqliteStore) -> None:
    give_positions(store, t1="V", t2="V")
    assert lane(store, "g1") == ["t1", "t2"]
    move(store, "t4", "goal", "g1", before="t2")
    assert lane(store, "g1") == ["t1", "t4", "t2"]


def test_a_hundred_moves_into_the_same_gap_keep_the_order(store: SqliteStore) -> None:
    for turn in range(100):
        moving = ("t4", "t5")[turn % 2]
        move(store, moving, "goal", "g1", before="t2")
        assert lane(store, "g1")[-2:] == [moving, "t2"]
    keys = [tactic.position for tactic in store.board("p1").tactics]
    assert all(len(key) <= LONGEST_KEY for key in keys)


def test_an_edit_can_put_the_card_into_another_lane_in_the_same_change(store: SqliteStore) -> None:
    before, base = changes(store), commands.fields_of(tactic_now(store, "t1"))
    kept = commands.edit_tactic(
        store, "p1", "ann", "t1", base, base | {"win": 0.2}, to=("goal", "g2")
    )
    assert (kept.win, kept.goal_id) == (0.2, "g2")
    assert lane(store, "g2") == ["t3", "t1"]
    assert changes(store) == before + 1


def test_an_edit_that_names_the_cards_own_lane_leaves_its_place(store: SqliteStore) -> None:
    before = fingerprint(store)
    commands.edit_tactic(store, "p1", "ann", "t1", {}, {}, to=("goal", "g1"))
    assert fingerprint(store) == before


# ---- Scenarios ----------------------------------------------------------------------------


def test_scenarios_take_the_next_free_letter_and_keep_their_order(store: SqliteStore) -> None:
    made = [scenario(store, f"Case {number}") for number in range(3)]
    assert [each.letter for each in made] == ["A", "B", "C"]
    commands.archive_scenario(store, "p1", "ann", made[1].id)
    fourth = scenario(store, "Case 3")
    assert fourth.letter == "B"
    assert [each.id for each in store.scenarios("p1")] == [made[0].id, made[2].id, fourth.id]


def test_the_twenty_seventh_scenario_is_refused(store: SqliteStore) -> None:
    for number in range(26):
        scenario(store, f"Case {number}")
    with refused(store, InvalidValue, "A plan holds 26 scenarios. Archive one first"):
        scenario(store)


def test_overrides_are_kept_in_one_form(store: SqliteStore) -> None:
    kept = scenario(
        store,
        seats=12,
        destinations={"selling": 1},
        shifts={"quotes": {"share": 0}, "orders": {"share": 1}},
        assumptions={"win_rate": [0.2, 0.2, 0.2]},
        without=["t3", "t1"],
        plan_quality=None,
    )
    assert kept.overrides == {
        "seats": 12.0,
        "destinations": {"selling": 1.0, "strategy": 0.0, "coaching": 0.0},
        "shifts": {"orders": {"share": 1.0, "start": 1}},
        "shift_terms": {"seat_price": 0.0, "one_off": 0.0, "preparation": 0.5},
        "assumptions": {"win_rate": 0.2},
        "without": ["t1", "t3"],
    }
    assert store.scenarios("p1")[0].overrides == kept.overrides


BAD_OVERRIDES: list[dict[str, Any]] = [
    {"seats": 0},
    {"seats": float("nan")},
    {"plan_quality": 1.1},
    {"destinations": {"selling": 0.7, "strategy": 0.7}},
    {"week": {"slack": 1.2}},
    {"shifts": {"live_conversations": {"share": 0.5}}},
    {"shifts": {"quotes": {"share": 1.5}}},
    {"shift_terms": {"seat_price": -1}},
    {"assumptions": {"luck": 1}},
    {"assumptions": {"win_rate": [0.3, 0.2, 0.1]}},
    {"without": "t1"},
    {"colour": "red"},
]


@pytest.mark.parametrize("overrides", BAD_OVERRIDES)
def test_overrides_out_of_bounds_are_refused_when_saved_and_when_edited(
    store: SqliteStore, overrides: dict[str, Any]
) -> None:
    made = scenario(store)
    with refused(store, InvalidValue, "This scenario's"):
        scenario(store, **overrides)
    with refused(store, InvalidValue, "This scenario's"):
        commands.edit_scenario(
            store, "p1", "ann", made.id, commands.fields_of(made), {"overrides": overrides}
        )


@pytest.mark.parametrize(
    "overrides",
    [
        {"assumptions": {"ops_tactical": 0.9}},
        {"week": {"slack": 1.0}},
    ],
)
def test_a_scenario_the_model_cannot_run_is_refused_when_saved(
    store: SqliteStore, overrides: dict[str, Any]
) -> None:
    with refused(store, InvalidValue):
        scenario(store, **overrides)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_scenario_needs_a_name_of_at_most_sixty_characters(store: SqliteStore, name: str) -> None:
    made = scenario(store)
    with refused(store, InvalidValue, "The scenario's name"):
        scenario(store, name)
    with refused(store, InvalidValue, "The scenario's name"):
        commands.edit_scenario(
            store, "p1", "ann", made.id, commands.fields_of(made), {"name": name}
        )


def test_a_scenario_is_renamed_and_its_overrides_replaced_in_one_change(
    store: SqliteStore,
) -> None:
    made, before = scenario(store, seats=12), changes(store)
    kept = commands.edit_scenario(
        store,
        "p1",
        "ann",
        made.id,
        commands.fields_of(made),
        {"name": " Bolder ", "overrides": {"seats": 14}},
    )
    assert (kept.name, kept.overrides, kept.letter) == ("Bolder", {"seats": 14.0}, "A")
    event = store.events("p1")[0]
    assert (changes(store), event.words) == (before + 1, "Change scenario Bold")


def test_an_archived_scenario_leaves_the_list_with_one_event(store: SqliteStore) -> None:
    made = scenario(store)
    commands.archive_scenario(store, "p1", "ann", made.id)
    assert store.scenarios("p1") == ()
    assert store.events("p1")[0].words == "Archive scenario Bold"


# ---- Assumptions --------------------------------------------------------------------------


def set_ranges(store: SqliteStore, ranges: dict[str, Any], **fields: Any) -> Plan:
    return commands.set_assumptions(store, "p1", "ann", ranges, "Set ranges", **fields)


def test_an_assumption_is_kept_with_who_set_it_when_and_from_what(
    store: SqliteStore, clock: Clock
) -> None:
    clock.move(days=1)
    plan = set_ranges(store, {"win_rate": RANGE | {"source": " CRM export "}})
    kept = plan.assumptions["win_rate"]
    assert (kept.low, kept.mode, kept.high) == (0.1, 0.2, 0.3)
    assert (kept.source, kept.grade, kept.set_by) == ("CRM export", "measured", "ann")
    assert kept.set_at == "2026-01-02T00:00:00Z"
    assert store.board("p1").plan == plan


def test_calibration_sets_ranges_seats_and_source_in_one_change(store: SqliteStore) -> None:
    before = changes(store)
    size = RANGE | {"low": 1e4, "mode": 2e4, "high": 3e4}
    plan = set_ranges(
        store, {"win_rate": RANGE, "deal_size": size}, baseline_source="crm.csv", seats=14
    )
    assert plan.assumptions.keys() == {"win_rate", "deal_size"}
    assert (plan.seats, plan.baseline_source) == (14, "crm.csv")
    assert changes(store) == before + 1


def test_a_range_replaces_its_own_assumption_and_leaves_the_others(store: SqliteStore) -> None:
    set_ranges(store, {"win_rate": RANGE, "leak": RANGE})
    plan = set_ranges(store, {"leak": RANGE | {"high": 0.5}})
    assert plan.assumptions["leak"].high == 0.5
    assert plan.assumptions["win_rate"].high == 0.3


BAD_RANGES: list[tuple[str, dict[str, Any], str]] = [
    ("luck", RANGE, "“luck” is not an assumption of this model"),
    ("win_rate", RANGE | {"low": 0.25}, "20% must lie between its low value 25% and its high"),
    ("win_rate", RANGE | {"high": 1.5}, "Win rate today, high value, is 150%. Use a number from"),
    ("win_rate", RANGE | {"mode": float("nan")}, "Win rate today, likely value, is nan"),
    ("win_rate", RANGE | {"low": None}, "Win rate today, low value, is empty"),
    ("win_rate", {}, "Win rate today, low value, is empty"),
    ("win_rate", RANGE | {"source": " "}, "The source is empty"),
    ("win_rate", RANGE | {"source": "x" * 501}, "The source has 501 characters"),
    ("win_rate", RANGE | {"grade": "A"}, "measured, a benchmark or an estimate"),
    ("ops_tactical", RANGE | {"low": 0.7, "mode": 0.8, "high": 0.9}, "shares of one working time"),
]


@pytest.mark.parametrize(("name", "row", "words"), BAD_RANGES)
def test_assumptions_are_set_all_or_none(
    store: SqliteStore, name: str, row: dict[str, Any], words: str
) -> None:
    with refused(store, InvalidValue, words):
        set_ranges(store, {"leak": RANGE, name: row}, seats=99)


def test_seats_out_of_bounds_leave_the_assumptions_alone(store: SqliteStore) -> None:
    with refused(store, InvalidValue, "Seats is 0"):
        set_ranges(store, {"leak": RANGE}, seats=0)


def test_a_reset_assumption_goes_back_to_the_shipped_range(store: SqliteStore) -> None:
    set_ranges(store, {"win_rate": RANGE, "leak": RANGE})
    plan = commands.reset_assumption(store, "p1", "ann", "win_rate", "Win rate today")
    assert plan.assumptions.keys() == {"leak"}
    assert store.events("p1")[0].words == "Reset Win rate today"
    before = fingerprint(store)
    commands.reset_assumption(store, "p1", "ann", "win_rate", "Win rate today")
    assert fingerprint(store) == before


def test_the_base_of_an_edit_holds_every_field_by_name() -> None:
    assert commands.fields_of(WIN)["target"] == 0.24
    assert commands.fields_of(CLEAN)["moves"] == {"crm_entry": 0.6}
