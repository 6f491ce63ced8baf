"""Dates as CRMs write them, to days; the time of day and its zone are left out."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from calibration.cells import LONGEST, first_lines
from calibration.errors import ExportError, shown

DateOrder = Literal["month-first", "day-first"]
Days = NDArray[np.datetime64]

MONTH_DAYS = 30.4375  # mean length of a month in days
FIRST_YEAR, LAST_YEAR = 1990, 2099  # anything else is a slip of the keyboard or a placeholder

_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?" \
        r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"  # fmt: skip
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_MONTH = r"([^\W\d_]{3,12})\.?"
_DAY_NAME_YEAR = re.compile(
    rf"(\d{{1,2}})[-. /]{{1,2}}{_MONTH}[-, /]{{1,2}}(\d{{4}}|\d{{2}}){_TIME}"
)
_NAME_DAY_YEAR = re.compile(rf"{_MONTH} (\d{{1,2}}),? (\d{{4}}){_TIME}")

# Excel stores a day as the number of days since the end of 1899, and pasting keeps the number.
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?", re.ASCII)
# Beginnings of names in English, German, French, Spanish, Italian, Portuguese and Dutch.
_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen", "feb fév fev", "mar mär mrz maa", "apr avr abr", "may mai mag mei",
            "jun juin giu", "jul juil lug", "aug aoû ago", "sep set", "oct okt ott out", "nov",
            "dec déc dez dic",
        ),
        start=1,
    )
    for beginning in beginnings.split()
}  # fmt: skip
_SERIAL_ZERO = datetime.date(1899, 12, 30)


def is_date(cell: str) -> bool:
    """Return whether a cell alone could be a date; a bare number is none."""
    if _SERIAL.fullmatch(cell[:LONGEST]):
        return False
    orders: tuple[DateOrder, ...] = ("month-first", "day-first")
    return any(_can_be_read(cell, order) for order in orders)


def _can_be_read(cell: str, order: DateOrder) -> bool:
    try:
        return FIRST_YEAR <= _date(cell, order).year <= LAST_YEAR
    except ValueError:
        return False


def parse_dates(
    columns: Mapping[str, Sequence[str]], lines: Sequence[int], order: DateOrder | None = None
) -> tuple[dict[str, Days], list[str]]:
    """Read columns of dates, whose order of day and month is decided over all of them.

    Parameters
    ----------
    columns : column name -> its cells: `2026-10-31`, with or without a time and zone,
        `10/31/2026`, `31/10/2026` or `31.10.2026` (points always mean day first), `31 Oct 2026`
        or `Oct 31, 2026`, or empty
    lines : line of the file of each cell
    order : whether the month or the day comes first; None decides by the cells, and assumes the
        month where no cell tells, with a note

    Returns
    -------
    column name -> days, NaT where a cell is empty, as written and not moved to another time
    zone; notes on what was assumed

    Raises
    ------
    ExportError
        If a cell is no date, lies outside 1990 to 2099, or contradicts the order of the others.
    """
    first = {name: first_lines(cells, lines) for name, cells in columns.items()}
    notes: list[str] = []
    if order is None:
        order, notes = _guess_order(first)
    return {
        name: _parse_column(cells, first[name], name, order) for name, cells in columns.items()
    }, notes


def _guess_order(first: Mapping[str, Mapping[str, int]]) -> tuple[DateOrder, list[str]]:
    """Let the cells vote; one that contradicts the many is reported when it is parsed."""
    votes = {"month-first": 0, "day-first": 0}
    doubtful = False
    for cells in first.values():
        for cell in cells:
            found = _YEAR_LAST.fullmatch(cell[:LONGEST])
            if found is None or found[2] == ".":
                continue
            votes["day-first"] += int(found[1]) > 12
            votes["month-first"] += int(found[3]) > 12
            doubtful = True
    if votes["day-first"] > votes["month-first"]:
        return "day-first", []
    if votes["month-first"] or not doubtful:
        return "month-first", []
    return "month-first", [
        "No date tells whether the month or the day comes first; the month was assumed."
    ]


def _parse_column(
    cells: Sequence[str], first: Mapping[str, int], column: str, order: DateOrder
) -> Days:
    known = {cell: _day(cell, line, column, order) for cell, line in first.items() if cell}
    known[""] = np.datetime64("NaT", "D")
    return np.array([known[cell] for cell in cells], dtype="datetime64[D]")


def _day(cell: str, line: int, column: str, order: DateOrder) -> np.datetime64:
    try:
        day = _date(cell, order)
    except ValueError:
        written = "month/day/year" if order == "month-first" else "day/month/year"
        raise ExportError(
            f"{shown(cell)} is no date; write it as year-month-day, or as {written} like the "
            "rest of the file.",
            line=line,
            column=column,
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ExportError(
            f"{shown(cell)} lies outside {FIRST_YEAR} to {LAST_YEAR}; correct the year.",
            line=line,
            column=column,
        )
    return np.datetime64(day, "D")


def _date(cell: str, order: DateOrder) -> datetime.date:
    """Return the day of a cell; ValueError if it is none."""
    if len(cell) > LONGEST:
        raise ValueError(cell)
    found = _YEAR_FIRST.fullmatch(cell)
    if found:
        return datetime.date(int(found[1]), int(found[3]), int(found[4]))
    if _SERIAL.fullmatch(cell):
        return _SERIAL_ZERO + datetime.timedelta(days=int(cell[:5]))
    found = _YEAR_LAST.fullmatch(cell)
    if not found:
        return _named_date(cell)
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    if order == "month-first" and found[2] != ".":
        return datetime.date(year, one, other)
    return datetime.date(year, other, one)


def _named_date(cell: str) -> datetime.date:
    """Return the day of a cell with the month's name; ValueError if it is none."""
    if found := _DAY_NAME_YEAR.fullmatch(cell):
        day, name, year = found[1], found[2], found[3]
    elif found := _NAME_DAY_YEAR.fullmatch(cell):
        name, day, year = found[1], found[2], found[3]
    else:
        raise ValueError(cell)
    century = 2000 if len(year) == 2 else 0
    return datetime.date(century + int(year), _month_named(name), int(day))


def _month_named(name: str) -> int:
    key = name.casefold()
    month = _MONTHS.get(key[:4]) or _MONTHS.get(key[:3])
    if month is None:
        raise ValueError(name)
    return month
