"""An optimistic and a pessimistic case, made from a scenario's own ranges."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulation.defaults import Range
from simulation.inputs import Headcount
from simulation.policy_ranges import DESTINATION, QUALITY, SEATS
from simulation.progress import Progress
from strategy import commands
from strategy.deciding import Decider, deciding
from strategy.headcount import headcount_of
from strategy.levers import Levers
from strategy.model import Board, Plan, Run, Scenario, Spread
from strategy.ports import Store
from strategy.spreads import likely

SMALLEST = 1.0  # currency; an assumption that moves net benefit by less stays as it is


@dataclass(frozen=True)
class Corner:
    """One end of each range that moves net benefit.

    Attributes
    ----------
    assumptions : by name
    adoption, starts : of tactics, by id
    policy : what becomes of freed hours, and seats, by the names of `policy_ranges`
    """

    assumptions: dict[str, float] = field(default_factory=dict)
    adoption: dict[str, float] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    policy: dict[str, float] = field(default_factory=dict)

    def put(self, one: Decider, value: float) -> None:
        """Take one end of what has a range."""
        if one.is_policy:
            self.policy[one.assumption] = value
        elif one.tactic is None:
            self.assumptions[one.assumption] = value
        elif one.is_start:
            self.starts[one.tactic] = int(value)
        else:
            self.adoption[one.tactic] = value


@dataclass(frozen=True)
class Ends:
    """The good and the bad end of all that moves net benefit."""

    good: Corner = field(default_factory=Corner)
    bad: Corner = field(default_factory=Corner)


def ends(board: Board, run: Run, progress: Progress | None = None) -> Ends:
    """Return which end of each range is good for net benefit, found by trying both.

    The ends are the 10th and 90th percentile of the run's ranges, each tried alone. All good
    ends at once are far less likely than one in ten: the case is a corner, not a forecast.
    """
    net = deciding(board, run, progress)[0]
    found = Ends()
    for each in net.deciders:
        if abs(each.high - each.low) < SMALLEST:
            continue
        better, worse = each.high_value, each.low_value
        if each.high < each.low:
            better, worse = worse, better
        found.good.put(each, better)
        found.bad.put(each, worse)
    return found


def make_cases(
    store: Store, board: Board, actor: str, scenario: Scenario, found: Ends
) -> tuple[Scenario, Scenario]:
    """Save the two cases of a scenario beside it, in one change."""
    levers = Levers.from_json(scenario.overrides)
    good, bad = commands.add_scenarios(
        store,
        board.plan.id,
        actor,
        [
            (f"{scenario.name[:45]}, {word}", _with(levers, corner, board.plan).to_json())
            for word, corner in (("optimistic", found.good), ("pessimistic", found.bad))
        ],
    )
    return good, bad


def _with(levers: Levers, corner: Corner, plan: Plan) -> Levers:
    return replace(
        levers,
        assumptions={**levers.assumptions, **corner.assumptions},
        adoption={**levers.adoption, **corner.adoption},
        starts={**levers.starts, **corner.starts},
        destinations=_destinations(levers.destinations, corner.policy),
        plan_quality=corner.policy.get(QUALITY, levers.plan_quality),
        headcount=_headcount(levers.headcount, corner.policy, plan),
    )


def _headcount(own: Headcount | None, policy: Mapping[str, float], plan: Plan) -> Headcount | None:
    """Return seats later on at this end; the plan's own where the scenario follows it."""
    change = own or headcount_of(plan)
    if change is None or SEATS not in policy:
        return own
    return replace(change, seats=Range.fixed_at(policy[SEATS]))


def _destinations(
    shares: Mapping[str, Spread] | None, policy: Mapping[str, float]
) -> Mapping[str, Spread] | None:
    """Return destinations at these ends, scaled to all of the hours as the model scales draws."""
    if shares is None or not any(name.startswith(DESTINATION) for name in policy):
        return shares
    ends = {use: policy.get(f"{DESTINATION}{use}", likely(each)) for use, each in shares.items()}
    total = sum(ends.values())
    return {use: share / total for use, share in ends.items()} if total > 0 else shares
