"""From a calendar to hours with outsiders and hours of internal meetings.

A calendar misses desk work: the rest of the working day is unobserved, not empty. An event with
somebody of another domain is contact, one with colleagues alone a meeting, and one without
anybody else says nothing.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from calibration.decoding import check_bytes
from calibration.errors import ExportError

Event = Any  # the parser's events answer to whatever a file wrote into them

MAX_EVENTS = 20_000
WINDOW = datetime.timedelta(days=92)
_PLAIN_RULES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SELDOM = {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_PLAIN_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"} | _SELDOM
_LONGEST = 12.0  # hours; longer events are absences and conferences
_EARLIEST = 1990


@dataclass(frozen=True)
class CalendarHours:
    """Hold the hours of the 92 days up to the last one counted, or to `until`."""

    contact: float
    meetings: float
    alone: int  # events without anybody else: not counted
    left_out: int  # all-day, over 12 hours, cancelled, or repeated by a rule not understood
    first: datetime.date
    last: datetime.date
    domain: str


def read_calendar(content: bytes, until: datetime.date, domain: str = "") -> CalendarHours:
    """Count the hours of an ICS file.

    Repeated events are counted each time they fall into the window; times that were moved or
    cancelled count as such.

    Parameters
    ----------
    content : the file, up to 10 MB and 20,000 events
    until : the last day to count; what lies in the future did not happen yet
    domain : the company's own, such as 'example.com'; '' takes the most frequent one

    Raises
    ------
    ExportError
        If it is no calendar, too large, or nothing in it can be counted.
    """
    events = _events(content)
    own = domain.casefold().strip().lstrip("@") or _most_frequent(events)
    if not own:
        raise ExportError("No event names anybody; export the calendar with its attendees.")
    moved = {(str(e.get("UID")), _start(e)) for e in events if "RECURRENCE-ID" in e}
    hours: dict[str, float] = defaultdict(float)
    days: list[datetime.date] = []
    left_out = 0
    for event in events:
        span = _hours(event)
        kind = _kind(event, own)
        if span is None:
            left_out += 1
            continue
        try:
            starts = [day for day in _starts(event, until, moved)]
        except Exception:  # whatever a damaged rule raises, the event cannot be counted
            left_out += 1
            continue
        hours[kind] += span * len(starts)
        hours["events alone"] += len(starts) * (kind == "alone")
        days += starts
    if not days:
        raise ExportError("No event of the last 92 days can be counted; export a recent calendar.")
    return CalendarHours(
        hours["contact"], hours["meeting"], int(hours["events alone"]), left_out,
        min(days), max(days), own,
    )  # fmt: skip


def _events(content: bytes) -> list[Event]:
    check_bytes(content)
    if content[:2000].upper().find(b"BEGIN:VCALENDAR") < 0:
        raise ExportError("The file is no calendar; export it as ICS (iCalendar).")
    if content.upper().count(b"BEGIN:VEVENT") > MAX_EVENTS:
        raise ExportError(f"The file has more than {MAX_EVENTS:,} events; export a shorter time.")
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        return [event for each in calendars for event in each.walk("VEVENT")]
    except Exception:  # the parser lets many kinds of error through
        raise ExportError("The calendar is damaged; export it again as ICS.") from None


def _hours(event: Event) -> float | None:
    """Return how long an event takes; None if it is not to be counted."""
    try:
        start, end = event.start, event.end
        if not isinstance(start, datetime.datetime) or str(event.get("STATUS")) == "CANCELLED":
            return None
        hours = (end - start).total_seconds() / 3600
    except Exception:  # whatever a damaged property raises, the event cannot be counted
        return None
    return hours if 0 < hours <= _LONGEST else None


def _start(event: Event) -> str:
    moved: Any = event.get("RECURRENCE-ID")
    day = getattr(moved, "dt", None)
    return day.strftime("%Y-%m-%d") if isinstance(day, datetime.date) else ""


def _starts(
    event: Event, until: datetime.date, moved: set[tuple[str, str]]
) -> Iterator[datetime.date]:
    """Yield the days in the window on which an event takes place."""
    first = event.start.replace(tzinfo=None)
    window = until - WINDOW
    if "RRULE" not in event or "RECURRENCE-ID" in event:
        if window < first.date() <= until:
            yield first.date()
        return
    cancelled = _cancelled(event)
    rule: Any = event["RRULE"]
    if isinstance(rule, list) or first.year < _EARLIEST:
        raise ValueError("not a plain rule")
    parts = {str(key).upper(): value for key, value in rule.items()}
    if str(parts["FREQ"][0]).upper() not in _PLAIN_RULES or int(parts.get("INTERVAL", [1])[0]) < 1:
        raise ValueError("not a plain rule")
    # Hours within a day, or a count of days that never come, would run for minutes.
    if set(parts) - _PLAIN_PARTS or ("COUNT" in parts and set(parts) & _SELDOM):
        raise ValueError("not a plain rule")
    end = datetime.datetime.combine(until, datetime.time.max)
    ends = parts.pop("UNTIL", [end])[0]
    last = min(end.date(), ends.date() if isinstance(ends, datetime.datetime) else ends)
    text = ";".join(
        f"{key}={','.join(str(each) for each in value)}" for key, value in parts.items()
    )
    if "COUNT" not in parts:
        text += f";UNTIL={last:%Y%m%d}T235959"
    elif int(parts["COUNT"][0]) > MAX_EVENTS:
        raise ValueError("too many")
    for time in rrulestr(text, dtstart=first).between(
        datetime.datetime.combine(window, datetime.time.max), end, inc=True
    ):
        day = time.date()
        if day not in cancelled and (str(event.get("UID")), f"{day:%Y-%m-%d}") not in moved:
            yield day


def _cancelled(event: Event) -> set[datetime.date]:
    dates: Any = event.get("EXDATE", [])
    groups = dates if isinstance(dates, list) else [dates]
    return {
        each.dt.date() if isinstance(each.dt, datetime.datetime) else each.dt
        for group in groups
        for each in group.dts
    }


def _domains(event: Event) -> list[str]:
    people: Any = event.get("ATTENDEE", [])
    people = people if isinstance(people, list) else [people]
    organiser = [event["ORGANIZER"]] if "ORGANIZER" in event else []
    addresses = [str(each).casefold().removeprefix("mailto:") for each in [*people, *organiser]]
    return [address.rpartition("@")[2] for address in addresses if "@" in address]


def _most_frequent(events: list[Event]) -> str:
    counts = Counter(domain for event in events for domain in set(_domains(event)))
    return counts.most_common(1)[0][0] if counts else ""


def _kind(event: Event, own: str) -> str:
    domains = _domains(event)
    if any(each != own and not each.endswith(f".{own}") for each in domains):
        return "contact"
    return "meeting" if len(domains) > 1 else "alone"
