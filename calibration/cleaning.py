"""From the text of the mapped columns to deals, with a report of what was left out."""

from collections import Counter
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from calibration.amounts import (
    Rates,
    converted,
    only_currency,
    parse_amounts,
    written_currencies,
)
from calibration.cells import first_lines
from calibration.columns import Mapping, Outcome, guess_outcomes
from calibration.dates import DateOrder, Days, parse_dates
from calibration.deals import Deals, Finding, Flags, findings
from calibration.errors import ExportError, shown
from calibration.hygiene import bulk_days, countable, last_day
from calibration.progress import Progress, silent
from calibration.reading import RawExport
from calibration.stages import StageEntries, read_entries

MIN_OWNER_DEALS = 5
OTHER = 0  # id of the owner that pools those with fewer deals
MAX_SEGMENTS = 50


@dataclass(frozen=True, eq=False)
class CleanExport:
    """Hold the deals of an export with what was dropped, what is odd and what was assumed."""

    name: str
    source: str
    deals: Deals = field(repr=False)
    last_day: np.datetime64  # the last day the export knows of
    owners: int  # owners with at least 5 deals
    currency: str
    dropped: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    notes: tuple[str, ...]
    stages: StageEntries | None = field(default=None, repr=False)
    segments: tuple[str, ...] = ()  # name of each segment, by its number from 1
    names: tuple[str, ...] = field(default=(), repr=False)  # of reps, only if asked for


def clean(
    raw: RawExport,
    mapping: Mapping,
    outcomes: Lookup[str, Outcome] | None = None,
    date_order: DateOrder | None = None,
    progress: Progress = silent,
    *,
    rates: Rates | None = None,
    with_names: bool = False,
) -> CleanExport:
    """Read the mapped columns and leave out what cannot be counted.

    Parameters
    ----------
    raw : the table as text
    mapping : which column holds which field
    outcomes : stage -> 'won', 'lost' or 'open'; None guesses by flags or by name
    date_order : order of day and month where it is not plain; None lets the cells decide
    rates : currency code -> what one unit of it is worth in the plan's currency; None refuses
        a file with two currencies
    with_names : whether the names of reps are kept beside their numbers
    progress : called with the share done (0 to 1) and what is being done

    Raises
    ------
    ExportError
        If a required field has no column, a stage no outcome, a mapped cell is no amount or no
        date, amounts are in two currencies, or no deal is left.

    Source
    ------
    docs/model.md, section Calibration.
    """
    _check_mapping(mapping)
    progress(0.1, "Reading dates")
    dates, date_notes = _dates(raw, mapping, date_order)
    progress(0.5, "Reading amounts")
    amounts, currency, amount_notes = _amounts(raw, mapping, rates)
    progress(0.8, "Checking deals")
    repeated = _repeated(raw, mapping)
    owner, names, pooled = _owners(raw, mapping, repeated)
    segment, segments, segment_notes = _segments(raw, mapping)
    deals = Deals(
        line=np.array(raw.lines, dtype=np.int64),
        owner=owner,
        amount=amounts,
        created=dates["created"],
        closed=dates["closed"],
        outcome=_outcomes(raw, mapping, outcomes),
        segment=segment,
    )
    kept = [*_no_account(raw, mapping), *pooled]
    deals, dropped = countable(deals, repeated)
    kept += bulk_days(deals)
    stages, stage_notes = read_entries(raw, date_order)
    notes = (*raw.notes, *date_notes, *amount_notes, *segment_notes, *stage_notes)
    progress(1.0, "Checking deals")
    return CleanExport(
        raw.name, mapping.source, deals, last_day(deals), len(names), currency,
        tuple(dropped), tuple(kept), notes, stages, segments, names if with_names else (),
    )  # fmt: skip


def _check_mapping(mapping: Mapping) -> None:
    if mapping.missing:
        missing = mapping.missing[0].replace("_", " ")
        raise ExportError(f"No column is chosen for the {missing}; choose one.")


def _column(raw: RawExport, header: str | None) -> list[str]:
    return raw.column(header or "")


def _dates(
    raw: RawExport, mapping: Mapping, order: DateOrder | None
) -> tuple[dict[str, Days], list[str]]:
    created, closed, lost = mapping.created or "", mapping.closed or "", mapping.lost or ""
    columns = {header: raw.column(header) for header in (created, closed, lost) if header}
    days, notes = parse_dates(columns, raw.lines, order)
    ended = days[closed]
    if lost:
        ended = np.where(np.isnat(ended), days[lost], ended)
    return {"created": days[created], "closed": ended}, notes


def _amounts(
    raw: RawExport, mapping: Mapping, rates: Rates | None
) -> tuple[NDArray[np.float64], str, list[str]]:
    header = mapping.amount or ""
    cells = raw.column(header)
    if rates and (codes := currencies(raw, mapping)):
        return converted(cells, raw.lines, header, _codes(raw, mapping), rates, codes)
    amounts, currency, notes = parse_amounts(cells, raw.lines, header)
    if mapping.currency:
        codes_at = first_lines(raw.column(mapping.currency), raw.lines)
        currency = only_currency(codes_at, mapping.currency) or currency
    return amounts, currency, notes


def currencies(raw: RawExport, mapping: Mapping) -> tuple[str, ...]:
    """Return the currencies of an export's amounts, the first one met first."""
    if not mapping.amount:
        return ()
    return tuple(dict.fromkeys(code for code in _codes(raw, mapping) if code))


def _codes(raw: RawExport, mapping: Mapping) -> list[str]:
    """Return the currency of each row: its own column's, else the one its amount is written in."""
    written = written_currencies(raw.column(mapping.amount or ""))
    if not mapping.currency:
        return written
    pairs = zip(raw.column(mapping.currency), written, strict=True)
    return [column or cell for column, cell in pairs]


def _outcomes(
    raw: RawExport, mapping: Mapping, outcomes: Lookup[str, Outcome] | None
) -> NDArray[np.str_]:
    known = guess_outcomes(raw, mapping) if outcomes is None else outcomes
    stages = _column(raw, mapping.stage)
    for stage, line in first_lines(stages, raw.lines).items():
        if known.get(stage) not in ("won", "lost", "open"):
            raise ExportError(
                f"the stage {shown(stage)} has no outcome; say whether it is won, lost or open.",
                line=line,
                column=mapping.stage,
            )
    return np.array([known[stage] for stage in stages], dtype="U4")


def _owners(
    raw: RawExport, mapping: Mapping, repeated: Flags
) -> tuple[NDArray[np.int64], tuple[str, ...], list[Finding]]:
    """Number the owners in the order they appear; those with few deals share one number."""
    names = _column(raw, mapping.owner)
    deals = Counter(name for name, again in zip(names, repeated, strict=True) if not again)
    large = [name for name, count in deals.items() if name and count >= MIN_OWNER_DEALS]
    ids = {name: number for number, name in enumerate(large, start=OTHER + 1)}
    owner = np.array([ids.get(name, OTHER) for name in names], dtype=np.int64)
    reason = f"Owner with fewer than {MIN_OWNER_DEALS} deals or none: pooled into one"
    few = np.array(raw.lines)[(owner == OTHER) & ~repeated]
    return owner, tuple(large), findings(reason, few)


def _segments(
    raw: RawExport, mapping: Mapping
) -> tuple[NDArray[np.int64], tuple[str, ...], list[str]]:
    """Number the segments; a column of more than 50 different cells forms none, with a note."""
    none = np.zeros(len(raw.rows), dtype=np.int64)
    if not mapping.segment:
        return none, (), []
    cells = raw.column(mapping.segment)
    names = tuple(dict.fromkeys(cell for cell in cells if cell))
    if len(names) > MAX_SEGMENTS:
        return (
            none,
            (),
            [
                f"Column {shown(mapping.segment)} has {len(names):,} different cells: over "
                f"{MAX_SEGMENTS} make no segments."
            ],
        )
    ids = {name: number for number, name in enumerate(names, start=OTHER + 1)}
    return np.array([ids.get(cell, OTHER) for cell in cells], dtype=np.int64), names, []


def _no_account(raw: RawExport, mapping: Mapping) -> list[Finding]:
    if not mapping.account:
        return []
    blank = np.array([not cell for cell in raw.column(mapping.account)])
    return findings("No account: kept", np.array(raw.lines)[blank])


def _repeated(raw: RawExport, mapping: Mapping) -> Flags:
    """Return which rows repeat an id that stood higher up; rows without an id never do."""
    ids = _column(raw, mapping.opportunity_id)
    # An exact comparison: Salesforce's 15-character ids differ by case alone.
    first = first_lines(ids, raw.lines)
    return np.array([bool(i) and first[i] != n for i, n in zip(ids, raw.lines, strict=True)])
