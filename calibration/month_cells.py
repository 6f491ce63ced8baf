"""Months as people and spreadsheets write them, to "YYYY-MM"."""

import re
import unicodedata
from collections.abc import Sequence

from calibration.cells import LONGEST, first_lines
from calibration.dates import FIRST_YEAR, LAST_YEAR, DateOrder, parse_dates
from calibration.errors import ExportError, shown

# How the names of months begin in English, German, French and Spanish, without accents.
_NAMES = (
    ("jan", "ene"),
    ("feb", "fev"),
    ("mar", "mae", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aou", "ago"),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "dic"),
)
# Five digits are a day as Excel numbers it, never a year and a month.
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](?=\d)|(?=\d\d))(0?[1-9]|1[0-2])", re.ASCII)
_YEAR_LAST = re.compile(r"(0?[1-9]|1[0-2])[-/. ](\d{4})", re.ASCII)
_NAME_FIRST = re.compile(r"([a-z]{3,10})[-/., ']{0,3}(\d{4}|\d{2})")
_NAME_LAST = re.compile(r"(\d{4})[-/., ]{0,3}([a-z]{3,10})")
_ASSUMED = "The month was taken to come first in dates, which no date tells."
_TOLD_BY_ROWS = "The day was taken to come first in dates, so that each row is a month of its own."


def parse_months(
    cells: Sequence[str], lines: Sequence[int], column: str, order: DateOrder | None = None
) -> tuple[list[str], list[str]]:
    """Read a column of months.

    Parameters
    ----------
    cells : text such as `2027-03`, `03/2027`, `Mar 2027`, `März 27`, or a day of the month as
        `parse_dates` reads it
    lines : line of the file of each cell
    order : whether the month or the day comes first in days; None decides by the cells, and by
        which order makes each row a month of its own

    Returns
    -------
    months "YYYY-MM"; notes on what was assumed

    Raises
    ------
    ExportError
        If a cell is no month or lies outside 1990 to 2099, with its line.
    """
    first = first_lines(cells, lines)
    known = {cell: _month(cell, line, column) for cell, line in first.items()}
    days = [cell for cell, month in known.items() if month is None]
    if not days:
        return [known[cell] or "" for cell in cells], []
    found, notes = _of_days(days, [first[cell] for cell in days], column, order)
    months = [({**known, **found})[cell] or "" for cell in cells]
    if notes and len(set(months)) < len(months):
        other, _ = _of_days(days, [first[cell] for cell in days], column, "day-first")
        by_day = [({**known, **other})[cell] or "" for cell in cells]
        if len(set(by_day)) == len(by_day):
            return by_day, [_TOLD_BY_ROWS]
    return months, notes


def _of_days(
    cells: Sequence[str], lines: Sequence[int], column: str, order: DateOrder | None
) -> tuple[dict[str, str], list[str]]:
    for cell, line in zip(cells, lines, strict=True):
        if not cell:
            raise ExportError("there is no month here; write one.", line=line, column=column)
    try:
        days, notes = parse_dates({column: cells}, lines, order)
    except ExportError as error:
        if "no date" not in error.message:
            raise
        place = lines.index(error.line) if error.line in lines else 0
        raise ExportError(
            f"{shown(cells[place])} is no month; write it as 2027-03.",
            line=error.line,
            column=column,
        ) from None
    months = [str(day) for day in days[column].astype("M8[M]")]
    return dict(zip(cells, months, strict=True)), [_ASSUMED] if notes else []


def _month(cell: str, line: int, column: str) -> str | None:
    """Return the month of a cell that is one by itself; None if it may be a day."""
    if len(cell) > LONGEST:
        raise ExportError("this is no month; write it as 2027-03.", line=line, column=column)
    found = _read(_bare(cell))
    if found is None:
        return None
    year, month = found
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ExportError(
            f"{shown(cell)} lies outside {FIRST_YEAR} to {LAST_YEAR}; correct the year.",
            line=line,
            column=column,
        )
    return f"{year:04d}-{month:02d}"


def _bare(cell: str) -> str:
    """Return a cell in lower case without accents."""
    parts = unicodedata.normalize("NFKD", cell.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).strip()


def _read(text: str) -> tuple[int, int] | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _YEAR_LAST.fullmatch(text):
        return int(found[2]), int(found[1])
    if (found := _NAME_FIRST.fullmatch(text)) and (month := _named(found[1])):
        return int(found[2]) + (2000 if len(found[2]) == 2 else 0), month
    if (found := _NAME_LAST.fullmatch(text)) and (month := _named(found[2])):
        return int(found[1]), month
    return None


def _named(name: str) -> int | None:
    for number, beginnings in enumerate(_NAMES, start=1):
        if name.startswith(beginnings):
            return number
    return None
