"""A change of a plan's settings in words: what comes later on from what to what, the rest named."""

from collections.abc import Callable, Mapping

from strategy.budget import budget_in_words
from strategy.headcount import headcount_of, team_in_words
from strategy.model import Plan
from strategy.season import SEASONS, in_words, season_of

SAYS: Mapping[str, tuple[str, Callable[[Plan], str]]] = {
    "headcount": ("seats later on", lambda plan: team_in_words(plan, headcount_of(plan))),
    "budget": ("budget for the first 12 months", lambda plan: budget_in_words(plan, None)),
}


def plan_edit_words(before: Plan, after: Plan) -> str:
    """Return what an edit of the settings did to seasons, seats later on and the budget."""
    said = [
        f"season of {words}, {in_words(was)} to {in_words(now)}"
        for (name, words) in SEASONS.items()
        if (was := season_of(before)[name]) != (now := season_of(after)[name])
    ]
    said += [
        f"{label}, {say(before)} to {say(after)}"
        for name, (label, say) in SAYS.items()
        if getattr(before, name) != getattr(after, name)
    ]
    return f"Change plan settings: {'; '.join(said)}" if said else "Change plan settings"
