"""One future, month after month, from the numbers it was given."""

from dataclasses import dataclass

from simulation.draws import Draws
from simulation.inputs import Inputs
from simulation.worked.buyers import new_opportunities
from simulation.worked.carry import hand_over, take_over
from simulation.worked.given import Given, Month
from simulation.worked.sheet import Sheet, Step
from simulation.worked.start import steady_start
from simulation.worked.tactics import use_of_tactics
from simulation.worked.week import rep_month
from simulation.worked.winning import bookings_of
from simulation.worked.work import split_work


@dataclass(frozen=True)
class WorkedMonth:
    """A month of one future: its steps in order, and its bookings in currency."""

    number: int
    steps: tuple[Step, ...]
    bookings: float


@dataclass(frozen=True)
class WorkedFuture:
    """One future: what holds before month 1, then month after month."""

    before: tuple[Step, ...]
    months: tuple[WorkedMonth, ...]


def work_by_hand(inputs: Inputs, draws: Draws, months: int | None = None) -> WorkedFuture:
    """Work one future by hand, with the plan's tactics, up to a month or to the end.

    Raises
    ------
    ValueError
        If `draws` does not hold exactly one draw.
    """
    if draws.count != 1:
        raise ValueError(f"{draws.count} draws are given; one is worked by hand at a time")
    given, sheet = Given(inputs, draws), Sheet()
    before, carried = steady_start(given, sheet)
    worked = tuple(
        _worked(Month(number, given, before, carried))
        for number in range(1, (months or inputs.months) + 1)
    )
    return WorkedFuture(tuple(sheet.steps), worked)


def _worked(month: Month) -> WorkedMonth:
    """Work one month; what it carries over is changed."""
    take_over(month)
    month.uses = use_of_tactics(month)
    work = split_work(month)
    week = rep_month(month, work)
    bookings = bookings_of(month, new_opportunities(month, week))
    hand_over(month, week, work)
    return WorkedMonth(month.number, tuple(month.sheet.steps), bookings)
