"""A first goal becomes a plan: the model is set to the level people say they have today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulation.defaults import defaults
from strategy.checks import check_goal, check_plan, check_range
from strategy.errors import PlanError
from strategy.identity import new_id
from strategy.metrics import DAYS_A_MONTH
from strategy.model import AssumptionRange, Board, Goal, Plan
from strategy.ports import Store
from strategy.projection import engine_inputs
from strategy.running import simulated
from strategy.summary import first_look

SPREAD = 0.05
PREVIEW_DRAWS = 2000


@dataclass(frozen=True)
class Outlook:
    """What becomes of a goal without any tactic: a run's `first_look`, which is not kept."""

    board: Board
    look: Mapping[str, Any]

    @property
    def chance(self) -> float:
        """The goal's chance when carrying on as today, 0 to 1."""
        return float(self.look["goals"][0]["chance"])


def first_board(plan: Plan, goal: Goal, actor: str, now: str) -> Board:
    """Return a checked plan with its first goal; its model starts where the goal says it is.

    Bookings, win rate, deal size and cycle are assumptions of the model: the one the goal
    counts is set to today's value, 5% up and down. Of other metrics the model has a level of
    its own, which follows from the plan.

    Raises
    ------
    InvalidValue
        If the plan or the goal cannot be simulated; says what to change.
    """
    checked = check_goal(replace(goal, plan_id=plan.id), plan)
    anchored = replace(plan, assumptions={**plan.assumptions, **_anchor(checked, plan, actor, now)})
    return Board(check_plan(anchored), (checked,), (), 0)


def _anchor(goal: Goal, plan: Plan, actor: str, now: str) -> dict[str, AssumptionRange]:
    level = {
        "bookings_quarter": ("bookings_per_seat", goal.baseline / 3 / max(plan.seats, 1)),
        "win_rate": ("win_rate", goal.baseline),
        "deal_size": ("deal_size", goal.baseline),
        "cycle_days": ("cycle_months", goal.baseline / DAYS_A_MONTH),
    }.get(goal.metric)
    if level is None:
        return {}
    name, mode = level
    low, high = defaults().assumptions[name].bounds
    values = {
        "low": max(mode * (1 - SPREAD), low),
        "mode": mode,
        "high": min(mode * (1 + SPREAD), high),
    }
    low, mode, high = check_range(name, values)
    return {
        name: AssumptionRange(
            low=low,
            mode=mode,
            high=high,
            source="Typed with the first goal; 5% up and down is judgement",
            grade="estimate",
            set_by=actor,
            set_at=now,
        )
    }


def outlook(board: Board) -> Outlook:
    """Simulate a board without tactics on a few futures; nothing is kept."""
    outcome = simulated(engine_inputs(board), PREVIEW_DRAWS, board.plan.seed)
    return Outlook(board, first_look(board, outcome, board.goals[0].metric))


def start_plan(store: Store, actor: str, board: Board) -> Plan:
    """Keep a plan and its first goal in one change."""
    if len(board.goals) != 1 or board.tactics:
        raise PlanError("A plan starts with one goal.")
    with store.change(
        board.plan.id, actor, "create_plan", f"New plan {board.plan.name}", undoable=False
    ) as change:
        kept = change.add(board.plan)
        change.add(replace(board.goals[0], id=new_id("goal"), position="V"))
        return kept
