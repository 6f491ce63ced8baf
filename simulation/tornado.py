"""Which assumptions decide the answer: each at a low and at a high value, all else as drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.objectives import Objective, Reading, headline_objectives
from simulation.outcome import Outcome
from simulation.pert import pert
from simulation.plain import Plain
from simulation.progress import Progress, tracked
from simulation.ranks import rank_correlation

LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Bar(Plain):
    """One assumption's part in one objective.

    Attributes
    ----------
    assumption : its name
    rank : 1 for the widest swing; equal swings stand in the order of their names
    low_value, high_value : 10th and 90th percentile of its range, in its own unit
    low, high : headline of the objective with the assumption there in every draw
    swing : distance between `low` and `high`
    correlation : Spearman's rank correlation with the objective over the draws, -1 to 1;
        None where one of them does not vary
    """

    assumption: str
    rank: int
    low_value: float
    high_value: float
    low: float
    high: float
    swing: float
    correlation: float | None


@dataclass(frozen=True)
class Tornado(Plain):
    """All assumptions that have a range, the widest swing first."""

    objective: Objective
    as_drawn: Reading
    bars: tuple[Bar, ...]


def tornado(
    inputs: Inputs,
    draws: Draws,
    objectives: Sequence[Objective] | None = None,
    progress: Progress | None = None,
) -> tuple[Tornado, ...]:
    """Return a tornado for each objective, all from the same runs.

    Costs two runs, each with a baseline of its own, for every assumption that has a range.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    objectives : what to look at; None is net benefit and every goal's chance
    progress : told the share done; may raise to cancel
    """
    looked_at = headline_objectives(inputs) if objectives is None else tuple(objectives)
    drawn = simulate_on(inputs, draws)
    ranged = [name for name, spread in inputs.assumptions.items() if not spread.is_fixed]
    ends: dict[str, tuple[float, float]] = {}
    headlines: dict[str, list[tuple[float, float]]] = {}
    for name in tracked(ranged, progress):
        low, high = pert(inputs.assumptions[name], np.array([LOW, HIGH]))
        ends[name] = float(low), float(high)
        at_low, at_high = (
            simulate_on(inputs, with_values(draws, {name: value})) for value in ends[name]
        )
        headlines[name] = [
            (each.read(at_low).headline, each.read(at_high).headline) for each in looked_at
        ]
    return tuple(
        Tornado(
            objective=each,
            as_drawn=each.read(drawn),
            bars=_bars(
                drawn, each, ends, {name: pairs[place] for name, pairs in headlines.items()}
            ),
        )
        for place, each in enumerate(looked_at)
    )


def _bars(
    drawn: Outcome,
    objective: Objective,
    ends: dict[str, tuple[float, float]],
    headlines: dict[str, tuple[float, float]],
) -> tuple[Bar, ...]:
    values = objective.values(drawn)
    swings = {name: abs(high - low) for name, (low, high) in headlines.items()}
    widest_first = sorted(swings, key=lambda name: (-swings[name], name))
    return tuple(
        Bar(
            assumption=name,
            rank=rank,
            low_value=ends[name][0],
            high_value=ends[name][1],
            low=headlines[name][0],
            high=headlines[name][1],
            swing=swings[name],
            correlation=rank_correlation(drawn.draws.values[name], values),
        )
        for rank, name in enumerate(widest_first, start=1)
    )
