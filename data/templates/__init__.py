"""Plans to start from: what a kind of team often wants and does, with sources for its numbers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simulation.defaults import defaults
from strategy.document import Document
from strategy.library import tactic_library
from strategy.model import Goal, Plan, Tactic

KEYS = ("new_business", "expansion", "efficiency", "quote_speed", "ramp")


@dataclass(frozen=True)
class Template:
    """What people read before they choose: a name, what it is for, and where numbers come from."""

    key: str
    name: str
    about: str
    sources: tuple[str, ...]


@cache
def _described(key: str) -> Mapping[str, Any]:
    text = files("data.templates").joinpath(f"{key}.toml").read_text("utf-8")
    return tomllib.loads(text)


def templates() -> tuple[Template, ...]:
    """Return all templates, in the order they are offered."""
    return tuple(
        Template(key, raw["name"], raw["about"], tuple(raw["sources"]))
        for key in KEYS
        if (raw := _described(key))
    )


def template_document(key: str, first_year: int) -> Document:
    """Return a template as a plan that starts in January of `first_year`.

    Its goals are due in December of that year unless they say otherwise.
    """
    raw = _described(key)
    organisation = defaults().organisation
    return Document(
        plan=Plan(
            id=key,
            name=raw["name"],
            start_month=f"{first_year}-01",
            months=36,
            currency="$",
            seats=int(organisation["seats"]),
            ops_people=organisation["ops_people"],
            hours_per_rep_month=organisation["hours_per_rep_month"],
            ops_days_per_person=220.0,
            week={name: task.share for name, task in defaults().tasks.items()},
            assumptions={},
            seed=20270101,
            baseline_source="; ".join(raw["sources"])[:600],
        ),
        goals=tuple(_goal(key, fields, first_year) for key, fields in raw["goals"].items()),
        tactics=tuple(_tactic(place, fields) for place, fields in enumerate(raw["tactics"])),
        scenarios=(),
    )


def _goal(key: str, fields: Mapping[str, Any], first_year: int) -> Goal:
    due = {"due_month": f"{first_year + int(fields.get('due_year', 1)) - 1}-12", "owner": ""}
    given = {name: value for name, value in fields.items() if name != "due_year"}
    return Goal(id=key, plan_id="", **(due | given))


def _tactic(place: int, fields: Mapping[str, Any]) -> Tactic:
    own = {name: value for name, value in fields.items() if name != "goal"}
    base = tactic_library().get(own.get("library_key", ""), {})
    goal = fields.get("goal")
    lane = {"lane": "goal", "goal_id": goal} if goal else {"lane": own.pop("lane", "unaligned")}
    return Tactic(id=f"tactic {place}", plan_id="", **(dict(base) | own | lane))
