"""Where a stored run's net benefit comes from, and in what two runs differ, in plain words."""

from dataclasses import dataclass
from typing import Literal

from simulation.draws import sample
from simulation.net_parts import COSTS, GAINS, net_parts
from simulation.progress import Progress
from simulation.report import spread
from simulation.types import FloatArray
from strategy.errors import InvalidValue
from strategy.model import Run
from strategy.projection import read_inputs

Kind = Literal["gain", "cost", "unaligned", "net"]

WORDS = {
    "selling": (
        "Hours to selling, if buyers had time without end",
        "Margin less commission on what freed selling hours would bring without a buyer ceiling.",
    ),
    "ceiling": (
        "Lost to the buyer ceiling",
        "What of that does not come, because buyers have no more hours to give.",
    ),
    "strategy": (
        "Hours to account work",
        "What account and territory work adds to win rate, deal size and buyers’ attention.",
    ),
    "coaching": ("Hours to coaching", "What skill adds to the win rate."),
    "effects": (
        "Tactics’ own effects",
        "What tactics do to win rate, deal size, sales cycle and buyers’ attention by themselves.",
    ),
    "people": ("Reps who stay or leave", "Tools that fit keep reps, tools that do not lose them."),
    "licences": ("Licences in use, running fees", "Paid seats that reps use, and monthly fees."),
    "unused": (
        "Seats nobody uses",
        "Paid seats, under goals, of reps who have not taken a tool up, or left it.",
    ),
    "one_off": ("One-off costs, as typed", "Paid once, in a tactic’s first month."),
    "overrun": ("Overrun of one-off costs", "What preparation that is missing adds to them."),
    "unaligned": ("Spend under no goal", "All that tactics without a goal cost."),
    "headcount": (
        "Seats added or closed",
        "What the seats that a change of headcount fills cost, or save.",
    ),
    "net": ("Net benefit", "What all parts come to, against carrying on as today."),
}


@dataclass(frozen=True)
class NetLine:
    """One part of the net benefit over the horizon, currency; means over all futures."""

    key: str
    kind: Kind
    label: str
    meaning: str
    mean: float
    p10: float | None
    p90: float | None


@dataclass(frozen=True)
class NetBenefit:
    """The parts in order of cause, then the net benefit they add up to.

    `values` are the same by draw, so that two runs can be compared future by future.
    """

    run: Run
    lines: tuple[NetLine, ...]
    values: dict[str, FloatArray]

    @property
    def net(self) -> NetLine:
        """Return the last line."""
        return self.lines[-1]


def net_benefit(run: Run, progress: Progress | None = None) -> NetBenefit:
    """Return where a stored run's net benefit comes from; repeats it once for each way it acts."""
    inputs = read_inputs(run.inputs)
    found = net_parts(inputs, sample(inputs, run.draws, run.seed), progress)
    values = found.gains | found.costs | {"net": found.net}
    return NetBenefit(run=run, lines=_lines(values), values=values)


def net_difference(first: NetBenefit, second: NetBenefit) -> NetBenefit:
    """Return the first less the second, part by part, on the same futures.

    Raises
    ------
    InvalidValue
        If the runs do not share seed and draws.
    """
    one, other = first.run, second.run
    if (one.seed, one.draws, one.months) != (other.seed, other.draws, other.months):
        raise InvalidValue("These runs use different futures. Run both again with one seed.")
    values = {key: each - second.values[key] for key, each in first.values.items()}
    return NetBenefit(run=one, lines=_lines(values), values=values)


def _lines(values: dict[str, FloatArray]) -> tuple[NetLine, ...]:
    def line(key: str) -> NetLine:
        label, meaning = WORDS[key]
        ends = spread(values[key])
        mean = float(values[key].mean())
        return NetLine(key, _kind(key), label, meaning, mean, ends["p10"], ends["p90"])

    shown = [key for key in COSTS if key != "headcount" or values[key].any()]
    return tuple(line(key) for key in (*GAINS, *shown, "net"))


def _kind(key: str) -> Kind:
    if key in ("net", "unaligned"):
        return "net" if key == "net" else "unaligned"
    return "gain" if key in GAINS else "cost"
