"""The alignment panel's reckoning: what does not fit, in currency, and what mends it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.example import load_example
from data.store import SqliteStore
from pages.plan.alignment_words import panel_summary, reason
from pages.plan.gate import skipping_words
from strategy import commands
from strategy.alignment import first_year_cost
from strategy.errors import InvalidValue
from strategy.findings import Finding, findings, overlap_hours, owner_days, parts
from strategy.gating import Skipping, cost_of_skipping
from strategy.model import Board, Goal, Tactic
from strategy.needs import LIKELY, spare_spending
from strategy.running import current_run
from strategy.straying import straying
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import PLAN


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("findings") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


def kinds(board: Board) -> dict[str, Finding]:
    return {found.kind: found for found in findings(board)}


def titles(found: Finding) -> list[str]:
    return [line.title for line in found.lines]


def test_the_example_has_stray_money_and_overlaps(board: Board) -> None:
    found = kinds(board)
    stray = [each for each in board.tactics if each.lane == "unaligned"]
    assert titles(found["unaligned"]) == [each.title for each in stray]
    assert found["unaligned"].money == sum(first_year_cost(each, board.plan) for each in stray)
    assert found["unaligned"].days == 105
    assert "empty goals" not in found and "overloaded" not in found
    assert "$82k" in panel_summary(findings(board), "$")


def test_a_goal_nobody_serves_is_found_until_a_tactic_supports_it(
    store: SqliteStore, board: Board
) -> None:
    goal = commands.add_goal(
        store,
        board.plan.id,
        "ann",
        title="Larger deals",
        metric="deal_size",
        owner="Dana Whitfield",
        baseline=45000.0,
        target=47000.0,
        due_month="2027-12",
    )
    found = kinds(store.board(board.plan.id))["empty goals"]
    assert [(line.subject, line.mends) for line in found.lines] == [(goal.id, ("add",))]
    served = next(each for each in board.tactics if each.goal_id)
    commands.split_tactic(store, board.plan.id, "ann", served.id, goal.id, 0.5)
    assert "empty goals" not in kinds(store.board(board.plan.id))


def test_an_owner_with_more_effort_than_their_team_has_is_overloaded(board: Board) -> None:
    assert owner_days(board) == pytest.approx(1100 / 4)
    heavy = tuple(
        replace(each, effort_days=200.0) if each.title.startswith("Scheduling") else each
        for each in board.tactics
    )
    found = kinds(replace(board, tactics=heavy))["overloaded"]
    assert titles(found)[0] == "Scheduling links for buyers"
    assert found.lines[0].note == "Priya Raman’s goals take 280 person-days of 275."
    assert set(found.lines[0].mends) == {"move", "split", "park"}


def test_two_tactics_that_move_the_same_hours_are_duplicates(board: Board) -> None:
    found = kinds(board)["duplicates"]
    assert found.lines[0].title == "Call recording and summaries"
    assert "CRM data entry" in found.lines[0].note
    named = {each.title: each for each in board.tactics}
    hours = overlap_hours(
        named["Call recording and summaries"], named["Auto-log calls and e-mail to CRM"], board
    )
    # 8% of 40 hours; the smaller promise is 30% of it for 90% of reps.
    assert hours == {"crm_entry": pytest.approx(40 * board.plan.week["crm_entry"] * 0.27)}


def test_a_parked_tactic_is_no_duplicate(board: Board) -> None:
    parked = tuple(replace(each, lane="ideas", goal_id=None) for each in board.tactics)
    assert kinds(replace(board, tactics=parked)).keys() == {"empty goals"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["g1", "g2", None]),
            st.floats(0, 0.9),
            st.floats(0, 500),
            st.floats(0, 1e6),
        ),
        max_size=8,
    )
)
def test_money_and_days_by_goal_and_by_none_add_up(rows: list[tuple[Any, ...]]) -> None:
    goals = tuple(
        Goal(name, "p1", name, "", "win_rate", 0.2, 0.3, "2027-12") for name in ("g1", "g2")
    )
    tactics = tuple(
        Tactic(
            id=f"t{place}",
            plan_id="p1",
            title="",
            lane="goal" if goal else "unaligned",
            goal_id=goal,
            supports={"g1": share},
            effort_days=days,
            one_off=money,
        )
        for place, (goal, share, days, money) in enumerate(rows)
    )
    found = parts(Board(PLAN, goals, tactics, 0))
    assert sum(part.days for part in found) == pytest.approx(sum(t.effort_days for t in tactics))
    assert sum(part.money for part in found) == pytest.approx(sum(t.one_off for t in tactics))


def test_parking_all_is_one_change_that_can_be_undone(store: SqliteStore, board: Board) -> None:
    plan = board.plan.id
    assert commands.park_unaligned(store, plan, "ann") == 3
    assert "unaligned" not in kinds(store.board(plan))
    with pytest.raises(InvalidValue, match="nothing to park"):
        commands.park_unaligned(store, plan, "ann")
    change = next_undo(store.events(plan))
    assert change is not None and change.words == "Park 3 tactics without a goal"
    undo(store, plan, "ann", change.seq)
    assert store.board(plan).tactics == tuple(
        replace(each, version=kept.version)
        for each, kept in zip(board.tactics, store.board(plan).tactics, strict=True)
    )


def test_what_a_likely_goal_is_hit_without_is_spare(store: SqliteStore, board: Board) -> None:
    run = current_run(store, board, draws=2000)
    (first, *_) = spare_spending(board, run)
    assert first.money > 0 and first.chance_without >= LIKELY
    without = replace(
        board, tactics=tuple(each for each in board.tactics if each.id != first.tactic)
    )
    again = current_run(store, without, draws=2000)
    goal = next(each for each in board.tactics if each.id == first.tactic).goal_id
    chance = next(row["chance"] for row in again.summary["goals"] if row["id"] == goal)
    # The policy for freed hours follows the board, so a run without the card may differ a little.
    assert chance == pytest.approx(first.chance_without, abs=0.1)


def test_skipping_requirements_costs_what_completing_them_brings(
    store: SqliteStore, board: Board
) -> None:
    run = current_run(store, board, draws=1000)
    tool = next(each for each in board.tactics if each.title.startswith("Guided quoting"))
    found = cost_of_skipping(board, run, tool)
    assert found is not None and found.chance is not None and found.chance_prepared is not None
    ready = tuple(
        replace(each, requirements_written=True, process_standardised=True)
        if each.id == tool.id
        else each
        for each in board.tactics
    )
    prepared = current_run(store, replace(board, tactics=ready), draws=1000)
    gain = (
        (prepared.summary["series"]["cumulative_net"]["plan"]["mean"][-1])
        - (run.summary["series"]["cumulative_net"]["plan"]["mean"][-1])
    )
    assert found.net["mean"] == pytest.approx(gain, rel=1e-4)
    row = next(each for each in prepared.summary["goals"] if each["id"] == tool.goal_id)
    assert found.chance_prepared == row["chance"] > found.chance
    assert "going ahead without them costs" in skipping_words(found, board)


def test_a_tactic_of_a_typed_goal_is_not_counted_as_stray(store: SqliteStore, board: Board) -> None:
    plan = board.plan.id
    goal = commands.add_goal(
        store,
        plan,
        "ann",
        title="Happy new hires",
        owner="",
        metric="own",
        own_name="Survey",
        baseline=6.0,
        target=8.0,
        due_month="2027-12",
    )
    stray = next(each for each in board.tactics if each.title == "Territory map refresh")
    commands.move_tactic(store, plan, "ann", stray.id, "goal", goal.id)
    now = store.board(plan)
    found = straying(now, current_run(store, now, draws=500))
    (row,) = (each for each in found.cost.tactics if each.tactic == stray.id)
    assert row.why == "goal is not simulated" and row.spend > 0
    assert row.cost == pytest.approx(
        row.shelfware + row.coordination_hours * found.cost.benefit_per_hour
    )


def test_each_finding_says_what_it_is_about(board: Board) -> None:
    said = reason(kinds(board)["unaligned"], "$")
    assert said == "$82k in the first 12 months and 105 person-days a year serve no goal."
    assert panel_summary((), "$") == "Nothing to mend."


def test_requirements_that_cost_more_than_they_bring_are_said_with_the_right_sign(
    board: Board,
) -> None:
    lost = {"p10": -300_000.0, "p50": -200_000.0, "p90": -100_000.0}
    said = skipping_words(Skipping(lost, None, None), board)
    assert "changes net benefit by $100k to $300k (80% range)" in said
