"""A look at what a lever would do, while it moves or is about to be kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from components.look import Asked
from components.palette import DARK, LIGHT
from pages.simulate.fan import Fan
from pages.simulate.fields import Change
from pages.simulate.shifts import shift_change
from pages.simulate.tactics import tactic_change
from pages.simulate.week import hours_change, share_change, week_shares, week_tasks
from reports.big_numbers import bar_numbers, facts_of
from simulation.outcome import Outcome
from strategy.errors import Missing
from strategy.levers import Levers
from strategy.metrics import GOAL_METRICS
from strategy.model import Board
from strategy.ports import Store
from strategy.running import look_at
from strategy.summary import metric_look, outcome_look

Read = Callable[[object, Board, Levers], Change | None]
PARTS: dict[str, Read] = {
    "shifts": lambda message, board, levers: shift_change(message),
    "tactics": lambda message, board, levers: tactic_change(message, board),
    "hours": lambda message, board, levers: hours_change(message, week_tasks(board, levers)),
    "freed": lambda message, board, levers: share_change(message, week_shares(board, levers)),
}


def look(
    store: Store, plan_id: str, scenario_id: str, asked: Asked, draws: int
) -> dict[str, Any] | None:
    """Return the fan with a lever as it is set in a browser, in the browser's colours.

    With it come the numbers of the outcome bar, if that is in sight. Nothing is kept. None while
    others leave no core free.

    Raises
    ------
    ValueError
        If the question names no levers or metric there are, or the setting is none.
    PlanError
        If there is no such plan or scenario, or it cannot be simulated so.
    """
    if asked.part not in PARTS or asked.metric not in GOAL_METRICS:
        raise ValueError("There are no such levers, or no such metric.")
    board = store.board(plan_id)
    kept = next((each for each in store.scenarios(plan_id) if each.id == scenario_id), None)
    if kept is None:
        raise Missing("There is no such scenario.")
    levers = Levers.from_json(kept.overrides)
    change = PARTS[asked.part](asked.message, board, levers)
    wanted = change(levers) if change else levers
    run = look_at(
        store,
        board,
        replace(kept, overrides=wanted.to_json()),
        partial(_looked, asked),
        draws=draws,
    )
    if run is None:
        return None
    palette = DARK if asked.is_dark else LIGHT
    fan = Fan(board, run, asked.metric, store.actuals(plan_id))
    return {
        "svg": fan.look_svg(palette, asked.width),
        "words": f"{fan.finding()}. {run.draws:,} futures, not saved yet.",
        "ground": palette.bg,
        "ink": palette.text3,
        "bar": _bar(board, run.summary) if asked.has_bar else [],
    }


def _looked(asked: Asked, board: Board, outcome: Outcome) -> dict[str, Any]:
    found = metric_look(board, outcome, asked.metric)
    return found | outcome_look(board, outcome) if asked.has_bar else found


def _bar(board: Board, summary: Mapping[str, Any]) -> list[list[str]]:
    """Return value and note of each number of the outcome bar."""
    return [[each.value, each.note] for each in bar_numbers(facts_of(board.plan), summary)]
