"""What does not fit on a board: each finding with its list, and what would mend each line.

All of it follows from what people typed; nothing is simulated here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from simulation.defaults import defaults
from strategy.alignment import first_year_cost
from strategy.model import Board, Goal, Tactic
from strategy.projection import live_tactics
from strategy.serving import goal_shares

WEEK_HOURS = 40.0
SMALLEST_OVERLAP_HOURS = 0.25

Kind = Literal["empty goals", "unaligned", "overloaded", "duplicates"]
Mend = Literal["add", "move", "park", "split"]


@dataclass(frozen=True)
class Line:
    """One line of a finding: a goal or a tactic, what is wrong with it, and how it can be mended.

    Attributes
    ----------
    subject : id of the goal ("add") or of the tactic (all other mends)
    title, note : its name, and what is wrong in words
    money : currency, in the plan's first 12 months, as typed
    days : person-days of the operations team a year
    """

    subject: str
    title: str
    note: str
    money: float
    days: float
    mends: tuple[Mend, ...]


@dataclass(frozen=True)
class Finding:
    """One kind of misfit; `money` and `days` are what stands behind its lines, counted once."""

    kind: Kind
    lines: tuple[Line, ...]
    money: float
    days: float


@dataclass(frozen=True)
class Part:
    """What one goal has of the plan's money and effort; `goal_id` is None for no goal."""

    goal_id: str | None
    title: str
    tactics: int
    money: float
    days: float


def findings(board: Board) -> tuple[Finding, ...]:
    """Return what does not fit, without kinds that have no line."""
    kinds = (_empty_goals(board), _unaligned(board), _overloaded(board), _duplicates(board))
    return tuple(found for found in kinds if found.lines)


def parts(board: Board) -> tuple[Part, ...]:
    """Return money and effort goal by goal, in the board's order, then of no goal."""
    tactics = live_tactics(board.tactics)
    shares = {each.id: goal_shares(each, board.goals) for each in tactics}
    goals = [
        Part(
            goal_id=goal.id,
            title=goal.title,
            tactics=sum(goal.id in shares[each.id] for each in tactics),
            money=sum(
                shares[each.id].get(goal.id, 0.0) * first_year_cost(each, board.plan)
                for each in tactics
            ),
            days=sum(shares[each.id].get(goal.id, 0.0) * each.effort_days for each in tactics),
        )
        for goal in board.goals
    ]
    stray = [each for each in tactics if not shares[each.id]]
    money, days = _sums(board, stray)
    return (*goals, Part(None, "Not under a goal", len(stray), money, days))


def _sums(board: Board, tactics: Iterable[Tactic]) -> tuple[float, float]:
    """Return first-year money and effort of tactics, each counted once."""
    once = {each.id: each for each in tactics}.values()
    return (
        sum(first_year_cost(each, board.plan) for each in once),
        sum(each.effort_days for each in once),
    )


def _line(board: Board, tactic: Tactic, note: str, *mends: Mend) -> Line:
    cost = first_year_cost(tactic, board.plan)
    return Line(tactic.id, tactic.title, note, cost, tactic.effort_days, mends)


def _empty_goals(board: Board) -> Finding:
    served = {
        goal_id
        for tactic in live_tactics(board.tactics)
        for goal_id in goal_shares(tactic, board.goals)
    }
    lines = tuple(
        Line(goal.id, goal.title, "No tactic serves it.", 0.0, 0.0, ("add",))
        for goal in board.goals
        if goal.id not in served
    )
    return Finding("empty goals", lines, 0.0, 0.0)


def _unaligned(board: Board) -> Finding:
    stray = [each for each in live_tactics(board.tactics) if each.lane == "unaligned"]
    lines = (_line(board, each, "Runs and serves no goal.", "move", "park") for each in stray)
    return Finding("unaligned", tuple(lines), *_sums(board, stray))


def owner_days(board: Board) -> float:
    """Return the person-days a year of one goal owner's team.

    The operations team's year is split evenly among the people who own goals, since a plan
    says nothing closer.
    """
    owners = {_owner(goal) for goal in board.goals}
    capacity = board.plan.ops_people * board.plan.ops_days_per_person
    return capacity / len(owners) if owners else capacity


def _owner(goal: Goal) -> str:
    """Return who owns a goal; a goal without an owner is a team of its own."""
    return goal.owner.strip().casefold() or goal.id


def _overloaded(board: Board) -> Finding:
    """Return the tactics of owners whose goals take more days than their team has."""
    has = owner_days(board)
    tactics = live_tactics(board.tactics)
    lines: list[Line] = []
    involved: list[Tactic] = []
    for owner in dict.fromkeys(_owner(goal) for goal in board.goals):
        goals = [goal for goal in board.goals if _owner(goal) == owner]
        takes = sum(
            goal_shares(each, board.goals).get(goal.id, 0.0) * each.effort_days
            for each in tactics
            for goal in goals
        )
        if takes <= has:
            continue
        who = goals[0].owner.strip() or goals[0].title
        note = f"{who}’s goals take {takes:,.0f} person-days of {has:,.0f}."
        own = [each for each in tactics if each.goal_id in {goal.id for goal in goals}]
        own.sort(key=lambda each: -each.effort_days)
        lines += [_line(board, each, note, "move", "split", "park") for each in own]
        involved += own
    return Finding("overloaded", tuple(lines), *_sums(board, involved))


def overlap_hours(one: Tactic, other: Tactic, board: Board) -> dict[str, float]:
    """Return hours of a rep-week that both tactics promise to take over, by task."""
    tasks = one.moves.keys() & other.moves.keys()
    return {
        task: WEEK_HOURS
        * board.plan.week[task]
        * min(one.adoption * one.moves[task], other.adoption * other.moves[task])
        for task in tasks
    }


def _duplicates(board: Board) -> Finding:
    """Return pairs of live tactics that move the same hours, most hours first."""
    movers = [each for each in live_tactics(board.tactics) if each.moves]
    pairs = [
        (sum(hours.values()), one, other, hours)
        for one, other in combinations(movers, 2)
        if not one.moves.keys().isdisjoint(other.moves)
        and sum((hours := overlap_hours(one, other, board)).values()) >= SMALLEST_OVERLAP_HOURS
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1].title, pair[2].title))
    costs = {each.id: first_year_cost(each, board.plan) for each in movers}
    dearer = [max((one, other), key=lambda each: costs[each.id]) for _, one, other, _ in pairs]
    lines = tuple(_duplicate(board, pair, each) for pair, each in zip(pairs, dearer, strict=True))
    return Finding("duplicates", lines, *_sums(board, dearer))


def _duplicate(
    board: Board, pair: tuple[float, Tactic, Tactic, dict[str, float]], dearer: Tactic
) -> Line:
    total, one, other, hours = pair
    cheaper = other if dearer is one else one
    tasks = ", ".join(defaults().tasks[task].label for task in sorted(hours))
    note = f"Moves the same {total:.1f} h a rep-week as “{cheaper.title}”: {tasks}."
    return _line(board, dearer, note, "park")
