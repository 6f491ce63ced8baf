"""Which column means what, guessed from how the common CRMs name theirs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

from calibration.errors import ExportError, plain_text
from calibration.reading import RawExport

Outcome = Literal["won", "lost", "open"]

REQUIRED = ("opportunity_id", "owner", "amount", "created", "closed", "stage")
_PREVIEW_ROWS = 8
_PREVIEW_WIDTH = 80  # characters
_TRUE = frozenset({"1", "true", "yes", "y", "t"})

_WON = frozenset({
    "won", "gewonnen", "gagné", "gagnée", "ganado", "ganada", "ganho", "ganha", "vinto", "vinta",
    "vunnen", "vundet", "wygrana", "wygrany",
})  # fmt: skip
_LOST = frozenset({
    "lost", "verloren", "perdu", "perdue", "perdido", "perdida", "perso", "persa", "förlorad",
    "tabt", "przegrana", "przegrany",
})  # fmt: skip

# Header names without case, blanks and punctuation; the earlier one wins.
_ALIASES: dict[str, tuple[str, ...]] = {
    "opportunity_id": (
        "opportunityid", "recordid", "hsobjectid", "dealid", "id",
    ),
    "owner": (
        "opportunityowner", "ownerid", "hubspotownerid", "dealowner", "salesagent", "owner",
        "ownername", "ownerfullname", "salesrep",
    ),
    "account": (
        "accountid", "accountname", "account", "organization", "organisation",
        "associatedcompany", "associatedcompanyprimary", "company", "companyname",
    ),
    "amount": (
        "amount", "closevalue", "dealvalue", "value", "amountincompanycurrency", "dealamount",
    ),
    "created": ("createddate", "createdate", "engagedate", "dealcreated", "addtime", "created"),
    "closed": (
        "closedate", "dealclosedon", "closetime", "closeddate", "closedon", "wontime",
    ),
    "lost": ("losttime", "lostdate", "loston", "datelost"),
    "stage": ("stagename", "dealstage", "stage", "status"),
    "is_won": ("iswon", "hsisclosedwon", "isclosedwon", "won"),
    "is_closed": ("isclosed", "hsisclosed", "isdealclosed", "closed"),
    "currency": (
        "currencyisocode", "amountcurrency", "opportunitycurrency", "dealcurrencycode",
        "currencyofvalue", "currency",
    ),
    "segment": (
        "segment", "type", "opportunitytype", "dealtype", "leadsource", "originalsource",
        "originalsourcetype", "region", "product", "industry", "label", "source", "country",
        "pipeline", "dealpipeline",
    ),
}  # fmt: skip

# A source is told by headers that only it uses together.
_SIGNATURES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Maven", frozenset({"engagedate", "dealstage", "closevalue"})),
    ("HubSpot", frozenset({"hsobjectid"})),
    ("HubSpot", frozenset({"createdate", "dealstage"})),
    ("Pipedrive", frozenset({"dealcreated", "status"})),
    ("Pipedrive", frozenset({"addtime", "status"})),
    ("Salesforce", frozenset({"stagename", "closedate"})),
    ("Salesforce", frozenset({"createddate", "closedate", "stage"})),
)


@dataclass(frozen=True)
class Mapping:
    """Name the column of each field; None where the file has none or nothing was recognised."""

    opportunity_id: str | None = None
    owner: str | None = None
    account: str | None = None
    amount: str | None = None
    created: str | None = None
    closed: str | None = None
    stage: str | None = None
    is_won: str | None = None
    is_closed: str | None = None
    currency: str | None = None
    segment: str | None = None
    lost: str | None = None  # the close of lost deals, where it is in a column of its own
    source: str = "unknown"

    @property
    def columns(self) -> dict[str, str]:
        """Return field name -> column name of the fields that have one."""
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: column for name, column in pairs if name != "source" and column}

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the required fields that have no column yet."""
        return tuple(name for name in REQUIRED if not getattr(self, name))


def guess_mapping(headers: Sequence[str]) -> Mapping:
    """Guess the column of each field from the headers of an export.

    Knows the names Salesforce, HubSpot and Pipedrive give in reports and through their APIs, and
    those of Maven's practice data. `source` says which was recognised, else 'unknown'. A column
    is given to one field only.

    Source
    ------
    docs/model.md, section Calibration.
    """
    keys = {name_key(header): header for header in reversed(headers)}
    source = _source(frozenset(keys))
    found: dict[str, str] = {}
    for name, aliases in _ALIASES.items():
        # Pipedrive keeps won and lost in Status; its Stage is only the place in the pipeline.
        order = ("status", *aliases) if (source, name) == ("Pipedrive", "stage") else aliases
        free = [keys[a] for a in order if a in keys and keys[a] not in found.values()]
        if free:
            found[name] = free[0]
    return Mapping(**found, source=source)


def stage_outcomes(stages: Iterable[str]) -> dict[str, Outcome]:
    """Guess whether each stage means won, lost or open by its name; what is unclear is open."""
    return {stage: _outcome(stage) for stage in dict.fromkeys(stages)}


def guess_outcomes(raw: RawExport, mapping: Mapping) -> dict[str, Outcome]:
    """Guess the outcome of each stage in an export, by its is-won and is-closed columns if any.

    The flags of most of a stage's rows decide; without flags the name of the stage does.
    """
    if not mapping.stage:
        raise ExportError("No column is chosen for the stage; choose one.")
    stages = raw.column(mapping.stage)
    if not (mapping.is_won and mapping.is_closed):
        return stage_outcomes(stages)
    votes: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    flags = zip(raw.column(mapping.is_won), raw.column(mapping.is_closed), strict=True)
    for stage, (won, closed) in zip(stages, flags, strict=True):
        votes[stage][_flagged(won, closed)] += 1
    return {stage: count.most_common(1)[0][0] for stage, count in votes.items()}


def preview(raw: RawExport, mapping: Mapping) -> dict[str, list[str]]:
    """Return the first 8 cells of each mapped column as plain text, by column name."""
    first = replace(raw, rows=raw.rows[:_PREVIEW_ROWS])
    return {
        column: [plain_text(cell)[:_PREVIEW_WIDTH] for cell in first.column(column)]
        for column in mapping.columns.values()
    }


def name_key(header: str) -> str:
    """Return a column's name without case, blanks and punctuation."""
    # Pipedrive writes "Deal - Value" for what its list view calls "Value".
    bare = re.sub(r"^\s*deal\s+-\s+", "", header.casefold())
    return re.sub(r"[\W_]", "", bare)


def _source(keys: frozenset[str]) -> str:
    return next((name for name, signature in _SIGNATURES if signature <= keys), "unknown")


def _outcome(stage: str) -> Outcome:
    words = re.findall(r"[^\W\d_]+", stage.casefold())
    joined = "".join(words)
    if not _WON.isdisjoint(words) or "closedwon" in joined:
        return "won"
    if not _LOST.isdisjoint(words) or "closedlost" in joined:
        return "lost"
    return "open"


def _flagged(won: str, closed: str) -> Outcome:
    if won.casefold() in _TRUE:
        return "won"
    return "lost" if closed.casefold() in _TRUE else "open"
