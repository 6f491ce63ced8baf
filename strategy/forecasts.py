"""Frozen forecasts: what a stored run or snapshot expected, and which one fits what happened.

A forecast is of the plan as it stood on the board, or of one of its scenarios.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategy.calendar import month_name
from strategy.errors import Missing
from strategy.model import Actual, Board, ForecastMark
from strategy.ports import Store
from strategy.restoring import fields_then

Bands = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Forecast:
    """What the plan or a scenario expected when it was run, month by month; it never changes.

    `series` maps goal metrics to percentiles by month, in the planner's units then; `inputs`,
    `seed` and `draws` repeat the run. `start_month` is month 1 as it was then.
    """

    mark: ForecastMark
    start_month: str
    months: int
    model_version: str
    seed: int
    draws: int
    inputs: Mapping[str, Any]
    series: Mapping[str, Mapping[str, Bands]]

    @property
    def last_month(self) -> str:
        """The last month it says something about, "YYYY-MM"."""
        return month_name(self.start_month, self.months)


def choices(marks: Sequence[ForecastMark]) -> tuple[ForecastMark, ...]:
    """Return the forecasts worth choosing from, newest first.

    All snapshots; of the runs the very first, and the last one of each day.
    """
    runs = [mark for mark in marks if mark.kind == "run"]
    last_of_day = {mark.made_at[:10]: mark.id for mark in reversed(runs)}
    kept = {*last_of_day.values(), *(mark.id for mark in runs[-1:])}
    return tuple(mark for mark in marks if mark.kind == "snapshot" or mark.id in kept)


def usual_choice(marks: Sequence[ForecastMark], actuals: Sequence[Actual]) -> ForecastMark | None:
    """Return the newest forecast from before the first month that happened, or the oldest.

    One that was made after the first figure was typed is none of before either, whatever the
    month: the plan may have learned from it. None if there is no forecast.
    """
    if not marks:
        return None
    if not actuals:
        return marks[0]
    first = min(
        min(begins(each.month) for each in actuals), min(each.created_at for each in actuals)
    )
    return next((mark for mark in marks if mark.made_at < first), marks[-1])


def begins(month: str) -> str:
    """Return the moment "YYYY-MM" begins, as times are kept."""
    return f"{month}-01T00:00:00Z"


def read_forecast(store: Store, board: Board, mark: ForecastMark) -> Forecast:
    """Return a stored forecast; raise Missing if it is none of this plan or scenario."""
    if mark.kind == "snapshot":
        return _of_snapshot(store, board, mark)
    run = store.run(board.plan.id, mark.id)
    if run.scenario_id != mark.scenario_id:
        raise Missing("This run is of another scenario.")
    return Forecast(
        mark=mark,
        start_month=_start_then(store, board, run.change_seq),
        months=run.months,
        model_version=run.model_version,
        seed=run.seed,
        draws=run.draws,
        inputs=run.inputs,
        series=run.summary["series"],
    )


def _of_snapshot(store: Store, board: Board, mark: ForecastMark) -> Forecast:
    content = store.snapshot(board.plan.id, mark.id).content
    run = _run_in(content, mark)
    return Forecast(
        mark=mark,
        start_month=content["plan"]["start_month"],
        months=content["plan"]["months"],
        model_version=run["model_version"],
        seed=run["seed"],
        draws=run["draws"],
        inputs=run["inputs"],
        series=run["summary"]["series"],
    )


def _run_in(content: Mapping[str, Any], mark: ForecastMark) -> Mapping[str, Any]:
    """Return the run a snapshot holds of the mark's scenario, or of the board."""
    if mark.scenario_id is None:
        return dict(content["board_run"])
    for each in content["scenarios"]:
        if each.get("id") == mark.scenario_id:
            return dict(each["run"])
    raise Missing(f"Snapshot {mark.number} does not hold this scenario.")


def _start_then(store: Store, board: Board, seq: int) -> str:
    """Return the plan's first month as it was after change `seq`."""
    later = [event for event in store.events(board.plan.id, -1) if event.seq > seq]
    then = fields_then(later).get(("plans", board.plan.id)) or {}
    return str(then.get("start_month", board.plan.start_month))
