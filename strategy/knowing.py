"""What knowing a few assumptions would be worth: how much narrower the answer's range gets."""

from collections.abc import Collection

from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.outcome import percentiles
from strategy.model import Run
from strategy.studying import study

MOST_KNOWN = 3


def narrower(run: Run, names: Collection[str]) -> float:
    """Return by which share the 80% range of net benefit shrinks with these at their likely values.

    On the run's first futures, all else as drawn. Below 0 if the range widens, which it can where
    the likely value makes the other assumptions matter more; 0 for a range of no width.
    """
    inputs, draws = study(run)
    held = with_values(draws, {name: inputs.assumptions[name].mode for name in names})
    before, after = _width(inputs, draws), _width(inputs, held)
    return 1 - after / before if before > 0 else 0.0


def _width(inputs: Inputs, draws: Draws) -> float:
    found = percentiles(simulate_on(inputs, draws).finance.npv)
    return float(found["p90"]) - float(found["p10"])
