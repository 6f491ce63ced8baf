"""How many slow operations the engine does for a draw, counted while its own code runs.

python -m bench.counting < INPUTS.json prints them as JSON. The loops run as plain Python, on
numbers that count their divisions; exponentials, logarithms and square roots count themselves.
"""

import json
import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COUNTED_DRAWS = 4
counts: Counter[str] = Counter()


class Number(float):
    """A float that counts divisions, and whose results count theirs."""

    def __truediv__(self, other: float) -> "Number":
        """Divide."""
        counts["divide"] += 1
        return Number(float(self) / float(other))

    def __rtruediv__(self, other: float) -> "Number":
        """Divide by this."""
        counts["divide"] += 1
        return Number(float(other) / float(self))

    def __add__(self, other: float) -> "Number":
        """Add."""
        return Number(float(self) + float(other))

    def __sub__(self, other: float) -> "Number":
        """Subtract."""
        return Number(float(self) - float(other))

    def __rsub__(self, other: float) -> "Number":
        """Subtract this."""
        return Number(float(other) - float(self))

    def __mul__(self, other: float) -> "Number":
        """Multiply."""
        return Number(float(self) * float(other))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> "Number":
        """Change the sign."""
        return Number(-float(self))

    def __abs__(self) -> "Number":
        """Drop the sign."""
        return Number(abs(float(self)))


def exp(x: float) -> Number:
    """Return e**x, counted; bounds as in `simulation.arithmetic`."""
    counts["exp"] += 1
    return Number(0.0 if x < -708 else math.exp(min(x, 709.0)))


def log(x: float) -> Number:
    """Return ln x, counted; bounds as in `simulation.arithmetic`."""
    counts["log"] += 1
    return Number(math.log(x) if x > 1e-300 else -1e300)


class CountingMath:
    """The mathematics module as far as the loops use it."""

    floor = staticmethod(math.floor)
    inf, nan = math.inf, math.nan

    @staticmethod
    def sqrt(x: float) -> Number:
        """Return the square root, counted."""
        counts["sqrt"] += 1
        return Number(math.sqrt(x))


def count_here(raw: dict[str, Any]) -> dict[str, float]:
    """Return operations a draw of a run and its baseline, money included.

    Works only in a process of its own, in which nothing is compiled: it replaces NumPy's
    constructors and the model's exponential and logarithm.
    """
    import numpy as np

    from simulation import arithmetic

    vars(arithmetic).update(exp=exp, log=log)
    from simulation import draws as drawn
    from simulation import engine, money, noise, outcome
    from simulation.draws import sample
    from simulation.engine import simulate_on
    from simulation.inputs import Inputs

    vars(noise)["math"] = vars(money)["math"] = CountingMath
    inputs = Inputs.from_json(raw)
    draws = sample(inputs, COUNTED_DRAWS, 1)
    draws = draws.__class__(
        draws.count,
        draws.seed,
        {name: _numbers(values) for name, values in draws.values.items()},
        {name: _numbers(values) for name, values in draws.fit_noise.items()},
        _numbers(draws.demand_noise),
        _numbers(draws.bookings_noise),
    )
    for name, fill in (("empty", 0.0), ("zeros", 0.0), ("ones", 1.0)):
        setattr(np, name, _constructor(getattr(np, name), fill))
    for module in (drawn, engine, outcome):
        vars(module)["room"] = lambda *shape: np.empty(shape)
    counts.clear()
    assert simulate_on(inputs, draws).finance.npv.size == COUNTED_DRAWS
    return {name: count / COUNTED_DRAWS for name, count in sorted(counts.items())}


def _numbers(values: Any) -> Any:
    import numpy as np

    counting = np.array([Number(value) for value in values.ravel()], dtype=object)
    return counting.reshape(values.shape)


def _constructor(make: Any, fill: float) -> Any:
    def made(shape: Any, dtype: Any = None) -> Any:
        if dtype is not None:
            return make(shape, dtype=dtype)
        room = make(shape, dtype=object)
        room[...] = Number(fill)
        return room

    return made


def operations_a_draw(inputs: dict[str, Any]) -> dict[str, float]:
    """Return operations a draw, counted in another process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.counting"],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        input=json.dumps(inputs),
        capture_output=True,
        text=True,
        check=True,
    )
    counted: dict[str, float] = json.loads(done.stdout)
    return counted


if __name__ == "__main__":
    print(json.dumps(count_here(json.load(sys.stdin))))
