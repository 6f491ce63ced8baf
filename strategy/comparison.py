"""Two scenarios on the same draws: who is ahead, and how often."""

from dataclasses import dataclass
from typing import Any, Literal

from simulation.outcome import Outcome
from simulation.report import spread
from simulation.types import FloatArray
from strategy.errors import InvalidValue
from strategy.metrics import metric_of
from strategy.model import Board, Run
from strategy.running import simulated
from strategy.summary import goal_scale, usual_scale

NO_CLEAR_DIFFERENCE = 0.05


@dataclass(frozen=True)
class ComparedOutcome:
    """One outcome of several runs; `values` holds p10, p50 and p90 for each run.

    `first_better` is the share of draws in which the first run is better than the second,
    `second_better` the reverse; the rest are ties. `difference` is first minus second.
    `today` is the middle future of carrying on as today.
    """

    label: str
    note: str
    unit: Literal["money", "percent", "hours", "days", "count", "payback"]
    values: tuple[dict[str, float | None], ...]
    first_better: float
    second_better: float
    difference: dict[str, float | None]
    target: float | None = None
    due_month: str | None = None
    chances: tuple[float, ...] = ()
    today: float | None = None
    is_lower_better: bool = False


def compare(board: Board, runs: tuple[Run, ...]) -> list[ComparedOutcome]:
    """Compare two or more runs draw by draw, the first against the second.

    The runs are repeated from their stored inputs, seed and number of draws, so the numbers
    are those that are stored.

    Raises
    ------
    InvalidValue
        If the runs do not share seed, draws and the plan's goals, so that they cannot be
        compared future by future.
    """
    if len(runs) < 2:
        raise InvalidValue("Choose at least two scenarios to compare.")
    if len({(run.seed, run.draws, run.months) for run in runs}) > 1:
        raise InvalidValue("These runs use different futures. Run both again with one seed.")
    goals = [goal.id for goal in board.simulated_goals]
    if any([goal["id"] for goal in run.inputs["goals"]] != goals for run in runs):
        raise InvalidValue("These runs count other goals than the plan has now. Run both again.")
    outcomes = [simulated(run.inputs, run.draws, run.seed) for run in runs]
    rows = [
        _row("Net benefit", _horizon(board), "money", [_net(each) for each in outcomes], today=0.0),
        *_goal_rows(board, outcomes),
        _row(
            "Payback", "month the cash is back to zero", "payback", _paybacks(outcomes), lower=True
        ),
        _row("Cost, year 1", "licences and services", "money", _costs(outcomes), lower=True),
    ]
    return rows


def _horizon(board: Board) -> str:
    return f"{board.plan.months} months, not discounted, against carrying on as today"


def _net(outcome: Outcome) -> FloatArray:
    return outcome.metrics["cumulative_net"][:, -1]


def _paybacks(outcomes: list[Outcome]) -> list[FloatArray]:
    return [outcome.finance.payback for outcome in outcomes]


def _costs(outcomes: list[Outcome]) -> list[FloatArray]:
    return [outcome.metrics["cost"][:, :12].sum(axis=1) for outcome in outcomes]


def _goal_rows(board: Board, outcomes: list[Outcome]) -> list[ComparedOutcome]:
    rows = []
    for place, goal in enumerate(board.simulated_goals):
        metric = metric_of(goal.metric)
        given = [outcome.inputs.goals[place] for outcome in outcomes]
        values = [
            outcome.goal_values(each) * goal_scale(board.plan, goal, each, outcome)
            for outcome, each in zip(outcomes, given, strict=True)
        ]
        usual = usual_scale(board.plan, goal, given[0])
        today = outcomes[0].goal_values(given[0], of_baseline=True) * usual
        chances = tuple(
            float(outcome.goal_hits(each).mean())
            for outcome, each in zip(outcomes, given, strict=True)
        )
        rows.append(
            _row(
                goal.title,
                metric.label,
                metric.unit,
                values,
                lower=goal.target < goal.baseline,
                target=goal.target,
                due_month=goal.due_month,
                chances=chances,
                today=spread(today)["p50"],
            )
        )
    return rows


def _row(
    label: str,
    note: str,
    unit: Any,
    values: list[FloatArray],
    *,
    lower: bool = False,
    target: float | None = None,
    due_month: str | None = None,
    chances: tuple[float, ...] = (),
    today: float | None = None,
) -> ComparedOutcome:
    first, second = values[0], values[1]
    ahead, behind = (first < second, first > second) if lower else (first > second, first < second)
    finite = (
        first[(abs(first) < 1e300) & (abs(second) < 1e300)]
        - second[(abs(first) < 1e300) & (abs(second) < 1e300)]
    )
    return ComparedOutcome(
        label=label,
        note=note,
        unit=unit,
        values=tuple(spread(each) for each in values),
        first_better=float(ahead.mean()),
        second_better=float(behind.mean()),
        difference=spread(finite) if finite.size else {"p10": None, "p50": None, "p90": None},
        target=target,
        due_month=due_month,
        chances=chances,
        today=today,
        is_lower_better=lower,
    )
