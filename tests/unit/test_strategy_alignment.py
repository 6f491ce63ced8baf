"""Balance and spend: what serves a goal, what does not, and what is left for running things."""

from dataclasses import replace

import pytest

from strategy.alignment import Balance, balance, first_year_cost, unaligned_spend
from strategy.model import Board, Tactic
from tests.unit.test_strategy_samples import BOARD, CLEAN, COACH, IDEA, PLAN, QUOTE, STRAY


def board_of(*tactics: Tactic) -> Board:
    return replace(BOARD, tactics=tactics)


# ---- Days ---------------------------------------------------------------------------------


def test_the_teams_year_is_split_without_a_rest() -> None:
    year = balance(BOARD)
    assert year.by_goal == {"g1": 60.0, "g2": 60.0}
    assert (year.unaligned_days, year.running_days, year.over_days) == (30.0, 250.0, 0.0)
    assert (year.strategic_days, year.tactical_days) == (120.0, 280.0)
    assert year.strategic_days + year.tactical_days == PLAN.ops_people * PLAN.ops_days_per_person
    assert year.strategic_share == 0.3


def test_a_goal_without_tactics_has_no_days() -> None:
    assert balance(board_of()).by_goal == {"g1": 0, "g2": 0}


def test_ideas_take_no_days() -> None:
    busy_idea = replace(IDEA, effort_days=500.0)
    assert balance(board_of(CLEAN, busy_idea)) == balance(board_of(CLEAN))


def test_effort_beyond_the_team_is_over_and_leaves_nothing_for_running() -> None:
    year = balance(board_of(replace(CLEAN, effort_days=450.0)))
    assert (year.running_days, year.over_days) == (0.0, 50.0)
    assert year.strategic_share == 1.0


def test_moving_a_card_under_a_goal_moves_its_days_to_the_strategic_side() -> None:
    aligned = replace(STRAY, lane="goal", goal_id="g2")
    before, after = balance(BOARD), balance(board_of(CLEAN, COACH, QUOTE, aligned, IDEA))
    assert after.strategic_days == before.strategic_days + 30
    assert after.running_days == before.running_days


def test_the_days_to_tip_make_both_sides_equal() -> None:
    year = balance(BOARD)
    assert year.days_to_tip == 80.0
    assert year.strategic_days + year.days_to_tip == year.tactical_days - year.days_to_tip
    assert Balance({"g1": 300.0}, 50.0, 50.0, 0.0).days_to_tip == 0.0


def test_a_team_without_people_has_an_empty_year() -> None:
    year = balance(replace(board_of(), plan=replace(PLAN, ops_people=0.0)))
    assert (year.strategic_share, year.days_to_tip) == (0.0, 0.0)


# ---- Money --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tactic", "cost"),
    [
        (CLEAN, 12 * 40 * 10 + 10_000),
        (replace(CLEAN, seats=3), 12 * 40 * 3 + 10_000),
        (replace(CLEAN, seats=0), 10_000),
        (replace(CLEAN, start=4), 9 * 40 * 10 + 10_000),
        (replace(CLEAN, start=12), 40 * 10 + 10_000),
        (replace(CLEAN, start=13), 0),
        (replace(CLEAN, start=24), 0),
        (replace(CLEAN, fixed_monthly=100.0), 12 * (400 + 100) + 10_000),
        (COACH, 0),
    ],
)
def test_first_year_cost_counts_the_months_from_the_start(tactic: Tactic, cost: float) -> None:
    assert first_year_cost(tactic, PLAN) == cost


def test_unaligned_spend_is_the_share_of_all_first_year_money() -> None:
    spend = unaligned_spend(BOARD)
    total = 14_800 + 10 * 90 * 10 + 25_000
    assert (spend.money, spend.days, spend.tactics) == (25_000, 30.0, 1)
    assert spend.share == pytest.approx(25_000 / total)


def test_ideas_cost_nothing() -> None:
    assert unaligned_spend(board_of(IDEA)).money == 0
    assert unaligned_spend(board_of(CLEAN, STRAY, IDEA)) == unaligned_spend(board_of(CLEAN, STRAY))


def test_a_board_that_costs_nothing_has_no_unaligned_share() -> None:
    assert unaligned_spend(board_of()).share == 0.0
    free = replace(COACH, lane="unaligned", goal_id=None)
    assert (unaligned_spend(board_of(free)).share, unaligned_spend(board_of(free)).tactics) == (
        0,
        1,
    )


def test_a_square_grows_with_the_team_so_that_the_beam_can_be_drawn() -> None:
    for days in (0, 1_600, 1_601, 22_000, 22_000_000):
        year = Balance({}, 0, days, 0)
        assert days / year.square_days <= 160
    assert Balance({}, 0, 1_600, 0).square_days == 10
