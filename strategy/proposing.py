"""The strategic test: a new tactic names the metric it will move before it goes under a goal."""

from typing import Any

from strategy import commands
from strategy.model import Lane, Tactic
from strategy.ports import Store


def passes_test(tactic: Tactic) -> bool:
    """Return whether the tactic says which metric will move, from what to what."""
    is_answered = bool(tactic.test_metric.strip()) and tactic.test_to is not None
    return is_answered and tactic.test_from != tactic.test_to


def propose_tactic(
    store: Store, plan_id: str, actor: str, lane: Lane, goal_id: str | None, **fields: Any
) -> Tactic:
    """Add a tactic; one that does not answer the strategic test starts under no goal.

    Cards that are on the board are never moved or held back for want of an answer.
    """
    proposed = Tactic(id="", plan_id=plan_id, lane=lane, goal_id=goal_id, **fields)
    if lane == "goal" and not passes_test(proposed):
        lane, goal_id = "unaligned", None
    return commands.add_tactic(store, plan_id, actor, lane=lane, goal_id=goal_id, **fields)
