"""Moving a tactic in time."""

from functools import partial

from strategy.calendar import month_label
from strategy.checks import check_tactic
from strategy.errors import Missing
from strategy.levers import begun
from strategy.model import Plan, Start, Tactic
from strategy.ports import Store
from strategy.tactic_levers import start_in_words


def set_start(store: Store, plan_id: str, actor: str, tactic_id: str, start: int) -> Tactic:
    """Let a tactic start in another month of the plan, counted from 1.

    Where nobody is sure of its start, the range moves with it, as far as the plan goes.
    """
    with store.change(plan_id, actor, "set_start") as change:
        tactic, plan = change.get(Tactic, tactic_id), change.get(Plan, plan_id)
        if tactic.archived_at is not None:
            raise Missing(f"“{tactic.title}” was archived by somebody else. Undo brings it back.")
        checked = check_tactic(begun(tactic, _moved(tactic, start, plan.months)), plan)
        words = start_in_words(checked.begin, partial(month_label, plan.start_month))
        change.words = f"{tactic.title} starts {words}"
        return change.update(
            tactic, start=start, start_low=checked.start_low, start_high=checked.start_high
        )


def _moved(tactic: Tactic, start: int, months: int) -> Start:
    if not isinstance(tactic.begin, tuple):
        return start
    low, likely, high = tactic.begin
    least, most = (each + start - likely for each in (low, high))
    return (min(max(least, 1), start), start, max(min(most, months), start))
