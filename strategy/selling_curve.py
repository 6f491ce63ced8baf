"""Bookings against the hours a rep sells in a week, and where the buyer ceiling is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.ceiling import Ceiling
from simulation.describe import cuts
from simulation.engine import simulate_on
from simulation.progress import Progress
from simulation.selling_curve import QUARTER, selling_curve
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board, Run
from strategy.rep_week import ceiling_of
from strategy.studying import study

STEPS = 12
LEAST, MOST = 0.6, 1.5  # of the hours of today and of the plan
ONE_MORE = 1.0


@dataclass(frozen=True)
class SellingCurve:
    """Expected bookings a quarter at the end of the plan, by hours of selling a rep-week.

    Attributes
    ----------
    hours : rising; those of today and of the plan are among them
    booked : percentile or "mean" -> currency for each of `hours`
    today, plan : hours a rep-week in the last month, carrying on and with the plan
    one_more_today, one_more_plan : what one more hour a rep-week brings there, a mean
    ceiling : hours past which buyers have no more to give, at today's attention
    """

    hours: tuple[float, ...]
    booked: Mapping[str, tuple[float, ...]]
    today: float
    plan: float
    one_more_today: float
    one_more_plan: float
    ceiling: Ceiling


def selling_response(
    board: Board, run: Run, progress: Progress | None = None
) -> SellingCurve | None:
    """Return the curve of a stored run on its first futures, all but selling hours as it is.

    None where reps do not sell, so that there are no hours to multiply.
    """
    inputs, draws = study(run)
    outcome = simulate_on(inputs, draws, keep=("selling_hours", "heads"))
    last = run.months - 1
    today, plan = (
        float(path.means["selling_hours"][last] / path.means["heads"][last]) / WEEKS_A_MONTH
        for path in (outcome.baseline_path, outcome.path)
    )
    if min(today, plan) <= 0:
        return None
    ceiling = ceiling_of(run.inputs, board.plan.hours_per_rep_month / WEEKS_A_MONTH)
    hours = _grid(today, plan, ceiling)
    booked = QUARTER * selling_curve(outcome, [each / plan for each in hours], progress)
    found = [cuts(each) for each in booked]
    curve = {name: tuple(each[name] for each in found) for name in found[0]}
    return SellingCurve(
        hours=hours,
        booked=curve,
        today=today,
        plan=plan,
        one_more_today=_one_more(hours, curve["mean"], today),
        one_more_plan=_one_more(hours, curve["mean"], plan),
        ceiling=ceiling,
    )


def _grid(today: float, plan: float, ceiling: Ceiling) -> tuple[float, ...]:
    low = LEAST * min(today, plan)
    high = max(MOST * max(today, plan), min(ceiling.p90, 2 * max(today, plan)))
    even = (low + (high - low) * step / STEPS for step in range(STEPS + 1))
    return tuple(sorted({*even, today, plan, today + ONE_MORE, plan + ONE_MORE}))


def _one_more(hours: Sequence[float], mean: Sequence[float], here: float) -> float:
    return mean[hours.index(here + ONE_MORE)] - mean[hours.index(here)]
