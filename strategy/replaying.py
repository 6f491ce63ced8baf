"""A move made on a board that somebody else has changed meanwhile."""

from strategy.model import Event
from strategy.ports import Store

ON_BOARD = frozenset({"lane", "goal_id", "position"})


def moved_since(store: Store, plan_id: str, tactic_id: str, seq: int, actor: str) -> Event | None:
    """Return the newest change since `seq` by which somebody else moved a tactic, or None."""
    for event in store.events(plan_id):
        if event.seq <= seq:
            return None
        changed = event.after.get("tactics", {}).get(tactic_id, {})
        if ON_BOARD & changed.keys() and event.actor != actor:
            return event
    return None
