"""From the bytes of a CSV file or a workbook to a table of text, limits first.

Nothing is guessed about types here: every cell stays the text the file holds, so that a wrong
amount or date can later be reported with the line it stands in.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from calibration.decoding import check_bytes, decoded
from calibration.errors import ExportError, shown
from calibration.progress import Progress, silent
from calibration.workbook import ZIPPED, workbook_records

MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_CELL = 10_000  # characters
DELIMITERS = ",;\t"
_DATA_CELL = re.compile(r"[-+$€£]?[\d.,:/ TZ-]*\d[\d.,:/ TZ-]*")
_DATA_WIDTH = 40  # characters; no number or date is longer, and long cells are slow to match
_REPORT_EVERY = 10_000  # rows


@dataclass(frozen=True)
class RawExport:
    """Hold an export as text: `rows[i]` stands in line `lines[i]` of the file."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    def column(self, header: str) -> list[str]:
        """Return the cells of one column, stripped; raise ExportError if there is none."""
        if header not in self.headers:
            raise ExportError(
                f"The file has no column {shown(header)}; choose one of the columns it has."
            )
        place = self.headers.index(header)
        return [row[place].strip() for row in self.rows]


def read_export(content: bytes, name: str, progress: Progress = silent) -> RawExport:
    """Read an export of opportunities into text, refusing what is too large or broken.

    Parameters
    ----------
    content : bytes of the file: XLSX, of which the first sheet with cells is read; or text in
        UTF-8, UTF-16 with a byte order mark, or else Windows-1252, with commas, semicolons or
        tabs between the cells
    name : name of the file, kept to label the calibration
    progress : called with the share done (0 to 1) and what is being done

    Returns
    -------
    the table as text, with the line of the file at which each row begins

    Raises
    ------
    ExportError
        If the file is over 10 MB, 100,000 rows, 100 columns or 10,000 characters in a cell, is
        empty or no CSV, has no usable header, or has a row of another width than the header.

    Source
    ------
    docs/model.md, section Calibration.
    """
    progress(0.1, "Reading rows")
    records, notes = _opened(content)
    header_line, header = _first(records)
    headers = _checked_headers(header, header_line)
    lines, rows, footer = _table(records, headers, progress)
    if footer:
        notes.append(f"{footer} lines of text below the table were left out.")
    if not rows:
        raise ExportError("The file has a header and no rows; export it again with its rows.")
    progress(1.0, "Reading rows")
    return RawExport(name, headers, tuple(rows), tuple(lines), tuple(notes))


def _opened(content: bytes) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    check_bytes(content)
    if content.startswith(ZIPPED):
        return workbook_records(content), []
    text, notes = decoded(content)
    return _records(text, _delimiter(text)), notes


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the header the most columns; a comma if all agree."""
    return max(DELIMITERS, key=lambda sign: _header_width(text, sign))


def _header_width(text: str, delimiter: str) -> int:
    try:
        return len(_first(_records(text, delimiter))[1])
    except ExportError:
        # Quoted names with another delimiter between them do not parse.
        return 0


def _first(records: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    return next((record for record in records if record[1]), (1, []))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins in; a blank row has no cells."""
    # csv keeps its own limit for the whole process; ours is checked per cell, far below it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row if any(cell.strip() for cell in row) else []
            line = reader.line_num + 1
    except csv.Error:
        raise ExportError(
            "the quotation marks do not pair up from here, or a cell is far too long; "
            "export the file again as CSV UTF-8.",
            line=line,
        ) from None


def _checked_headers(header: Sequence[str], line: int) -> tuple[str, ...]:
    names = tuple(cell.strip() for cell in header)
    _check_width(names, line)
    _check_cells(names, line, names)
    if all(_DATA_CELL.fullmatch(name[:_DATA_WIDTH]) for name in names if name):
        raise ExportError("this holds data, not column names; export with a header.", line=line)
    seen: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if not name:
            raise ExportError(f"column {place} has no name; name it or remove it.", line=line)
        if name.casefold() in seen:
            raise ExportError(
                f"columns {seen[name.casefold()]} and {place} have the same name; rename one.",
                line=line,
                column=name,
            )
        seen[name.casefold()] = place
    return names


def _check_width(names: Sequence[str], line: int) -> None:
    if len(names) > MAX_COLUMNS:
        raise ExportError(
            f"the file has {len(names):,} columns and the limit is {MAX_COLUMNS}; "
            "export only the columns needed.",
            line=line,
        )
    if len(names) < 2:
        raise ExportError(
            "no comma, semicolon or tab separates column names here; "
            "export as CSV with a header in the first line.",
            line=line,
        )


def _check_cells(row: Sequence[str], line: int, headers: Sequence[str]) -> None:
    if len(max(row, key=len)) <= MAX_CELL:
        return
    place = next(i for i, cell in enumerate(row) if len(cell) > MAX_CELL)
    raise ExportError(
        f"the cell has {len(row[place]):,} characters and the limit is {MAX_CELL:,}; "
        "shorten it or leave the column out.",
        line=line,
        column=headers[place],
    )


def _table(
    records: Iterator[tuple[int, list[str]]], headers: tuple[str, ...], progress: Progress
) -> tuple[list[int], list[tuple[str, ...]], int]:
    """Return lines, rows and the number of footer lines.

    Salesforce ends a report with a blank line and some of text; only there may a row be short.
    """
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    footer: list[int] = []
    after_blank = False
    for line, row in records:
        if not row:
            after_blank = True
            continue
        if len(row) == 1 and (after_blank or footer):
            footer.append(line)
            continue
        if footer:
            raise _ragged(footer[0], 1, len(headers))
        after_blank = False
        if len(row) != len(headers):
            raise _ragged(line, len(row), len(headers))
        _check_cells(row, line, headers)
        _check_rows(len(rows) + 1)
        lines.append(line)
        rows.append(tuple(row))
        if len(rows) % _REPORT_EVERY == 0:
            progress(0.1 + 0.9 * len(rows) / MAX_ROWS, "Reading rows")
    return lines, rows, len(footer)


def _check_rows(count: int) -> None:
    if count > MAX_ROWS:
        raise ExportError(
            f"The file has more than {MAX_ROWS:,} rows, the limit; export a shorter time."
        )


def _ragged(line: int, actual: int, expected: int) -> ExportError:
    return ExportError(
        f"this row has {actual} columns and the header has {expected}; "
        "put cells that hold the delimiter or a line break in quotation marks.",
        line=line,
    )
