"""Plans as wholes: a copy to try things on, the archive, and the way back from it."""

from dataclasses import replace
from typing import Any

from strategy.checks import clean_text
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.levers import Levers
from strategy.model import Plan, Scenario
from strategy.ports import Store


def duplicate_plan(store: Store, plan_id: str, actor: str, name: str) -> Plan:
    """Keep a copy of a plan under a new name: its goals, tactics and scenarios as they are now.

    What happened is copied too. Runs, snapshots, share links and the history stay with the
    original.

    Raises
    ------
    Missing
        If there is no such plan.
    InvalidValue
        If the name is empty or too long.
    """
    board, scenarios = store.board(plan_id), store.scenarios(plan_id)
    actuals = store.actuals(plan_id)
    title = clean_text("The plan's name", name, 120, required=True)
    plan = replace(board.plan, id=new_id("plan"), name=title)
    goals = {goal.id: new_id("goal") for goal in board.goals}
    tactics = {tactic.id: new_id("tactic") for tactic in board.tactics}
    words = f"New plan {title}, a copy of {board.plan.name}"
    with store.change(plan.id, actor, "create_plan", words, undoable=False) as change:
        kept = change.add(plan)
        for goal in board.goals:
            change.add(replace(goal, id=goals[goal.id], plan_id=plan.id))
        for tactic in board.tactics:
            under = goals[tactic.goal_id] if tactic.goal_id else None
            supports = {goals[each]: s for each, s in tactic.supports.items() if each in goals}
            change.add(
                replace(
                    tactic,
                    id=tactics[tactic.id],
                    plan_id=plan.id,
                    goal_id=under,
                    supports=supports,
                )
            )
        for scenario in scenarios:
            change.add(
                replace(
                    scenario,
                    id=new_id("scenario"),
                    plan_id=plan.id,
                    overrides=_overrides(scenario, tactics),
                )
            )
        for actual in actuals:
            change.add(replace(actual, id=new_id("actual"), plan_id=plan.id))
        return kept


def _overrides(scenario: Scenario, tactics: dict[str, str]) -> dict[str, Any]:
    """Return a scenario's levers for the copy; tactics that are gone are left out no more."""
    return Levers.from_json(scenario.overrides).for_tactics(tactics).to_json()


def archive_plan(store: Store, plan_id: str, actor: str) -> None:
    """Take a plan off the list; nothing of it is lost, but its share links open no more."""
    with store.change(plan_id, actor, "archive_plan", undoable=False) as change:
        plan = change.get(Plan, plan_id)
        if plan.archived_at is not None:
            raise InvalidValue(f"The plan {plan.name} is archived already.")
        change.words = f"Archive the plan {plan.name}"
        change.update(plan, archived_at=change.now)


def bring_back_plan(store: Store, plan_id: str, actor: str) -> Plan:
    """Put an archived plan back on the list, as it was."""
    with store.change(plan_id, actor, "bring_back_plan", undoable=False) as change:
        plan = change.get(Plan, plan_id)
        if plan.archived_at is None:
            raise InvalidValue(f"The plan {plan.name} is not archived.")
        change.words = f"Bring back the plan {plan.name}"
        return change.update(plan, archived_at=None)
