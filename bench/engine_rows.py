"""How long the model takes: a run, its parts, how it grows, and a search over mixes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, repeat
from pathlib import Path
from typing import Any

import numpy as np

from bench.arithmetic import floor_seconds
from bench.counting import operations_a_draw
from bench.reference.engine import simulate_on as plain_numpy
from bench.stacks import SEVEN_TOOLS, TWELVE_TOOLS
from bench.timing import Measure, Row, Target, timed
from bench.workbench import Workbench
from simulation.draws import Draws, sample
from simulation.engine import simulate, simulate_on
from simulation.inputs import Inputs
from simulation.mixes import evaluate_mixes, mix_of
from simulation.outcome import PERCENTILES, chance, percentiles
from simulation.report import report
from simulation.search import best_mixes
from strategy.running import current_run
from strategy.summary import KEPT, summarise

ROOT = Path(__file__).resolve().parents[1]
CALLS = 5  # of a run too short to be judged by one; the first finds cold caches
BANDS = ("bookings", "revenue", "wins", "win_rate", "selling_hours", "cumulative_net")


@dataclass(frozen=True)
class Work:
    """What the rows of the model work on."""

    inputs: Inputs
    draws: Draws
    mixes: Inputs
    mix_draws: Draws

    @cached_property
    def operations(self) -> dict[str, float]:
        """Slow operations a draw, see `bench.counting`."""
        return operations_a_draw(SEVEN_TOOLS)


def engine_rows(bench: Workbench) -> list[Row]:
    """Return the rows of the model."""
    sizes = bench.sizes
    inputs = Inputs.from_json(SEVEN_TOOLS)
    fewer = TWELVE_TOOLS | {"tactics": TWELVE_TOOLS["tactics"][: sizes.mix_tactics]}
    twelve = Inputs.from_json(fewer)
    work = Work(inputs, sample(inputs, sizes.draws, 1), twelve, sample(twelve, sizes.mix_draws, 1))
    return [*_run_rows(work), *_board_rows(bench), *_growth_rows(bench), *_search_rows(work)]


def _run_rows(work: Work) -> list[Row]:
    inputs, size = work.inputs, work.draws.count
    said = f"{size:,} draws x {inputs.months} months, 7 tactics, baseline and percentiles"
    seeds = count(2)

    def first_of_a_seed() -> None:
        shown(simulate(inputs, size, next(seeds), keep=BANDS), percentiles)

    def known() -> None:
        shown(simulate_on(inputs, work.draws, keep=BANDS), percentiles)

    def plain() -> None:
        shown(plain_numpy(inputs, work.draws), plain_percentiles)

    def floor() -> float:
        return floor_seconds(work.operations, size)

    return [
        Row(
            f"{said}, draws known",
            "ms",
            timed(known, CALLS),
            "counted arithmetic on one core",
            floor,
            targets=(Target(3),),
        ),
        Row(
            "the same",
            "ms",
            timed(known, CALLS),
            "plain NumPy months",
            timed(plain),
            targets=(Target(0.1),),
        ),
        Row(
            "the same, first run of a seed",
            "ms",
            timed(first_of_a_seed),
            "draws known",
            timed(known, CALLS),
            targets=(Target(2.5),),
        ),
    ]


def shown(outcome: Any, cut: Callable[[Any], Any]) -> None:
    """Do what a chart page asks of an outcome: bands, money and the chances of goals."""
    for metrics in (outcome.metrics, outcome.baseline):
        for name in BANDS:
            cut(metrics[name])
    np.percentile(outcome.finance.npv, [10, 50, 90])
    for goal in outcome.inputs.goals:
        chance(outcome.goal_hits(goal))


def plain_percentiles(values: Any) -> Any:
    """Return what `percentiles` returns, as one would first write it."""
    return np.percentile(values, list(PERCENTILES.values()), axis=0), values.mean(axis=0)


def _board_rows(bench: Workbench) -> list[Row]:
    board, inputs, seed = bench.board, bench.inputs, bench.board.plan.seed
    size = bench.sizes.draws
    outcome = simulate(inputs, size, seed, keep=KEPT)

    def run(seeds: Iterator[int]) -> Measure:
        return timed(lambda: summarise(board, simulate(inputs, size, next(seeds), keep=KEPT)))

    return [
        Row(f"the worked example's board, {size:,} draws, to its summary", "ms", run(repeat(seed))),
        Row(
            "its summary alone (percentiles, chances, money)",
            "ms",
            timed(lambda: summarise(board, replace(outcome))),  # anew: an outcome remembers
            "run and summary",
            run(repeat(seed)),
        ),
        Row(
            "its run read back from the database",
            "ms",
            timed(lambda: current_run(bench.store, board, draws=size), bench.sizes.times),
            "run and summary",
            run(repeat(seed)),
        ),
    ]


def _growth_rows(bench: Workbench) -> list[Row]:
    few, many = bench.sizes.few_draws, bench.sizes.many_draws
    inputs, seeds = Inputs.from_json(SEVEN_TOOLS), count(1_000)

    def small() -> None:
        report(simulate(inputs, few, next(seeds)))

    child = _Child(many)
    return [
        Row(
            f"{many:,} draws, new seed, to the whole report",
            "s",
            child.seconds,
            f"{few:,} draws (ratio a draw)",
            timed(small, 3),
            scale=few / many,
            targets=(Target(1.5),),
        ),
        Row(
            f"peak memory of {many:,} draws",
            "MB",
            child.megabytes,
            targets=(Target(1024, is_ratio=False),),
        ),
    ]


class _Told(Exception):
    """The first progress was told; the rest of the search is not needed."""


class _Child:
    """A run in a process of its own, so that its memory can be told."""

    def __init__(self, draws: int) -> None:
        """Remember how many draws to run."""
        self._draws, self._peak = draws, 0.0

    def seconds(self) -> float:
        """Run once; return how long it took in the process, start left out."""
        code = (
            "import json,sys,time\n"
            "from bench.memory import peak_megabytes\n"
            "from simulation.inputs import Inputs\n"
            "from simulation.streaming import streamed_report\n"
            "inputs = Inputs.from_json(json.load(sys.stdin))\n"
            "streamed_report(inputs, 1000, 1)\n"
            "started = time.perf_counter()\n"
            f"streamed_report(inputs, {self._draws}, 2)\n"
            "seconds = time.perf_counter() - started\n"
            "print(json.dumps([seconds, peak_megabytes()]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            input=json.dumps(SEVEN_TOOLS),
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, self._peak = json.loads(done.stdout)
        return float(seconds)

    def megabytes(self) -> float:
        """Return the peak of the last run."""
        if not self._peak:
            self.seconds()
        return self._peak


def _search_rows(work: Work) -> list[Row]:
    inputs, draws = work.mixes, work.mix_draws
    tactics = len(inputs.tactics)
    masks = list(range(1 << tactics))
    tried = masks[:: max(1, len(masks) // 64)]
    said = f"{len(masks):,} mixes of {tactics} tactics, {draws.count:,} draws"

    def one_by_one() -> None:
        for mask in tried:
            _ = simulate_on(*mix_of(inputs, draws, mask)).finance.npv.mean()

    def first_progress() -> float:
        started = time.perf_counter()
        told: list[float] = []

        def stop(share: float) -> None:
            told.append(time.perf_counter() - started)
            raise _Told

        with suppress(_Told):
            best_mixes(inputs, draws, progress=stop)
        return told[0]

    return [
        Row(
            f"best mix of {said}",
            "s",
            timed(lambda: best_mixes(inputs, draws)),
            f"{len(tried)} of them one by one (ratio a mix)",
            timed(one_by_one),
            scale=len(tried) / len(masks),
            targets=(Target(0.1),),
        ),
        Row(
            f"every one of {said}, for shares that add up",
            "s",
            timed(lambda: evaluate_mixes(inputs, draws, masks)),
            f"{len(tried)} of them one by one (ratio a mix)",
            timed(one_by_one),
            scale=len(tried) / len(masks),
        ),
        Row(
            "a search until it first tells how far it is",
            "ms",
            first_progress,
            targets=(Target(500, is_ratio=False),),
        ),
    ]
