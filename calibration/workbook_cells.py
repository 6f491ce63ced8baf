"""From the cells of a workbook's row to text."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

_BUILT_IN_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
_ZERO, _ZERO_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
_LAST_DAY = 2_900_000  # the year 9839; calendars end soon after
_DIGITS, _LETTERS = "0123456789", re.compile(r"[A-Z]{1,3}")
_COLUMNS = 18_278  # names there are with up to three letters


def day_styles(formats: Sequence[str], codes: Mapping[str, str]) -> frozenset[int]:
    """Return the styles that show a number as a day: by their built-in format or its letters."""
    return frozenset(
        place for place, each in enumerate(formats) if _shows_a_day(each, codes.get(each, ""))
    )


def _shows_a_day(number: str, code: str) -> bool:
    if code:
        return bool(re.search("[dy]", _NO_FORMAT.sub("", code), re.IGNORECASE))
    return number.isdigit() and int(number) in _BUILT_IN_DAYS


@dataclass(frozen=True)
class Cells:
    """Read cells with what a workbook keeps apart: its texts, its styles, its first day."""

    texts: Sequence[str]
    days: frozenset[int]
    is_1904: bool

    def of_row(self, row: Element) -> dict[int, str]:
        """Return column (from 0) -> text of the cells in which anything stands."""
        found: dict[int, str] = {}
        place = -1
        for cell in row:
            letters = (cell.get("r") or "").rstrip(_DIGITS)
            place = _column(letters) if letters else place + 1
            text = self._text(cell).strip()
            if text:
                found[place] = text
        return found

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(cell.itertext())
        value = next((each.text or "" for each in cell if each.tag.endswith("}v")), "")
        if kind == "s":
            place = int(value) if value else -1
            return self.texts[place] if 0 <= place < len(self.texts) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, int(cell.get("s") or 0)) if kind == "n" and value else value

    def _number(self, value: str, style: int) -> str:
        number = float(value)
        if style in self.days and 0 <= number < _LAST_DAY:
            zero = _ZERO_1904 if self.is_1904 else _ZERO
            return (zero + datetime.timedelta(days=int(number))).isoformat()
        whole = number.is_integer() and abs(number) < 1e15
        return str(int(number)) if whole else repr(number)


@lru_cache(maxsize=_COLUMNS)
def _column(letters: str) -> int:
    """Return the place of a column, from 0; ValueError if its name is none."""
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1
