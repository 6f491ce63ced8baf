"""What the rows work on: a temporary database with the worked example, shared and run."""

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.example import crm_export, load_example
from data.store import SqliteStore
from simulation.inputs import Inputs
from strategy.model import Board
from strategy.projection import engine_inputs, read_inputs
from strategy.running import current_run
from strategy.sharing import share, take_snapshot

LEFT_OUT = ("Account Name", "Lead Source")  # 100,000 rows must stay below the reader's 10 MB


@dataclass(frozen=True)
class Sizes:
    """How much work a row does."""

    draws: int = 10_000
    few_draws: int = 1_000
    many_draws: int = 1_000_000
    mix_tactics: int = 12
    mix_draws: int = 1_000
    crm_rows: int = 100_000
    times: int = 20  # calls of what takes under a few milliseconds
    web_draws: int = 10_000  # a run behind the running application
    page_runs: int = 7  # of a page's script, in a round
    presses: int = 20  # of a lever or a card, in a round
    board_tactics: tuple[int, ...] = (12, 200)
    readers: int = 50
    reads: int = 4  # of each reader, one a second
    people: tuple[int, ...] = (1, 10, 25, 50)
    people_seconds: float = 12.0  # in a round; five rounds make a minute
    pace: float = 4.0  # seconds between two actions of a person


@dataclass(frozen=True)
class Workbench:
    """The worked example in a store of its own, with one open share link."""

    sizes: Sizes
    store: SqliteStore
    board: Board
    inputs: Inputs
    token: str


@contextmanager
def workbench(sizes: Sizes) -> Iterator[Workbench]:
    """Set up the worked example in a temporary folder; remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="fulcrum-bench-") as folder:
        store = SqliteStore.open(Path(folder) / "fulcrum.db")
        try:
            plan = load_example(store)
            board = store.board(plan.id)
            current_run(store, board, draws=sizes.draws)
            snapshot = take_snapshot(store, plan.id, "Bench", "Bench", draws=sizes.draws)
            _, token = share(store, plan.id, "Bench", snapshot.id, "", 1)
            board = store.board(plan.id)
            yield Workbench(sizes, store, board, read_inputs(engine_inputs(board)), token)
        finally:
            store.close()


def crm_rows(count: int) -> bytes:
    """Return an export of `count` rows: the example's over and over, ids and amounts differing."""
    rows = list(csv.DictReader(io.StringIO(crm_export().decode())))
    header = [name for name in rows[0] if name not in LEFT_OUT]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for number in range(count):
        row = rows[number % len(rows)] | {"Opportunity ID": f"006{number:09d}"}
        row["Amount"] = _raised(row["Amount"], number // len(rows))
        writer.writerow(row[name] for name in header)
    return text.getvalue().encode()


def _raised(amount: str, by: int) -> str:
    """Return a plain amount raised by a few units, so that cells do not just repeat."""
    return f"{float(amount) + by:.2f}" if amount.replace(".", "", 1).isdigit() else amount
