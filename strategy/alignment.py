"""Pure reckoning on a board: effort, money, what serves a goal and what does not."""

from dataclasses import dataclass, replace

from strategy.model import Board, Plan, Tactic
from strategy.projection import live_tactics
from strategy.serving import goal_shares
from strategy.spreads import three

SQUARE_DAYS = (10, 20, 50, 100, 200, 500)
MOST_SQUARES = 160


@dataclass(frozen=True)
class Balance:
    """The operations team's year in person-days.

    Effort of tactics under goals is strategic; running the business and unaligned tactics
    are tactical. `over_days` is effort beyond what the team has.
    """

    by_goal: dict[str, float]
    unaligned_days: float
    running_days: float
    over_days: float

    @property
    def strategic_days(self) -> float:
        """Person-days of tactics under goals."""
        return sum(self.by_goal.values())

    @property
    def tactical_days(self) -> float:
        """Person-days of running the business and of unaligned tactics."""
        return self.unaligned_days + self.running_days

    @property
    def strategic_share(self) -> float:
        """Strategic part of all effort, 0 to 1; 0 for an empty year."""
        total = self.strategic_days + self.tactical_days
        return self.strategic_days / total if total else 0.0

    @property
    def square_days(self) -> int:
        """Person-days of one square on the beam: 10, or more where a large team has too many."""
        total = self.strategic_days + self.tactical_days
        size = next((each for each in SQUARE_DAYS if total / each <= MOST_SQUARES), 0)
        while not size or total / size > MOST_SQUARES:
            size = 10 * (size or 100)
        return size

    @property
    def days_to_tip(self) -> float:
        """Person-days that must cross for the strategic side to weigh as much."""
        return max(self.tactical_days - self.strategic_days, 0.0) / 2


def balance(board: Board) -> Balance:
    """Return how the operations team's year splits between strategic and tactical work."""
    capacity = board.plan.ops_people * board.plan.ops_days_per_person
    tactics = live_tactics(board.tactics)
    by_goal = {goal.id: 0.0 for goal in board.goals}
    for each in tactics:
        for goal_id, share in goal_shares(each, board.goals).items():
            by_goal[goal_id] += share * each.effort_days
    unaligned = sum(each.effort_days for each in tactics if each.lane == "unaligned")
    left = capacity - sum(by_goal.values()) - unaligned
    return Balance(by_goal, unaligned, max(left, 0.0), max(-left, 0.0))


def first_year_cost(tactic: Tactic, plan: Plan) -> float:
    """Return what a tactic costs in the plan's first 12 months, as typed, without overrun.

    Where its start is a range, the likely month counts; so it does in every sum.
    """
    months = max(13 - tactic.start, 0)
    seats = plan.seats if tactic.seats is None else tactic.seats
    one_off = tactic.one_off if months else 0.0
    return months * (tactic.seat_price * seats + tactic.fixed_monthly) + one_off


def first_year_costs(tactic: Tactic, plan: Plan) -> tuple[float, float]:
    """Return its first-year cost from the latest and from the earliest month it may start."""
    earliest, _, latest = three(tactic.begin)
    low, high = (first_year_cost(replace(tactic, start=each), plan) for each in (latest, earliest))
    return low, high


@dataclass(frozen=True)
class UnalignedSpend:
    """First-year money and yearly effort of tactics that run and serve no goal."""

    money: float
    share: float
    days: float
    tactics: int


def unaligned_spend(board: Board) -> UnalignedSpend:
    """Return what is spent on tactics that serve no goal, and its share of all spending."""
    tactics = live_tactics(board.tactics)
    stray = [each for each in tactics if each.lane == "unaligned"]
    total = sum(first_year_cost(each, board.plan) for each in tactics)
    money = sum(first_year_cost(each, board.plan) for each in stray)
    return UnalignedSpend(
        money=money,
        share=money / total if total else 0.0,
        days=sum(each.effort_days for each in stray),
        tactics=len(stray),
    )
