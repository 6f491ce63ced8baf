"""Tables as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence

RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Return text that no spreadsheet reads as a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(RISKY):
        return "'" + value
    return value


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file in UTF-8 with a byte order mark, so that Excel reads it right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def with_rules_off(
    header: Sequence[str], rows: Iterable[Sequence[object]], off: str
) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    """Return a table with a column that says which rules of the model were off, if any were.

    A file outlives the page that says so; without a rule off it stays as it is.
    """
    if not off:
        return header, rows
    return (*header, "Rules of the model"), ((*row, off) for row in rows)
