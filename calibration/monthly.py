"""A table of months: a row each, with a column for each figure. All of it is read, or nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

import numpy as np

from calibration.amounts import currency_code, parse_amounts
from calibration.dates import DateOrder
from calibration.errors import ExportError, shown
from calibration.month_cells import parse_months
from calibration.reading import RawExport, read_export

Kind = Literal["money", "percent", "number"]
Read = TypeVar("Read")

MOST_ROWS = 1_000
MOST_TOLD = 5  # rows that are wrong, in one refusal
_MONTH_WORDS = ("month", "monat", "mois", "mes", "period", "date", "datum", "fecha")
_UNIT = re.compile(r"\s*(?:h|hrs?|hours?|d|days?|deals?|std\.?|tage?)$", re.IGNORECASE)


@dataclass(frozen=True)
class MonthlyFigures:
    """Figures by column and month, with the line each month stands in; empty cells have none.

    Percentages are shares. `notes` says what was assumed.
    """

    figures: Mapping[str, Mapping[str, float]]
    lines: Mapping[str, int]
    notes: tuple[str, ...]


def read_monthly(content: bytes, name: str) -> RawExport:
    """Return a table of months as text.

    Parameters
    ----------
    content : bytes of a CSV or XLSX file, or of pasted cells, with a header

    Raises
    ------
    ExportError
        If it is no table with a header, or has more than 1,000 rows.
    """
    if not content.strip():
        raise ExportError("There is nothing to read; paste or choose a table with a header.")
    table = read_export(content, name)
    if len(table.rows) > MOST_ROWS:
        raise ExportError(
            f"The table has {len(table.rows):,} rows and the limit is {MOST_ROWS:,}; "
            "give one row a month."
        )
    return table


def guess_month_column(table: RawExport) -> str:
    """Return the column that holds the months: by its cells, else by its name, else the first."""
    named = [each for each in table.headers if each.casefold().startswith(_MONTH_WORDS)]
    for header in [*named, *table.headers]:
        try:
            parse_months(table.column(header), table.lines, header)
        except ExportError:
            continue
        return header
    return (named or list(table.headers))[0]


def monthly_figures(
    table: RawExport,
    month_column: str,
    kinds: Mapping[str, Kind],
    currency: str,
    order: DateOrder | None = None,
) -> MonthlyFigures:
    """Read the chosen columns of a table of months.

    Parameters
    ----------
    kinds : column -> what it holds; others are left out
    currency : the plan's, as its sign or code; amounts in another one are refused
    order : whether the month or the day comes first in dates; None decides by the cells

    Raises
    ------
    ExportError
        Names the rows that are wrong, up to five, and what to change: a cell that is no month or
        no number, a month that stands twice, a currency that is not the plan's.
    """
    refused: list[ExportError] = []
    months, notes = _each_row(
        table, month_column, refused, partial(parse_months, column=month_column, order=order)
    ) or ([], [])
    columns: dict[str, list[float]] = {}
    for header, kind in kinds.items():
        parse = partial(_column, column=header, kind=kind, currency=currency)
        read = _each_row(table, header, refused, parse)
        if read is not None:
            columns[header], more = read
            notes = [*notes, *more]
    refused += _repeated(months, table.lines, month_column)
    if refused:
        raise _together(refused)
    lines = dict(zip(months, table.lines, strict=True))
    return MonthlyFigures(
        {header: _by_month(months, values) for header, values in columns.items()},
        lines,
        tuple(dict.fromkeys(notes)),
    )


def _each_row(
    table: RawExport,
    column: str,
    refused: list[ExportError],
    parse: Callable[[Sequence[str], Sequence[int]], Read],
) -> Read | None:
    """Parse a column; where rows are wrong, note each of them and return None."""
    rows = list(zip(table.column(column), table.lines, strict=True))
    found = 0
    while rows and found < MOST_TOLD:
        cells, lines = zip(*rows, strict=True)
        try:
            read = parse(cells, lines)
        except ExportError as error:
            if error.line is None:
                raise
            refused.append(error)
            found += 1
            rows = [row for row in rows if row[1] != error.line]
        else:
            return None if found else read
    return None


def _repeated(months: Sequence[str], lines: Sequence[int], column: str) -> list[ExportError]:
    first: dict[str, int] = {}
    refused = []
    for month, line in zip(months, lines, strict=False):
        if month in first:
            refused.append(
                ExportError(
                    f"{month} stands in line {first[month]:,} already; keep one row a month.",
                    line=line,
                    column=column,
                )
            )
        first.setdefault(month, line)
    return refused


def _together(refused: Sequence[ExportError]) -> ExportError:
    """Return all refusals as one, in the order of the file."""
    if len(refused) == 1:
        return refused[0]
    in_order = sorted(refused, key=lambda each: each.line or 0)
    told = " ".join(str(each) for each in in_order[:MOST_TOLD])
    left = len(in_order) - MOST_TOLD
    return ExportError(told + (f" And {left} more." if left > 0 else ""))


def _by_month(months: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {
        month: value for month, value in zip(months, values, strict=True) if not np.isnan(value)
    }


def _column(
    cells: Sequence[str], lines: Sequence[int], column: str, kind: Kind, currency: str
) -> tuple[list[float], list[str]]:
    if kind == "percent":
        return _percent(cells, lines, column)
    bare = cells if kind == "money" else [_UNIT.sub("", cell) for cell in cells]
    values, code, notes = parse_amounts(bare, lines, column)
    if code and (kind != "money" or code != currency_code(currency)):
        line = next(line for cell, line in zip(cells, lines, strict=True) if cell)
        raise ExportError(
            f"the figures are in {shown(code)}, the plan counts "
            + (f"in {shown(currency_code(currency))}; convert them." if kind == "money" else
               "no money here; choose what this column holds."),
            line=line,
            column=column,
        )  # fmt: skip
    return values.tolist(), notes


def _percent(
    cells: Sequence[str], lines: Sequence[int], column: str
) -> tuple[list[float], list[str]]:
    """Read percentages: with signs, or all of them as shares up to 1, or all as per cent."""
    signed = [cell.endswith("%") for cell in cells]
    bare = [cell.removesuffix("%").strip() for cell in cells]
    values, code, notes = parse_amounts(bare, lines, column)
    if code:
        raise ExportError("these are amounts, no percentages.", line=lines[0], column=column)
    if any(signed):
        for cell, line, has_sign in zip(cells, lines, signed, strict=True):
            if cell and not has_sign:
                raise ExportError(
                    f"{shown(cell)} has no per cent sign and others have one; write it.",
                    line=line,
                    column=column,
                )
        return np.round(values / 100.0, 12).tolist(), notes
    known = values[~np.isnan(values)]
    if known.size and known.max() > 1:
        return np.round(values / 100.0, 12).tolist(), [
            *notes,
            f"Column {shown(column)} is read as per cent.",
        ]
    return values.tolist(), [*notes, f"Column {shown(column)} is read as shares: 0.22 is 22%."]
