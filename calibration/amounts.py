"""Amounts as people and CRMs write them, to numbers.

Which of `.` and `,` marks the decimals is decided over the whole column, since `1.234` alone
can be read both ways.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from calibration.cells import LONGEST, first_lines
from calibration.errors import ExportError, shown

DecimalMark = Literal[".", ","]
Rates = Mapping[str, float]

_SIGNS = {
    "US$": "USD", "R$": "BRL", "C$": "CAD", "A$": "AUD", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS", "zł": "PLN", "kr": "kr", "Fr.": "CHF",
}  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CURRENCY = re.compile(rf"^(?P<before>{_SIGN}|[A-Z]{{3}})?\s*(?P<number>.*?)"
                       rf"\s*(?P<after>{_SIGN}|[A-Z]{{3}})?$", re.DOTALL)  # fmt: skip
_NUMBER: dict[DecimalMark, re.Pattern[str]] = {
    ".": re.compile(r"(?:[1-9]\d{0,2}(?:[, ']\d{3})+|\d+)(?:\.\d*)?"),
    ",": re.compile(r"(?:[1-9]\d{0,2}(?:[. ']\d{3})+|\d+)(?:,\d*)?"),
}
_SCIENTIFIC = {  # how Excel shortens large numbers
    ".": re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}"),
    ",": re.compile(r"\d(?:,\d+)?[eE]\+?\d{1,2}"),
}
_GROUPED_BY_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_LARGEST = 1e12


def parse_amounts(
    cells: Sequence[str], lines: Sequence[int], column: str
) -> tuple[NDArray[np.float64], str, list[str]]:
    """Read a column of amounts, in one currency.

    Parameters
    ----------
    cells : text such as `1234.5`, `$1,234.50`, `1.234,50 €`, `USD 1 234` or an empty cell
    lines : line of the file of each cell
    column : name of the column, for messages

    Returns
    -------
    amounts in currency units, >= 0, nan where the cell is empty; the currency code, '' if none
    is written; notes on what had to be assumed

    Raises
    ------
    ExportError
        If a cell is no amount, is negative or above 10^12, if two currencies occur, or if some
        cells write decimals with a point and others with a comma.
    """
    first = first_lines(cells, lines)
    parts = {cell: _split(cell, line, column) for cell, line in first.items() if cell}
    priced = [(code, first[cell]) for cell, (code, number) in parts.items() if number]
    currency = only_currency(dict(reversed(priced)), column)
    numbers = {cell: number for cell, (_, number) in parts.items()}
    mark, notes = _decimal_mark(numbers, first, column)
    values = {cell: _value(cell, n, mark, first[cell], column) for cell, n in numbers.items()}
    values[""] = np.nan
    return np.array([values[cell] for cell in cells], dtype=np.float64), currency, notes


def is_amount(cell: str) -> bool:
    """Return whether a cell alone could be an amount, with either mark for its decimals."""
    if not cell or len(cell) > LONGEST:
        return False
    found = _CURRENCY.match(_plain(cell))
    return found is not None and any(_fits(found["number"], mark) for mark in _NUMBER)


def currency_code(sign: str) -> str:
    """Return the code of a sign such as `$`; any other text is its own code."""
    return _SIGNS.get(sign.strip(), sign.strip().upper())


def written_currencies(cells: Sequence[str]) -> list[str]:
    """Return the currency code each amount is written with, '' where none is."""
    known = {cell: _code(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def converted(
    cells: Sequence[str],
    lines: Sequence[int],
    column: str,
    codes: Sequence[str],
    rates: Rates,
    found: Sequence[str],
) -> tuple[NDArray[np.float64], str, list[str]]:
    """Read amounts of several currencies and convert them by typed rates.

    Parameters
    ----------
    codes : currency of each row; a row that names none is taken as it is
    rates : currency code -> what one unit of it is worth in the plan's currency
    found : the currencies there are

    Raises
    ------
    ExportError
        If a currency has no rate above zero, or a cell is no amount.
    """
    for code in found:
        if not 0 < rates.get(code, 0) < _LARGEST:
            raise ExportError(f"There is no rate for {shown(code)}; type one above zero.")
    bare = [_split(cell, line, column)[1] if cell else "" for cell, line in zip(
        cells, lines, strict=True)]  # fmt: skip
    amounts, _, notes = parse_amounts(bare, lines, column)
    factors = np.array([rates.get(code, 1.0) for code in codes])
    said = ", ".join(f"1 {code} = {rates[code]:g}" for code in found)
    return amounts * factors, "", [*notes, f"Currencies were converted by the typed rates: {said}."]


def only_currency(lines: dict[str, int], column: str) -> str:
    """Return the one currency among `lines` (code -> line), '' for none; refuse two."""
    codes = [code for code in sorted(lines, key=lambda code: lines[code]) if code]
    if len(codes) > 1:
        one, other = codes[:2]
        raise ExportError(
            f"the amounts are in {shown(one)} (first in line {lines[one]:,}) and {shown(other)}; "
            "export them in one currency.",
            line=lines[other],
            column=column,
        )
    return codes[0] if codes else ""


def _code(cell: str) -> str:
    if not cell or len(cell) > LONGEST:
        return ""
    found = _CURRENCY.match(cell)
    sign = (found["after"] or found["before"] or "") if found else ""
    return _SIGNS.get(sign, sign)


def _plain(cell: str) -> str:
    """Return a cell with every kind of blank and apostrophe made one."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", cell).replace("\u2019", "'")


def _split(cell: str, line: int, column: str) -> tuple[str, str]:
    """Return currency code and bare number."""
    if len(cell) > LONGEST:
        raise _no_amount(cell, line, column)
    plain = _plain(cell)
    if (plain[0] == "(" and plain[-1] == ")") or re.match(r"\D{0,4}[-\u2212]\s*\D{0,4}\d", plain):
        raise ExportError(
            f"{shown(cell)} is negative; write amounts of zero or more.", line=line, column=column
        )
    found = _CURRENCY.match(plain)
    assert found is not None  # every part of the pattern may be empty
    sign = found["after"] or found["before"] or ""
    return _SIGNS.get(sign, sign), found["number"]


def _decimal_mark(
    numbers: dict[str, str], first: dict[str, int], column: str
) -> tuple[DecimalMark, list[str]]:
    point = [c for c, n in numbers.items() if _fits(n, ".") and not _fits(n, ",")]
    comma = [c for c, n in numbers.items() if _fits(n, ",") and not _fits(n, ".")]
    if point and comma:
        odd = min(point, comma, key=len)[0]
        raise ExportError(
            f"{shown(odd)} writes decimals differently from the rest of the column; "
            "use a point or a comma throughout.",
            line=first[odd],
            column=column,
        )
    if point or comma:
        return ("," if comma else "."), []
    return _assumed_mark(list(numbers.values()), column)


def _assumed_mark(numbers: list[str], column: str) -> tuple[DecimalMark, list[str]]:
    """Decide a column in which no cell tells: three digits after a mark are thousands."""
    by_point = any(_GROUPED_BY_POINT.fullmatch(number) for number in numbers)
    by_comma = any(_GROUPED_BY_COMMA.fullmatch(number) for number in numbers)
    if not by_point or by_comma:
        return ".", []
    return ",", [f"In column {shown(column)} points were read as thousands: 1.234 is 1234."]


def _fits(number: str, mark: DecimalMark) -> bool:
    return _NUMBER[mark].fullmatch(number) is not None


def _value(cell: str, number: str, mark: DecimalMark, line: int, column: str) -> float:
    if not (_fits(number, mark) or _SCIENTIFIC[mark].fullmatch(number)) or not number.isascii():
        raise _no_amount(cell, line, column)
    value = float(_bare(number, mark))
    if value > _LARGEST:
        raise ExportError(
            f"{shown(cell)} is too large to be true; correct it.", line=line, column=column
        )
    return value


def _bare(number: str, mark: DecimalMark) -> str:
    thousands = "," if mark == "." else "."
    return re.sub(f"[ '{re.escape(thousands)}]", "", number).replace(mark, ".")


def _no_amount(cell: str, line: int, column: str) -> ExportError:
    return ExportError(
        f"{shown(cell)} is no amount; write a number such as 45000 or leave it empty.",
        line=line,
        column=column,
    )
