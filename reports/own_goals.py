"""What a snapshot says of goals on metrics of the team's own: typed progress, no chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.numbers import own_value
from reports.wording import last_day
from strategy.model import OWN_METRIC


@dataclass(frozen=True)
class OwnGoal:
    """A goal's title, what it wants, and how far it is."""

    title: str
    aim: str
    progress: str


def simulated(goals: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the frozen goals that have a chance."""
    return [goal for goal in goals if goal["metric"] != OWN_METRIC]


def own_goals(goals: Sequence[Mapping[str, Any]]) -> list[OwnGoal]:
    """Return the frozen goals whose progress is typed."""
    return [_own(goal) for goal in goals if goal["metric"] == OWN_METRIC]


def _own(goal: Mapping[str, Any]) -> OwnGoal:
    unit = goal["own_unit"]
    start, target = own_value(goal["baseline"], unit), own_value(goal["target"], unit)
    reached = goal["progress"]
    so_far = "no progress typed yet" if reached is None else f"now {own_value(reached, unit)}"
    return OwnGoal(
        title=goal["title"],
        aim=f"{goal['own_name']}: {target} by {last_day(goal['due_month'])}",
        progress=f"From {start}, {so_far}",
    )
