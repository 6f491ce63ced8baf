"""Rows and nouns: how each frozen dataclass becomes a table row and comes back.

Columns are named like fields. A mapping is kept as JSON text in a column that ends with `_json`,
a yes or no as 0 or 1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, TypeVar, cast, get_origin, get_type_hints

from data import codec
from strategy.errors import InvalidValue
from strategy.model import (
    Actual,
    AssumptionRange,
    Checkpoint,
    Comment,
    Event,
    Goal,
    Plan,
    Run,
    Scenario,
    ShareLink,
    Snapshot,
    Tactic,
)

Noun = TypeVar("Noun")

NEVER_UPDATED = frozenset({"id", "plan_id", "created_at", "version"})


@dataclass(frozen=True)
class Kept:
    """Where and how one noun is kept.

    `columns` maps fields to columns. `versioned` rows say the format of their JSON. Fields in
    `unlogged` never enter the history of changes.
    """

    table: str
    columns: Mapping[str, str]
    mappings: frozenset[str]
    flags: frozenset[str]
    versioned: bool
    unlogged: frozenset[str]


def _kept(noun: type, table: str, *, versioned: bool = False, unlogged: str = "") -> Kept:
    hints = get_type_hints(noun)
    names = [field.name for field in fields(noun)]
    mappings = frozenset(name for name in names if get_origin(hints[name]) is Mapping)
    return Kept(
        table=table,
        columns={name: f"{name}_json" if name in mappings else name for name in names},
        mappings=mappings,
        flags=frozenset(name for name in names if hints[name] is bool),
        versioned=versioned,
        unlogged=frozenset({"id", "version", unlogged}),
    )


# A snapshot's content would double the database if the history repeated it; a token's hash has
# no business in a list people read.
KEPT: dict[type, Kept] = {
    Plan: _kept(Plan, "plans"),
    Goal: _kept(Goal, "goals"),
    Tactic: _kept(Tactic, "tactics"),
    Scenario: _kept(Scenario, "scenarios"),
    Run: _kept(Run, "runs", versioned=True),
    Snapshot: _kept(Snapshot, "snapshots", versioned=True, unlogged="content"),
    ShareLink: _kept(ShareLink, "share_links", unlogged="token_hash"),
    Comment: _kept(Comment, "comments"),
    Event: _kept(Event, "events"),
    Checkpoint: _kept(Checkpoint, "checkpoints"),
    Actual: _kept(Actual, "actuals"),
}


def plain_fields(noun: object) -> dict[str, Any]:
    """Return a noun's fields as plain values; refuse what cannot be kept, by name."""
    kind = type(noun)
    return {name: plain_value(kind, name, getattr(noun, name)) for name in KEPT[kind].columns}


def plain_value(kind: type, name: str, value: Any) -> Any:
    """Return one field's value as a plain value; refuse what cannot be kept, by name."""
    if name == "assumptions":
        return codec.plain(_ranges(value), name)
    if name in KEPT[kind].mappings:
        return codec.plain_mapping(value, name)
    return value if isinstance(value, bytes) else codec.scalar(value, name)


def to_row(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that keep plain field values."""
    kept = KEPT[kind]
    row = {kept.columns[name]: _to_column(kept, name, value) for name, value in values.items()}
    return row | {"format": codec.FORMAT} if kept.versioned else row


def from_row(kind: type[Noun], row: Mapping[str, Any]) -> Noun:
    """Return the noun a row keeps.

    Nouns do not change, so rows that read the same are the same noun: of a plan that is read
    again after each change only the rows that were changed are made anew.
    """
    known = _KNOWN.get(kind)
    if known is None:
        return _made(kind, row)
    return cast(Noun, known(tuple(row), tuple(row.values())))


def _maker(kind: type) -> Callable[[tuple[str, ...], tuple[Any, ...]], Any]:
    def make(names: tuple[str, ...], values: tuple[Any, ...]) -> Any:
        return _made(kind, dict(zip(names, values, strict=True)))

    return make


def _made(kind: type[Noun], row: Mapping[str, Any]) -> Noun:
    kept = KEPT[kind]
    written_format = row.get("format", codec.FORMAT)
    values = {
        name: _from_column(kept, name, row[column], written_format)
        for name, column in kept.columns.items()
    }
    return cast(Noun, cast(Any, kind)(**values))


# How many nouns of a kind are remembered: of those that every page reads, what a room of people
# works on. A run's summary is large.
_KNOWN = {
    kind: lru_cache(maxsize=most)(_maker(kind))
    for kind, most in {
        Plan: 256,
        Goal: 1024,
        Tactic: 4096,
        Scenario: 512,
        Event: 4096,
        Run: 32,
    }.items()
}


def require_updatable(kind: type, names: set[str]) -> None:
    """Refuse names that are no fields of this kind, or that never change once kept."""
    allowed = KEPT[kind].columns.keys() - NEVER_UPDATED
    unknown = sorted(names - allowed)
    if unknown or kind is Snapshot:
        what = kind.__name__.lower()
        raise InvalidValue(f"A {what} has no {', '.join(unknown) or 'field'} that can change.")


def _to_column(kept: Kept, name: str, value: Any) -> Any:
    if name in kept.mappings:
        return codec.encode(value)
    return int(value) if isinstance(value, bool) else value


def _from_column(kept: Kept, name: str, value: Any, written_format: int) -> Any:
    if name == "assumptions":
        return _ranges(codec.decode(value))
    if name in kept.mappings:
        return codec.decode(value, written_format)
    return bool(value) if name in kept.flags else value


def _ranges(value: Mapping[str, Any]) -> dict[str, AssumptionRange]:
    """Return assumption ranges, also from the plain form in which the history holds them."""
    try:
        return {
            key: entry if isinstance(entry, AssumptionRange) else AssumptionRange(**entry)
            for key, entry in value.items()
        }
    except (TypeError, AttributeError) as error:
        raise InvalidValue("Assumptions must each have low, mode, high and a source.") from error
