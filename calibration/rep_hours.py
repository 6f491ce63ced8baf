"""Selling hours by rep and month, from a table of them or a time log that says who and when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.cleaning import OTHER, CleanExport
from calibration.dates import DateOrder
from calibration.elasticity import Panel
from calibration.errors import ExportError
from calibration.month_cells import parse_months
from calibration.months import full_months
from calibration.reading import RawExport
from calibration.time_log import NAMES, guess_task, hours_in
from simulation.defaults import defaults

SELLING = "selling"  # the group of tasks whose hours count, where the file says what was done
_WHO = ("rep", "owner", "person", "employee", "seller", "user", "mitarbeiter", "vendeur", "name")
_WHEN = ("month", "date", "day", "when", "monat", "datum", "mois", "mes", "fecha")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_MOST_HOURS = 400.0  # of one person in a month


@dataclass(frozen=True)
class RepHours:
    """Hold selling hours by name, as `name_key` makes it, and month "YYYY-MM".

    `left_out` counts rows without a name or with a time that is none; `other` are hours of
    activities that are no selling.
    """

    hours: Mapping[tuple[str, str], float]
    left_out: int
    other: float
    notes: tuple[str, ...]


def name_key(name: str) -> str:
    """Return a name as it is compared: without case and spare blanks."""
    return " ".join(name.casefold().split())


def read_rep_hours(raw: RawExport, order: DateOrder | None = None) -> RepHours:
    """Read selling hours by rep and month; columns are told by their names.

    Where a column says what was done, only selling tasks count.

    Parameters
    ----------
    order : whether the month or the day comes first in dates; None decides by the cells

    Raises
    ------
    ExportError
        If there is no column of names, of months or days, or of hours; if a month cannot be read,
        a person has more than 400 hours in a month, or no row is a selling task.
    """
    who, when = _column(raw, _WHO, "who it was"), _column(raw, _WHEN, "the month or the day")
    spent = _column(raw, NAMES["duration"], "how many hours", but=(who, when))
    activity = _first(raw.headers, NAMES["activity"], but=(who, when, spent))
    months, notes = parse_months(raw.column(when), raw.lines, when, order)
    counts = _is_selling(raw.column(activity)) if activity else [True] * len(raw.rows)
    scale = 1 / 60 if "min" in spent.casefold() else 1.0
    found: dict[tuple[str, str], float] = {}
    left_out, other = 0, 0.0
    for name, month, cell, is_counted in zip(
        raw.column(who), months, raw.column(spent), counts, strict=True
    ):
        value = hours_in(cell)
        if not name_key(name) or value is None or value < 0:
            left_out += 1
        elif is_counted:
            place = name_key(name), month
            found[place] = found.get(place, 0.0) + value * scale
        else:
            other += value * scale
    if not any(found.values()):
        raise ExportError("No row has a name and selling hours above zero.")
    if max(found.values()) > _MOST_HOURS:
        raise ExportError(
            f"Somebody has more than {_MOST_HOURS:.0f} selling hours in a month. Give hours, or "
            "name the column of minutes “Minutes”."
        )
    return RepHours(found, left_out, other, tuple(notes))


def panel_of(deals: CleanExport, hours: RepHours) -> Panel:
    """Return new deals beside selling hours, for reps and months that are in both files.

    Parameters
    ----------
    deals : an export cleaned with names; months it covers in full are taken
    """
    covered = {str(month) for month in full_months(deals.deals.created, deals.last_day)}
    ids = {name_key(name): number for number, name in enumerate(deals.names, start=OTHER + 1)}
    rows = [
        (ids[name], np.datetime64(month, "M"), spent)
        for (name, month), spent in sorted(hours.hours.items())
        if name in ids and month in covered and spent > 0
    ]
    rep = np.array([row[0] for row in rows], dtype=np.int64)
    month = np.array([row[1] for row in rows], dtype="M8[M]").astype(np.int64)
    created = deals.deals.created.astype("M8[M]").astype(np.int64)
    new = [
        float(((deals.deals.owner == one) & (created == at)).sum())
        for one, at in zip(rep, month, strict=True)
    ]
    first = month.min() if len(month) else 0
    return Panel(rep, month - first, np.array(new), np.array([row[2] for row in rows]))


def _is_selling(activities: Sequence[str]) -> list[bool]:
    tasks = defaults().tasks
    known = {each: guess_task(each) for each in set(activities)}
    selling = {each for each, task in known.items() if task and tasks[task].group == SELLING}
    return [each in selling for each in activities]


def _column(raw: RawExport, words: Sequence[str], missing: str, but: Sequence[str] = ()) -> str:
    found = _first(raw.headers, words, but)
    if found is None:
        raise ExportError(
            f"No column says {missing}. Name the columns “Rep”, “Month” and “Selling hours”."
        )
    return found


def _first(headers: Sequence[str], words: Sequence[str], but: Sequence[str] = ()) -> str | None:
    """Return the first column with one of the words in its name, in the order of the words."""
    free = [header for header in headers if header not in but]
    for word in words:
        for header in free:
            if word in _BETWEEN_WORDS.split(header.casefold()):
                return header
    return None
