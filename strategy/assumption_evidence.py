"""What speaks for an assumption's range: sources that people add, beside the range's own."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from simulation.defaults import defaults
from strategy.checks import clean_text
from strategy.errors import InvalidValue, Missing
from strategy.identity import new_id
from strategy.model import Plan
from strategy.ports import Store

GRADES = ("measured", "benchmark", "estimate")
MOST = 20  # pieces for one assumption
MOST_TEXT, MOST_LINK, MOST_NOTE = 300, 500, 1000
_LINK = re.compile(r"https?://[^\s<>\"'`\\/][^\s<>\"'`\\]*")
FIELDS = ("id", "text", "link", "grade", "day", "note", "by", "at")
Piece = Mapping[str, str]


def check_piece(raw: Mapping[str, Any]) -> dict[str, str]:
    """Return a piece of evidence, cleaned.

    Raises
    ------
    InvalidValue
        If it has no text, its link is no web address, its grade is unknown or its day is no
        day; says what to type instead.
    """
    if unknown := sorted(raw.keys() - set(FIELDS)):
        raise InvalidValue(f"A piece of evidence has no “{unknown[0]}”.")
    link = clean_text("The link", raw.get("link", ""), MOST_LINK)
    if link and not _LINK.fullmatch(link):
        raise InvalidValue("The link must be a web address that begins with https:// or http://.")
    if raw.get("grade") not in GRADES:
        raise InvalidValue("The evidence is measured, a benchmark or an estimate. Choose one.")
    return {
        "id": clean_text("The evidence's id", raw.get("id", ""), 64),
        "text": clean_text("The source", raw.get("text", ""), MOST_TEXT, required=True),
        "link": link,
        "grade": str(raw["grade"]),
        "day": _day(raw.get("day", "")),
        "note": clean_text("The note", raw.get("note", ""), MOST_NOTE),
        "by": clean_text("Who added it", raw.get("by", ""), 120),
        "at": clean_text("When it was added", raw.get("at", ""), 40),
    }


def _day(raw: Any) -> str:
    try:
        return date.fromisoformat(raw).isoformat() if raw else ""
    except (TypeError, ValueError) as error:
        raise InvalidValue("The date must be a day such as 2026-11-24.") from error


def check_evidence(evidence: Mapping[str, Any]) -> dict[str, tuple[Piece, ...]]:
    """Return the evidence of a plan, cleaned; raise InvalidValue if any of it cannot be kept."""
    checked: dict[str, tuple[Piece, ...]] = {}
    for name, pieces in evidence.items():
        if len(pieces) > MOST:
            raise InvalidValue(f"“{_label(name)}” holds {MOST} pieces of evidence at most.")
        checked[name] = tuple(check_piece(piece) for piece in pieces)
    return checked


def _label(name: str) -> str:
    known = defaults().assumptions.get(name)
    if known is None:
        raise InvalidValue(f"“{name}” is not an assumption of this model.")
    return known.label


def add_evidence(
    store: Store, plan_id: str, actor: str, name: str, piece: Mapping[str, Any]
) -> Plan:
    """Add a piece of evidence to an assumption; its range stays as it is."""
    with store.change(plan_id, actor, "add_evidence", f"Add evidence to {_label(name)}") as change:
        plan = change.get(Plan, plan_id)
        own = {"id": new_id("evidence"), "by": actor, "at": change.now}
        pieces = [*plan.evidence.get(name, ()), {**piece, **own}]
        return change.update(plan, evidence=check_evidence({**plan.evidence, name: pieces}))


def remove_evidence(store: Store, plan_id: str, actor: str, name: str, piece_id: str) -> Plan:
    """Take a piece of evidence away; raise Missing if somebody else did."""
    words = f"Remove evidence from {_label(name)}"
    with store.change(plan_id, actor, "remove_evidence", words) as change:
        plan = change.get(Plan, plan_id)
        pieces = plan.evidence.get(name, ())
        left = [piece for piece in pieces if piece["id"] != piece_id]
        if len(left) == len(pieces):
            raise Missing("That piece of evidence was removed by somebody else.")
        others = {each: kept for each, kept in plan.evidence.items() if each != name}
        return change.update(plan, evidence={**others, name: left} if left else others)
