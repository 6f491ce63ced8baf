"""What each rule of the model does to a run: the same run with its switch the other way."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.progress import Progress, tracked
from strategy.beside import Beside, headlines
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.projection import engine_inputs
from strategy.rules import RULES, is_on, switched_board
from strategy.studying import outcomes, study


@dataclass(frozen=True)
class RuleEffects:
    """For each rule by name, each outcome as it is and with this rule's switch the other way."""

    by_rule: Mapping[str, tuple[Beside, ...]]

    def on(self, rule: str, goal: str | None) -> Beside | None:
        """Return what a rule does to net benefit (None) or to a goal's chance."""
        found = self.by_rule.get(rule, ())
        return next((each for each in found if each.outcome.goal == goal), None)


def rule_effects(
    board: Board, run: Run, scenario: Scenario | None = None, progress: Progress | None = None
) -> RuleEffects:
    """Run each rule the other way beside a run of this board and scenario, on the same futures."""
    inputs, _ = study(run)
    looked_at, now = outcomes(board, inputs), headlines(run, run.inputs)
    levers = Levers.from_json(scenario.overrides) if scenario else None
    found = {}
    for rule in tracked(RULES, progress):
        other = switched_board(board, rule.name, on=not is_on(board.plan, rule))
        then = headlines(run, engine_inputs(other, levers))
        found[rule.name] = tuple(
            Beside(outcome, one, two)
            for outcome, one, two in zip(looked_at, now, then, strict=True)
        )
    return RuleEffects(found)
