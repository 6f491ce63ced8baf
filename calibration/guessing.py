"""Which column means what in a file of unknown names, by words in the names and by the cells.

What is guessed here is shown as a guess. A column is left open where two would do as well.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from calibration.amounts import is_amount
from calibration.columns import REQUIRED, Mapping, guess_mapping, name_key, stage_outcomes
from calibration.dates import is_date, parse_dates
from calibration.errors import ExportError
from calibration.reading import RawExport

_ROWS = 500  # that are looked at
_KINDS = 40  # different cells a column of stages may have
_ALIKE = 0.95  # of the filled cells must agree; a few are wrong or repeated in any export
# Those whose cells say most come first; what they take is no candidate for the others.
_SEARCHED = ("created", "closed", "stage", "amount", "opportunity_id", "owner")

# Parts of names, as keys; the languages are those of most exports in Europe and America.
_WORDS: dict[str, tuple[str, ...]] = {
    "opportunity_id": ("nummer", "number", "numero", "número", "reference", "uuid", "key"),
    "owner": (
        "owner", "agent", "seller", "salesperson", "salesrep", "executive", "verkäufer",
        "besitzer", "inhaber", "verantwortlich", "betreuer", "vendeur", "commercial",
        "propriétaire", "vendedor", "comercial", "responsable", "propietario", "venditore",
        "verkoper", "eigenaar",
    ),
    "amount": (
        "amount", "value", "revenue", "bookings", "dealsize", "acv", "tcv", "betrag", "umsatz",
        "wert", "montant", "importe", "valor", "ingresos", "importo", "valore", "bedrag", "omzet",
    ),
    "created": (
        "created", "opened", "opendate", "startdate", "erstellt", "angelegt", "eröffnet",
        "création", "créé", "creación", "creado", "criação", "criado", "creazione",
        "aangemaakt",
    ),
    "closed": (
        "closed", "closedate", "closing", "enddate", "abschluss", "geschlossen", "clôture",
        "fermeture", "cierre", "fechamento", "encerramento", "chiusura", "gesloten", "sluiting",
    ),
    "stage": (
        "stage", "status", "outcome", "result", "phase", "étape", "statut", "etapa", "estado",
        "fase", "stato",
    ),
}  # fmt: skip


def guess_columns(raw: RawExport) -> tuple[Mapping, tuple[str, ...]]:
    """Guess the column of each field, first by the names CRMs give, then by words and cells.

    Returns
    -------
    the columns, and the fields among them that only words or cells speak for

    Source
    ------
    docs/model.md, section Calibration.
    """
    known = guess_mapping(raw.headers)
    found: dict[str, str] = {}
    for field in _SEARCHED:
        taken = {*known.columns.values(), *found.values()}
        if field in known.missing and (header := _searched(field, raw, taken)):
            found[field] = header
    return replace(known, **found), tuple(field for field in REQUIRED if field in found)


def _searched(field: str, raw: RawExport, taken: AbstractSet[str]) -> str | None:
    free = [header for header in raw.headers if header not in taken]
    fitting = [header for header in free if _fits(field, _cells(raw, header))]
    named = [header for header in fitting if field in _named(header)]
    return named[0] if named else _alone(field, raw, [each for each in fitting if not _named(each)])


def _cells(raw: RawExport, header: str) -> list[str]:
    place = raw.headers.index(header)
    return [cell for row in raw.rows[:_ROWS] if (cell := row[place].strip())]


def _fits(field: str, cells: Sequence[str]) -> bool:
    """Return whether the cells may be those of a field."""
    if not cells:
        return False
    if field in ("created", "closed"):
        return _most(is_date, cells)
    if field == "amount":
        return _most(is_amount, cells)
    if field == "stage":
        ends = set(stage_outcomes(cells).values())
        return {"won", "lost"} <= ends and len(set(cells)) <= _KINDS
    if field == "opportunity_id":
        return len(set(cells)) >= _ALIKE * len(cells) and not _most(is_date, cells)
    return not _most(is_amount, cells) and not _most(is_date, cells)


def _most(test: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return sum(map(test, cells)) >= _ALIKE * len(cells)


def _named(header: str) -> set[str]:
    """Return the fields of which a column's name has a word."""
    key = name_key(header)
    return {field for field, words in _WORDS.items() if any(word in key for word in words)}


def _alone(field: str, raw: RawExport, headers: Sequence[str]) -> str | None:
    """Return the column that the cells alone speak for.

    An owner cannot be told from a product or a region. The id is the first column that can be
    one; of two columns of dates the earlier one is that of creation.
    """
    if not headers or field == "owner":
        return None
    if field == "created" and len(headers) == 2:
        return _earlier(raw, headers[0], headers[1])
    return headers[0] if len(headers) == 1 or field == "opportunity_id" else None


def _earlier(raw: RawExport, one: str, other: str) -> str | None:
    """Return which of two columns of dates comes first in nearly all rows that have both."""
    lines = raw.lines[:_ROWS]
    cells = {name: raw.column(name)[:_ROWS] for name in (one, other)}
    try:
        days, _ = parse_dates(cells, lines)
    except ExportError:
        return None
    both = ~np.isnat(days[one]) & ~np.isnat(days[other])
    share = float(np.mean(days[one][both] <= days[other][both])) if both.any() else 0.5
    return one if share >= _ALIKE else other if share <= 1 - _ALIKE else None
