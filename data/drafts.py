"""What somebody typed into a dialog and has not kept yet; no part of the plan, so no event."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data import codec
from data.database import one_row, reading, writing


def keep(path: Path, key: tuple[str, str, str], values: Mapping[str, Any], now: str) -> None:
    """Keep what a person typed for one kind of row in a plan; `key` is plan, person, kind."""
    row = (*key, codec.encode(codec.plain_mapping(values, "draft")), now)
    with writing(path) as db:
        db.conn.execute(_KEEP, row)


def find(path: Path, key: tuple[str, str, str]) -> tuple[dict[str, Any], str] | None:
    """Return a draft and when it was kept, or None."""
    with reading(path) as db:
        row = one_row(db, _FIND, key)
    return None if row is None else (codec.decode(row["values_json"]), str(row["saved_at"]))


def drop(path: Path, key: tuple[str, str, str]) -> None:
    """Forget a draft, if there is one."""
    with writing(path) as db:
        db.conn.execute(_DROP, key)


_WHERE = "WHERE plan_id = ? AND person = ? AND kind = ?"
_FIND = f"SELECT values_json, saved_at FROM drafts {_WHERE}"
_DROP = f"DELETE FROM drafts {_WHERE}"
_KEEP = """
INSERT INTO drafts (plan_id, person, kind, values_json, saved_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (plan_id, person, kind)
DO UPDATE SET values_json = excluded.values_json, saved_at = excluded.saved_at
"""
