"""Give the import of monthly figures thousands of broken tables: all of one is kept, or nothing.

Run from the root of the repository: `python -m scripts.fuzz_figures --files 10000`.

Tables are good ones and bad ones as people paste and export them, spoilt at random as in
`fuzz_imports`. What can be read is kept for a plan in a database of its own, as one change; what
cannot must leave that database as it was. Exits with 1 if any table broke this.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from calibration import ExportError
from calibration.monthly import guess_month_column, read_monthly
from data.store import SqliteStore
from pages.actuals.figures_file import figures_in, guessed_columns
from scripts.fuzz_imports import check_all, files, main
from scripts.workbooks import workbook
from strategy.actuals import Place, set_actuals
from strategy.errors import InvalidValue
from strategy.model import Plan

HEADER = ("Month", "Bookings", "Win rate", "Sales cycle")
MONTHS = tuple(f"2027-{month:02d}" for month in range(1, 13))


def tables() -> dict[str, bytes]:
    """Return tables of months by name, as they are pasted and exported; some must be refused."""
    plain = [[month, f"{1_400_000 + 9_000 * at}", f"{20 + at % 5}%", str(80 + at)]
             for at, month in enumerate(MONTHS)]  # fmt: skip
    return {
        "Commas": _csv(HEADER, plain),
        "Pasted cells": _csv(HEADER, plain, "\t"),
        "European": _csv(HEADER, [
            [f"{m[5:]}.{m[:4]}", "1.234.567,50 ", "22,5 %", "81,5"] for m in MONTHS], ";"),
        "American": _csv(HEADER, [
            [f"{int(m[5:])}/1/{m[:4]}", "$1,234,567.50", "22.5%", "81.5 days"] for m in MONTHS]),
        "Day first": _csv(HEADER, [[f"01/{m[5:]}/{m[:4]}", "5", "0.2", "80"] for m in MONTHS]),
        "Last days": _csv(HEADER, [["31/01/2027", "5", "0.2", "80"], ["28/02/2027", "6", "", ""]]),
        "Names": _csv(HEADER, [["Jan 2027", "5", "21", "80"], ["März 27", "6", "22", "81"]]),
        "Excel days": _csv(HEADER, [["46388", "5", "21", "80"], ["46419", "6", "22", "81"]]),
        "Gaps": _csv(HEADER, [["2027-01", "", "", ""], ["2027-02", "6", "", "81"]]),
        "Unknown column": _csv((*HEADER, "Mood"), [[*row, "good"] for row in plain]),
        "Workbook": workbook([HEADER, *plain]),
        "Formulas": _csv(HEADER, [["2027-01", "=1+1", "21", "80"]]),
        "A total": _csv(HEADER, [*plain, ["Total", "16800000", "", ""]]),
        "The same month twice": _csv(HEADER, [plain[0], plain[0]]),
        "Before the plan": _csv(HEADER, [["2026-12", "5", "21", "80"]]),
        "Impossible": _csv(HEADER, [["2027-01", "5", "121", "80"]]),
        "Another currency": _csv(HEADER, [["2027-01", "€5", "21", "80"]]),
        "Negative": _csv(HEADER, [["2027-01", "-5", "21", "80"]]),
        "Mixed percentages": _csv(
            HEADER, [["2027-01", "5", "21%", "80"], ["2027-02", "5", "22", "80"]]
        ),
        "No header": _csv(plain[0], plain[1:]),
        "A header alone": _csv(HEADER, []),
        "Empty": b" \n ",
        "A picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    }  # fmt: skip


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def answer(content: bytes, plan: Plan) -> dict[Place, float] | str:
    """Return a table's figures with the columns as guessed, or why it is refused."""
    try:
        table = read_monthly(content, "table.csv")
        month_column = guess_month_column(table)
        guesses = guessed_columns(table, month_column)
        metrics = {header: metric for header, metric in guesses.items() if metric is not None}
        return dict(figures_in(table, month_column, metrics, plan).figures)
    except (ExportError, InvalidValue) as refused:
        sentence = str(refused)
        if not (sentence.isprintable() and sentence.endswith(".")):
            raise AssertionError(f"no sentence: {sentence!r}") from refused
        return sentence


def check(content: bytes, store: SqliteStore, plan: Plan) -> str:
    """Import a table as the page does; return 'read' or 'refused', or raise what went wrong."""
    found = answer(content, plan)
    kept, before = _kept(store, plan), store.change_seq(plan.id)
    if isinstance(found, str):
        return "refused"
    set_actuals(store, plan.id, "Fuzz", kept, found, source="table.csv")
    if _kept(store, plan) != kept | found:
        raise AssertionError("only a part was kept")
    if store.change_seq(plan.id) - before > 1:
        raise AssertionError("more than one change was kept")
    if found:
        set_actuals(store, plan.id, "Fuzz", kept | found, dict.fromkeys(kept | found))
    return "read"


def _kept(store: SqliteStore, plan: Plan) -> dict[Place, float]:
    return {Place(each.metric, each.month): each.value for each in store.actuals(plan.id)}


def fuzz(count: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Check so many tables; return how they ended, and the first of each kind of failure."""
    return check_all(files(count, seed, list(tables().values())), check, folder)


if __name__ == "__main__":
    sys.exit(main(__doc__.splitlines()[0], fuzz))
