"""Runs of up to a million draws, part by part, in little memory."""

from collections.abc import Callable
from typing import Any

import numpy as np

from simulation import MODEL_VERSION
from simulation.checking import InputError
from simulation.compiled import compiled
from simulation.draws import MAX_DRAWS, sample
from simulation.engine import simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.outcome import Outcome
from simulation.report import (
    SHOWN,
    finance_of,
    goal_row,
    tactics_report,
)
from simulation.types import FloatArray, IntArray, fixed

PART = 2_000  # draws at a time
MOST_AT_ONCE = 50_000  # above it a run is streamed
BINS = 8_192
MARGIN = 0.25  # of the first part's range, on both sides
Progress = Callable[[float], None]


class Bands:
    """Percentiles and means by month of values that pass by, from counts in narrow bins.

    The first part sets the bins. A percentile is exact to the width of a bin: 1/5,461 of the
    first part's range.
    """

    def __init__(self, values: FloatArray) -> None:
        """Begin with the first part, (months, draws)."""
        low, high = values.min(axis=-1), values.max(axis=-1)
        self._low = low - MARGIN * (high - low)
        self._width = (high - low) * (1 + 2 * MARGIN) / BINS
        self._counts = np.zeros((values.shape[0], BINS), dtype=np.int64)
        self._sums = np.zeros(values.shape[0])
        self.add(values)

    def add(self, values: FloatArray) -> None:
        """Count (months, draws) values."""
        _count(fixed(values), self._low, self._width, self._counts)
        self._sums += values.sum(axis=-1)

    def shown(self) -> dict[str, list[float]]:
        """Return p10, p50, p90 and mean by month."""
        total = self._counts[0].sum()
        cuts = {
            name: _quantiles(self._counts, self._low, self._width, int(name[1:]) / 100)
            for name in SHOWN
            if name != "mean"
        }
        return {name: values.tolist() for name, values in cuts.items()} | {
            "mean": (self._sums / total).tolist()
        }


@compiled
def _count(values: FloatArray, low: FloatArray, width: FloatArray, counts: IntArray) -> None:
    for month in range(values.shape[0]):
        for draw in range(values.shape[1]):
            place = 0
            if width[month] > 0.0:
                place = int((values[month, draw] - low[month]) / width[month])
            counts[month, min(max(place, 0), BINS - 1)] += 1


def _quantiles(counts: IntArray, low: FloatArray, width: FloatArray, share: float) -> FloatArray:
    """Return one percentile a month, linear inside its bin; (months,)."""
    below = np.cumsum(counts, axis=-1)
    place = share * below[:, -1]
    bins = np.argmax(below >= place[:, None], axis=-1)
    rows = np.arange(counts.shape[0])
    inside = counts[rows, bins]
    part = 1 - (below[rows, bins] - place) / np.maximum(inside, 1)
    return np.where(width > 0, low + (bins + part) * width, low)


class _Sums:
    """What is kept of the parts that passed by."""

    def __init__(self, first: Outcome) -> None:
        self.goals = first.inputs.goals
        self.bands = {
            kind: {name: Bands(metrics[name].T) for name in METRICS}
            for kind, metrics in _kinds(first).items()
        }
        self.money: dict[str, list[FloatArray]] = {"npv": [], "roi": [], "payback": []}
        self.hits = np.zeros((len(self.goals), 2))
        self._count(first)

    def add(self, outcome: Outcome) -> None:
        """Add one more part."""
        for kind, metrics in _kinds(outcome).items():
            for name, bands in self.bands[kind].items():
                bands.add(metrics[name].T)
        self._count(outcome)

    def _count(self, outcome: Outcome) -> None:
        for name, kept in self.money.items():
            kept.append(getattr(outcome.finance, name))
        for row, goal in enumerate(self.goals):
            self.hits[row, 0] += outcome.goal_hits(goal).sum()
            self.hits[row, 1] += outcome.goal_hits(goal, of_baseline=True).sum()


def _kinds(outcome: Outcome) -> dict[str, dict[str, FloatArray]]:
    return {"metrics": outcome.metrics, "baseline": outcome.baseline}


def streamed_report(
    inputs: Inputs, draws: int, seed: int, progress: Progress = lambda share: None
) -> dict[str, Any]:
    """Return the output object of `simulation.report` for any number of draws.

    What each tactic adds is estimated on the first part. `progress` is told the share done.
    """
    if draws > MAX_DRAWS:
        raise InputError("draws", f"is {draws}", f"a whole number from 1 to {MAX_DRAWS}")
    outcome = simulate_on(inputs, sample(inputs, min(PART, draws), seed))
    tactics = tactics_report(outcome)
    sums = _Sums(outcome)
    for part, start in enumerate(range(PART, draws, PART), start=1):
        progress(start / draws)
        worlds = sample(inputs, min(PART, draws - start), seed, part=part)
        sums.add(simulate_on(inputs, worlds))
    progress(1.0)
    shares = sums.hits / draws
    return {
        "model_version": MODEL_VERSION,
        "draws": draws,
        "seed": seed,
        "months": inputs.months,
        **{
            kind: {name: each.shown() for name, each in bands.items()}
            for kind, bands in sums.bands.items()
        },
        "finance": finance_of(*(np.concatenate(sums.money[name]) for name in sums.money)),
        "goals": [
            goal_row(goal.id, float(shares[row, 0]), float(shares[row, 1]), draws)
            for row, goal in enumerate(inputs.goals)
        ],
        "tactics": tactics,
    }
