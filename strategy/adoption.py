"""How far a stored run's tactics are taken up, and what is paid for seats that nobody uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.describe import bands
from simulation.engine import simulate
from simulation.figures import rounded_list
from simulation.outcome import percentiles
from simulation.seats import seat_cost, seats_of
from strategy.model import Board, Run
from strategy.projection import read_inputs


@dataclass(frozen=True)
class Taken:
    """How far one tactic is taken up in the last month: shares of reps, over the futures.

    `seats` is what its seats cost a month in currency, 0 where none is paid for.
    """

    title: str
    p10: float
    p50: float
    p90: float
    seats: float


@dataclass(frozen=True)
class Adoption:
    """What is paid for seats and how much of it is used.

    Attributes
    ----------
    first : first month in which a seat is paid for, counted from 1; None if none ever is
    used : percentile -> share of paid seats in use, by month from `first` on
    paid, unused : currency by month, all months; `unused` is a mean
    unused_total : currency over the whole plan, mean, p10 and p90
    tactics : every tactic that has started, the least taken up first
    """

    first: int | None
    used: Mapping[str, Sequence[float]]
    paid: tuple[float, ...]
    unused: tuple[float, ...]
    unused_total: Mapping[str, float]
    tactics: tuple[Taken, ...]


def adoption_of(board: Board, run: Run) -> Adoption:
    """Return a stored run's adoption; repeats it from its inputs, seed and number of draws."""
    outcome = simulate(read_inputs(run.inputs), run.draws, run.seed, keep=("shelfware",))
    seats = seats_of(outcome)
    first = next((at + 1 for at, paid in enumerate(seats.paid) if paid > 0), None)
    used = bands(percentiles(seats.used_share[:, first - 1 :])) if first else {}
    total = percentiles(seats.unused.sum(axis=1)[:, None])
    return Adoption(
        first=first,
        used=used,
        paid=tuple(rounded_list(seats.paid)),
        unused=tuple(rounded_list(seats.unused.mean(axis=0))),
        unused_total={name: float(value[0]) for name, value in total.items()},
        tactics=_tactics(board, run),
    )


def _tactics(board: Board, run: Run) -> tuple[Taken, ...]:
    inputs = read_inputs(run.inputs)
    titles = {tactic.id: tactic.title for tactic in board.tactics}
    kept = {row["id"]: row["adoption"] for row in run.summary["tactics"]}
    taken = (
        Taken(
            title=titles.get(each.name, "Hours shifted in this scenario"),
            p10=kept[each.name]["p10"],
            p50=kept[each.name]["p50"],
            p90=kept[each.name]["p90"],
            seats=seat_cost(inputs, each),
        )
        for each in inputs.tactics
        if each.start.low <= inputs.months and each.name in kept
    )
    return tuple(sorted(taken, key=lambda each: (each.p50, each.title)))
