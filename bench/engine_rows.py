"""How long the model takes on the worked example's board."""

from dataclasses import replace

from bench.arithmetic import counted, floor_seconds, operations
from bench.timing import Measure, Row, timed
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
    draws = {count: sample(inputs, count, seed) for count in (few, size, many)}
    outcome = simulate_on(inputs, draws[size])

    def months(count: int) -> Measure:
        return timed(lambda: simulate_on(inputs, draws[count]))

    def whole() -> Measure:
        return timed(lambda: summarise(board, simulate(inputs, size, seed)))

    def kept() -> object:
        return current_run(bench.store, board, draws=size)

    said = f"{size:,} draws x {inputs.months} months"
    floor = arithmetic_floor(bench)
    return [
        Row(f"a new run, {said}", "ms", whole()),
        Row(
            "drawing its assumptions and luck",
            "ms",
            timed(lambda: sample(inputs, size, seed)),
            "a new run",
            whole(),
        ),
        Row(
            "its months, plan and baseline",
            "ms",
            months(size),
            "counted arithmetic" if floor else "",
            floor,
        ),
        Row(
            "its summary (percentiles, chances, money)",
            "ms",
            timed(lambda: summarise(board, outcome)),
            "its months",
            months(size),
        ),
        Row(
            "the same run, kept before", "ms", timed(kept, bench.sizes.times), "a new run", whole()
        ),
        Row(
            f"months of {many:,} draws",
            "ms",
            months(many),
            f"{few:,} draws (ratio a draw)",
            months(few),
            scale=few / many,
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
