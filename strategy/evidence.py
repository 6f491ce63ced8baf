"""What speaks for a stored run: it repeats, it adds up, and its chart can be worked by hand."""

from dataclasses import dataclass

from simulation.audit import Check, audit
from simulation.describe import moving_mean
from simulation.draws import Draws
from simulation.engine import simulate
from simulation.figures import rounded
from simulation.middle import middle_places, picked
from simulation.worked import Step, work_by_hand
from strategy.metrics import metric_of
from strategy.model import Board, Run
from strategy.projection import read_inputs
from strategy.summary import summarise

WORKED_METRIC = "bookings_quarter"
WINDOW = 3


@dataclass(frozen=True)
class MiddleFutures:
    """The one or two futures whose mean is the middle line of a month.

    `numbers` counts futures from 1; `draws` holds only these, in the same order.
    """

    numbers: tuple[int, ...]
    draws: Draws


@dataclass(frozen=True)
class Evidence:
    """What a run was found to be.

    `repeats` says whether the model gives exactly the stored numbers again; `middles` has the
    middle futures of bookings a quarter for each month, month 1 first.
    """

    checks: tuple[Check, ...]
    repeats: bool
    middles: tuple[MiddleFutures, ...]

    @property
    def failed(self) -> int:
        """How many of the checks do not hold, the repetition included."""
        return sum(not check.holds for check in self.checks) + (not self.repeats)

    @property
    def count(self) -> int:
        """How many checks there are, the repetition included."""
        return len(self.checks) + 1


@dataclass(frozen=True)
class HandFuture:
    """One future worked by hand up to a month.

    `bookings` are of the months that make up the quarter, the last one last; `figure` is their
    bookings a quarter.
    """

    number: int
    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    bookings: tuple[float, ...]
    figure: float


@dataclass(frozen=True)
class HandFigure:
    """A month's middle line worked by hand: `value`, beside `charted` of the stored run."""

    month: int
    futures: tuple[HandFuture, ...]
    value: float
    charted: float

    @property
    def agrees(self) -> bool:
        """Whether both are the same with as many digits as a run keeps."""
        return rounded(self.value) == self.charted


def evidence(board: Board, run: Run) -> Evidence:
    """Repeat a run of this board and check it; takes about two runs of the model."""
    outcome = simulate(read_inputs(run.inputs), run.draws, run.seed)
    metric = metric_of(WORKED_METRIC)
    charted = moving_mean(outcome.metrics[metric.metric], metric.window)
    places = [middle_places(charted[:, month]) for month in range(run.months)]
    return Evidence(
        checks=audit(outcome),
        repeats=summarise(board, outcome) == run.summary,
        middles=tuple(
            MiddleFutures(tuple(place + 1 for place in both), picked(outcome.draws, both))
            for both in places
        ),
    )


def worked_figure(run: Run, found: Evidence, month: int) -> HandFigure:
    """Work the middle line of bookings a quarter in one month by hand."""
    middle = found.middles[month - 1]
    futures = tuple(
        _worked(run, number, picked(middle.draws, [place]), month)
        for place, number in enumerate(middle.numbers)
    )
    return HandFigure(
        month=month,
        futures=futures,
        value=sum(each.figure for each in futures) / len(futures),
        charted=run.summary["series"][WORKED_METRIC]["plan"]["p50"][month - 1],
    )


def _worked(run: Run, number: int, draws: Draws, month: int) -> HandFuture:
    worked = work_by_hand(read_inputs(run.inputs), draws, month)
    bookings = tuple(each.bookings for each in worked.months[-WINDOW:])
    return HandFuture(
        number=number,
        before=worked.before,
        steps=worked.months[-1].steps,
        bookings=bookings,
        figure=WINDOW * sum(bookings) / len(bookings),
    )
