"""A rep week from a time log: hours by task become shares with ranges, contact becomes pressure.

Columns are told by their names: what was done, how long, and whether a customer was there.
"""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import beta

from calibration.decoding import decoded
from calibration.errors import ExportError, shown
from simulation.defaults import defaults

PRIOR_HOURS = 80.0  # what the shipped week counts for beside the hours that were logged
MOST_ROWS = 100_000
LONGEST_ACTIVITY = 80
MOST_ACTIVITIES = 60
SURE = 1.96  # standard errors of a 95% interval
NAMES = {
    "activity": ("activity", "task", "category", "what", "type", "work", "description"),
    "duration": ("hours", "duration", "time", "minutes", "min", "h"),
    "contact": ("contact", "customer", "met", "answered", "with customer"),
}
# Words that name a task; the first task with a word in the text has it.
WORDS: dict[str, tuple[str, ...]] = {
    "live_conversations": ("customer call", "customer meeting", "demo", "negotiat", "conversation"),
    "prospecting": ("prospect", "outreach", "cold call"),
    "account_strategy": ("account plan", "strategy", "territory"),
    "coaching": ("coach", "training"),
    "crm_entry": ("crm", "data entry"),
    "quotes": ("quote", "proposal", "approval"),
    "research": ("research", "priorit"),
    "scheduling": ("schedul", "e-mail", "email"),
    "orders": ("order", "contract", "signature"),
    "forecast": ("forecast", "report"),
    "chasing": ("chas", "service", "support"),
    "meetings": ("internal meeting", "team meeting", "meeting"),
    "slack": ("break", "travel", "other", "slack"),
}
YES = frozenset({"1", "y", "yes", "true", "x", "ja", "oui"})
NO = frozenset({"", "0", "n", "no", "false", "nein", "non"})


@dataclass(frozen=True)
class LoggedTime:
    """Hours by activity as the file writes it; contact hours where the file tells them.

    `rows` counts the rows that were read, `dropped` says why others were not.
    """

    hours: Mapping[str, float]
    contact_hours: float | None
    asked_hours: float | None
    rows: int
    dropped: Mapping[str, int]


@dataclass(frozen=True)
class WeekShare:
    """One task's share of the week, 0 to 1, with its 80% range and what it rests on.

    `more_needed` is the number of random moments a sample needs for the share to be known to
    2 points either way (3 above 20%).
    """

    task: str
    low: float
    share: float
    high: float
    hours: float
    more_needed: int


def read_time_log(content: bytes) -> LoggedTime:
    """Return the hours in a CSV file.

    Raises
    ------
    ExportError
        If it is no such file, has no column of activities or of hours, or too many rows or
        activities; says which and what to change.
    """
    text, _ = decoded(content)
    sample = text[:4096]
    separator = max(",;\t", key=sample.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return _read(rows)
    except csv.Error as error:
        raise ExportError(f"The file cannot be read as a table: {error}.") from error


def _read(rows: "csv._reader") -> LoggedTime:  # type: ignore[name-defined]
    header = [cell.strip() for cell in next(rows, [])]
    columns = {name: _column(header, name) for name in NAMES}
    if columns["activity"] is None or columns["duration"] is None:
        missing = "what was done" if columns["activity"] is None else "how long it took"
        raise ExportError(
            f"No column says {missing}. Name one “Task” and one “Hours” (or “Minutes”)."
        )
    title = header[columns["duration"]].casefold()
    scale = 1 / 60 if "min" in title else 1.0
    hours: dict[str, float] = {}
    dropped: dict[str, int] = {}
    contact = asked = 0.0
    count = 0
    for line, row in enumerate(rows, start=2):
        if line > MOST_ROWS + 1:
            raise ExportError(f"The file has more than {MOST_ROWS:,} rows; take a shorter time.")
        if not any(cell.strip() for cell in row):
            continue
        read = _row(row, columns, scale)
        if isinstance(read, str):
            dropped[read] = dropped.get(read, 0) + 1
            continue
        activity, spent, met = read
        count += 1
        hours[activity] = hours.get(activity, 0.0) + spent
        if met is not None:
            asked += spent
            contact += spent if met else 0.0
        if len(hours) > MOST_ACTIVITIES:
            raise ExportError(
                f"There are more than {MOST_ACTIVITIES} different activities, the last "
                f"{shown(activity)}. Group them first.",
                line=line,
            )
    if not hours:
        raise ExportError("No row has an activity and a time above zero.")
    return LoggedTime(
        hours=hours,
        contact_hours=contact if asked else None,
        asked_hours=asked or None,
        rows=count,
        dropped=dropped,
    )


def _column(header: Sequence[str], name: str) -> int | None:
    """Return the first column whose name holds one of the words, in the order of the words."""
    for word in NAMES[name]:
        for place, title in enumerate(header):
            if word == title.casefold() or (len(word) > 2 and word in title.casefold()):
                return place
    return None


def _row(
    row: Sequence[str], columns: Mapping[str, int | None], scale: float
) -> tuple[str, float, bool | None] | str:
    """Return activity, hours and contact of a row, or why it is dropped."""

    def cell(name: str) -> str:
        place = columns[name]
        return row[place].strip() if place is not None and place < len(row) else ""

    activity = cell("activity")[:LONGEST_ACTIVITY]
    if not activity:
        return "no activity"
    spent = hours_in(cell("duration"))
    if spent is None:
        return "a time that is no number"
    spent *= scale
    if not 0 < spent <= 24:
        return "a time that is not between 0 and 24 hours"
    met = cell("contact").casefold()
    is_told = columns["contact"] is not None and met in YES | NO and met != ""
    return activity, spent, (met in YES) if is_told else None


def hours_in(text: str) -> float | None:
    """Return the number a cell says: 1.5, 1,5 or 1:30; None if it is none."""
    head, colon, tail = text.partition(":")
    try:
        if colon:
            return float(int(head) + int(tail[:2]) / 60)
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def guess_task(activity: str) -> str | None:
    """Return the task an activity names, or None if no word of it is known."""
    text = activity.casefold()
    for task, each in defaults().tasks.items():
        if each.label.casefold() == text or task == text:
            return task
    for task, words in WORDS.items():
        if any(word in text for word in words):
            return task
    return None


def week_shares(logged: LoggedTime, tasks: Mapping[str, str | None]) -> tuple[WeekShare, ...]:
    """Return every task's share of the week with its range.

    Parameters
    ----------
    tasks : activity -> task row; None leaves its hours out

    Source
    ------
    Dirichlet with 80 hours of the shipped week: docs/model.md, calibration. A share of it has a
    beta distribution; the range is its 10th and 90th percentile.
    """
    known = defaults().tasks
    hours = dict.fromkeys(known, 0.0)
    for activity, spent in logged.hours.items():
        if (chosen := tasks.get(activity)) is not None:
            hours[chosen] += spent
    total = PRIOR_HOURS + sum(hours.values())
    shares: list[WeekShare] = []
    for name, task in known.items():
        mine = PRIOR_HOURS * task.share + hours[name]
        low, high = (float(beta.ppf(each, mine, total - mine)) for each in (0.1, 0.9))
        share = mine / total
        half_width = 0.03 if share > 0.2 else 0.02
        shares.append(
            WeekShare(name, low, share, high, hours[name], sample_size(share, half_width))
        )
    return tuple(shares)


def sample_size(share: float, half_width: float) -> int:
    """Return how many random moments tell a share to `half_width` either way, 19 times in 20."""
    return round(SURE**2 * share * (1 - share) / half_width**2)


def buyer_pressure(logged: LoggedTime, sharpness: float) -> tuple[float, float, float] | None:
    """Return low, likely and high buyer pressure from the share of contact, or None.

    Of the hours set aside for customers (rows that say whether one was there) the share in
    which one was there. Its error, counted as if each hour were one try, is carried over.

    Source
    ------
    docs/model.md, u from the contact share: u = (share^-k - 1)^(1/k).
    """
    if logged.contact_hours is None or not logged.asked_hours:
        return None
    share = min(max(logged.contact_hours / logged.asked_hours, 0.02), 0.98)
    error = math.sqrt(share * (1 - share) / max(logged.asked_hours, 1.0))
    ends = (min(share + 1.28 * error, 0.99), max(share - 1.28 * error, 0.01))
    low, high = (_pressure(each, sharpness) for each in ends)
    return low, _pressure(share, sharpness), high


def _pressure(share: float, sharpness: float) -> float:
    return float((share**-sharpness - 1) ** (1 / sharpness))
