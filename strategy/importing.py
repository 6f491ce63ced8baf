"""A plan from a document: a new plan with ids of its own, all of it or nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from strategy.actuals import MAX_SOURCE, Place, check_figure
from strategy.assumption_evidence import check_evidence
from strategy.checks import check_goal, check_plan, check_tactic, clean_text
from strategy.document import Document
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.levers import Levers
from strategy.model import Actual, Board, Goal, Plan, Scenario, Tactic
from strategy.order import keys_for
from strategy.ports import Store
from strategy.projection import engine_inputs, read_inputs

Ordered = TypeVar("Ordered", Goal, Tactic, Scenario)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


def import_plan(store: Store, actor: str, document: Document, source: str = "a file") -> Plan:
    """Keep the plan of a document as a new plan, in one change.

    Luck in fit is drawn by tactic, so numbers may differ a little from where it came from.

    Raises
    ------
    InvalidValue
        If the model would not accept it, or its parts do not fit together; names the part.
        Nothing is kept then.
    """
    plan, goals, tactics, scenarios = _checked(document)
    actuals = _actuals(document, plan)
    with store.change(
        plan.id, actor, "create_plan", f"New plan {plan.name}, from {source}", undoable=False
    ) as change:
        kept = change.add(plan)
        for goal in goals:
            change.add(goal)
        for tactic in tactics:
            change.add(tactic)
        for scenario in scenarios:
            change.add(scenario)
        for actual in actuals:
            change.add(actual)
        return kept


def _checked(document: Document) -> tuple[Plan, list[Goal], list[Tactic], list[Scenario]]:
    """Return the rows to keep, with fresh ids and in the document's order."""
    plan = check_plan(replace(document.plan, id=new_id("plan")))
    with _named("plan.evidence"):
        plan = replace(plan, evidence=check_evidence(_with_fresh_ids(plan)))
    goal_ids = _fresh("goal", [goal.id for goal in document.goals])
    tactic_ids = _fresh("tactic", [tactic.id for tactic in document.tactics])
    goals, tactics, scenarios = [], [], []
    for place, (goal, key) in enumerate(_placed(document.goals)):
        with _named(f"goals[{place}]"):
            own = replace(goal, id=goal_ids[goal.id], plan_id=plan.id, position=key)
            goals.append(check_goal(own, plan))
    for place, (tactic, key) in enumerate(_placed(document.tactics)):
        with _named(f"tactics[{place}]"):
            moved = _with_goals(tactic, goal_ids)
            own_tactic = replace(moved, id=tactic_ids[tactic.id], plan_id=plan.id, position=key)
            tactics.append(check_tactic(own_tactic, plan))
    board = Board(plan, tuple(goals), tuple(tactics), 0)
    read_inputs(engine_inputs(board))
    for place, (scenario, key) in enumerate(_placed(document.scenarios)):
        with _named(f"scenarios[{place}]"):
            scenarios.append(_scenario(scenario, board, tactic_ids, key))
    if len({scenario.letter for scenario in scenarios}) < len(scenarios):
        raise InvalidValue("Two scenarios have the same letter. Give each its own.")
    return plan, goals, tactics, scenarios


def _with_fresh_ids(plan: Plan) -> dict[str, list[dict[str, str]]]:
    return {
        name: [{**piece, "id": new_id("evidence")} for piece in pieces]
        for name, pieces in plan.evidence.items()
    }


@contextmanager
def _named(place: str) -> Iterator[None]:
    """Say in a refusal which part of the document is meant."""
    try:
        yield
    except InvalidValue as error:
        raise InvalidValue(f"{place}: {error}") from error


def _fresh(kind: str, ids: Sequence[str]) -> dict[str, str]:
    if len(set(ids)) < len(ids):
        raise InvalidValue(f"Two {kind}s have the same id. Give each its own.")
    return {each: new_id(kind) for each in ids}


def _placed(rows: Sequence[Ordered]) -> Iterable[tuple[Ordered, str]]:
    return zip(rows, keys_for(len(rows)), strict=True)


def _with_goals(tactic: Tactic, ids: Mapping[str, str]) -> Tactic:
    """Return the tactic under the new ids of its goals."""
    wanted = {*tactic.supports, *([tactic.goal_id] if tactic.goal_id else [])}
    if unknown := sorted(wanted - ids.keys()):
        raise InvalidValue(f"there is no goal “{unknown[0]}” in the file.")
    if (tactic.lane == "goal") != (tactic.goal_id is not None):
        raise InvalidValue("a tactic names a goal if its lane is “goal”, and else none.")
    return replace(
        tactic,
        goal_id=ids[tactic.goal_id] if tactic.goal_id else None,
        supports={ids[goal_id]: share for goal_id, share in tactic.supports.items()},
    )


def _scenario(scenario: Scenario, board: Board, ids: Mapping[str, str], key: str) -> Scenario:
    if len(scenario.letter) != 1 or not "A" <= scenario.letter <= "Z":
        raise InvalidValue("its letter must be one of A to Z.")
    levers = Levers.from_json(scenario.overrides).for_tactics(ids)
    read_inputs(engine_inputs(board, levers))
    return replace(
        scenario,
        id=new_id("scenario"),
        plan_id=board.plan.id,
        name=clean_text("The scenario's name", scenario.name, 60, required=True),
        overrides=levers.to_json(),
        position=key,
    )


def _actuals(document: Document, plan: Plan) -> list[Actual]:
    """Return what happened under the plan's id; refuse two figures for one month."""
    found: dict[Place, Actual] = {}
    for number, each in enumerate(document.actuals):
        place = Place(each.metric, each.month)
        with _named(f"actuals[{number}]"):
            if place in found:
                raise InvalidValue(f"there is a second figure for {each.month}. Keep one.")
            found[place] = replace(
                each,
                id=new_id("actual"),
                plan_id=plan.id,
                value=check_figure(place, each.value, plan),
                source=clean_text("The source", each.source, MAX_SOURCE),
                set_by=clean_text("Who set it", each.set_by, 80),
                set_at=_moment(each.set_at),
            )
    return list(found.values())


def _moment(text: str) -> str:
    """Return a time as it is kept; raise InvalidValue for anything else."""
    if not _MOMENT.fullmatch(text):
        raise InvalidValue("“set_at” is no time. Write it as 2027-03-01T09:30:00Z.")
    return text
