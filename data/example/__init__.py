"""The worked example: a fictional company's plan, kept through the ordinary commands."""

import tomllib
from contextlib import AbstractContextManager
from importlib.resources import files
from typing import Any

from simulation.defaults import defaults
from strategy import commands
from strategy.identity import new_id
from strategy.library import tactic_library
from strategy.model import AssumptionRange, Plan
from strategy.ports import Change, Store

ACTOR = "Fulcrum"


def _description() -> dict[str, Any]:
    return tomllib.loads(files("data.example").joinpath("larkfield.toml").read_text("utf-8"))


def crm_export() -> bytes:
    """Return the example's CRM export, a CSV file."""
    return files("data.example").joinpath("crm_opportunities.csv").read_bytes()


class _Given:
    """A store whose changes are a starting point: nobody takes the example apart by Undo."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def change(self, *given: Any, **named: Any) -> AbstractContextManager[Change]:
        """Open a change that cannot be undone."""
        return self._store.change(*given, **(named | {"undoable": False}))


def load_example(store: Store) -> Plan:
    """Add the worked example to a store; return its plan.

    The first one in a database has fixed ids, so that its numbers are the same everywhere.
    """
    raw = _description()
    is_first = not store.plans()
    store = _Given(store)
    plan = commands.create_plan(store, ACTOR, _plan(raw, store.now()))
    goals = {
        key: commands.add_goal(store, plan.id, ACTOR, **fields).id
        for key, fields in raw["goals"].items()
    }
    for place, row in enumerate(raw["tactics"], start=1):
        fields = dict(row)
        base = dict(tactic_library().get(fields.get("library_key", ""), {}))
        goal = fields.pop("goal", None)
        commands.add_tactic(
            store,
            plan.id,
            ACTOR,
            tactic_id=f"tactic_larkfield_{place:02d}" if is_first else None,
            **(base | fields),
            goal_id=goals[goal] if goal else None,
        )
    for row in raw["scenarios"]:
        commands.add_scenario(store, plan.id, ACTOR, row["name"], row["overrides"])
    return plan


def _plan(raw: dict[str, Any], now: str) -> Plan:
    return Plan(
        id=new_id("plan"),
        week={name: task.share for name, task in defaults().tasks.items()},
        assumptions={
            name: AssumptionRange(**fields, set_by=ACTOR, set_at=now)
            for name, fields in raw["assumptions"].items()
        },
        **raw["plan"],
    )
