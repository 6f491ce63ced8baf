"""What a future is given and what one month leaves to the next, as plain numbers."""

import math
from dataclasses import dataclass, field

from simulation.decided import decided
from simulation.draws import Draws, tactic_keys
from simulation.inputs import Inputs, TacticInput
from simulation.season import seasonal
from simulation.worked.sheet import Sheet

RAMP = (1 / 6, 1 / 2, 5 / 6, 1.0)  # productivity of the three ramp cohorts and of a full rep
SUBSTEPS = 4
LARGEST_EXPONENT = 50.0  # beyond it everybody leaves, or every deal is won


class Given:
    """One future's numbers: inputs, assumptions as drawn, luck by month."""

    def __init__(self, inputs: Inputs, draws: Draws) -> None:
        """Take the only draw of `draws`."""
        self.inputs, self.is_noiseless = inputs, draws.is_noiseless
        self.value = {name: float(column[0]) for name, column in draws.values.items()}
        self.fit_noise = [
            float(draws.fit_noise[key][0])
            for key in tactic_keys(tactic.name for tactic in inputs.tactics)
        ]
        self.most = [float(each) for each in draws.most(inputs)[:, 0]]
        policy = decided(inputs, draws)
        self.destinations = {use: float(each[0]) for use, each in policy.destinations.items()}
        self.quality = float(policy.quality[0])
        self.later_seats = float(policy.seats[0])
        self.starts = [int(each) for each in draws.starts(inputs)[:, 0]]
        self.demand_noise = [float(each) for each in draws.demand_noise[:, 0]]
        self.bookings_noise = [float(each) for each in draws.bookings_noise[:, 0]]
        self.seats = inputs.organisation.seats
        self.hours = inputs.organisation.hours_per_rep_month
        self.ops_hours = inputs.organisation.ops_people * self.hours
        self.selling_share = inputs.week["live_conversations"] + inputs.week["prospecting"]

    def seats_in(self, month: int) -> float:
        """Return how many seats there are in a month."""
        change = self.inputs.headcount
        return self.seats if change is None or month < change.start else self.later_seats

    def season(self, name: str, month: int) -> float:
        """Return a month's factor on what has a season, as strong as it is; 1 without one."""
        factors = self.inputs.season[name]
        factor = factors[(month - 1) % len(factors)]
        return seasonal(factor, self.value["season_strength"])

    def live(self, month: int) -> list[TacticInput]:
        """Return the tactics that are paid for, kept up and counted in pairs by then."""
        return [each for each, start in self._with_starts() if start <= month]

    def trained(self, month: int) -> list[TacticInput]:
        """Return the tactics that reps are trained in then."""
        return [
            each for each, start in self._with_starts() if start + math.floor(each.delay) == month
        ]

    def _with_starts(self) -> list[tuple[TacticInput, int]]:
        return list(zip(self.inputs.tactics, self.starts, strict=True))


@dataclass(frozen=True)
class Before:
    """What later months are compared with."""

    created: float
    heads: float
    productivity: float
    pipeline: float
    leaving: float  # share of reps a month


@dataclass
class Carried:
    """What one month leaves to the next."""

    vacant: float
    cohorts: list[float]  # three ramping, then full
    stages: list[float]
    account_stock: float = 1.0
    skill_stock: float = 1.0
    swing: float = 0.0

    @property
    def heads(self) -> float:
        """Filled seats."""
        return sum(self.cohorts)

    @property
    def productivity(self) -> float:
        """Work done by a head, new ones included."""
        done = sum(weight * size for weight, size in zip(RAMP, self.cohorts, strict=True))
        return done / self.heads if self.heads > 0 else 1.0


@dataclass
class Use:
    """A tactic in one month: how well it fits, how many use it, what it takes of its promise."""

    tactic: TacticInput
    fit: float
    adoption: float
    realised: float


@dataclass
class Month:
    """A month in the making."""

    number: int
    given: Given
    before: Before
    carried: Carried
    uses: list[Use] = field(default_factory=list)
    sheet: Sheet = field(default_factory=Sheet)

    def changes(self, effect: str) -> list[float]:
        """Return each tactic's own effect at its adoption; those without one are left out."""
        sizes = [(getattr(each.tactic, effect), each.adoption) for each in self.uses]
        return [size * adoption for size, adoption in sizes if size and adoption]
