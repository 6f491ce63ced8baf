"""What each tactic contributes, with the policy the board would have without it."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.attribution import Attribution, attribution
from simulation.inputs import Inputs, TacticInput
from simulation.mixes import PolicyOf
from simulation.progress import Progress
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.projection import likely_policy_of
from strategy.studying import Studied, outcomes, study

MOST_MIX_DRAWS = 1000


@dataclass(frozen=True)
class Contributor:
    """What one tactic adds to an outcome, in its unit; below zero it takes away.

    Attributes
    ----------
    tactic, title : its id and its name on the board
    last : the plan less the plan without it
    share : its part of the total; None where there are too many tactics for that
    """

    tactic: str
    title: str
    last: float
    share: float | None

    @property
    def shown(self) -> float:
        """Its share where there is one, else what goes without it."""
        return self.last if self.share is None else self.share


@dataclass(frozen=True)
class Contributing:
    """An outcome with all tactics and with none (means), and what each contributes.

    `parts` has the largest first. `has_shares` says whether they add up to `total`.
    """

    outcome: Studied
    with_all: float
    without: float
    parts: tuple[Contributor, ...]

    @property
    def total(self) -> float:
        """What all tactics bring together."""
        return self.with_all - self.without

    @property
    def has_shares(self) -> bool:
        """Whether each part has a share of the total."""
        return all(part.share is not None for part in self.parts)


def contributing(
    board: Board,
    run: Run,
    scenario: Scenario | None = None,
    progress: Progress | None = None,
) -> tuple[Contributing, ...]:
    """Return what each tactic brings to net benefit and to each goal's chance.

    Takes every choice of up to 12 tactics, 4,096 runs; above, one run a tactic.
    """
    inputs, draws = study(run, MOST_MIX_DRAWS)
    levers = Levers.from_json(scenario.overrides) if scenario else Levers()
    found = attribution(
        inputs, draws, policy_of=mix_policy(board, levers, inputs), progress=progress
    )
    on_board = {tactic.id: tactic.title for tactic in board.tactics}
    titles = {each.name: on_board.get(each.name, _shifted(each)) for each in inputs.tactics}
    return tuple(
        _contributing(outcome, each, titles)
        for outcome, each in zip(outcomes(board, inputs), found, strict=True)
    )


def mix_policy(board: Board, levers: Levers, inputs: Inputs) -> PolicyOf:
    """Return mask -> destinations and plan quality the board would have with those tactics.

    Bit i of a mask stands for tactic i of the inputs. What the levers set stays set.
    """
    week = levers.week or board.plan.week
    bits = {tactic.name: 1 << place for place, tactic in enumerate(inputs.tactics)}

    def policy(mask: int) -> tuple[Mapping[str, float], float]:
        chosen = [tactic for tactic in board.tactics if mask & bits.get(tactic.id, 0)]
        return likely_policy_of(levers, chosen, week)

    return policy


def _shifted(tactic: TacticInput) -> str:
    """Return what a scenario's extra automation is called; the board has no name for it."""
    return f"Hours shifted from month {tactic.start.mode:g}"


def _contributing(outcome: Studied, found: Attribution, titles: Mapping[str, str]) -> Contributing:
    parts = (
        Contributor(each.tactic, titles[each.tactic], each.last, each.shapley)
        for each in found.parts
    )
    return Contributing(
        outcome=outcome,
        with_all=found.with_all,
        without=found.without,
        parts=tuple(sorted(parts, key=lambda part: (-part.shown, part.title))),
    )
