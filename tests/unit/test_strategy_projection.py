"""The board becomes the model's inputs: what each lane, tick, destination and unit means."""

from dataclasses import replace
from typing import Any

import pytest

from simulation.defaults import Range, defaults
from simulation.engine import simulate
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import AssumptionRange, Board, Goal, Tactic
from strategy.projection import (
    engine_goal,
    engine_inputs,
    freed_hours_policy,
    inputs_hash,
    likely_policy_of,
    live_tactics,
    read_inputs,
)
from strategy.readiness import preparation
from tests.unit.test_strategy_samples import (
    BOARD,
    CLEAN,
    COACH,
    IDEA,
    PLAN,
    QUOTE,
    STRAY,
    TACTICS,
    WEEK,
    WIN,
)

DEFAULT_POLICY = ({"selling": 1.0, "strategy": 0.0, "coaching": 0.0}, 1.0)


def inputs(board: Board = BOARD, **overrides: Any) -> dict[str, Any]:
    return engine_inputs(board, Levers.from_json(overrides))


def with_tactics(*tactics: Tactic) -> Board:
    return replace(BOARD, tactics=tactics)


def named(raw: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {tactic["name"]: tactic for tactic in raw["tactics"]}


def frees(hours: float, destination: Any, owner: str = "") -> Tactic:
    """Return a tactic that frees a share of CRM entry at full adoption."""
    return replace(
        CLEAN,
        id=f"t-{destination}-{owner}-{hours}",
        moves={"crm_entry": hours},
        adoption=1.0,
        destination=destination,
        destination_owner=owner,
    )


# ---- Lanes and ticks ----------------------------------------------------------------------


def test_ideas_are_not_in_the_plan() -> None:
    assert [tactic.id for tactic in live_tactics(TACTICS)] == ["t1", "t2", "t3", "t4"]
    assert list(named(inputs())) == ["t1", "t2", "t3", "t4"]
    assert inputs() == inputs(with_tactics(*TACTICS[:4]))


def test_a_tactic_under_a_goal_names_it_and_one_under_none_names_none() -> None:
    goals = {name: tactic["goal"] for name, tactic in named(inputs()).items()}
    assert goals == {"t1": "g1", "t2": "g1", "t3": "g2", "t4": None}


@pytest.mark.parametrize("ticks", range(4))
def test_preparation_is_the_mean_of_four_ticks(ticks: int) -> None:
    names = ("requirements_written", "process_standardised", "baseline_measured")
    ticked: dict[str, Any] = {name: place < ticks for place, name in enumerate(names)}
    under_a_goal = replace(CLEAN, **ticked)
    assert preparation(under_a_goal) == (1 + ticks) / 4
    assert preparation(replace(under_a_goal, lane="unaligned", goal_id=None)) == ticks / 4


def test_moving_a_card_under_no_goal_costs_it_the_goal_tick() -> None:
    moved = replace(CLEAN, lane="unaligned", goal_id=None)
    before, after = named(inputs())["t1"], named(inputs(with_tactics(moved)))["t1"]
    assert (before["preparation"], after["preparation"]) == (0.5, 0.25)
    assert after == before | {"goal": None, "preparation": 0.25}


def test_every_field_of_a_card_that_the_model_knows_reaches_it() -> None:
    card = replace(
        CLEAN,
        start=4,
        delay=1.5,
        to="ops",
        moves_ops={"quotes": 0.1},
        adoption=0.7,
        seats=5,
        fixed_monthly=11.0,
        training_hours=3.0,
        upkeep_hours=6.0,
        cycle=0.02,
        win=0.03,
        deal=0.04,
        attention=0.05,
    )
    assert inputs(with_tactics(card))["tactics"] == [
        {
            "name": "t1",
            "goal": "g1",
            "start": 4,
            "delay": 1.5,
            "to": "ops",
            "moves": {"crm_entry": 0.6},
            "moves_ops": {"quotes": 0.1},
            "adopt": 0.7,
            "preparation": 0.5,
            "seat_price": 40.0,
            "seats": 5,
            "one_off": 10_000.0,
            "fixed_monthly": 11.0,
            "training_hours": 3.0,
            "upkeep_hours": 6.0,
            "cycle": 0.02,
            "win": 0.03,
            "deal": 0.04,
            "attention": 0.05,
        }
    ]


def test_the_plan_itself_reaches_the_model() -> None:
    own = AssumptionRange(0.1, 0.2, 0.3, "CRM", "measured", "ann", "2026-01-01T00:00:00Z")
    raw = inputs(replace(BOARD, plan=replace(PLAN, assumptions={"win_rate": own})))
    assert raw["months"] == 24
    organisation = {"seats": 10, "ops_people": 2.0, "hours_per_rep_month": 150.0}
    assert raw["organisation"] == organisation
    assert raw["week"] == WEEK
    assert raw["assumptions"] == {"win_rate": [0.1, 0.2, 0.3]}


# ---- Freed hours --------------------------------------------------------------------------


def test_destinations_are_weighted_by_the_hours_each_tactic_frees() -> None:
    policy, quality = freed_hours_policy(
        [frees(0.6, "selling", "Ann"), frees(0.2, "strategy", "Bob")], WEEK
    )
    assert policy == pytest.approx({"selling": 0.75, "strategy": 0.25, "coaching": 0.0})
    assert quality == pytest.approx(1.0)


def test_hours_are_weighted_by_the_share_of_the_week_and_by_adoption() -> None:
    first = replace(CLEAN, moves={"crm_entry": 0.5}, adoption=0.8, destination="selling")
    second = replace(QUOTE, moves={"orders": 0.5}, adoption=0.4, destination="coaching")
    crm, orders = 0.8 * 0.5 * WEEK["crm_entry"], 0.4 * 0.5 * WEEK["orders"]
    policy, _ = freed_hours_policy([first, second], WEEK)
    assert policy["selling"] == pytest.approx(crm / (crm + orders))
    assert policy["coaching"] == pytest.approx(orders / (crm + orders))


@pytest.mark.parametrize(
    ("destination", "owner", "planned"),
    [
        ("selling", "Ann", 1.0),
        ("selling", "", 0.0),
        ("selling", "   ", 0.0),
        ("nowhere", "Ann", 0.0),
        ("nowhere", "", 0.0),
    ],
)
def test_freed_hours_are_planned_only_with_a_destination_and_an_owner(
    destination: str, owner: str, planned: float
) -> None:
    _, quality = freed_hours_policy([frees(0.5, destination, owner)], WEEK)
    assert quality == planned


def test_plan_quality_is_the_planned_share_of_all_freed_hours() -> None:
    _, quality = freed_hours_policy(
        [frees(0.3, "selling", "Ann"), frees(0.3, "strategy"), frees(0.6, "nowhere", "Bob")], WEEK
    )
    assert quality == pytest.approx(0.25)


def test_hours_without_a_destination_do_not_dilute_the_mix() -> None:
    policy, _ = freed_hours_policy([frees(0.1, "coaching", "Ann"), frees(0.9, "nowhere")], WEEK)
    assert policy == pytest.approx({"selling": 0.0, "strategy": 0.0, "coaching": 1.0})


@pytest.mark.parametrize("tactics", [(), (COACH,), (IDEA,), (replace(CLEAN, lane="ideas"),)])
def test_without_freed_hours_the_defaults_hold(tactics: tuple[Tactic, ...]) -> None:
    assert freed_hours_policy(tactics, WEEK) == DEFAULT_POLICY


def test_freed_hours_that_go_nowhere_follow_the_default_mix_without_any_plan() -> None:
    policy, quality = freed_hours_policy([frees(0.5, "nowhere")], WEEK)
    assert (policy, quality) == (DEFAULT_POLICY[0], 0.0)


def test_an_unaligned_tactic_counts_and_an_idea_does_not() -> None:
    stray = replace(frees(0.5, "strategy", "Ann"), lane="unaligned", goal_id=None)
    assert freed_hours_policy([stray], WEEK)[0]["strategy"] == 1.0
    idea = replace(stray, lane="ideas")
    assert freed_hours_policy([frees(0.1, "selling", "Ann"), idea], WEEK)[0]["selling"] == 1.0


# ---- Scenarios ----------------------------------------------------------------------------


def test_a_scenario_that_overrides_nothing_is_the_plan() -> None:
    assert inputs() == engine_inputs(BOARD) == engine_inputs(BOARD, Levers())


def test_a_scenario_overrides_seats_quality_destinations_and_preparation() -> None:
    raw = inputs(
        seats=12,
        plan_quality=0.0,
        preparation=0.0,
        destinations={"selling": 0.0, "strategy": 1.0, "coaching": 0.0},
    )
    assert raw["organisation"]["seats"] == 12
    assert raw["plan_quality"] == 0.0
    assert raw["destinations"] == {"selling": 0.0, "strategy": 1.0, "coaching": 0.0}
    assert {tactic["preparation"] for tactic in raw["tactics"]} == {0.0}


def test_unsure_shares_of_freed_hours_reach_the_engine_as_ranges() -> None:
    uses = {"selling": [0.4, 0.6, 0.7], "strategy": 0.4, "coaching": 0.0}
    raw = inputs(destinations=uses, plan_quality=[0.2, 0.5, 0.9])
    assert (raw["destinations"], raw["plan_quality"]) == (uses, [0.2, 0.5, 0.9])
    read = read_inputs(raw)
    assert read.destinations["selling"] == Range(0.4, 0.6, 0.7)
    assert read.plan_quality == Range(0.2, 0.5, 0.9)
    levers = Levers.from_json({"destinations": uses, "plan_quality": [0.2, 0.5, 0.9]})
    likely = {"selling": 0.6, "strategy": 0.4, "coaching": 0.0}
    assert likely_policy_of(levers, BOARD.tactics, WEEK) == (likely, 0.5)
    only = Levers.from_json({"destinations": uses})
    assert likely_policy_of(only, BOARD.tactics, WEEK)[1] == inputs()["plan_quality"]


def test_a_scenario_overrides_single_assumptions_and_keeps_the_plans_others() -> None:
    own = AssumptionRange(0.1, 0.2, 0.3, "CRM", "measured", "ann", "2026-01-01T00:00:00Z")
    plan = replace(PLAN, assumptions={"win_rate": own, "leak": own})
    raw = inputs(replace(BOARD, plan=plan), assumptions={"leak": 0.4, "rework": [0.1, 0.2, 0.3]})
    assert raw["assumptions"] == {
        "win_rate": [0.1, 0.2, 0.3],
        "leak": 0.4,
        "rework": [0.1, 0.2, 0.3],
    }


def test_a_scenario_leaves_tactics_out_and_their_hours_with_them() -> None:
    raw = inputs(without=["t1", "t4", "nobody"])
    assert list(named(raw)) == ["t2", "t3"]
    assert raw["destinations"] == {"selling": 0.0, "strategy": 1.0, "coaching": 0.0}


def test_another_week_changes_what_the_freed_hours_weigh() -> None:
    board = with_tactics(
        replace(CLEAN, moves={"crm_entry": 0.5}, destination="selling"),
        replace(QUOTE, moves={"orders": 0.5}, destination="strategy"),
    )
    week = WEEK | {"crm_entry": WEEK["crm_entry"] - 0.04, "orders": WEEK["orders"] + 0.04}
    before, after = inputs(board), inputs(board, week=week)
    assert before["destinations"]["selling"] == pytest.approx(0.09 / 0.14)
    assert after["destinations"]["selling"] == pytest.approx(0.05 / 0.14)
    assert after["week"] == pytest.approx(week)


def test_shifts_become_one_tactic_for_each_month_and_only_the_first_is_paid() -> None:
    raw = inputs(
        shifts={
            "quotes": {"share": 0.5, "start": 6},
            "crm_entry": {"share": 0.3, "start": 2},
            "orders": {"share": 0.2, "start": 6},
        },
        shift_terms={"seat_price": 30, "one_off": 5_000, "preparation": 0.75},
    )
    first, second = raw["tactics"][4:]
    assert (first["start"], first["moves"]) == (2, {"crm_entry": 0.3})
    assert (second["start"], second["moves"]) == (6, {"quotes": 0.5, "orders": 0.2})
    assert [each["seat_price"] for each in (first, second)] == [30.0, 0.0]
    assert [each["one_off"] for each in (first, second)] == [5_000.0, 0.0]
    assert {each["preparation"] for each in (first, second)} == {0.75}
    assert first["name"] != second["name"]


def test_shifts_share_a_goal_of_their_own_so_they_need_no_coordination_among_themselves() -> None:
    raw = inputs(
        shifts={"quotes": {"share": 0.5, "start": 6}, "orders": {"share": 0.2, "start": 2}}
    )
    tags = {each["goal"] for each in raw["tactics"][4:]}
    assert len(tags) == 1
    assert tags.isdisjoint({"g1", "g2", None})


def test_a_shift_is_on_top_of_the_board() -> None:
    raw = inputs(shifts={"quotes": {"share": 0.5}})
    assert raw["tactics"][:4] == inputs()["tactics"]


def test_every_kind_of_override_can_be_simulated() -> None:
    raw = inputs(
        seats=11,
        week=WEEK,
        plan_quality=0.5,
        shifts={"quotes": {"share": 0.5, "start": 3}},
        assumptions={"win_rate": 0.2},
        without=["t4"],
    )
    assert simulate(read_inputs(raw), 100, 1).draws.count == 100


# ---- Goals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "target", "expected"),
    [
        ("bookings_quarter", 3_000_000.0, ("bookings", "trailing3", 1_000_000.0)),
        ("revenue_quarter", 900_000.0, ("revenue", "trailing3", 300_000.0)),
        ("wins_quarter", 30.0, ("wins", "trailing3", 10.0)),
        ("opportunities_quarter", 30.0, ("opportunities", "trailing3", 10.0)),
        ("win_rate", 0.25, ("win_rate", "level", 0.25)),
        ("deal_size", 45_000.0, ("deal_size", "level", 45_000.0)),
        ("cycle_days", 60.875, ("cycle", "level", 2.0)),
        ("selling_hours_week", 9.0, ("selling_hours", "level", 9.0 * 52 / 12 * 10)),
        ("account_hours_week", 3.0, ("strategy_hours", "level", 3.0 * 52 / 12 * 10)),
        ("admin_hours_week", 12.0, ("admin_hours", "level", 12.0 * 52 / 12 * 10)),
        ("open_pipeline", 80.0, ("pipeline", "level", 80.0)),
        ("cumulative_net", -500.0, ("cumulative_net", "level", -500.0)),
    ],
)
def test_a_target_reaches_the_model_in_the_models_unit(
    metric: str, target: float, expected: tuple[str, str, float]
) -> None:
    raw = engine_goal(replace(WIN, metric=metric, baseline=1.0, target=target), PLAN)
    assert (raw["metric"], raw["statistic"]) == expected[:2]
    assert raw["target"] == pytest.approx(expected[2])


@pytest.mark.parametrize("metric", ["win_rate", "cycle_days", "cumulative_net"])
def test_the_direction_follows_from_target_and_baseline_whatever_the_metric(metric: str) -> None:
    up = replace(WIN, metric=metric, baseline=0.2, target=0.3)
    down = replace(WIN, metric=metric, baseline=0.3, target=0.2)
    assert engine_goal(up, PLAN)["comparison"] == ">="
    assert engine_goal(down, PLAN)["comparison"] == "<="


@pytest.mark.parametrize(
    ("start", "due", "month"),
    [("2027-01", "2027-01", 1), ("2027-01", "2028-12", 24), ("2027-11", "2028-02", 4)],
)
def test_the_due_month_is_counted_from_the_plans_start(start: str, due: str, month: int) -> None:
    plan, goal = replace(PLAN, start_month=start), replace(WIN, due_month=due)
    assert engine_goal(goal, plan)["due"] == month


def test_goals_keep_the_order_of_the_board() -> None:
    assert [goal["id"] for goal in inputs()["goals"]] == ["g1", "g2"]


def test_a_goal_met_by_every_draw_today_has_chance_one_in_every_unit() -> None:
    """A target far on the safe side is met whatever its unit; a wrong conversion would fail."""
    easy: dict[str, tuple[float, float]] = {
        "bookings_quarter": (0.0, 1_000.0),
        "cycle_days": (1_000.0, 900.0),
        "selling_hours_week": (0.0, 1.0),
        "admin_hours_week": (30.0, 29.0),
    }
    goals = tuple(
        Goal(metric, "p1", metric, "", metric, baseline, target, "2028-12")
        for metric, (baseline, target) in easy.items()
    )
    outcome = simulate(read_inputs(inputs(replace(BOARD, goals=goals))), 100, 1)
    assert all(outcome.goal_hits(goal).all() for goal in outcome.inputs.goals)


# ---- Fingerprints -------------------------------------------------------------------------


def test_the_order_of_cards_changes_nothing() -> None:
    turned = with_tactics(*reversed(TACTICS))
    placed = with_tactics(*(replace(each, position="zz") for each in TACTICS))
    assert inputs_hash(inputs()) == inputs_hash(inputs(turned)) == inputs_hash(inputs(placed))


def test_titles_owners_and_notes_change_nothing_the_model_reads() -> None:
    card = replace(CLEAN, title="New title", owner="Zoe", note="", effort_days=9.0)
    assert inputs(with_tactics(card, *TACTICS[1:])) == inputs()


@pytest.mark.parametrize(
    "card",
    [
        replace(CLEAN, goal_id="g2"),
        replace(CLEAN, lane="unaligned", goal_id=None),
        replace(CLEAN, lane="ideas", goal_id=None),
        replace(CLEAN, seat_price=41.0),
        replace(CLEAN, process_standardised=True),
        replace(CLEAN, destination_owner=""),
    ],
)
def test_another_lane_or_another_number_changes_the_fingerprint(card: Tactic) -> None:
    changed = with_tactics(card, *TACTICS[1:])
    assert inputs_hash(inputs(changed)) != inputs_hash(inputs())


def test_a_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    raw = inputs()
    turned = {key: raw[key] for key in reversed(raw)}
    turned["week"] = dict(reversed(raw["week"].items()))
    assert inputs_hash(turned) == inputs_hash(raw)


def test_inputs_the_model_refuses_become_a_sentence_about_the_plan() -> None:
    with pytest.raises(InvalidValue, match=r"^The plan's goals\[0\].due is 12; it must be"):
        read_inputs(inputs(replace(BOARD, plan=replace(PLAN, months=6))))


def test_the_default_policy_is_the_models() -> None:
    policy = defaults().policy
    assert (policy["destinations"], policy["plan_quality"]) == DEFAULT_POLICY
    assert STRAY.destination == "nowhere"
