"""What misalignment costs: stray spending, unused seats, coordination (equation 20)."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from simulation.asking import live_months
from simulation.contribution import Contribution, contributions
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import Inputs, TacticInput
from simulation.nudge import Nudge
from simulation.outcome import Outcome
from simulation.plain import Plain
from simulation.progress import Progress
from simulation.types import FloatArray

LITTLE_MORE = 1.01
ALIGNED = ("aligned", "goal is not simulated")
Why = Literal["aligned", "no goal", "does not help its goal", "goal is not simulated"]


@dataclass(frozen=True)
class TacticCost(Plain):
    """One tactic's part; money is the mean over draws and the whole horizon, not discounted.

    Attributes
    ----------
    tactic, goal : its name and the goal it names
    why : "no goal" if it names none of the plan's, "does not help its goal" if it improves
        it in less than half of the draws, "goal is not simulated" if its goal is one of those
        given as such, which counts as aligned
    chance_it_helps : share of draws in which it improves its goal; None without a goal
    spend : everything paid for it
    shelfware : the part of `spend` that pays for unused seats
    coordination_hours : rep hours of its pairs with tactics of other goals, half of each pair
    cost : what counts: all of `spend`, or of an aligned tactic its shelfware only, and its
        coordination hours at `benefit_per_hour`
    """

    tactic: str
    goal: str | None
    why: Why
    chance_it_helps: float | None
    spend: float
    shelfware: float
    coordination_hours: float
    cost: float


@dataclass(frozen=True)
class Misalignment(Plain):
    """The cost of misalignment over the horizon, in currency and not discounted.

    The three parts do not overlap: unused seats of tactics that are not aligned are in their
    spending already.

    Attributes
    ----------
    unaligned_spend : spending on tactics without a goal, or that do not help theirs
    shelfware : unused seats of all other tactics
    coordination_cost : `coordination_hours` x `benefit_per_hour`
    coordination_hours : rep hours for pairs of live tactics that do not share a goal
    benefit_per_hour : net benefit inside the horizon of one more rep hour of selling
    total : the sum of the three parts; `total_p10` and `total_p90` enclose 80% of the draws
    spend : all spending of the plan, to compare with
    tactics : one a tactic, in the order of the inputs; their costs add up to `total`
    """

    unaligned_spend: float
    shelfware: float
    coordination_cost: float
    coordination_hours: float
    benefit_per_hour: float
    total: float
    total_p10: float
    total_p90: float
    spend: float
    tactics: tuple[TacticCost, ...]


def misalignment(
    inputs: Inputs,
    draws: Draws,
    progress: Progress | None = None,
    *,
    not_simulated: Collection[str] = (),
) -> Misalignment:
    """Return what misalignment costs and which tactics are behind it.

    Costs two runs and one more for each tactic.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    progress : told the share done; may raise to cancel
    not_simulated : goals of the plan whose metric the model does not produce
    """
    outcome = simulate_on(inputs, draws)
    worth = benefit_per_selling_hour(outcome)
    added = contributions(outcome, progress)
    count = len(inputs.tactics)
    spend, shelfware, hours = (np.zeros((count, draws.count)) for _ in range(3))
    for place, tactic in enumerate(inputs.tactics):
        spend[place], shelfware[place] = _spending(outcome, place, tactic)
        hours[place] = _coordination(outcome, place)
    reasons: list[Why] = [
        "goal is not simulated" if tactic.goal in not_simulated else _why(each)
        for tactic, each in zip(inputs.tactics, added, strict=True)
    ]
    is_aligned = np.array([why in ALIGNED for why in reasons], dtype=bool)
    counted = np.where(is_aligned[:, None], shelfware, spend)
    costs = counted + hours * worth
    total = costs.sum(axis=0)
    low, high = np.percentile(total, [10, 90])
    return Misalignment(
        unaligned_spend=float(counted[~is_aligned].sum() / draws.count),
        shelfware=float(counted[is_aligned].sum() / draws.count),
        coordination_cost=float(hours.sum() / draws.count * worth),
        coordination_hours=float(hours.sum() / draws.count),
        benefit_per_hour=worth,
        total=float(total.mean()),
        total_p10=float(low),
        total_p90=float(high),
        spend=float(spend.sum() / draws.count),
        tactics=tuple(
            TacticCost(
                tactic=tactic.name,
                goal=tactic.goal,
                why=reasons[place],
                chance_it_helps=None if each.goal_change is None else each.chance_it_helps,
                spend=float(spend[place].mean()),
                shelfware=float(shelfware[place].mean()),
                coordination_hours=float(hours[place].mean()),
                cost=float(costs[place].mean()),
            )
            for place, (tactic, each) in enumerate(zip(inputs.tactics, added, strict=True))
        ),
    )


def _why(each: Contribution) -> Why:
    if each.goal_change is None:
        return "no goal"
    return "aligned" if each.is_aligned else "does not help its goal"


def benefit_per_selling_hour(outcome: Outcome) -> float:
    """Return what one more rep hour of selling is worth in this plan, currency an hour.

    Every month gets 1% more selling hours; their net benefit inside the horizon, not
    discounted, is divided by the hours. No wage enters.
    """
    months = outcome.inputs.months
    nudged = simulate_on(
        outcome.inputs,
        outcome.draws,
        nudge=Nudge({"selling": np.full(months, LITTLE_MORE)}),
        baseline=outcome.baseline_path,
    )
    gain = nudged.metrics["net_benefit"] - outcome.metrics["net_benefit"]
    hours = float(outcome.metrics["selling_hours"].sum()) * (LITTLE_MORE - 1)
    return float(gain.sum()) / hours if hours > 0 else 0.0


def _spending(outcome: Outcome, place: int, tactic: TacticInput) -> tuple[FloatArray, FloatArray]:
    """Return what one tactic costs and the part for unused seats, each (draws,) (17)."""
    draws = outcome.draws
    live = live_months(draws.starts(outcome.inputs)[place], outcome.inputs.months).T
    months = live.sum(axis=0)
    seats = outcome.inputs.organisation.seats if tactic.seats is None else tactic.seats
    fit = outcome.path.work.fit[place]
    one_off = tactic.one_off * (1 + draws.values["overrun"] * (1 - fit))
    unused = (1 - outcome.path.work.adoption[place]).sum(axis=0, where=live)
    paid = tactic.seat_price * seats
    return months * (paid + tactic.fixed_monthly) + (months > 0) * one_off, paid * unused


def _coordination(outcome: Outcome, place: int) -> FloatArray:
    """Return a tactic's half of the coordination hours of its pairs, (draws,) (7)."""
    tactics, heads = outcome.inputs.tactics, outcome.metrics["heads"].T
    starts = outcome.draws.starts(outcome.inputs)
    hours = np.zeros(outcome.draws.count)
    for pair in combinations(range(len(tactics)), 2):
        one, other = tactics[pair[0]], tactics[pair[1]]
        if place in pair and (one.goal is None or one.goal != other.goal):
            both = live_months(np.maximum(*starts[list(pair)]), outcome.inputs.months)
            hours += (heads * both.T).sum(axis=0) / 2
    return hours * outcome.draws.values["coordination_hours"]
