"""What misalignment costs, and the tactics behind it by the names they have on the board."""

from dataclasses import dataclass

from simulation.misalignment import Misalignment, TacticCost, misalignment
from simulation.progress import Progress
from strategy.model import Board, Run
from strategy.studying import study

SMALLEST = 0.5  # currency; less is nothing to report


@dataclass(frozen=True)
class Stray:
    """One tactic's part: its title, its goal's title, and the model's figures for it."""

    title: str
    goal_title: str | None
    figures: TacticCost


@dataclass(frozen=True)
class Straying:
    """The cost over the horizon, currency and not discounted, and who is behind it.

    `strays` are tactics with a cost, the largest first.
    """

    cost: Misalignment
    strays: tuple[Stray, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to report."""
        return abs(self.cost.total) < SMALLEST and not self.strays


def straying(board: Board, run: Run, progress: Progress | None = None) -> Straying:
    """Return what misalignment costs in a run of this board."""
    typed = {goal.id for goal in board.goals if not goal.is_simulated}
    found = misalignment(*study(run), progress=progress, not_simulated=typed)
    tactics = {tactic.id: tactic.title for tactic in board.tactics}
    goals = {goal.id: goal.title for goal in board.goals}
    strays = [
        Stray(
            title=tactics.get(each.tactic, "Hours this scenario shifts"),
            goal_title=goals.get(each.goal or ""),
            figures=each,
        )
        for each in found.tactics
        if abs(each.cost) >= SMALLEST
    ]
    return Straying(found, tuple(sorted(strays, key=lambda each: -each.figures.cost)))
