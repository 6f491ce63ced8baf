"""Reading nouns: the few questions that rows are asked."""

from typing import Any, TypeVar

from sqlite_utils import Database

from data.database import one_row, rows
from data.rows import KEPT, from_row
from strategy.errors import Missing
from strategy.model import Actual, ForecastMark, Plan

Noun = TypeVar("Noun")

# What else is kept as a row of runs, a search, names its kind and is in no list of runs.
IS_RUN = "summary_json ->> '$.kind' IS NULL"

_WORDS = {"ShareLink": "share link"}


def fetch(db: Database, kind: type[Noun], plan_id: str, row_id: str) -> Noun:
    """Return a row of the plan, archived or not; raise Missing if there is none."""
    scope = "id" if kind is Plan else "plan_id"
    sql = f"SELECT * FROM {KEPT[kind].table} WHERE id = ? AND {scope} = ?"
    row = one_row(db, sql, (row_id, plan_id))
    if row is None:
        word = _WORDS.get(kind.__name__, kind.__name__.lower())
        raise Missing(f"This {word} does not exist{'' if kind is Plan else ' in this plan'}.")
    return from_row(kind, row)


def living(db: Database, kind: type[Noun], plan_id: str) -> tuple[Noun, ...]:
    """Return the plan's rows that are not archived, in order."""
    sql = (
        f"SELECT * FROM {KEPT[kind].table} WHERE plan_id = ? AND archived_at IS NULL "
        "ORDER BY position, id"
    )
    return tuple(from_row(kind, row) for row in rows(db, sql, (plan_id,)))


def what_happened(db: Database, plan_id: str) -> tuple[Actual, ...]:
    """Return the plan's actuals, archived or not, by month and metric."""
    sql = "SELECT * FROM actuals WHERE plan_id = ? ORDER BY month, metric"
    return tuple(from_row(Actual, row) for row in rows(db, sql, (plan_id,)))


def forecast_marks(db: Database, plan_id: str, scenario_id: str | None) -> tuple[ForecastMark, ...]:
    """Return the runs of a scenario (None: of the board) and the snapshots that hold it.

    Newest first, and without contents.
    """
    holds = "1"
    if scenario_id is not None:
        scenarios = "json_each(content_json, '$.scenarios')"
        holds = f"? IN (SELECT value ->> '$.id' FROM {scenarios})"
    sql = f"""
        SELECT kind, id, made_at, title, number FROM (
            SELECT 'snapshot' AS kind, id, created_at AS made_at, title, number, rowid AS kept
            FROM snapshots WHERE plan_id = ? AND {holds}
            UNION ALL
            SELECT 'run', id, created_at, '', 0, rowid
            FROM runs WHERE plan_id = ? AND scenario_id IS ? AND {IS_RUN}
        )
        ORDER BY made_at DESC, kind DESC, kept DESC
    """
    asked = (plan_id, *([] if scenario_id is None else [scenario_id]), plan_id, scenario_id)
    return tuple(ForecastMark(**row, scenario_id=scenario_id) for row in rows(db, sql, asked))


def newest(
    db: Database, kind: type[Noun], where: str, params: tuple[Any, ...], limit: int = -1
) -> tuple[Noun, ...]:
    """Return rows in the order they were kept, the last one first; -1 means all.

    Ordered by rowid, because a clock may be set back.
    """
    sql = f"SELECT * FROM {KEPT[kind].table} WHERE {where} ORDER BY rowid DESC LIMIT ?"
    return tuple(from_row(kind, row) for row in rows(db, sql, (*params, limit)))


def last_change(db: Database, plan_id: str) -> int:
    """Return the number of the plan's last change, 0 if it has none."""
    row = one_row(db, "SELECT max(seq) AS seq FROM events WHERE plan_id = ?", (plan_id,))
    return int(row["seq"] or 0) if row else 0
