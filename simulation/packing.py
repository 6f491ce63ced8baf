"""A plan as the plain numbers and arrays that compiled code reads."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from simulation.defaults import defaults
from simulation.inputs import Inputs, TacticInput
from simulation.nudge import NUDGED, Nudge
from simulation.types import BoolArray, FloatArray, IntArray


class Moves(NamedTuple):
    """Which rows of work each tactic moves: those of tactic i are at first[i] to first[i + 1].

    Attributes
    ----------
    first : (tactics + 1,)
    row : (moves,) number of the row of work
    share : (moves,) share taken over at full use
    """

    first: IntArray
    row: IntArray
    share: FloatArray


class PackedTactics(NamedTuple):
    """The tactics of a plan, each field (tactics,) unless said; units as in `TacticInput`."""

    start: IntArray
    delay: FloatArray
    to_ops: BoolArray
    adopt: FloatArray
    preparation: FloatArray
    seat_cost: FloatArray  # currency a month for all seats
    fixed_monthly: FloatArray
    one_off: FloatArray
    cycle: FloatArray
    win: FloatArray
    deal: FloatArray
    attention: FloatArray
    rep_moves: Moves
    ops_moves: Moves


class Packed(NamedTuple):
    """A plan: the organisation, its week and policy, what holds by month, its tactics.

    `rep_rows` and `ops_rows` are the shares of the week, or of the operations team's tactical
    hours, of each row of work; `..._touched` says which of them a tactic moves. `upkeep`,
    `training`, `pairs` are (months,), `nudge` is (names, months) in the order of NUDGED.
    """

    months: int
    seats: float
    rep_hours: float
    ops_hours: float
    selling: float
    strategy: float
    coaching: float
    slack: float
    meetings: float
    to_selling: float
    to_strategy: float
    to_coaching: float
    quality: float
    rep_rows: FloatArray
    rep_touched: BoolArray
    ops_rows: FloatArray
    ops_touched: BoolArray
    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray
    nudge: FloatArray
    tactics: PackedTactics


def pack(inputs: Inputs, nudge: Nudge | None = None) -> Packed:
    """Return the numbers of a plan as compiled code reads them."""
    organisation, week, months = inputs.organisation, inputs.week, inputs.months
    tasks, ops_tasks = defaults().admin_tasks, defaults().ops_tasks
    more = nudge or Nudge()
    tactics = pack_tactics(inputs.tactics, organisation.seats)
    return Packed(
        months=months,
        seats=float(organisation.seats),
        rep_hours=float(organisation.hours_per_rep_month),
        ops_hours=float(organisation.ops_people * organisation.hours_per_rep_month),
        selling=week["live_conversations"] + week["prospecting"],
        strategy=float(week["account_strategy"]),
        coaching=float(week["coaching"]),
        slack=float(week["slack"]),
        meetings=float(week["meetings"]),
        to_selling=float(inputs.destinations["selling"]),
        to_strategy=float(inputs.destinations["strategy"]),
        to_coaching=float(inputs.destinations["coaching"]),
        quality=float(inputs.plan_quality),
        rep_rows=np.array([week[row] for row in tasks]),
        rep_touched=_touched(tactics.rep_moves, len(tasks)),
        ops_rows=np.array([float(ops_tasks[row]) for row in ops_tasks]),
        ops_touched=_touched(tactics.ops_moves, len(ops_tasks)),
        upkeep=_by_month(inputs, lambda each, month: each.upkeep_hours * (each.start <= month)),
        training=_by_month(
            inputs, lambda each, month: each.training_hours * (_go_live(each) == month)
        ),
        pairs=_pairs(inputs),
        nudge=np.array([more.of(name, months) for name in NUDGED]),
        tactics=tactics,
    )


def pack_tactics(tactics: tuple[TacticInput, ...], seats: float) -> PackedTactics:
    """Return tactics as arrays; seats not given are all seats of the organisation."""

    def column(name: str) -> FloatArray:
        return np.array([getattr(each, name) for each in tactics], dtype=np.float64)

    paid = [seats if each.seats is None else each.seats for each in tactics]
    return PackedTactics(
        start=np.array([each.start for each in tactics], dtype=np.int64),
        delay=column("delay"),
        to_ops=np.array([each.to == "ops" for each in tactics], dtype=np.bool_),
        adopt=column("adopt"),
        preparation=column("preparation"),
        seat_cost=column("seat_price") * np.array(paid, dtype=np.float64),
        fixed_monthly=column("fixed_monthly"),
        one_off=column("one_off"),
        cycle=column("cycle"),
        win=column("win"),
        deal=column("deal"),
        attention=column("attention"),
        rep_moves=_moves([dict(each.moves) for each in tactics], defaults().admin_tasks),
        # Only systems take over work of the operations team.
        ops_moves=_moves(
            [dict(each.moves_ops) if each.to == "system" else {} for each in tactics],
            tuple(defaults().ops_tasks),
        ),
    )


def _moves(shares: list[dict[str, float]], rows: tuple[str, ...]) -> Moves:
    number = {row: place for place, row in enumerate(rows)}
    moved = [[(number[row], share) for row, share in each.items()] for each in shares]
    flat = [pair for each in moved for pair in each]
    return Moves(
        first=np.cumsum([0, *map(len, moved)], dtype=np.int64),
        row=np.array([row for row, _ in flat], dtype=np.int64),
        share=np.array([share for _, share in flat], dtype=np.float64),
    )


def _touched(moves: Moves, rows: int) -> BoolArray:
    touched = np.zeros(rows, dtype=np.bool_)
    touched[moves.row] = True
    return touched


def _go_live(tactic: TacticInput) -> int:
    return tactic.start + int(np.floor(tactic.delay))


def _by_month(inputs: Inputs, amount: Callable[[TacticInput, int], float]) -> FloatArray:
    return np.array(
        [
            float(sum(amount(each, month) for each in inputs.tactics))
            for month in range(1, inputs.months + 1)
        ]
    )


def _pairs(inputs: Inputs) -> FloatArray:
    """Return how many pairs of live tactics do not share a goal, by month."""
    return np.array(
        [
            float(unshared_pairs([each.goal for each in inputs.tactics if each.start <= month]))
            for month in range(1, inputs.months + 1)
        ]
    )


def unshared_pairs(goals: list[str | None]) -> int:
    """Return how many pairs of live tactics do not name the same goal.

    A tactic without a goal shares none.
    """
    total = len(goals) * (len(goals) - 1) // 2
    named = Counter(goal for goal in goals if goal is not None)
    return total - sum(count * (count - 1) // 2 for count in named.values())
