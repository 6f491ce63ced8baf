"""Measure and print the table: python -m bench [--rounds N] [--draws N]."""

import argparse
import datetime
import os
import platform
import sys
import time

import numpy as np

from bench.engine_rows import engine_rows
from bench.other_rows import import_rows, start_rows
from bench.store_rows import store_rows
from bench.timing import Row, run_rounds, table
from bench.workbench import Sizes, Workbench, workbench

LEAST_ROUNDS = 5


def all_rows(bench: Workbench) -> list[Row]:
    """Return every row in the order of the table."""
    return [*engine_rows(bench), *store_rows(bench), *import_rows(bench), *start_rows(bench)]


def heading(rounds: int, sizes: Sizes) -> str:
    """Return what the numbers were measured on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, "
        f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}. Medians of {rounds} interleaved rounds; short actions are the "
        f"median of {sizes.times} calls a round."
    )


def main(argv: list[str] | None = None) -> int:
    """Print the heading and the table; progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS)
    parser.add_argument("--draws", type=int, default=Sizes.draws)
    options = parser.parse_args(argv)
    if options.rounds < 1 or options.draws < 100:
        parser.error("--rounds must be at least 1 and --draws at least 100")
    sizes = Sizes(draws=options.draws)
    started = time.perf_counter()

    def tell(number: int) -> None:
        seconds = time.perf_counter() - started
        print(f"round {number} of {options.rounds}, {seconds:.0f} s", file=sys.stderr)

    with workbench(sizes) as bench:
        print(heading(options.rounds, sizes), end="\n\n", flush=True)
        print(table(run_rounds(all_rows(bench), options.rounds, tell)))
    print(f"took {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
