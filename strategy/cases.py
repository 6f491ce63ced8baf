"""An optimistic and a pessimistic case, made from a scenario's own ranges."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulation.progress import Progress
from strategy import commands
from strategy.deciding import deciding
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.ports import Store

SMALLEST = 1.0  # currency; an assumption that moves net benefit by less stays as it is


@dataclass(frozen=True)
class Ends:
    """For each assumption that moves net benefit: its value at the good and at the bad end."""

    good: dict[str, float]
    bad: dict[str, float]


def ends(board: Board, run: Run, progress: Progress | None = None) -> Ends:
    """Return which end of each range is good for net benefit, found by trying both.

    The ends are the 10th and 90th percentile of the run's ranges, each tried alone. All good
    ends at once are far less likely than one in ten: the case is a corner, not a forecast.
    """
    net = deciding(board, run, progress)[0]
    good, bad = {}, {}
    for each in net.deciders:
        if abs(each.high - each.low) < SMALLEST:
            continue
        is_high_good = each.high > each.low
        good[each.assumption] = each.high_value if is_high_good else each.low_value
        bad[each.assumption] = each.low_value if is_high_good else each.high_value
    return Ends(good, bad)


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
            (f"{scenario.name[:45]}, {word}", _with(levers, values).to_json())
            for word, values in (("optimistic", found.good), ("pessimistic", found.bad))
        ],
    )
    return good, bad


def _with(levers: Levers, values: Mapping[str, float]) -> Levers:
    return replace(levers, assumptions={**levers.assumptions, **values})
