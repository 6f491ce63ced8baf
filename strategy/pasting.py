"""Tactics from a pasted list: one a line, with cost and days where they can be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategy import commands
from strategy.checks import MAX_TITLE
from strategy.errors import InvalidValue
from strategy.model import Tactic
from strategy.ports import Store

MOST_LINES = 200
MOST_CHARACTERS = 50_000

_NUMBER = r"\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SIGN = r"[$€£¥]|\b(?:usd|eur|gbp|chf)\b"
_SEAT = r"(?:a|per|/)\s*(?:seat|user|rep)(?:\s*(?:and|a|per|/)\s*(?:month|mo)\b)?"
_PERIOD = r"(?:a|per|/)\s*(?:month|mo|year|yr)\b|monthly|yearly|annually|p\.?a\.?(?=\W|$)"
_ONCE = r"one[- ]off|once|up[- ]?front|set-?up"
_MONEY = re.compile(
    rf"(?P<before>{_SIGN})?\s*(?P<number>{_NUMBER})\s*(?P<scale>[km]\b|thousand|million)?"
    rf"\s*(?P<after>(?:{_SIGN})(?!\s*\d))?\s*(?P<unit>{_SEAT}|{_PERIOD}|{_ONCE})?",
    re.IGNORECASE,
)
_DAYS = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?:person[- ]?days?|man[- ]?days?|days?|pd|d)\b(?!\s+(?:from|to)\b)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,3}[.)]\s+)")
_EDGES = " \t,;:|–—-·()"
_HEADINGS = re.compile(r"^(?:tactics?|titles?|names?|initiatives?|what)$", re.IGNORECASE)


@dataclass(frozen=True)
class PastedLine:
    """What was understood of one line; money as typed, effort in person-days a year.

    `problem` says why a line cannot be added, else it is empty.
    """

    number: int
    text: str
    title: str = ""
    one_off: float = 0.0
    fixed_monthly: float = 0.0
    seat_price: float = 0.0
    effort_days: float = 0.0
    problem: str = ""


def read_lines(text: str) -> tuple[PastedLine, ...]:
    """Return what each line says; blank lines are left out, all others are there.

    A bare number without a currency, a scale such as "k", or a unit stays in the title, since
    "Top 60 accounts" costs nothing; in a row of a spreadsheet it is the cost, then the days.

    Raises
    ------
    InvalidValue
        If the text is longer than what is read at once.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidValue(
            f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
        )
    given = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(given) > MOST_LINES:
        raise InvalidValue(f"There are {len(given)} lines; paste at most {MOST_LINES} at once.")
    return tuple(_read(number, line) for number, line in given)


def add_pasted(
    store: Store, plan_id: str, actor: str, lines: Sequence[PastedLine]
) -> tuple[Tactic, ...]:
    """Add the lines without a problem under no goal, all in one change."""
    good = [line for line in lines if not line.problem]
    if not good:
        raise InvalidValue("No line can be added. Give each a few words that say what is done.")
    return commands.add_tactics(
        store,
        plan_id,
        actor,
        [
            {
                "title": line.title,
                "one_off": line.one_off,
                "fixed_monthly": line.fixed_monthly,
                "seat_price": line.seat_price,
                "effort_days": line.effort_days,
            }
            for line in good
        ],
    )


def _read(number: int, text: str) -> PastedLine:
    line = PastedLine(number, text.strip())
    cells = [cell.strip() for cell in text.split("\t")]
    return _checked(_row(line, cells) if len(cells) > 1 else _sentence(line))


def _checked(line: PastedLine) -> PastedLine:
    if line.problem:
        return line
    if not any(letter.isalnum() for letter in line.title):
        return replace(line, problem="It has no words that say what is done.")
    if len(line.title) > MAX_TITLE:
        return replace(
            line, problem=f"Its title has {len(line.title)} characters; at most {MAX_TITLE} fit."
        )
    return line


def _row(line: PastedLine, cells: list[str]) -> PastedLine:
    """Read a row of a spreadsheet: words are the title, bare numbers cost and then days."""
    if _HEADINGS.match(cells[0]):
        return replace(line, title=cells[0], problem="It looks like a row of headings.")
    words: list[str] = []
    is_cost_known = False
    for cell in cells:
        read = _sentence(PastedLine(line.number, cell))
        if re.fullmatch(_NUMBER, cell):
            amount = amount_of(cell)
            line = (
                replace(line, effort_days=line.effort_days + amount)
                if is_cost_known
                else replace(line, one_off=line.one_off + amount)
            )
            is_cost_known = True
            continue
        is_cost_known |= bool(read.one_off or read.fixed_monthly or read.seat_price)
        line = _with_amounts(line, read)
        if read.title:
            words.append(read.title)
    return replace(line, title=", ".join(words))


def _with_amounts(line: PastedLine, read: PastedLine) -> PastedLine:
    return replace(
        line,
        one_off=line.one_off + read.one_off,
        fixed_monthly=line.fixed_monthly + read.fixed_monthly,
        seat_price=line.seat_price + read.seat_price,
        effort_days=line.effort_days + read.effort_days,
    )


def _sentence(line: PastedLine) -> PastedLine:
    """Take days and money out of a line; what is left is the title."""
    rest = _BULLET.sub("", line.text)
    for found in _DAYS.finditer(rest):
        line = replace(line, effort_days=line.effort_days + amount_of(found["number"]))
    rest = _DAYS.sub("\x00", rest)
    kept: list[str] = []
    last = 0
    for found in _MONEY.finditer(rest):
        if not (found["before"] or found["after"] or found["scale"] or found["unit"]):
            continue
        line = _with_amounts(line, _priced(found))
        kept.append(rest[last : found.start()])
        last = found.end()
    kept.append(rest[last:])
    parts = (part.strip(_EDGES) for part in "\x00".join(kept).split("\x00"))
    return replace(line, title=" ".join(part for part in parts if part))


def _priced(found: re.Match[str]) -> PastedLine:
    """Return a line that holds only this amount, in the place its unit says."""
    scales = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
    amount = amount_of(found["number"]) * scales.get((found["scale"] or "").lower(), 1.0)
    unit = (found["unit"] or "").lower()
    empty = PastedLine(0, "")
    if re.fullmatch(_SEAT, unit):
        return replace(empty, seat_price=amount)
    if not unit or re.fullmatch(_ONCE, unit):
        return replace(empty, one_off=amount)
    is_yearly = bool(re.search(r"year|yr|annual|p\.?a", unit))
    return replace(empty, fixed_monthly=amount / 12 if is_yearly else amount)


def amount_of(text: str) -> float:
    """Return a number written the American or the European way.

    The last of two kinds of separators is the decimal one. A single kind followed by groups of
    three digits groups thousands: "1.200" is twelve hundred, "1.2" and "1,25" are not.
    """
    bare = re.sub(r"['\u00a0\u202f ]", "", text)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return float(bare)
    separator = bare[last]
    is_grouping = bool(re.fullmatch(rf"\d{{1,3}}(?:\{separator}\d{{3}})+", bare)) and (
        "," not in bare or "." not in bare
    )
    if is_grouping:
        return float(bare.replace(separator, ""))
    whole = re.sub(r"[.,]", "", bare[:last])
    return float(f"{whole}.{bare[last + 1 :]}")
