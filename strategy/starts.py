"""Moving a tactic in time."""

from dataclasses import replace

from strategy.calendar import month_name
from strategy.checks import check_tactic
from strategy.errors import Missing
from strategy.model import Plan, Tactic
from strategy.ports import Store


def set_start(store: Store, plan_id: str, actor: str, tactic_id: str, start: int) -> Tactic:
    """Let a tactic start in another month of the plan, counted from 1."""
    with store.change(plan_id, actor, "set_start") as change:
        tactic, plan = change.get(Tactic, tactic_id), change.get(Plan, plan_id)
        if tactic.archived_at is not None:
            raise Missing(f"“{tactic.title}” was archived by somebody else. Undo brings it back.")
        checked = check_tactic(replace(tactic, start=start), plan)
        change.words = f"{tactic.title} starts {month_name(plan.start_month, checked.start)}"
        return change.update(tactic, start=checked.start)
