"""Running a plan: the same content is simulated once and kept as a row."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulation import MODEL_VERSION
from simulation.baselines import Baselines
from simulation.outcome import Outcome
from simulation.threads import turn
from strategy.ahead import Ahead, Asked, Found
from strategy.checks import MAX_SEED
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario
from strategy.ports import Store
from strategy.projection import engine_inputs, inputs_hash, read_inputs
from strategy.summary import KEPT, SUMMARY_VERSION, summarise

DEFAULT_DRAWS = 8000
MIN_DRAWS, MAX_DRAWS = 100, 100_000
VERSION = f"{MODEL_VERSION}+s{SUMMARY_VERSION}"
Clock = Callable[[], float]
Look = Callable[[Board, Outcome], dict[str, Any]]
GLANCE_DRAWS = 1000
_BASELINES, _GLANCES, _AHEAD = Baselines(), Baselines(), Ahead()


@dataclass(frozen=True)
class Early:
    """The part of a summary that is wanted first, and what shows it.

    Attributes
    ----------
    look : takes that part of the summary of an outcome, as `strategy.summary.first_look` does
    show : gets a run with all futures whose summary is that part, before the run is kept
    glance : gets such a run of the first `GLANCE_DRAWS` futures before that, if there are many
        more and a core is free; what it shows stands for a moment only
    """

    look: Look
    show: Callable[[Run], None]
    glance: Callable[[Run], None] | None = None


def is_older_model(version: str) -> bool:
    """Return whether a run's or snapshot's version names a model other than the present one.

    What a run keeps may change without the model; that part of the version is not compared.
    """
    return version.partition("+")[0] != MODEL_VERSION


def current_run(
    store: Store,
    board: Board,
    scenario: Scenario | None = None,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int | None = None,
    early: Early | None = None,
    timer: Clock = time.perf_counter,
) -> Run:
    """Return the run of this plan and scenario as they are now, simulating if need be.

    A run of the same inputs, seed, number of draws and model version is read back from the
    store; otherwise the model runs and the run is kept before it is returned. With `early`,
    what is wanted first is shown while the rest is counted, if asked for at first from a few of
    the run's futures; such runs are not kept.

    Raises
    ------
    InvalidValue
        If the plan cannot be simulated; says which value must change.
    """
    inputs = _inputs_of(board, scenario)
    asked = _asked(inputs, board, scenario, draws, seed)
    known = store.find_run(*asked)
    if known is not None:
        return known
    with turn():
        known = store.find_run(*asked)  # somebody else may have asked for it meanwhile
        if known is not None:
            return known
        run = _empty_run(inputs, board, scenario, asked)
        found = _AHEAD.take(asked)
        started = timer() - (found.seconds if found else 0.0)
        outcome = found.outcome if found else _simulated(run, board, early)
        look = None
        if early is not None:
            look = early.look(board, outcome)
            early.show(replace(run, summary=look))
        summary = summarise(board, outcome, look)
        elapsed = round(1000 * (timer() - started))
        return store.keep_run(replace(run, summary=summary, elapsed_ms=elapsed))


def look_at(
    store: Store,
    board: Board,
    scenario: Scenario,
    look: Look,
    *,
    draws: int = DEFAULT_DRAWS,
    timer: Clock = time.perf_counter,
) -> Run | None:
    """Return the run of a plan and a scenario as they might be, summed up by `look` alone.

    Nothing is kept in the store; `current_run` need not simulate the same again if it is asked
    for soon. None while others leave no core free: it would only make everybody wait longer.

    Raises
    ------
    InvalidValue
        If the plan cannot be simulated so; says which value must change.
    """
    inputs = _inputs_of(board, scenario)
    asked = _asked(inputs, board, scenario, draws)
    known = store.find_run(*asked)
    if known is not None or turn().is_crowded():
        return known
    with turn():
        started = timer()
        run = _empty_run(inputs, board, scenario, asked)
        outcome = _simulated(run, board)
        _AHEAD.keep(asked, Found(outcome, timer() - started))
        return replace(run, summary=look(board, outcome))


def _simulated(run: Run, board: Board, early: Early | None = None) -> Outcome:
    """Return the outcome of a run; a glance at a few of its futures comes first if wanted."""
    read = read_inputs(run.inputs)
    # With others at work it would only make everybody wait longer.
    is_quick = run.draws > 2 * GLANCE_DRAWS and not turn().is_crowded()
    if early is not None and early.glance is not None and is_quick:
        few = _GLANCES.simulate(read, run.draws, run.seed, keep=KEPT, first=GLANCE_DRAWS)
        seen = early.look(board, few)
        early.glance(replace(run, summary=seen, draws=GLANCE_DRAWS))
    return _BASELINES.simulate(read, run.draws, run.seed, keep=KEPT)


def _asked(
    inputs: Mapping[str, Any],
    board: Board,
    scenario: Scenario | None,
    draws: int,
    seed: int | None = None,
) -> Asked:
    """Return what tells a run from all others.

    Raises
    ------
    InvalidValue
        If there are too few or too many draws, or the seed is out of bounds.
    """
    if not MIN_DRAWS <= draws <= MAX_DRAWS:
        raise InvalidValue(f"{draws} futures are asked for; choose {MIN_DRAWS} to {MAX_DRAWS:,}.")
    seed = board.plan.seed if seed is None else seed
    if not 0 <= seed <= MAX_SEED:
        raise InvalidValue(f"The seed is {seed}. Use a whole number from 0 to {MAX_SEED}.")
    return board.plan.id, _fingerprint(inputs, board, scenario), VERSION, seed, draws


def _empty_run(
    inputs: dict[str, Any], board: Board, scenario: Scenario | None, asked: Asked
) -> Run:
    """Return a run that has not found anything yet."""
    plan_id, fingerprint, version, seed, draws = asked
    return Run(
        id=new_id("run"),
        plan_id=plan_id,
        scenario_id=scenario.id if scenario else None,
        inputs_hash=fingerprint,
        model_version=version,
        seed=seed,
        draws=draws,
        months=board.plan.months,
        inputs=inputs,
        summary={},
        elapsed_ms=0,
        change_seq=board.change_seq,
    )


def kept_run(
    store: Store, board: Board, scenario: Scenario | None = None, *, draws: int = DEFAULT_DRAWS
) -> Run | None:
    """Return the run of this plan and scenario as they are now, or None; simulates nothing."""
    fingerprint = _fingerprint(_inputs_of(board, scenario), board, scenario)
    return store.find_run(board.plan.id, fingerprint, VERSION, board.plan.seed, draws)


def _inputs_of(board: Board, scenario: Scenario | None) -> dict[str, Any]:
    levers = Levers.from_json(scenario.overrides) if scenario else Levers()
    return engine_inputs(board, levers)


def _fingerprint(inputs: Mapping[str, Any], board: Board, scenario: Scenario | None) -> str:
    return inputs_hash({**inputs, "kept_with": _kept_with(board, scenario)})


def simulated(inputs: Mapping[str, Any], draws: int, seed: int) -> Outcome:
    """Run the model on an input object; what a summary needs is kept by draw."""
    return _BASELINES.simulate(read_inputs(inputs), draws, seed, keep=KEPT)


def _kept_with(board: Board, scenario: Scenario | None) -> dict[str, Any]:
    """Return what a stored run depends on beyond the engine's inputs.

    A run belongs to its scenario: the board keeps a run of its own even where a scenario
    changes nothing.
    """
    return {
        "scenario": scenario.id if scenario else None,
        "seats": board.plan.seats,
        "goals": [[goal.id, goal.metric, goal.title] for goal in board.simulated_goals],
    }
