"""When each tactic starts, works, and is used by nearly everybody who will use it."""

import math
from dataclasses import dataclass

from simulation.adoption import bass
from simulation.defaults import defaults
from strategy.calendar import month_of_plan
from strategy.model import Board, Plan, Tactic
from strategy.projection import live_tactics

NEARLY_ALL = 0.9
STEP = 0.25


@dataclass(frozen=True)
class Row:
    """One tactic in months of the plan, counted from 1; `used` may lie beyond the plan's end.

    It starts with month `start`, works from month `works` on, and 90% of those who will use it
    do so by month `used` with likely values.
    """

    tactic: Tactic
    start: int
    works: float
    used: float


@dataclass(frozen=True)
class Group:
    """The rows of one goal, by start; `goal_id` is None for no goal, `due` then too."""

    goal_id: str | None
    title: str
    due: int | None
    rows: tuple[Row, ...]


def schedule(board: Board) -> tuple[Group, ...]:
    """Return the live tactics goal by goal in the board's order, then those under no goal."""
    months = months_to_use(board.plan)
    tactics = live_tactics(board.tactics)
    groups = [
        Group(
            goal.id,
            goal.title,
            month_of_plan(board.plan.start_month, goal.due_month),
            _rows([each for each in tactics if each.goal_id == goal.id], months),
        )
        for goal in board.goals
    ]
    stray = [each for each in tactics if each.lane == "unaligned"]
    return (*groups, Group(None, "Not under a goal", None, _rows(stray, months)))


def _rows(tactics: list[Tactic], months: float) -> tuple[Row, ...]:
    ordered = sorted(tactics, key=lambda each: (each.start, each.position, each.id))
    return tuple(
        Row(each, each.start, each.start + each.delay, each.start + each.delay + months)
        for each in ordered
    )


def months_to_use(plan: Plan) -> float:
    """Return the months until 90% of those who will use a tactic do, with likely values.

    Source
    ------
    docs/model.md, equation 5, before what does not fit fades.
    """
    rates = [
        own.mode if (own := plan.assumptions.get(name)) else defaults().assumptions[name].range.mode
        for name in ("adoption_innovation", "adoption_imitation")
    ]
    innovation, imitation = rates
    months = 0.0
    while (
        bass(math.exp(-(innovation + imitation) * months), imitation / innovation) < NEARLY_ALL
        and months < 120
    ):
        months += STEP
    return months
