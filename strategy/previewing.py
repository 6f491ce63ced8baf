"""What a card would change in each lane, before it is dropped there.

All of it is counted on the first futures of the plan's own run. What a lane shows is the settled
chance plus the difference those futures make, so that a card dropped where it is changes nothing,
and the settled number after a drop differs only by what the fewer futures miss of the difference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulation.draws import sample
from simulation.inputs import TacticInput
from simulation.middle import picked
from simulation.policies import PolicyValues
from simulation.policy_ranges import likely_policy
from simulation.swaps import Swap, swapped_chances
from strategy.alignment import Balance, UnalignedSpend, balance, first_year_cost, unaligned_spend
from strategy.levers import Levers
from strategy.model import Board, Lane, Run, Tactic
from strategy.projection import (
    engine_inputs,
    engine_tactic,
    freed_hours_policy,
    live_tactics,
    read_inputs,
)
from strategy.serving import goal_shares

FEW_CARDS = 40
MOST_DRAWS, FEWER_DRAWS = 2000, 500
DIGITS = 9  # of sums of typed days, so that taking a card out and in again changes no square
Place = tuple[Lane, str | None]


@dataclass(frozen=True)
class Prospect:
    """The plan with a card in one lane.

    `chances` maps goals that are simulated to their chance, 0 to 1.
    """

    place: Place
    chances: Mapping[str, float]
    balance: Balance
    unaligned: UnalignedSpend


@dataclass(frozen=True)
class CardOutlook:
    """One card in every lane.

    `adds` is what the card, where it is, adds to each goal's chance: the plan with it less the
    plan without it. Empty for a card that is not in the plan.
    """

    tactic: Tactic
    prospects: tuple[Prospect, ...]
    adds: Mapping[str, float]


def places(board: Board) -> tuple[Place, ...]:
    """Return every lane a card can be dropped in: goals in order, under no goal, ideas."""
    goals: tuple[Place, ...] = tuple(("goal", goal.id) for goal in board.goals)
    return (*goals, ("unaligned", None), ("ideas", None))


class Outlook:
    """A plan and its run, ready to say what its cards would change.

    Raises
    ------
    InvalidValue
        If the plan with its ideas cannot be simulated.
    """

    def __init__(self, board: Board, run: Run) -> None:
        """Take a plan as it is and its settled run."""
        self._board = board
        self._settled = {row["id"]: float(row["chance"]) for row in run.summary["goals"]}
        self._cards = sorted(board.tactics, key=lambda each: each.id)
        self._at = {tactic.id: place for place, tactic in enumerate(self._cards)}
        raw = engine_inputs(board)
        raw["tactics"] = [engine_tactic(each, Levers()) for each in self._cards]
        self._inputs = read_inputs(raw)
        most = min(draws_for(len(self._cards)), run.draws)
        self._draws = picked(sample(self._inputs, run.draws, run.seed), range(most))
        self._year, self._spend = balance(board), unaligned_spend(board)
        self._cost = sum(first_year_cost(each, board.plan) for each in self._live())

    @property
    def draws(self) -> int:
        """How many futures are counted."""
        return self._draws.count

    def of(
        self, tactic_ids: Sequence[str], *, let_others: Callable[[], object] = lambda: None
    ) -> tuple[CardOutlook, ...]:
        """Return what these cards would change; those not on the board are left out.

        `let_others` is called again and again meanwhile, and may wait.
        """
        tactics = [self._cards[self._at[each]] for each in tactic_ids if each in self._at]
        lanes = places(self._board)
        swaps = [swap for tactic in tactics for swap in self._swaps(tactic, lanes)]
        present = [each.lane != "ideas" for each in self._cards]
        base, found = swapped_chances(
            self._inputs, self._draws, present, swaps, before_each_block=let_others
        )
        goals = [goal.id for goal in self._inputs.goals]
        usual = dict(zip(goals, base.tolist(), strict=True))
        rows = [dict(zip(goals, row, strict=True)) for row in found.tolist()]
        return tuple(
            self._card(tactic, lanes, rows[at * len(lanes) : (at + 1) * len(lanes)], usual)
            for at, tactic in enumerate(tactics)
        )

    def _live(self) -> list[Tactic]:
        return live_tactics(self._board.tactics)

    def _swaps(self, tactic: Tactic, lanes: Sequence[Place]) -> list[Swap]:
        place, own = self._at[tactic.id], likely_policy(self._inputs)
        with_it = own if tactic.lane != "ideas" else self._policy([*self._live(), tactic])
        without = (
            own
            if tactic.lane == "ideas"
            else self._policy([each for each in self._live() if each is not tactic])
        )
        found = self._in_lanes(tactic, lanes)
        return [Swap(place, each, without if each is None else with_it) for each in found]

    def _policy(self, tactics: Sequence[Tactic]) -> PolicyValues:
        live = [
            replace(each, lane="unaligned") if each.lane == "ideas" else each for each in tactics
        ]
        return freed_hours_policy(live, self._board.plan.week)

    def _in_lanes(self, tactic: Tactic, lanes: Sequence[Place]) -> list[TacticInput | None]:
        """Return the tactic as the engine reads it in each lane; None where it is not run."""
        moved = [replace(tactic, lane=lane, goal_id=goal_id) for lane, goal_id in lanes]
        live = [each for each in moved if each.lane != "ideas"]
        raw = {"tactics": [engine_tactic(each, Levers()) for each in live]}
        read = iter(read_inputs(raw).tactics)
        return [next(read) if each.lane != "ideas" else None for each in moved]

    def _card(
        self,
        tactic: Tactic,
        lanes: Sequence[Place],
        rows: Sequence[Mapping[str, float]],
        usual: Mapping[str, float],
    ) -> CardOutlook:
        without = rows[lanes.index(("ideas", None))]
        is_in = tactic.lane != "ideas"
        return CardOutlook(
            tactic=tactic,
            prospects=tuple(
                Prospect(
                    place=place,
                    chances={goal: self._shown(goal, row[goal] - usual[goal]) for goal in row},
                    balance=self._balance(tactic, place),
                    unaligned=self._unaligned(tactic, place),
                )
                for place, row in zip(lanes, rows, strict=True)
            ),
            adds={goal: usual[goal] - without[goal] for goal in usual} if is_in else {},
        )

    def _shown(self, goal: str, difference: float) -> float:
        return min(max(self._settled[goal] + difference, 0.0), 1.0)

    def _balance(self, tactic: Tactic, place: Place) -> Balance:
        year, goals = self._year, self._board.goals
        by_goal, unaligned = dict(year.by_goal), year.unaligned_days
        for each, sign in ((tactic, -1), (_moved(tactic, place), 1)):
            days = sign * each.effort_days
            for goal_id, share in goal_shares(each, goals).items():
                by_goal[goal_id] += share * days
            unaligned += days if each.lane == "unaligned" else 0.0
        by_goal = {goal: round(days, DIGITS) for goal, days in by_goal.items()}
        plan = self._board.plan
        left = plan.ops_people * plan.ops_days_per_person - sum(by_goal.values()) - unaligned
        return Balance(by_goal, round(unaligned, DIGITS), max(left, 0.0), max(-left, 0.0))

    def _unaligned(self, tactic: Tactic, place: Place) -> UnalignedSpend:
        cost = first_year_cost(tactic, self._board.plan)
        live = (place[0] != "ideas") - (tactic.lane != "ideas")
        stray = (place[0] == "unaligned") - (tactic.lane == "unaligned")
        money, total = self._spend.money + stray * cost, self._cost + live * cost
        return UnalignedSpend(
            money=money,
            share=money / total if total else 0.0,
            days=round(self._spend.days + stray * tactic.effort_days, DIGITS),
            tactics=self._spend.tactics + stray,
        )


def _moved(tactic: Tactic, place: Place) -> Tactic:
    return replace(tactic, lane=place[0], goal_id=place[1])


def draws_for(cards: int) -> int:
    """Return how many futures are counted for a board of so many cards."""
    return MOST_DRAWS if cards <= FEW_CARDS else FEWER_DRAWS
