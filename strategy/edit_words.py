"""A change of fields in words, for the history and for Undo: what changed, from what to what."""

from collections.abc import Mapping
from typing import Any

from strategy.calendar import month_label

LABELS = {
    "title": "title",
    "owner": "owner",
    "metric": "metric",
    "baseline": "today’s value",
    "target": "target",
    "due_month": "due month",
    "own_name": "what it counts",
    "own_unit": "unit",
    "progress": "progress",
    "effort_days": "effort in days",
    "start": "start month",
    "start_low": "start at the earliest",
    "start_high": "start at the latest",
    "delay": "months until it works",
    "to": "who takes over",
    "moves": "hours it frees",
    "moves_ops": "operations hours it frees",
    "adoption": "adoption",
    "adoption_low": "adoption at least",
    "adoption_high": "adoption at most",
    "buys_tool": "buys software",
    "requirements_written": "requirements written",
    "process_standardised": "process standard and owned",
    "baseline_measured": "level measured",
    "destination": "where freed hours go",
    "destination_owner": "owner of freed hours",
    "seat_price": "price a seat",
    "seats": "seats",
    "one_off": "one-off cost",
    "fixed_monthly": "cost a month",
    "training_hours": "training hours",
    "upkeep_hours": "upkeep hours",
    "cycle": "effect on the cycle",
    "win": "effect on win odds",
    "deal": "effect on deal size",
    "attention": "effect on buyers’ attention",
    "note": "note",
    "status": "status",
    "supports": "further goals",
    "test_metric": "metric that will move",
    "test_from": "that metric today",
    "test_to": "that metric later",
}
STARTS = ("start", "start_low", "start_high")  # months of the plan, counted from 1
DATED = ("due_month", "start_month")  # months as "YYYY-MM"
# Kept as a share of one, said in percent.
SHARES = ("adoption", "adoption_low", "adoption_high", "cycle", "deal", "attention")
MOST = 40


def edit_words(title: str, before: Any, fields: Mapping[str, Any], first_month: str) -> str:
    """Return what an edit did: a single field with its values, several by their names.

    `first_month` is the plan's.
    """
    changed = {name: value for name, value in fields.items() if getattr(before, name) != value}
    labels = [LABELS.get(name, name.replace("_", " ")) for name in changed]
    if len(changed) != 1:
        return f"Edit {title}: {', '.join(labels)}" if labels else f"Edit {title}"
    ((name, value),) = changed.items()
    was, now = (_said(name, each, first_month) for each in (getattr(before, name), value))
    if name == "title":
        return f"Rename {was} to {now}"
    words = f"Change {labels[0]} of {title}"
    return words if now is None else f"{words}: {was or 'nothing'} to {now or 'nothing'}"


def _said(name: str, value: Any, first_month: str) -> str | None:
    """Return a value in a few words; None for what does not fit in a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in SHARES and value is not None:
        return share_words(value)
    if month := month_words(name, value, first_month):
        return month
    if isinstance(value, int | float):
        return f"{value:,.6g}"
    if value is None or value == "":
        return ""
    text = str(value)
    if isinstance(value, Mapping) or "\n" in text:
        return None
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def share_words(share: float) -> str:
    """Return a share of one in percent."""
    return f"{100 * share:,.4g}%"


def month_words(name: str, value: Any, first_month: str) -> str:
    """Return a field that holds a month as "Feb 2027"; "" for every other field.

    A start is known only with the plan's `first_month`.
    """
    if name in STARTS and first_month and isinstance(value, int):
        return month_label(first_month, value)
    return month_label(value, 1) if name in DATED and isinstance(value, str) and value else ""
