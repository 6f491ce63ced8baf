"""At which value of one input an answer turns: net benefit zero, or a chance of one half."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np

from simulation.defaults import Range
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.objectives import Objective, headline_objectives
from simulation.outcome import Path
from simulation.plain import Plain
from simulation.progress import Progress, part, tracked

INPUTS = ("selling_elasticity", "leak", "buyer_pressure", "adoption")
POINTS = 21
PRECISION = 1 / 2000  # of the width of the range
Margins = tuple[float, ...]


@dataclass(frozen=True)
class Crossing(Plain):
    """A value at which the answer turns; `better` is the side of it that is favourable."""

    value: float
    better: Literal["above", "below"]


@dataclass(frozen=True)
class BreakEven(Plain):
    """Where one objective turns as one input moves through its range, all else as drawn.

    Favourable means that the middle draw's net benefit is above zero, or that the goal is
    likelier met than not.

    Attributes
    ----------
    input : an assumption, or "adoption": the share of reps who will use each tactic in the
        end, the same for all tactics
    objective : net benefit or a goal's chance
    low, high : the range that was searched, in the input's own unit
    crossings : every value found at which the answer turns, in rising order
    always : "favourable" or "unfavourable" where no value in the range turns it, else None
    """

    input: str
    objective: Objective
    low: float
    high: float
    crossings: tuple[Crossing, ...]
    always: Literal["favourable", "unfavourable"] | None


def break_evens(
    inputs: Inputs,
    draws: Draws,
    names: Sequence[str] = INPUTS,
    *,
    points: int = POINTS,
    progress: Progress | None = None,
) -> tuple[BreakEven, ...]:
    """Return where net benefit and each goal's chance turn, for each input.

    The range is first walked in equal steps, so that an answer that turns more than once is
    found, then each turn is halved down to a two-thousandth of the range. Two turns between
    neighbouring steps stay unseen.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    names : assumptions, or "adoption"
    points : steps of the walk, at least 2
    progress : told the share done; may raise to cancel
    """
    objectives = headline_objectives(inputs)
    baseline = simulate_on(inputs, draws).baseline_path
    found: list[BreakEven] = []
    for turn, name in enumerate(names):
        low, high = _searched(inputs, name)
        margins = cache(_runner(inputs, draws, name, objectives, baseline))
        steps = sorted({float(step) for step in np.linspace(low, high, points)})
        share = part(progress, turn / len(names), (turn + 1) / len(names))
        for step in tracked(steps, share):
            margins(step)
        for place, objective in enumerate(objectives):
            found.append(_break_even(name, objective, steps, _side(margins, place)))
    return tuple(found)


def _searched(inputs: Inputs, name: str) -> tuple[float, float]:
    if name == "adoption":
        return 0.0, 1.0
    spread = inputs.assumptions[name]
    return spread.low, spread.high


def with_adoption(inputs: Inputs, share: float) -> Inputs:
    """Return the inputs with the same share of reps reached by every tactic, 0 to 1."""
    same = Range.fixed_at(share)
    return replace(inputs, tactics=tuple(replace(tactic, adopt=same) for tactic in inputs.tactics))


def _runner(
    inputs: Inputs,
    draws: Draws,
    name: str,
    objectives: tuple[Objective, ...],
    baseline: Path,
) -> Callable[[float], Margins]:
    """Return what tells, at a value, how far each objective is above its turning point."""

    def run(value: float) -> Margins:
        outcome = (
            simulate_on(with_adoption(inputs, value), draws, baseline=baseline)
            if name == "adoption"
            else simulate_on(inputs, with_values(draws, {name: value}))
        )
        return tuple(
            each.read(outcome).headline - (0.5 if each.kind == "chance" else 0.0)
            for each in objectives
        )

    return run


def _side(margins: Callable[[float], Margins], place: int) -> Callable[[float], bool]:
    """Return what tells whether the objective at this place is favourable at a value."""
    return lambda value: margins(value)[place] > 0


def _break_even(
    name: str, objective: Objective, steps: list[float], is_favourable: Callable[[float], bool]
) -> BreakEven:
    crossings = turns(steps, is_favourable)
    always: Literal["favourable", "unfavourable"] = (
        "favourable" if is_favourable(steps[0]) else "unfavourable"
    )
    return BreakEven(
        input=name,
        objective=objective,
        low=steps[0],
        high=steps[-1],
        crossings=crossings,
        always=None if crossings else always,
    )


def turns(steps: Sequence[float], is_favourable: Callable[[float], bool]) -> tuple[Crossing, ...]:
    """Return every value between neighbouring rising steps at which the answer turns."""
    sides = [is_favourable(step) for step in steps]
    precision = (steps[-1] - steps[0]) * PRECISION
    return tuple(
        Crossing(
            value=_turn(steps[place], steps[place + 1], precision, is_favourable),
            better="above" if sides[place + 1] else "below",
        )
        for place in range(len(steps) - 1)
        if sides[place] != sides[place + 1]
    )


def _turn(
    low: float, high: float, precision: float, is_favourable: Callable[[float], bool]
) -> float:
    """Halve between two values on different sides until they are `precision` apart."""
    side = is_favourable(low)
    while high - low > precision:
        middle = (low + high) / 2
        if is_favourable(middle) == side:
            low = middle
        else:
            high = middle
    return (low + high) / 2
