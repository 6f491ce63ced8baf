"""Levers that a plan could move further, each a share of the way to its end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from simulation.defaults import Range
from simulation.inputs import DESTINATIONS, Inputs, TacticInput

Change = Callable[[Inputs, float], Inputs]


def _toward(value: float, share: float, end: float = 1.0) -> float:
    return value + share * (end - value)


def _all_toward(spread: Range, share: float, end: float = 1.0) -> Range:
    low, mode, high = (_toward(each, share, end) for each in (spread.low, spread.mode, spread.high))
    return Range(low, mode, high)


def _automation(inputs: Inputs, share: float) -> Inputs:
    return _each(
        inputs,
        lambda tactic: {
            "moves": {row: _toward(moved, share) for row, moved in tactic.moves.items()}
        },
    )


def _adoption(inputs: Inputs, share: float) -> Inputs:
    return _each(inputs, lambda tactic: {"adopt": _all_toward(tactic.adopt, share)})


def _preparation(inputs: Inputs, share: float) -> Inputs:
    return _each(inputs, lambda tactic: {"preparation": _toward(tactic.preparation, share)})


def _earlier(inputs: Inputs, share: float) -> Inputs:
    def start(spread: Range) -> Range:
        low, mode, high = (
            round(_toward(each, share)) for each in (spread.low, spread.mode, spread.high)
        )
        return Range(low, mode, high)

    return _each(inputs, lambda tactic: {"start": start(tactic.start)})


def _quality(inputs: Inputs, share: float) -> Inputs:
    return replace(inputs, plan_quality=_all_toward(inputs.plan_quality, share))


def _destination(use: str) -> Change:
    def change(inputs: Inputs, share: float) -> Inputs:
        ends = {each: float(each == use) for each in DESTINATIONS}
        return replace(
            inputs,
            destinations={
                each: _all_toward(part, share, ends[each])
                for each, part in inputs.destinations.items()
            },
        )

    return change


def _each(inputs: Inputs, fields_of: Callable[[TacticInput], dict[str, Any]]) -> Inputs:
    tactics = tuple(replace(tactic, **fields_of(tactic)) for tactic in inputs.tactics)
    return replace(inputs, tactics=tactics)


def all_of(*changes: Change) -> Change:
    """Return the change that makes several, each the same share of the way."""

    def change(inputs: Inputs, share: float) -> Inputs:
        for each in changes:
            inputs = each(inputs, share)
        return inputs

    return change


@dataclass(frozen=True)
class Lever:
    """A lever: what it is called and what the inputs are a share of the way along."""

    key: str
    label: str
    change: Change

    @property
    def is_destination(self) -> bool:
        """Whether it excludes the other destinations."""
        return self.key in DESTINATIONS


LEVERS = (
    Lever("automation", "All of the work each tactic touches moved", _automation),
    Lever("adoption", "Every rep reached by each tactic", _adoption),
    Lever("selling", "All freed hours for selling", _destination("selling")),
    Lever("strategy", "All freed hours for account strategy", _destination("strategy")),
    Lever("coaching", "All freed hours for coaching", _destination("coaching")),
    Lever("preparation", "Every tactic fully prepared", _preparation),
    Lever("earlier", "Every tactic started in month 1", _earlier),
    Lever("quality", "Every freed hour with a destination and an owner", _quality),
)
REP_TIME = Lever(
    "rep_time",
    "More automation, every rep reached and all freed hours for selling",
    all_of(_automation, _adoption, _destination("selling")),
)
