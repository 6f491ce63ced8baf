"""What a plan's goals' chances become when one tactic is changed, left out or added."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.draws import Draws, tactic_keys
from simulation.engine import luck_of
from simulation.goal_counts import pack_goals
from simulation.inputs import Inputs, TacticInput
from simulation.packing import (
    Packed,
    PackedTactics,
    goal_numbers,
    pack,
)
from simulation.policies import PolicyValues, pack_policy, usual_policy
from simulation.policy_ranges import likely_policy
from simulation.swap_blocks import NONE, SWAP_LANES, Swaps, run_swaps
from simulation.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Swap:
    """One tactic of a plan, as it would be.

    Attributes
    ----------
    place : of the tactic in the inputs
    tactic : what it would be; None leaves it out
    policy : destinations and plan quality the plan would then have; what the inputs have a range
        for is drawn from it all the same
    """

    place: int
    tactic: TacticInput | None
    policy: PolicyValues


def swapped_chances(
    inputs: Inputs,
    draws: Draws,
    present: Sequence[bool],
    swaps: Sequence[Swap],
    *,
    before_each_block: Callable[[], object] = lambda: None,
) -> tuple[FloatArray, FloatArray]:
    """Return each goal's chance in the plan as it is, and after each swap alone.

    A run stops at the last due month. A tactic keeps its luck whatever it becomes.

    Parameters
    ----------
    inputs : all tactics that are in the plan or may be put in, and the plan's own policy
    draws : the imagined worlds, with the luck of all these tactics
    present : whether each tactic is in the plan
    swaps : what is asked
    before_each_block : is called before each block of `SWAP_LANES` draws, to let others go first

    Returns
    -------
    (goals,) and (swaps, goals), shares of the draws that meet the goal
    """
    if not inputs.goals:
        return np.zeros(0), np.zeros((len(swaps), 0))
    inputs, draws = _up_to_last_goal(inputs, draws)
    asked = _asked(inputs, present, swaps)
    plan, luck = pack(asked.inputs), luck_of(asked.inputs, asked.draws_of(draws))
    blocks = -(-draws.count // SWAP_LANES)
    hits = np.zeros((len(asked.plays.out), len(inputs.goals), blocks))
    for block in range(blocks):
        before_each_block()
        run_swaps(
            plan,
            draws.table,
            luck,
            pack_goals(inputs),
            usual_policy(),
            asked.present,
            asked.plays,
            hits,
            block,
        )
    chances = hits.sum(axis=-1) / draws.count
    return chances[0], chances[asked.play_of]


def _up_to_last_goal(inputs: Inputs, draws: Draws) -> tuple[Inputs, Draws]:
    """Return both without the months after the last that a goal counts."""
    months = max(goal.due for goal in inputs.goals)
    return replace(inputs, months=months), replace(
        draws,
        demand_noise=draws.demand_noise[:months],
        bookings_noise=draws.bookings_noise[:months],
    )


@dataclass(frozen=True)
class _Asked:
    """Different plays, the plan as it is first, and the play of each swap.

    `source` is the place whose luck a tactic of `inputs` has; swaps that only change a goal's
    name share a tactic, and those that come to the same share a play.
    """

    inputs: Inputs
    present: BoolArray
    source: tuple[int, ...]
    plays: Swaps
    play_of: IntArray

    def draws_of(self, draws: Draws) -> Draws:
        """Return the draws with the luck of every tactic that may be put in."""
        keys = list(draws.fit_noise)
        own = tactic_keys(each.name for each in self.inputs.tactics)
        return draws.for_tactics(
            {key: keys[place] for key, place in zip(own, self.source, strict=True)}
        )


def _asked(inputs: Inputs, present: Sequence[bool], swaps: Sequence[Swap]) -> _Asked:
    tactics = list(inputs.tactics)
    source = list(range(len(tactics)))
    number = {(place, _untagged(each)): place for place, each in enumerate(tactics)}
    puts = []
    for swap in swaps:
        if swap.tactic is None:
            puts.append(NONE)
            continue
        key = (swap.place, _untagged(swap.tactic))
        if key not in number:
            number[key] = len(tactics)
            tactics.append(swap.tactic)
            source.append(swap.place)
        puts.append(number[key])
    everything = replace(inputs, tactics=tuple(tactics))
    crowd = _Crowd(pack(everything), inputs, present)
    rows = [crowd.row(NONE, NONE, None, likely_policy(inputs))]
    for swap, put in zip(swaps, puts, strict=True):
        out = swap.place if present[swap.place] else NONE
        goal = swap.tactic.goal if swap.tactic else None
        # A tactic that only changes its goal's name stays where it is.
        pair = (NONE, NONE) if put == out else (out, put)
        rows.append(crowd.row(*pair, goal, swap.policy, swap.place))
    different = {row.key: row for row in rows}
    ordered = [rows[0], *sorted((r for k, r in different.items() if k != rows[0].key), key=_pair)]
    at = {row.key: play for play, row in enumerate(ordered)}
    return _Asked(
        inputs=everything,
        present=np.array([*present, *[False] * (len(tactics) - len(present))], dtype=np.bool_),
        source=tuple(source),
        plays=_stack(ordered),
        play_of=np.array([at[row.key] for row in rows[1:]], dtype=np.int64),
    )


def _untagged(tactic: TacticInput) -> str:
    """Return all of a tactic but its goal, which matters for pairs alone (7)."""
    return repr(replace(tactic, goal=None))


@dataclass(frozen=True)
class _Row:
    out: int
    put: int
    whose: int
    goal: int
    policy: FloatArray
    upkeep: FloatArray
    training: FloatArray
    pairs: FloatArray

    @property
    def key(self) -> tuple[int, int, int, int, bytes]:
        numbers = np.concatenate([self.policy, self.upkeep, self.training, self.pairs])
        return self.out, self.put, self.whose, self.goal, numbers.tobytes()


def _pair(row: _Row) -> tuple[int, int]:
    return row.out, row.put


def _stack(rows: Sequence[_Row]) -> Swaps:
    def column(name: str) -> FloatArray:
        return np.array([getattr(row, name) for row in rows])

    return Swaps(
        out=np.array([row.out for row in rows], dtype=np.int64),
        put=np.array([row.put for row in rows], dtype=np.int64),
        whose=np.array([row.whose for row in rows], dtype=np.int64),
        goal=np.array([row.goal for row in rows], dtype=np.int64),
        policy=column("policy"),
        upkeep=column("upkeep"),
        training=column("training"),
        pairs=column("pairs"),
    )


class _Crowd:
    """The plan's tactics by month: what they ask of people, and who shares a goal (6 and 7).

    Those whose start differs between worlds are left to compiled code, which knows the world.
    """

    def __init__(self, plan: Packed, inputs: Inputs, present: Sequence[bool]) -> None:
        self._tactics: PackedTactics = plan.tactics
        self._inputs = inputs
        months = np.arange(1, plan.months + 1)
        is_sure = ~self._tactics.is_unsure[:, None]
        self._live = (is_sure & (self._tactics.start[:, None] <= months)).astype(np.float64)
        self._training = self._live * (self._tactics.go_live[:, None] == months)
        self._goals = [each.goal for each in inputs.tactics]
        self._numbers = goal_numbers(self._goals)
        inside = [place for place, is_in in enumerate(present) if is_in]
        self._inside = set(inside)
        self._count = self._live[inside].sum(axis=0)
        self._by_goal: dict[str, FloatArray] = {}
        for place in inside:
            goal, zero = self._goals[place], np.zeros(plan.months)
            if goal is not None:
                self._by_goal[goal] = self._by_goal.get(goal, zero) + self._live[place]
        same = sum((_pairs_in(each) for each in self._by_goal.values()), np.zeros(plan.months))
        self._pairs = _pairs_in(self._count) - same
        self._upkeep = self._tactics.upkeep_hours[inside] @ self._live[inside]
        self._trained = self._tactics.training_hours[inside] @ self._training[inside]

    def row(
        self,
        out: int,
        put: int,
        goal: str | None,
        policy: PolicyValues,
        place: int = NONE,
    ) -> _Row:
        """Return one play; `place` is the tactic whose goal's name becomes `goal`."""
        upkeep, trained = self._upkeep, self._trained
        for tactic, sign in ((out, -1.0), (put, 1.0)):
            if tactic != NONE:
                hours, training = self._tactics.upkeep_hours, self._tactics.training_hours
                upkeep = upkeep + sign * hours[tactic] * self._live[tactic]
                trained = trained + sign * training[tactic] * self._training[tactic]
        return _Row(
            out,
            put,
            *self._goal_after(place, put, goal),
            pack_policy(self._inputs, policy),
            upkeep,
            trained,
            self._pairs_after(place, put, goal, is_left_out=out != NONE and put == NONE),
        )

    def _goal_after(self, place: int, put: int, goal: str | None) -> tuple[int, int]:
        """Return the tactic that has another goal's number, and it, for compiled code."""
        if place == NONE or not self._tactics.is_unsure.any():
            return NONE, NONE
        if goal is not None and goal not in self._numbers:
            self._numbers[goal] = len(self._numbers)
        return place if put == NONE else put, NONE if goal is None else self._numbers[goal]

    def _pairs_after(
        self, place: int, put: int, goal: str | None, *, is_left_out: bool
    ) -> FloatArray:
        """Return the pairs of live tactics that share no goal, by month (7)."""
        if place == NONE or (put == NONE and place not in self._inside):
            return self._pairs
        pairs, others, by_goal = self._pairs, self._count, self._by_goal
        if place in self._inside:
            own = self._goals[place]
            others = others - self._live[place]
            if own is not None:
                by_goal = by_goal | {own: by_goal[own] - self._live[place]}
            pairs = pairs - self._live[place] * _strangers(own, others, by_goal)
        if is_left_out:
            return pairs
        live = self._live[place if put == NONE else put]
        return np.asarray(pairs + live * _strangers(goal, others, by_goal))


def _strangers(
    goal: str | None, others: FloatArray, by_goal: Mapping[str, FloatArray]
) -> FloatArray:
    """Return how many of the others do not share this goal, by month."""
    return others if goal is None or goal not in by_goal else others - by_goal[goal]


def _pairs_in(count: FloatArray) -> FloatArray:
    return np.asarray(count * (count - 1.0) / 2.0)
