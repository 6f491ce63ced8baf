"""What a plan says about later on, beside its tactics: seasons, seats, budget."""

from strategy.budget import budget_in_words
from strategy.headcount import headcount_of, team_in_words
from strategy.model import Plan
from strategy.season import SEASONS, in_words, season_of


def later_on(plan: Plan) -> list[str]:
    """Return a short sentence for each season, a change of headcount and a budget it has."""
    seasons = season_of(plan)
    found = [f"Season of {SEASONS[name]}: {in_words(seasons[name])}" for name in plan.season]
    if plan.headcount:
        found.append(f"Seats later on: {team_in_words(plan, headcount_of(plan))}")
    if plan.budget is not None:
        found.append(f"Budget for the first 12 months: {budget_in_words(plan, None)}")
    return found
