"""A change in words: which thing, which field, what before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from components.numbers import Unit
from reports.actuals_words import exact_words
from simulation.defaults import defaults
from strategy.calendar import month_label
from strategy.edit_words import SHARES, month_words, share_words
from strategy.model import Event
from strategy.readiness import STATUS_NAMES
from strategy.rules import RULES
from strategy.season import SEASONS, in_words

NOTHING = "nothing"
MOST = 160
THINGS = {
    "plans": "Plan",
    "goals": "Goal",
    "tactics": "Tactic",
    "scenarios": "Scenario",
    "checkpoints": "Moment",
    "snapshots": "Snapshot",
    "share_links": "Share link",
    "comments": "Comment",
    "actuals": "Figure",
}
LANES = {"goal": "under a goal", "unaligned": "not aligned", "ideas": "ideas"}
FIELDS = {
    "goal_id": "goal",
    "effort_days": "effort, days a year",
    "to": "done by",
    "moves": "reps' work taken over",
    "moves_ops": "operations' work taken over",
    "start_low": "start at the earliest",
    "start_high": "start at the latest",
    "adoption_low": "adoption at least",
    "adoption_high": "adoption at most",
    "buys_tool": "buys a tool",
    "one_off": "one-off price",
    "fixed_monthly": "fixed price a month",
    "seat_price": "price a seat and month",
    "supports": "further goals",
    "test_metric": "metric that will move",
    "test_from": "that metric today",
    "test_to": "that metric later",
    "own_name": "own metric",
    "own_unit": "unit",
    "archived_at": "on the board",
    "overrides": "levers",
    "rules": "rules of the model",
    "season": "seasons",
    "headcount": "seats later on",
    "budget": "budget for the first 12 months",
}
# In the unit of the goal's or the figure's metric; hours moved by task are shares.
MEASURED = ("baseline", "target", "progress", "value")
MOVED = ("moves", "moves_ops")
FIELDS_OF = {"actuals": {"archived_at": "kept"}}
# The order of cards is a key for sorting, not something people read.
SILENT = frozenset({"position", "plan_id", "created_at", "version", "set_by", "set_at"})


@dataclass(frozen=True)
class FieldChange:
    """One field of one thing, before and after a change, in words; `row_id` is the thing's."""

    row_id: str
    thing: str
    field: str
    before: str
    after: str


def field_changes(
    event: Event,
    names: Mapping[str, str],
    units: Mapping[str, Unit] = MappingProxyType({}),
    currency: str = "$",
    first_month: str = "",
) -> tuple[FieldChange, ...]:
    """Return what a change did, field by field.

    `names` says what each id is called now, `units` in which unit a goal or a figure counts.
    Without the plan's `first_month` the months of a plan keep their numbers.
    """
    found = []
    for kind, rows in event.after.items():
        for row_id, after in rows.items():
            before = event.before[kind][row_id]
            called = names.get(row_id) or str(after.get("title") or after.get("name") or "")
            thing = f"{THINGS.get(kind, kind)} {called}".strip()
            unit = units.get(row_id)
            if before is None:
                found.append(_new(row_id, kind, thing, called, after, unit, currency))
                continue
            found += [
                FieldChange(
                    row_id,
                    thing,
                    FIELDS_OF.get(kind, FIELDS).get(name, name.replace("_", " ")),
                    _in_unit(name, before.get(name), unit, currency)
                    or _said(name, before.get(name), names, first_month),
                    _in_unit(name, value, unit, currency) or _said(name, value, names, first_month),
                )
                for name, value in after.items()
                if name not in SILENT
            ]
    return tuple(found)


def _new(
    row_id: str,
    kind: str,
    thing: str,
    called: str,
    after: Mapping[str, Any],
    unit: Unit | None,
    currency: str,
) -> FieldChange:
    """Return a row that was added: its name, or the figure where it is one."""
    if kind == "actuals":
        value = after["value"]
        said = _in_unit("value", value, unit, currency) or _plain(value)
        return FieldChange(row_id, thing, "value", NOTHING, said)
    return FieldChange(row_id, thing, "new", NOTHING, called or "added")


def _in_unit(name: str, value: Any, unit: Unit | None, currency: str) -> str:
    """Return a value in the unit of its metric; empty where it has none."""
    if unit is None or name not in MEASURED or not isinstance(value, int | float):
        return ""
    return exact_words(value, unit, currency)


def _said(name: str, value: Any, names: Mapping[str, str], first_month: str) -> str:
    if month := month_words(name, value, first_month):
        return month
    if name == "headcount" and value and first_month:
        return _plain({**value, "start": month_label(first_month, value["start"])})
    if name == "archived_at":
        return "yes" if value is None else "no"
    if name == "lane":
        return LANES.get(str(value), str(value))
    if name == "goal_id":
        return names.get(str(value), NOTHING) if value else NOTHING
    if name == "status":
        return STATUS_NAMES.get(value, str(value))
    if name == "rules":
        return rules_words(value)
    if name == "season" and value:
        return "; ".join(
            f"{SEASONS.get(what, what)} {in_words(row)}" for what, row in value.items()
        )
    if name == "evidence" and value:
        known = defaults().assumptions
        return _short(
            "; ".join(f"{known[each].label}: {_texts(row)}" for each, row in value.items())
        )
    if name == "supports" and value:
        return _short("; ".join(f"{names.get(g, 'a goal')} {s:.0%}" for g, s in value.items()))
    if name in MOVED and value:
        tasks = defaults().tasks
        return _short(
            "; ".join(f"{tasks[each].label} {share_words(s)}" for each, s in value.items())
        )
    if name in SHARES and value is not None:
        return share_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", {}, []):
        return NOTHING
    return _short(_plain(value))


def _texts(pieces: Sequence[Mapping[str, str]]) -> str:
    return ", ".join(piece["text"] for piece in pieces)


def rules_words(switches: Mapping[str, bool]) -> str:
    """Return which rules are off, by title, or that all are on."""
    off = [rule.title for rule in RULES if not switches.get(rule.name, True)]
    return f"off: {'; '.join(off)}" if off else "all on"


def _plain(value: Any) -> str:
    """Return a value as text; a mapping as its entries."""
    if isinstance(value, Mapping):
        return "; ".join(
            f"{str(key).replace('_', ' ')} {_plain(each)}" for key, each in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
