"""Measure and print the table: python -m bench [--rounds N] [--draws N] [--no-browser]."""

import argparse
import datetime
import os
import platform
import sys
import time

import numpy as np

from bench.browser import browser_path
from bench.browser_rows import browser_rows
from bench.engine_rows import engine_rows
from bench.other_rows import import_rows, start_rows
from bench.page_rows import page_rows
from bench.people_rows import people_rows
from bench.share_rows import share_rows
from bench.store_rows import store_rows
from bench.timing import Row, run_rounds, table
from bench.web import Web, web
from bench.workbench import Sizes, Workbench, workbench

LEAST_ROUNDS = 5
NO_BROWSER = "Rows that need a browser are left out: no Chromium was asked for, or none was found."


def all_rows(bench: Workbench, running: Web, *, has_browser: bool = True) -> list[Row]:
    """Return every row in the order of the table; nothing is started before it is measured."""
    return [
        *engine_rows(bench),
        *store_rows(bench),
        *import_rows(bench),
        *start_rows(bench),
        *page_rows(running),
        *share_rows(running),
        *(browser_rows(running) if has_browser else []),
        *people_rows(running),
    ]


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
    parser.add_argument("--no-browser", action="store_true", help="leave out what needs Chromium")
    options = parser.parse_args(argv)
    if options.rounds < 1 or options.draws < 100:
        parser.error("--rounds must be at least 1 and --draws at least 100")
    has_browser = not options.no_browser and browser_path() is not None
    sizes = Sizes(draws=options.draws)
    started = time.perf_counter()

    def tell(number: int) -> None:
        seconds = time.perf_counter() - started
        print(f"round {number} of {options.rounds}, {seconds:.0f} s", file=sys.stderr)

    with workbench(sizes) as bench, web(sizes) as running:
        print(heading(options.rounds, sizes), end="\n\n", flush=True)
        if not has_browser:
            print(NO_BROWSER, end="\n\n", flush=True)
        rows = all_rows(bench, running, has_browser=has_browser)
        print(table(run_rounds(rows, options.rounds, tell)))
    print(f"took {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
