"""The five claims tested on a stored run, with the assumptions that carry each."""

from dataclasses import dataclass

from simulation.defaults import defaults
from simulation.inputs import Inputs
from simulation.progress import Progress
from simulation.theses import theses
from simulation.thesis import Figure, Thesis
from strategy.model import Run
from strategy.studying import study

# The assumptions named in "Five claims it can test" of docs/model.md, by number of the claim.
CARRIERS = {
    1: ("coordination_hours", "unplanned_leak", "fit_gain", "attrition_fit_effect"),
    2: ("selling_elasticity", "buyer_pressure", "ceiling_sharpness", "attention_decline"),
    3: ("realised_share", "rework", "ops_flex"),
    4: ("fit_unprepared", "fit_gain", "abandonment", "overrun"),
    5: (
        "strategy_win_elasticity",
        "strategy_deal_elasticity",
        "strategy_attention_elasticity",
        "selling_elasticity",
        "buyer_pressure",
    ),
}
TIPPING = ("strategic", "needed", "strategic_hour_wins")


@dataclass(frozen=True)
class Carrier:
    """An assumption that carries a claim, with the plan's own range in its unit."""

    label: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True)
class Claim:
    """A claim as it came out, and the assumptions that carry it."""

    thesis: Thesis
    carriers: tuple[Carrier, ...]

    @property
    def figures(self) -> dict[str, Figure]:
        """What was found, by key, in order; the tipping condition is told apart from it."""
        return {each.key: each for each in self.thesis.figures if each.key not in TIPPING}


@dataclass(frozen=True)
class NextHour:
    """Whether the next hour is worth more as account work than as selling.

    `strategic` is what 1% more account work adds to bookings in per cent, `needed` what it must
    add to break even with selling, `wins` the share of futures in which it adds more.
    """

    strategic: Figure
    needed: Figure
    wins: Figure


@dataclass(frozen=True)
class Claims:
    """All five claims of a run, in order, and the tipping condition."""

    claims: tuple[Claim, ...]
    next_hour: NextHour


def claims_of(run: Run, progress: Progress | None = None) -> Claims:
    """Test the five claims on a run's first futures; costs about a hundred runs."""
    inputs, draws = study(run)
    found = theses(inputs, draws, progress)
    by_key = {each.key: each for each in found[-1].figures}
    return Claims(
        claims=tuple(Claim(each, _carriers(inputs, each.number)) for each in found),
        next_hour=NextHour(*(by_key[key] for key in TIPPING)),
    )


def _carriers(inputs: Inputs, number: int) -> tuple[Carrier, ...]:
    known = defaults().assumptions
    return tuple(
        Carrier(
            label=known[name].label,
            unit=known[name].unit,
            low=inputs.assumptions[name].low,
            high=inputs.assumptions[name].high,
        )
        for name in CARRIERS[number]
    )
