"""What decides the answer: each uncertain input at a low and a high value, all else as drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulation.decided import drawn as values_drawn
from simulation.defaults import Range
from simulation.draws import Draws, tactic_keys, whole_at
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.objectives import Objective, Reading, headline_objectives
from simulation.outcome import Outcome, Path
from simulation.pert import pert
from simulation.plain import Plain
from simulation.policy_ranges import SEATS, policy_ranges
from simulation.progress import Progress, tracked
from simulation.ranks import rank_correlation
from simulation.types import FloatArray

ENDS = (0.1, 0.9)
ADOPTION, START = "adopt:", "start:"


@dataclass(frozen=True)
class Bar(Plain):
    """The part of one assumption, of a tactic's adoption or start, or of the policy.

    Attributes
    ----------
    assumption : its name; for adoption "adopt:" and the tactic's key, see `tactic_keys`, for
        the start month "start:" and the key; for freed hours and seats as in
        `policy_ranges`
    rank : 1 for the widest swing; equal swings stand in the order of their names
    low_value, high_value : 10th and 90th percentile of its range, in its own unit
    low, high : headline of the objective with the assumption there in every draw
    swing : distance between `low` and `high`
    correlation : Spearman's rank correlation with the objective over the draws, -1 to 1;
        None where one of them does not vary
    tactic : place of the tactic whose adoption or start it is, None for an assumption
    is_start : whether it is a start month; its values are months then
    is_policy : whether it is of `policy_ranges`; its values are as drawn, before destinations are
        scaled to sum to 1
    """

    assumption: str
    rank: int
    low_value: float
    high_value: float
    low: float
    high: float
    swing: float
    correlation: float | None
    tactic: int | None = None
    is_start: bool = False
    is_policy: bool = False


@dataclass(frozen=True)
class Tornado(Plain):
    """All that has a range, the widest swing first."""

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

    Costs two runs, each with a baseline of its own, for every assumption that has a range, and
    two without for everything else that has one.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    objectives : what to look at; None is net benefit and every goal's chance
    progress : told the share done; may raise to cancel
    """
    looked_at = headline_objectives(inputs) if objectives is None else tuple(objectives)
    drawn = simulate_on(inputs, draws)
    uncertain = _uncertain(inputs, draws)
    headlines: dict[str, list[tuple[float, float]]] = {}
    for one in tracked(uncertain, progress):
        at_low, at_high = (
            _held(inputs, draws, one, place, drawn.baseline_path) for place in range(len(ENDS))
        )
        headlines[one.name] = [
            (each.read(at_low).headline, each.read(at_high).headline) for each in looked_at
        ]
    return tuple(
        Tornado(
            objective=each,
            as_drawn=each.read(drawn),
            bars=_bars(
                drawn, each, uncertain, {name: pairs[place] for name, pairs in headlines.items()}
            ),
        )
        for place, each in enumerate(looked_at)
    )


@dataclass(frozen=True)
class _Uncertain:
    """An input that has a range; `values` are as drawn, (draws,)."""

    name: str
    spread: Range
    values: FloatArray
    tactic: int | None = None
    is_policy: bool = False

    @property
    def is_start(self) -> bool:
        """Whether it is a month."""
        return self.tactic is not None and self.name.startswith(START)

    @property
    def ends(self) -> tuple[float, float]:
        at = whole_at if self.is_start or self.name == SEATS else pert
        low, high = at(self.spread, np.array(ENDS))
        return float(low), float(high)


def _uncertain(inputs: Inputs, draws: Draws) -> list[_Uncertain]:
    most, starts = draws.most(inputs), draws.starts(inputs)
    found = [
        _Uncertain(name, spread, draws.values[name]) for name, spread in inputs.assumptions.items()
    ]
    keys = tactic_keys(each.name for each in inputs.tactics)
    for place, (key, tactic) in enumerate(zip(keys, inputs.tactics, strict=True)):
        found.append(_Uncertain(f"{ADOPTION}{key}", tactic.adopt, most[place], place))
        found.append(_Uncertain(f"{START}{key}", tactic.start, starts[place], place))
    found += [
        _Uncertain(name, spread, values_drawn(spread, name, draws), is_policy=True)
        for name, spread in policy_ranges(inputs).items()
    ]
    return [each for each in found if not each.spread.is_fixed]


def _held(inputs: Inputs, draws: Draws, one: _Uncertain, end: int, baseline: Path) -> Outcome:
    """Run with one input at an end in every draw; only assumptions move the baseline."""
    value = one.ends[end]
    if one.is_policy:
        held = {**draws.policy_quantiles, one.name: np.full(draws.count, ENDS[end])}
        return simulate_on(inputs, replace(draws, policy_quantiles=held), baseline=baseline)
    if one.tactic is None:
        return simulate_on(inputs, with_values(draws, {one.name: value}))
    tactics = list(inputs.tactics)
    field = "start" if one.is_start else "adopt"
    fixed: dict[str, Any] = {field: Range.fixed_at(value)}
    tactics[one.tactic] = replace(tactics[one.tactic], **fixed)
    return simulate_on(replace(inputs, tactics=tuple(tactics)), draws, baseline=baseline)


def _bars(
    drawn: Outcome,
    objective: Objective,
    uncertain: Sequence[_Uncertain],
    headlines: dict[str, tuple[float, float]],
) -> tuple[Bar, ...]:
    values = objective.values(drawn)
    swings = {name: abs(high - low) for name, (low, high) in headlines.items()}
    widest_first = sorted(uncertain, key=lambda one: (-swings[one.name], one.name))
    return tuple(
        Bar(
            assumption=one.name,
            rank=rank,
            low_value=one.ends[0],
            high_value=one.ends[1],
            low=headlines[one.name][0],
            high=headlines[one.name][1],
            swing=swings[one.name],
            correlation=rank_correlation(one.values, values),
            tactic=one.tactic,
            is_start=one.is_start,
            is_policy=one.is_policy,
        )
        for rank, one in enumerate(widest_first, start=1)
    )
