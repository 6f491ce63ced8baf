"""A plan as the plain numbers and arrays that compiled code reads."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from simulation.defaults import defaults
from simulation.inputs import SEASONAL, Inputs, TacticInput
from simulation.nudge import NUDGED, Nudge
from simulation.types import BoolArray, FloatArray, IntArray


class Moves(NamedTuple):
    """Which tactics move each row of work: those of row i are at first[i] to first[i + 1].

    Attributes
    ----------
    first : (rows + 1,)
    tactic : (moves,) number of the tactic, in order within a row
    share : (moves,) share taken over at full use
    """

    first: IntArray
    tactic: IntArray
    share: FloatArray


class PackedTactics(NamedTuple):
    """The tactics of a plan, each field (tactics,) unless said; units as in `TacticInput`.

    Where worlds differ in when a tactic starts, `start` and `go_live` are those of the earliest.
    """

    start: IntArray
    is_unsure: BoolArray  # worlds differ in when it starts
    delay: FloatArray
    to_ops: BoolArray
    preparation: FloatArray
    seat_cost: FloatArray  # currency a month for all seats
    fixed_monthly: FloatArray
    one_off: FloatArray
    cycle: FloatArray
    win: FloatArray
    deal: FloatArray
    attention: FloatArray
    upkeep_hours: FloatArray
    training_hours: FloatArray
    go_live: IntArray  # month in which reps are trained
    goal: IntArray  # number of its goal, -1 for none
    rep_moves: Moves
    ops_moves: Moves
    wave: IntArray  # number of the wave in which it goes live: the same months in all worlds
    opens: IntArray  # (waves,) the first tactic of each wave


class Schedule(NamedTuple):
    """What tactics ask of people by month, each (months,): hours of operations a month, hours
    of training a rep, pairs of live tactics that do not share a goal.

    Tactics whose start differs between worlds are not in it; see `takeover.Takeover`.
    """

    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray


class Packed(NamedTuple):
    """A plan: the organisation and its week, then its tactics.

    `season` is (2, months) in the order of SEASONAL. `rep_rows` and `ops_rows` are the shares of
    the week, or of the operations team's tactical hours, of each row of work. `nudge` is
    (names, months) in the order of NUDGED.
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
    rep_rows: FloatArray
    ops_rows: FloatArray
    nudge: FloatArray
    season: FloatArray
    tactics: PackedTactics


def pack(inputs: Inputs, nudge: Nudge | None = None) -> Packed:
    """Return the numbers of a plan as compiled code reads them."""
    organisation, week, months = inputs.organisation, inputs.week, inputs.months
    tasks, ops_tasks = defaults().admin_tasks, defaults().ops_tasks
    more = nudge or Nudge()
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
        rep_rows=np.array([week[row] for row in tasks]),
        ops_rows=np.array([float(ops_tasks[row]) for row in ops_tasks]),
        nudge=np.array([more.of(name, months) for name in NUDGED]),
        season=np.array([np.resize(inputs.season[name], months) for name in SEASONAL]),
        tactics=pack_tactics(inputs.tactics, organisation.seats),
    )


def pack_tactics(tactics: tuple[TacticInput, ...], seats: float) -> PackedTactics:
    """Return tactics as arrays; seats not given are all seats of the organisation."""

    def column(name: str) -> FloatArray:
        return np.array([getattr(each, name) for each in tactics], dtype=np.float64)

    paid = [seats if each.seats is None else each.seats for each in tactics]
    wave, opens = _waves(tactics)
    return PackedTactics(
        start=np.array([each.start.low for each in tactics], dtype=np.int64),
        is_unsure=np.array([not each.start.is_fixed for each in tactics], dtype=np.bool_),
        delay=column("delay"),
        to_ops=np.array([each.to == "ops" for each in tactics], dtype=np.bool_),
        preparation=column("preparation"),
        seat_cost=column("seat_price") * np.array(paid, dtype=np.float64),
        fixed_monthly=column("fixed_monthly"),
        one_off=column("one_off"),
        cycle=column("cycle"),
        win=column("win"),
        deal=column("deal"),
        attention=column("attention"),
        upkeep_hours=column("upkeep_hours"),
        training_hours=column("training_hours"),
        go_live=np.array(
            [each.start.low + math.floor(each.delay) for each in tactics], dtype=np.int64
        ),
        goal=_goals_of(tactics),
        rep_moves=_moves([dict(each.moves) for each in tactics], defaults().admin_tasks),
        # Only systems take over work of the operations team.
        ops_moves=_moves(
            [dict(each.moves_ops) if each.to == "system" else {} for each in tactics],
            tuple(defaults().ops_tasks),
        ),
        wave=wave,
        opens=opens,
    )


def _waves(tactics: tuple[TacticInput, ...]) -> tuple[IntArray, IntArray]:
    """Return each tactic's wave and each wave's first tactic; an unsure start is a wave alone."""
    months = [
        (each.start.low, each.delay, None if each.start.is_fixed else place)
        for place, each in enumerate(tactics)
    ]
    waves = list(dict.fromkeys(months))
    return (
        np.array([waves.index(each) for each in months], dtype=np.int64),
        np.array([months.index(each) for each in waves], dtype=np.int64),
    )


def goal_numbers(goals: Iterable[str | None]) -> dict[str, int]:
    """Return a number for each goal that tactics name, in the order of the tactics."""
    names = dict.fromkeys(goal for goal in goals if goal is not None)
    return {name: number for number, name in enumerate(names)}


def _goals_of(tactics: tuple[TacticInput, ...]) -> IntArray:
    numbers = goal_numbers(each.goal for each in tactics)
    return np.array(
        [-1 if each.goal is None else numbers[each.goal] for each in tactics], dtype=np.int64
    )


def _moves(shares: list[dict[str, float]], rows: tuple[str, ...]) -> Moves:
    moved = [
        [(tactic, each[row]) for tactic, each in enumerate(shares) if row in each] for row in rows
    ]
    flat = [pair for each in moved for pair in each]
    return Moves(
        first=np.cumsum([0, *map(len, moved)], dtype=np.int64),
        tactic=np.array([tactic for tactic, _ in flat], dtype=np.int64),
        share=np.array([share for _, share in flat], dtype=np.float64),
    )
