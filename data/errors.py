"""What can go wrong with keeping, each as one sentence a user can act on."""

from pathlib import Path

from data.driver import sqlite3
from strategy.errors import InvalidValue, Missing, PlanError


class DatabaseUnusable(PlanError):
    """The database file cannot be used as it is; it was left unchanged."""


class DiskFull(PlanError):
    """There was no room to keep the change; nothing of it was saved."""


class DatabaseReadOnly(PlanError):
    """The database may be read but not written; nothing was saved."""


class DatabaseBusy(PlanError):
    """Something else held the database for too long; nothing was saved."""


class ChangeLost(PlanError):
    """An earlier error ended the change; nothing of it was saved."""


# SQLite's own texts, because not every driver build carries error codes.
_SENTENCES: tuple[tuple[str, type[PlanError], str], ...] = (
    (
        "disk is full",
        DiskFull,
        "Nothing was saved: the disk is full. Free some space, then try again.",
    ),
    (
        "readonly database",
        DatabaseReadOnly,
        "Nothing was saved: {path} is read-only. Allow writing to the file and its folder.",
    ),
    (
        "database is locked",
        DatabaseBusy,
        "Nothing was saved: another program holds {path}. Close it, then try again.",
    ),
    (
        "malformed",
        DatabaseUnusable,
        "{path} is damaged. Stop Fulcrum and put back the newest file of the backups folder.",
    ),
    (
        "not a database",
        DatabaseUnusable,
        "{path} is not a Fulcrum database. Move it away or choose another database path.",
    ),
    (
        "unable to open",
        DatabaseUnusable,
        "{path} cannot be opened. Check that the file and its folder exist and may be written.",
    ),
    (
        "disk I/O error",
        DatabaseUnusable,
        "{path} cannot be read or written. Check the disk, then restart Fulcrum.",
    ),
)


def in_plain_words(error: sqlite3.Error, path: Path) -> Exception:
    """Return the sentence for a database error, or the error itself if it is a mistake of ours."""
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return _refused_row(text)
    for fragment, kind, sentence in _SENTENCES:
        if fragment in text:
            return kind(sentence.format(path=path))
    return error


def _refused_row(text: str) -> PlanError:
    if "FOREIGN KEY" in text:
        return Missing("Nothing was saved: something it refers to is not in this plan.")
    return InvalidValue(f"Nothing was saved: the database refused a value ({text}).")
