"""Running a stored run again with the present model, and the two beside each other."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from simulation.engine import simulate
from simulation.inputs import Headcount, read_headcount
from strategy.calendar import month_name
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.metrics import GOAL_METRICS, WEEKS_A_MONTH
from strategy.model import Board, Goal, Run
from strategy.ports import Store
from strategy.projection import read_inputs
from strategy.running import VERSION, Clock
from strategy.summary import summarise


@dataclass(frozen=True)
class Difference:
    """One figure of two runs: an amount of money, or a chance from 0 to 1; None if not kept."""

    label: str
    unit: Literal["money", "chance"]
    old: float | None
    new: float | None

    @property
    def change(self) -> float | None:
        """New less old; None if one of them is not known."""
        return None if self.old is None or self.new is None else self.new - self.old


def run_again(
    store: Store, plan_id: str, run_id: str, *, timer: Clock = time.perf_counter
) -> tuple[Run, Run]:
    """Return a stored run and the run of exactly its inputs, seed and draws by this model.

    The new run is kept as a row; if there is one already, it is read back.

    Raises
    ------
    Missing
        If the plan has no such run.
    InvalidValue
        If this model does not take the stored inputs.
    """
    old = store.run(plan_id, run_id)
    known = store.find_run(plan_id, old.inputs_hash, VERSION, old.seed, old.draws)
    if known is not None:
        return old, known
    started = timer()
    board = _board_then(store.board(plan_id), old)
    summary = summarise(board, simulate(read_inputs(old.inputs), old.draws, old.seed))
    new = replace(
        old,
        id=new_id("run"),
        model_version=VERSION,
        summary=summary,
        elapsed_ms=round(1000 * (timer() - started)),
    )
    return old, store.keep_run(new)


def differences(old: Run, new: Run) -> tuple[Difference, ...]:
    """Return net benefit and each goal's chance of two runs of the same inputs."""
    before, after = _chances(old.summary), _chances(new.summary)
    titles = _titles(old.summary) | _titles(new.summary)
    return (
        Difference("Net benefit, middle future", "money", _net(old.summary), _net(new.summary)),
        *(
            Difference(title, "chance", before.get(goal), after.get(goal))
            for goal, title in titles.items()
        ),
    )


def net_and_first_chance(run: Run) -> tuple[float | None, float | None]:
    """Return a run's middle net benefit and its first goal's chance, None where not kept."""
    return _net(run.summary), next(iter(_chances(run.summary).values()), None)


def _net(summary: Mapping[str, Any]) -> float | None:
    value = summary.get("net", {}).get("p50")
    return None if value is None else float(value)


def _chances(summary: Mapping[str, Any]) -> dict[str, float]:
    return {row["id"]: row["chance"] for row in summary.get("goals", ())}


def _titles(summary: Mapping[str, Any]) -> dict[str, str]:
    return {row["id"]: row["title"] for row in summary.get("goals", ())}


def _board_then(board: Board, run: Run) -> Board:
    """Return the board with plan and goals as the run saw them, as far as a summary needs it."""
    titles = _titles(run.summary)
    plan = replace(board.plan, months=run.months, seats=_seats_then(board, run))
    change = read_headcount("headcount", run.inputs.get("headcount"))
    goals = tuple(_goal_then(board, given, titles, change) for given in run.inputs["goals"])
    return replace(board, plan=plan, goals=goals)


def _seats_then(board: Board, run: Run) -> int:
    """Return the plan's seats then: the summary has hours both of the team and of a seat."""
    try:
        team = run.summary["hours"]["selling_hours"]["baseline"][0]
        a_seat = run.summary["series"]["selling_hours_week"]["baseline"]["mean"][0]
        return round(float(team) / (float(a_seat) * WEEKS_A_MONTH))
    except (KeyError, IndexError, TypeError, ZeroDivisionError):
        return board.plan.seats


def _goal_then(
    board: Board, given: Mapping[str, Any], titles: Mapping[str, str], change: Headcount | None
) -> Goal:
    """Return a goal of the stored inputs in the planner's words."""
    metric = next(
        (
            each
            for each in GOAL_METRICS.values()
            if (each.metric, each.statistic) == (given["metric"], given["statistic"])
        ),
        None,
    )
    if metric is None:
        raise InvalidValue(f"This run counts {given['metric']}, which plans no longer use.")
    rises = given["comparison"] == ">="
    is_per_seat = given.get("per_seat", False)
    scale = metric.factor if is_per_seat else metric.scale(board.plan, change, given["due"])
    target = given["target"] * scale
    return Goal(
        id=given["id"],
        plan_id=board.plan.id,
        title=titles.get(given["id"], metric.label),
        owner="",
        metric=metric.key,
        baseline=target - 1 if rises else target + 1,
        target=target,
        due_month=month_name(board.plan.start_month, given["due"]),
    )
