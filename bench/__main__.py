"""Measure and print the table, or parts of it: python -m bench [PART ...] [--rounds N]."""

import argparse
import datetime
import os
import platform
import sys
import time
from collections.abc import Callable, Collection

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


PARTS = ("engine", "store", "import", "start", "pages", "share", "browser", "people")


def all_rows(bench: Workbench, running: Web, parts: Collection[str] = PARTS) -> list[Row]:
    """Return the rows of these parts in the order of the table; nothing is started for it yet."""
    makers: dict[str, Callable[[], list[Row]]] = {
        "engine": lambda: engine_rows(bench),
        "store": lambda: store_rows(bench),
        "import": lambda: import_rows(bench),
        "start": lambda: start_rows(bench),
        "pages": lambda: page_rows(running),
        "share": lambda: share_rows(running),
        "browser": lambda: browser_rows(running),
        "people": lambda: people_rows(running),
    }
    return [row for part in PARTS if part in parts for row in makers[part]()]


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
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; or all")
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS)
    parser.add_argument("--draws", type=int, default=Sizes.draws)
    parser.add_argument("--no-browser", action="store_true", help="leave out what needs Chromium")
    options = parser.parse_args(argv)
    if options.rounds < 1 or options.draws < 100:
        parser.error("--rounds must be at least 1 and --draws at least 100")
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    parts = set(options.parts or PARTS)
    if "browser" in parts and (options.no_browser or browser_path() is None):
        print(NO_BROWSER, end="\n\n", flush=True)
        parts.remove("browser")
    sizes = Sizes(draws=options.draws)
    started = time.perf_counter()

    def tell(number: int) -> None:
        seconds = time.perf_counter() - started
        print(f"round {number} of {options.rounds}, {seconds:.0f} s", file=sys.stderr)

    with workbench(sizes) as bench, web(sizes) as running:
        print(heading(options.rounds, sizes), end="\n\n", flush=True)
        rows = all_rows(bench, running, parts)
        print(table(run_rounds(rows, options.rounds, tell)))
    print(f"took {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
