"""The assumptions as the register shows them: finished words, in the order people chose."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from components.assumption_values import number_text, rough_text, unit_text, with_unit
from components.charts import Measure, measured, measured_change
from components.register import Effect, RegisterRow
from reports.source_links import linked_source
from reports.wording import date_words
from strategy.deciding import Decider, Deciding
from strategy.staleness import age_in_days, age_words, is_stale

GRADES = {"measured": "Measured", "benchmark": "Benchmark", "estimate": "Estimate"}
SHIPPED = "shipped value"
Assumption = dict[str, Any]
Added = Mapping[str, Sequence[Mapping[str, str]]]


def by_effect(rows: Sequence[Assumption], found: Deciding) -> list[Assumption]:
    """Return the rows with the widest swing first; those that do not vary stay in order, last."""
    rank = {each.assumption: place for place, each in enumerate(found.assumptions)}
    return sorted(rows, key=lambda row: rank.get(row["name"], len(rank)))


def register_rows(
    rows: Sequence[Assumption],
    found: Deciding | None,
    *,
    currency: str,
    now: str,
    why_none: str = "",
    left_out: Mapping[str, str] | None = None,
    evidence: Added | None = None,
) -> list[RegisterRow]:
    """Return a row an assumption; `why_none` says why no effect will be known, "" if it will.

    `left_out` maps assumptions to the rule switched off that leaves them out of the model,
    `evidence` to what people added for them.
    """
    effects = {each.assumption: each for each in found.assumptions} if found else {}
    widest = widest_change(found) if found else 0.0
    return [
        {
            "id": row["name"],
            "label": row["label"],
            "meaning": row["meaning"],
            "value": with_unit(number_text(row["mode"], row["unit"], currency), row["unit"]),
            "range": range_text(row, currency),
            "tone": row["grade"],
            "grade": GRADES[row["grade"]],
            "source": linked_source(row["source"]),
            "set_by": set_words(row),
            "stale": stale_words(row, now),
            "note": f"Left out: rule “{left_out[row['name']]}” is off"
            if left_out and row["name"] in left_out
            else "",
            "added": _added((evidence or {}).get(row["name"], ())),
            "effect": effect_of(effects[row["name"]], found, widest, currency)
            if found and row["name"] in effects
            else None,
            "no_effect": "left out of the model"
            if left_out and row["name"] in left_out
            else _why_none(row, found, why_none),
        }
        for row in rows
    ]


def _added(pieces: Sequence[Mapping[str, str]]) -> str:
    return f"Added: {_texts(pieces)}" if pieces else ""


def _texts(pieces: Sequence[Mapping[str, str]]) -> str:
    return ", ".join(piece["text"] for piece in pieces)


def _why_none(row: Assumption, found: Deciding | None, why_none: str) -> str:
    if row["low"] == row["high"]:
        return "one fixed value"
    return "fixed in this scenario" if found else why_none


def range_text(row: Assumption, currency: str) -> str:
    """Return "0.1 to 0.55", or that the assumption is one fixed value."""
    low, high = (number_text(row[end], row["unit"], currency) for end in ("low", "high"))
    return "fixed" if row["low"] == row["high"] else f"{low} to {high}"


def set_words(row: Assumption) -> str:
    """Return who set an assumption and when, or that it came with the product."""
    return f"{row['set_by']}, {date_words(row['set_at'])}" if row["is_own"] else SHIPPED


def stale_words(row: Assumption, now: str) -> str:
    """Return how old a value of the plan's own is once it is stale, else ""."""
    return age_words(age_in_days(row["set_at"], now)) if is_stale(row["set_at"], now) else ""


def widest_change(found: Deciding) -> float:
    """Return the widest change of the outcome at any end, the scale of all bars."""
    ends = [end for each in found.assumptions for end in (each.low, each.high)]
    return max((abs(end - found.as_drawn) for end in ends), default=0.0)


def effect_of(each: Decider, found: Deciding, widest: float, currency: str) -> Effect:
    """Return an assumption's bar, relative to the outcome as drawn."""
    measure: Measure = found.outcome.unit
    low, high = each.low - found.as_drawn, each.high - found.as_drawn
    values = [rough_text(value, each.unit, currency) for value in (each.low_value, each.high_value)]
    tip = " ".join(
        f"If {with_unit(value, each.unit)}: {measured(end, measure, currency)}."
        for value, end in zip(values, (each.low, each.high), strict=True)
    )
    return {
        "low": low / widest if widest else 0.0,
        "high": high / widest if widest else 0.0,
        "low_text": measured_change(low, measure, currency),
        "high_text": measured_change(high, measure, currency),
        "tip": tip,
    }


def register_frame(
    rows: Sequence[Assumption],
    found: Deciding | None,
    *,
    currency: str,
    now: str,
    evidence: Added | None = None,
) -> pd.DataFrame:
    """Return the same as a table, for reading aloud and for a spreadsheet."""
    effects = {each.assumption: each for each in found.assumptions} if found else {}
    table = pd.DataFrame(
        {
            "Assumption": [row["label"] for row in rows],
            "Likely": [number_text(row["mode"], row["unit"], currency) for row in rows],
            "Range": [range_text(row, currency) for row in rows],
            "Unit": [unit_text(row["unit"]) or row["unit"] for row in rows],
            "Meaning": [row["meaning"] for row in rows],
            "Evidence": [GRADES[row["grade"]] for row in rows],
            "Source": [row["source"] for row in rows],
            "Evidence added": [_texts((evidence or {}).get(row["name"], ())) for row in rows],
            "Link": [linked_source(row["source"]).address for row in rows],
            "Set by": [set_words(row) for row in rows],
            "Stale": [stale_words(row, now) for row in rows],
        }
    )
    if found is None:
        return table
    label = found.outcome.label
    for end, words in (("low", "if low"), ("high", "if high")):
        table[f"{label}, {words}"] = [
            measured(getattr(effects[row["name"]], end), found.outcome.unit, currency)
            if row["name"] in effects
            else ""
            for row in rows
        ]
    return table
