"""A kept plan as the model's inputs, for the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.store import SqliteStore
from simulation.checking import InputError
from strategy.errors import PlanError
from strategy.model import Board, Tactic
from strategy.projection import engine_inputs, freed_hours_policy, live_tactics


@dataclass(frozen=True)
class PlanInputs:
    """What the model needs of a plan.

    Attributes
    ----------
    inputs : the engine's input object; tactics are named by their ids
    titles : id of a tactic or goal -> what people call it
    policy_of : mask of tactics -> destinations and quality that the board would then have
    """

    inputs: dict[str, Any]
    titles: dict[str, str]
    policy_of: Callable[[int], tuple[dict[str, float], float]]


def plan_inputs(database: Path, name: str) -> PlanInputs:
    """Read a plan by its name or id; the newest of that name.

    Raises
    ------
    InputError
        If there is no usable database, or no plan of that name in it; says which there are.
    """
    if not database.exists():
        raise InputError("FULCRUM_DB", f"names {database}, which is not there", "a database")
    try:
        board = _board(database, name)
    except PlanError as error:
        raise InputError("FULCRUM_DB", f"cannot be used: {error}", "a database") from error
    of_id = {tactic.id: tactic for tactic in live_tactics(board.tactics)}
    inputs = engine_inputs(board)
    in_order = [of_id[tactic["name"]] for tactic in inputs["tactics"]]
    titles = {goal.id: goal.title for goal in board.goals}
    titles |= {tactic.id: tactic.title for tactic in board.tactics}

    def policy_of(mask: int) -> tuple[dict[str, float], float]:
        return freed_hours_policy(_chosen(in_order, mask), board.plan.week)

    return PlanInputs(inputs, titles, policy_of)


def _board(database: Path, name: str) -> Board:
    store = SqliteStore.open(database)
    try:
        plans = store.plans()
        found = [plan for plan in plans if name in (plan.id, plan.name)]
        if not found:
            known = ", ".join(repr(plan.name) for plan in plans) or "none, the database is empty"
            raise InputError("plan", f"is {name!r}", f"one of {known}")
        return store.board(found[-1].id)
    finally:
        store.close()


def _chosen(tactics: list[Tactic], mask: int) -> list[Tactic]:
    return [tactic for place, tactic in enumerate(tactics) if mask >> place & 1]
