"""How long the model takes on the worked example's board."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, repeat

from bench.arithmetic import counted, floor_seconds, operations
from bench.timing import Measure, Row, Target, timed
from bench.workbench import Workbench
from simulation.draws import sample
from simulation.engine import simulate, simulate_on
from strategy.running import current_run
from strategy.summary import summarise

COUNTED_DRAWS = 16  # operations grow with draws, so a few are counted and the rest reckoned


def engine_rows(bench: Workbench) -> list[Row]:
    """Return the rows of the model: all of a run, its parts, and how it grows with draws."""
    board, inputs, seed = bench.board, bench.inputs, bench.board.plan.seed
    size, few, many = bench.sizes.draws, bench.sizes.few_draws, bench.sizes.many_draws
    draws = {number: sample(inputs, number, seed) for number in (few, size, many)}
    outcome = simulate_on(inputs, draws[size])

    def months(number: int) -> Measure:
        return timed(lambda: simulate_on(inputs, draws[number]))

    def run(seeds: Iterator[int]) -> Measure:
        return timed(lambda: summarise(board, simulate(inputs, size, next(seeds))))

    def kept() -> object:
        return current_run(bench.store, board, draws=size)

    said = f"{size:,} draws x {inputs.months} months"
    floor = arithmetic_floor(bench)
    return [
        Row(f"a run, {said}, draws known", "ms", run(repeat(seed))),
        Row(
            "the first run of a seed",
            "ms",
            run(count(seed + 1)),
            "draws known",
            run(repeat(seed)),
            targets=(Target(2.5),),
        ),
        Row(
            "the months of a run, plan and baseline",
            "ms",
            months(size),
            "counted arithmetic" if floor else "",
            floor,
        ),
        Row(
            "the summary of a run (percentiles, chances, money)",
            "ms",
            timed(lambda: summarise(board, replace(outcome))),  # anew: an outcome remembers
            "the months",
            months(size),
        ),
        Row(
            "a run read back from the database",
            "ms",
            timed(kept, bench.sizes.times),
            "running it, draws known",
            run(repeat(seed)),
        ),
        Row(
            f"months of {many:,} draws",
            "ms",
            months(many),
            f"{few:,} draws (ratio a draw)",
            months(few),
            scale=few / many,
            targets=(Target(1.5),),
        ),
    ]


def arithmetic_floor(bench: Workbench) -> Measure | None:
    """Return a measure of the floor of the months; None if nothing can be counted.

    An engine that does not calculate with NumPy arrays counts nothing.
    """
    sizes = bench.sizes
    plain = sample(bench.inputs, COUNTED_DRAWS, bench.board.plan.seed)
    draws = replace(
        plain,
        values={name: counted(each) for name, each in plain.values.items()},
        fit_noise={name: counted(each) for name, each in plain.fit_noise.items()},
        demand_noise=counted(plain.demand_noise),
        bookings_noise=counted(plain.bookings_noise),
    )
    counts = operations(lambda: simulate_on(bench.inputs, draws))
    if not counts:
        return None
    return lambda: floor_seconds(counts, sizes.draws / COUNTED_DRAWS)
