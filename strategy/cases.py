"""An optimistic and a pessimistic case, made from a scenario's own ranges."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulation.progress import Progress
from strategy import commands
from strategy.deciding import deciding
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.ports import Store

SMALLEST = 1.0  # currency; an assumption that moves net benefit by less stays as it is


@dataclass(frozen=True)
class Ends:
    """For what moves net benefit: its value at the good and at the bad end.

    `good` and `bad` are of assumptions by name, the others of the adoption and of the start month
    of tactics by id.
    """

    good: dict[str, float]
    bad: dict[str, float]
    good_adoption: dict[str, float] = field(default_factory=dict)
    bad_adoption: dict[str, float] = field(default_factory=dict)
    good_starts: dict[str, int] = field(default_factory=dict)
    bad_starts: dict[str, int] = field(default_factory=dict)


def ends(board: Board, run: Run, progress: Progress | None = None) -> Ends:
    """Return which end of each range is good for net benefit, found by trying both.

    The ends are the 10th and 90th percentile of the run's ranges, each tried alone. All good
    ends at once are far less likely than one in ten: the case is a corner, not a forecast.
    """
    net = deciding(board, run, progress)[0]
    found = Ends({}, {})
    for each in net.deciders:
        if abs(each.high - each.low) < SMALLEST:
            continue
        better, worse = each.high_value, each.low_value
        if each.high < each.low:
            better, worse = worse, better
        if each.tactic is None:
            found.good[each.assumption], found.bad[each.assumption] = better, worse
        elif each.is_start:
            found.good_starts[each.tactic] = int(better)
            found.bad_starts[each.tactic] = int(worse)
        else:
            found.good_adoption[each.tactic], found.bad_adoption[each.tactic] = better, worse
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
            (f"{scenario.name[:45]}, {word}", _with(levers, *values).to_json())
            for word, values in (
                ("optimistic", (found.good, found.good_adoption, found.good_starts)),
                ("pessimistic", (found.bad, found.bad_adoption, found.bad_starts)),
            )
        ],
    )
    return good, bad


def _with(
    levers: Levers,
    values: Mapping[str, float],
    adoption: Mapping[str, float],
    starts: Mapping[str, int],
) -> Levers:
    return replace(
        levers,
        assumptions={**levers.assumptions, **values},
        adoption={**levers.adoption, **adoption},
        starts={**levers.starts, **starts},
    )
