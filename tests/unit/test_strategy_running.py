"""Runs: the same content is simulated once; anything else is a run of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.database import reading, rows
from data.store import SqliteStore
from simulation import MODEL_VERSION
from simulation.draws import sample
from simulation.engine import simulate, simulate_on
from simulation.inputs import Inputs
from simulation.middle import picked
from simulation.outcome import Outcome
from simulation.threads import threads, turn
from strategy import commands
from strategy.ahead import Ahead, Found
from strategy.errors import InvalidValue
from strategy.model import Board, Run
from strategy.projection import read_inputs
from strategy.running import (
    GLANCE_DRAWS,
    MAX_DRAWS,
    MIN_DRAWS,
    VERSION,
    Early,
    current_run,
    look_at,
)
from strategy.summary import KEPT, board_look, first_look, summarise
from tests.unit.test_strategy_samples import DRAWS, PLAN, fingerprint, planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db")
    yield kept
    kept.close()


def run(store: SqliteStore, **how: Any) -> Run:
    return current_run(store, store.board("p1"), **({"draws": DRAWS} | how))


def runs_kept(store: SqliteStore) -> int:
    with reading(store.path) as db:
        return int(rows(db, "SELECT count(*) AS n FROM runs")[0]["n"])


def test_a_run_says_what_it_was_made_of(store: SqliteStore) -> None:
    ticks = iter([10.0, 10.25])
    kept = run(store, timer=lambda: next(ticks))
    assert (kept.plan_id, kept.scenario_id, kept.model_version) == ("p1", None, VERSION)
    assert (kept.seed, kept.draws, kept.months) == (PLAN.seed, DRAWS, 24)
    assert (kept.elapsed_ms, kept.created_at) == (250, store.now())
    assert kept.change_seq == store.change_seq("p1")
    assert VERSION.startswith(MODEL_VERSION)


def test_a_run_comes_back_from_the_store_as_it_was_returned(store: SqliteStore) -> None:
    kept = run(store)
    assert store.run("p1", kept.id) == kept


def test_the_same_content_is_the_same_run_and_no_second_row(store: SqliteStore) -> None:
    assert run(store) == run(store)
    assert runs_kept(store) == 1


def test_who_waited_for_a_turn_takes_the_run_that_was_made_meanwhile(store: SqliteStore) -> None:
    found: list[Run] = []
    waiting = [threading.Thread(target=lambda: found.append(run(store))) for _ in range(8)]
    held = [turn().acquire() for _ in range(threads())]
    for each in waiting:
        each.start()
    assert not found
    for _ in held:
        turn().release()
    for each in waiting:
        each.join(30)
    assert len(found) == 8
    assert runs_kept(store) <= threads()


def test_a_run_is_no_change(store: SqliteStore) -> None:
    before = store.change_seq("p1")
    run(store)
    assert store.change_seq("p1") == before


def test_moving_a_card_within_its_lane_keeps_the_run(store: SqliteStore) -> None:
    first = run(store)
    commands.move_tactic(store, "p1", "ann", "t2", "goal", "g1", before="t1")
    assert run(store) == first


def test_a_card_moved_away_and_back_finds_the_old_run(store: SqliteStore) -> None:
    first = run(store)
    for goal_id in ("g2", "g1"):
        commands.move_tactic(store, "p1", "ann", "t1", "goal", goal_id)
    assert run(store) == first


def test_every_change_that_matters_makes_a_new_run(store: SqliteStore) -> None:
    seen = {run(store).id}
    goal, plan = store.board("p1").goals[0], store.board("p1").plan
    commands.move_tactic(store, "p1", "ann", "t1", "goal", "g2")
    seen.add(run(store).id)
    commands.edit_goal(store, "p1", "ann", "g1", commands.fields_of(goal), {"title": "Win most"})
    seen.add(run(store).id)
    commands.edit_plan(store, "p1", "ann", commands.fields_of(plan), {"seats": 11})
    seen.add(run(store).id)
    seen.add(run(store, seed=8).id)
    seen.add(run(store, draws=DRAWS + 1).id)
    assert len(seen) == runs_kept(store) == 6


def test_a_run_of_an_older_model_is_made_anew_and_the_old_one_kept(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strategy.running.VERSION", "0.9+s1")
    old = run(store)
    monkeypatch.undo()
    new = run(store)
    assert (old.model_version, new.model_version) == ("0.9+s1", VERSION)
    assert (new.id != old.id, runs_kept(store)) == (True, 2)
    assert store.run("p1", old.id) == old


def test_a_scenario_has_a_run_of_its_own(store: SqliteStore) -> None:
    scenario = commands.add_scenario(store, "p1", "ann", "Bold", {"seats": 12})
    kept = run(store, scenario=scenario)
    assert kept.scenario_id == scenario.id
    assert kept.inputs["organisation"]["seats"] == 12
    assert store.runs("p1", scenario.id) == (kept,)
    assert run(store).id != kept.id


def test_a_scenario_that_changes_nothing_keeps_a_run_of_its_own_with_the_boards_numbers(
    store: SqliteStore,
) -> None:
    scenario = commands.add_scenario(store, "p1", "ann", "As it is", {})
    of_scenario, of_board = run(store, scenario=scenario), run(store)
    assert (of_scenario.scenario_id, of_board.scenario_id) == (scenario.id, None)
    assert of_scenario.summary == of_board.summary
    assert runs_kept(store) == 2


def test_the_numbers_are_those_of_the_model_with_the_same_seed(store: SqliteStore) -> None:
    kept = run(store)
    outcome = simulate(read_inputs(kept.inputs), kept.draws, kept.seed)
    assert kept.summary == summarise(store.board("p1"), outcome)
    goal = outcome.inputs.goals[0]
    assert kept.summary["goals"][0]["chance"] == float(outcome.goal_hits(goal).mean())


def test_a_plan_that_cannot_be_simulated_is_refused_in_a_sentence_and_nothing_is_kept(
    store: SqliteStore,
) -> None:
    board, before = store.board("p1"), fingerprint(store)
    with pytest.raises(InvalidValue, match=r"^The plan's goals\[0\].due"):
        current_run(store, replace(board, plan=replace(board.plan, months=6)), draws=DRAWS)
    assert fingerprint(store) == before


@pytest.mark.parametrize("draws", [-1, 0, MIN_DRAWS - 1, MAX_DRAWS + 1])
def test_too_few_or_too_many_draws_are_refused(store: SqliteStore, draws: int) -> None:
    with pytest.raises(InvalidValue, match=f"{draws} futures are asked for; choose 100 to"):
        run(store, draws=draws)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_the_model_does_not_take_is_refused_in_a_sentence(
    store: SqliteStore, seed: int
) -> None:
    with pytest.raises(InvalidValue):
        run(store, seed=seed)


def test_plans_do_not_share_runs(store: SqliteStore) -> None:
    run(store)
    current_run(store, replace(store.board("p1"), plan=store.board("p2").plan), draws=DRAWS)
    assert runs_kept(store) == 2


def win_rate_look(board: Board, outcome: Outcome) -> dict[str, Any]:
    return first_look(board, outcome, "win_rate")


def test_a_glance_is_a_few_futures_of_the_same_run_and_is_not_kept(store: SqliteStore) -> None:
    draws = 3 * GLANCE_DRAWS
    seen: list[tuple[str, Run, int]] = []

    def note(kind: str) -> Callable[[Run], None]:
        return lambda run: seen.append((kind, run, runs_kept(store)))

    early = Early(win_rate_look, note("show"), note("glance"))
    kept = current_run(store, store.board("p1"), draws=draws, early=early)
    assert [(kind, run.draws, count) for kind, run, count in seen] == [
        ("glance", GLANCE_DRAWS, 0),
        ("show", draws, 0),
    ]
    inputs = read_inputs(kept.inputs)
    worlds = sample(inputs, draws, kept.seed)
    few = simulate_on(inputs, picked(worlds, range(GLANCE_DRAWS)), keep=KEPT)
    assert seen[0][1].summary == first_look(store.board("p1"), few, "win_rate")
    whole = summarise(store.board("p1"), simulate(inputs, draws, kept.seed))
    assert kept.summary == whole
    current_run(store, store.board("p1"), draws=2 * GLANCE_DRAWS, early=early)
    assert [kind for kind, _, _ in seen[2:]] == ["show"]


@pytest.mark.skipif(threads() == 1, reason="one run at a time has no others beside it")
def test_while_others_leave_no_core_free_nobody_gets_a_glance(store: SqliteStore) -> None:
    seen: list[str] = []
    early = Early(win_rate_look, lambda _: seen.append("show"), lambda _: seen.append("glance"))
    with ExitStack() as others:
        for _ in range(threads() - 1):
            others.enter_context(turn())
        run(store, draws=3 * GLANCE_DRAWS, early=early)
    assert seen == ["show"]


def test_the_first_chart_is_shown_before_the_run_is_kept_and_says_the_same(
    store: SqliteStore,
) -> None:
    seen: list[tuple[dict[str, Any], int]] = []
    early = Early(win_rate_look, lambda run: seen.append((dict(run.summary), runs_kept(store))))
    kept = run(store, early=early)
    [(look, before)] = seen
    assert before == 0
    assert look["series"] == {"win_rate": kept.summary["series"]["win_rate"]}
    assert look["goals"] == kept.summary["goals"]
    assert run(store, early=early) == kept  # known: nothing is shown early
    assert len(seen) == 1
    fresh = summarise(store.board(PLAN.id), simulate(read_inputs(kept.inputs), DRAWS, kept.seed))
    assert kept.summary == fresh


def test_what_the_board_shows_first_is_what_the_run_keeps(store: SqliteStore) -> None:
    seen: list[dict[str, Any]] = []
    early = Early(board_look, lambda run: seen.append(dict(run.summary)))
    kept = run(store, early=early)
    assert [{name: kept.summary[name] for name in look} for look in seen] == seen
    fresh = summarise(store.board(PLAN.id), simulate(read_inputs(kept.inputs), DRAWS, kept.seed))
    assert kept.summary == fresh
    assert list(kept.summary) == list(fresh)


def test_what_a_look_found_is_taken_with_its_time_when_the_same_is_asked_for(
    store: SqliteStore,
) -> None:
    board = store.board("p1")
    scenario = commands.add_scenario(store, "p1", "Ana", "As it is", {})

    def look(board: Board, outcome: Outcome) -> dict[str, Any]:
        return first_look(board, outcome, "win_rate")

    ticks = iter([10.0, 17.0])
    seen = look_at(store, board, scenario, look, draws=DRAWS, timer=lambda: next(ticks))
    assert seen is not None
    assert runs_kept(store) == 0
    kept = current_run(store, board, scenario, draws=DRAWS, timer=lambda: 0.0)
    assert kept.elapsed_ms == 7000  # the look's; the clock stands still now
    assert kept.summary["goals"] == seen.summary["goals"]
    assert kept.summary["series"]["win_rate"] == seen.summary["series"]["win_rate"]
    again = look_at(store, board, scenario, look, draws=DRAWS)
    assert again is not None
    assert again.id == kept.id


def test_only_a_few_looks_wait_and_each_is_taken_once() -> None:
    ahead = Ahead(most=2)
    outcome = simulate(Inputs.from_json({"months": 1, "tactics": []}), 1, 1)
    asked = [("p1", str(at), VERSION, 1, 1) for at in range(3)]
    for each in asked:
        ahead.keep(each, Found(outcome, 0.5))
    assert ahead.take(asked[0]) is None
    assert ahead.take(asked[1]) == Found(outcome, 0.5)
    assert ahead.take(asked[1]) is None
    assert ahead.take(asked[2]) is not None
