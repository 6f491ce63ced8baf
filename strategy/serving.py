"""Which goals a tactic serves, and with how much of its effort and money."""

from collections.abc import Iterable, Mapping

from strategy.errors import InvalidValue
from strategy.model import Goal, Tactic


def goal_shares(tactic: Tactic, goals: Iterable[Goal]) -> dict[str, float]:
    """Return each goal's share of a tactic's effort and money; the shares add up to 1.

    The goal whose lane the tactic is in has what further goals leave. Shares of goals that are
    no longer on the board, or of the lane's own goal, go to the lane's goal. Empty for a tactic
    that is under no goal.
    """
    if tactic.lane != "goal" or tactic.goal_id is None:
        return {}
    living = {goal.id for goal in goals}
    further = {
        goal_id: share
        for goal_id, share in tactic.supports.items()
        if goal_id in living and goal_id != tactic.goal_id
    }
    return {tactic.goal_id: 1 - sum(further.values())} | further


def check_supports(supports: object) -> dict[str, float]:
    """Return shares of further goals, without those that are zero.

    Raises
    ------
    InvalidValue
        If a share lies outside 0 to 1, or if they leave nothing to the lane's own goal.
    """
    if not isinstance(supports, Mapping):
        raise InvalidValue("Further goals must each have a share.")
    kept = {str(goal_id): _share(share) for goal_id, share in supports.items()}
    kept = {goal_id: share for goal_id, share in kept.items() if share > 0}
    total = sum(kept.values())
    if total >= 1:
        raise InvalidValue(
            f"Further goals take {total:.0%} of this tactic. Leave something to the goal it "
            "stands under: all shares add up to 100%."
        )
    return kept


def _share(share: object) -> float:
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise InvalidValue("The share of a further goal must lie between 0% and 100%.")
    return float(share)
