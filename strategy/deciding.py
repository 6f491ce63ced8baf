"""Which assumptions decide an outcome, in the planner's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.defaults import defaults
from simulation.inputs import Inputs
from simulation.policy_ranges import DESTINATION, QUALITY, SEATS
from simulation.progress import Progress
from simulation.tornado import Bar, tornado
from strategy.levers import titles_of
from strategy.model import Board, Run
from strategy.studying import Studied, outcomes, study

POLICY = {
    QUALITY: ("Freed hours with an owner", "share"),
    f"{DESTINATION}selling": ("Freed hours for selling", "share"),
    f"{DESTINATION}strategy": ("Freed hours for account work", "share"),
    f"{DESTINATION}coaching": ("Freed hours for coaching", "share"),
    SEATS: ("Seats later on", SEATS),
}


@dataclass(frozen=True)
class Decider:
    """What has a range, at its 10th and 90th percentile: an assumption or a lever.

    All else is as drawn.

    Attributes
    ----------
    assumption, label, unit : its name, and how the register shows it
    low_value, high_value : the two values, in its unit; months are those of the plan, from 1
    low, high : the outcome with it there in every future
    correlation : rank correlation with the outcome, -1 to 1; None where one does not vary
    tactic : id of the tactic whose adoption or start it is, None for an assumption
    is_start : whether it is a start month
    is_policy : whether it is a share of freed hours, of those with an owner, or seats later on
    """

    assumption: str
    label: str
    unit: str
    low_value: float
    high_value: float
    low: float
    high: float
    correlation: float | None
    tactic: str | None = None
    is_start: bool = False
    is_policy: bool = False

    @property
    def is_assumption(self) -> bool:
        """Whether it is in the register."""
        return self.tactic is None and not self.is_policy


@dataclass(frozen=True)
class Deciding:
    """An outcome as drawn, and what decides it, the widest swing first."""

    outcome: Studied
    as_drawn: float
    deciders: tuple[Decider, ...]

    @property
    def assumptions(self) -> tuple[Decider, ...]:
        """The assumptions among the deciders."""
        return tuple(each for each in self.deciders if each.is_assumption)


def deciding(board: Board, run: Run, progress: Progress | None = None) -> tuple[Deciding, ...]:
    """Return what decides net benefit and each goal's chance in a run of this board."""
    inputs, draws = study(run)
    found, titles = tornado(inputs, draws, progress=progress), titles_of(board.tactics)
    return tuple(
        Deciding(
            outcome=outcome,
            as_drawn=each.as_drawn.headline,
            deciders=tuple(_decider(bar, inputs, titles) for bar in each.bars),
        )
        for outcome, each in zip(outcomes(board, inputs), found, strict=True)
    )


def _decider(bar: Bar, inputs: Inputs, titles: Mapping[str, str]) -> Decider:
    tactic = None if bar.tactic is None else inputs.tactics[bar.tactic].name
    if bar.is_policy:
        label, unit = POLICY[bar.assumption]
    elif tactic is None:
        shipped = defaults().assumptions[bar.assumption]
        label, unit = shipped.label, shipped.unit
    else:
        what, unit = ("Start", "month") if bar.is_start else ("Adoption", "share of reps")
        label = f"{what} of {titles.get(tactic, 'an archived tactic')}"
    return Decider(
        assumption=bar.assumption,
        label=label,
        unit=unit,
        low_value=bar.low_value,
        high_value=bar.high_value,
        low=bar.low,
        high=bar.high,
        correlation=bar.correlation,
        tactic=tactic,
        is_start=bar.is_start,
        is_policy=bar.is_policy,
    )
