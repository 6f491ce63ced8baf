"""Small words that several reports share: counts, horizons, dates, verdicts."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime

from strategy.calendar import month_label

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(count: int) -> str:
    """Return "four" for 4; figures above ten."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)


def capitalised(words: str) -> str:
    """Return the words with a capital first letter and the rest untouched."""
    return words[:1].upper() + words[1:]


def horizon(months: int) -> str:
    """Return "three years" for 36 months and "30 months" for 30."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return "one month" if months == 1 else f"{months} months"
    return "one year" if years == 1 else f"{number_word(years)} years"


def listed(names: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def moment(stamp: str) -> datetime:
    """Return the moment an ISO text names, in UTC."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone(UTC)


def date_words(stamp: str) -> str:
    """Return "24 Nov 2026" for an ISO text."""
    when = moment(stamp)
    return f"{when.day} {when:%b %Y}"


def time_words(stamp: str) -> str:
    """Return "24 Nov 2026, 15:42 UTC" for an ISO text."""
    return f"{date_words(stamp)}, {moment(stamp):%H:%M} UTC"


def last_day(month: str) -> str:
    """Return "31 Dec 2027" for "2027-12"."""
    year, number = (int(part) for part in month.split("-"))
    return f"{monthrange(year, number)[1]} {month_label(month, 1)}"
