"""The ledger of freed hours of a stored run, in hours a rep-week and the planner's words."""

from dataclasses import dataclass
from typing import Literal

from simulation.engine import simulate
from simulation.ledger import NEEDED, Ledger, freed_hours_ledger
from simulation.report import spread
from simulation.types import FloatArray
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Run
from strategy.projection import read_inputs

Kind = Literal["promised", "loss", "freed", "use"]
Period = Literal["last", "whole"]

# key: (label, what it means). Lines of the model that people would not tell apart are one.
WORDS = {
    "promised": (
        "Promised",
        "What the tactics that have gone live say they take over, at full use, on today’s work. "
        "Tactics on the same task promise an hour once.",
    ),
    "not_yet_used": ("Not taken up yet", "Adoption takes months: these reps do not use it yet."),
    "given_up": (
        "Given up, because it does not fit",
        "Reps tried a tool that was not prepared for their work, and left it.",
    ),
    "realised": (
        "Systems do other than they promise",
        "What a tool that is used really takes over, against what it says. Above zero, more.",
    ),
    "rework": ("Back as rework", "Automated work that reps have to put right."),
    "coordination": (
        "Coordination of tactics",
        "Time of reps for each pair of running tactics that do not serve the same goal.",
    ),
    "training": (
        "Training, and work the ops team cannot take",
        "Training when a tool goes live, and handed-over work beyond the ops team’s hours.",
    ),
    "volume": (
        "More or less admin work",
        "More open deals make more admin work, fewer make less. Below zero, more work.",
    ),
    "freed": (
        "Really freed",
        "Admin hours of a rep below those of carrying on as today.",
    ),
    "selling": (
        "To selling that meets buyers",
        "Extra selling time in which a buyer takes part, at the same number of reps.",
    ),
    "blocked": (
        "Blocked by the buyer ceiling",
        "Extra selling time for which buyers have no hour to give.",
    ),
    "strategy": ("To account work", "Extra time for account and territory strategy."),
    "coaching": ("To coaching", "Extra time for coaching and training received."),
    "leaked": (
        "Leaked",
        "Freed time that was put to no use: it had no destination or owner, or slipped away.",
    ),
    "staffing": (
        "More or fewer reps",
        "Tools that fit keep reps, others lose them, and headcount may change. Above zero, freed "
        "hours that cover for fewer reps; below zero, hours that more reps bring.",
    ),
}
_TOGETHER = {"training": ("training", "overflow"), "volume": ("volume", "unmet")}
_LOSSES = ("not_yet_used", "given_up", "realised", "rework", "coordination", "training", "volume")
_USES = ("staffing", "selling", "blocked", "strategy", "coaching", "leaked")


@dataclass(frozen=True)
class Line:
    """One line of the ledger, hours a rep-week; losses are signed, means over all futures."""

    key: str
    kind: Kind
    label: str
    meaning: str
    mean: float
    p10: float | None
    p90: float | None


@dataclass(frozen=True)
class FreedLedger:
    """The lines in order: promised, what is lost on the way, freed, and its uses.

    `gap` is the largest imbalance of any future and month, in hours a rep-week; months are
    counted from 1.
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    draws: int
    gap: float

    def of(self, key: str) -> Line:
        """Return one line by its key."""
        return next(line for line in self.lines if line.key == key)


def freed_ledgers(run: Run) -> dict[Period, FreedLedger]:
    """Return a stored run's ledger of its last month, and of a mean month of the whole plan.

    The run is repeated from its stored inputs, seed and number of draws.
    """
    outcome = simulate(read_inputs(run.inputs), run.draws, run.seed, keep=NEEDED)
    found = freed_hours_ledger(outcome)
    heads = float(outcome.baseline_path.means["heads"].mean())
    a_week = 1 / (heads * WEEKS_A_MONTH)
    return {
        "last": _lines(found, a_week, run, run.months),
        "whole": _lines(found, a_week, run, 1),
    }


def _lines(found: Ledger, a_week: float, run: Run, first: int) -> FreedLedger:
    def line(key: str, kind: Kind, hours: FloatArray) -> Line:
        values = hours[:, first - 1 :].mean(axis=1) * a_week
        ends = spread(values)
        label, meaning = WORDS[key]
        return Line(key, kind, label, meaning, float(values.mean()), ends["p10"], ends["p90"])

    def lost(key: str) -> FloatArray:
        first_, *more = (found.losses[each] for each in _TOGETHER.get(key, (key,)))
        return sum(more, first_)

    return FreedLedger(
        lines=(
            line("promised", "promised", found.promised),
            *(line(key, "loss", lost(key)) for key in _LOSSES),
            line("freed", "freed", found.freed),
            *(line(key, "use", found.uses[key]) for key in _USES),
        ),
        first=first,
        last=run.months,
        draws=run.draws,
        gap=found.gap * a_week,
    )
