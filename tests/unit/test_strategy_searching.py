"""Searches: one row for one question, in no list of runs, nothing left of a cancelled one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.database import reading, rows
from data.example import load_example
from data.store import SqliteStore
from simulation.engine import simulate
from strategy import commands
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Board, Run
from strategy.projection import engine_inputs, live_tactics, read_inputs
from strategy.running import current_run
from strategy.searching import Question, known_search, overrides_of_mix, search_plan

DRAWS = 200


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path / "plan.db")
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    """Keep the worked example with its first five tactics, three of them free."""
    plan = load_example(store)
    for tactic in live_tactics(store.board(plan.id).tactics)[5:]:
        commands.archive_tactic(store, plan.id, "Ann", tactic.id)
    return store.board(plan.id)


def searched(store: SqliteStore, board: Board, question: Question | None = None) -> Run:
    return search_plan(store, board, None, question, draws=DRAWS)


def rows_kept(store: SqliteStore) -> int:
    with reading(store.path) as db:
        return int(rows(db, "SELECT count(*) AS n FROM runs")[0]["n"])


def test_the_same_question_is_answered_once(store: SqliteStore, board: Board) -> None:
    first = searched(store, board)
    assert searched(store, board) == first
    assert known_search(store, board, draws=DRAWS) == first
    assert rows_kept(store) == 1


def test_another_question_and_a_changed_plan_are_searched_anew(
    store: SqliteStore, board: Board
) -> None:
    first = searched(store, board)
    one = board.tactics[0].id
    others = [
        searched(store, board, question)
        for question in (
            Question(goal=board.goals[0].id),
            Question(budget=1e5),
            Question(latest_start=1),
            Question(must=(one,)),
            Question(must_not=(one,)),
        )
    ]
    commands.archive_tactic(store, board.plan.id, "Ann", one)
    changed = store.board(board.plan.id)
    assert known_search(store, changed, draws=DRAWS) is None
    others.append(searched(store, changed))
    assert len({first.id, *(each.id for each in others)}) == 7


def test_the_order_in_which_tactics_are_named_asks_the_same(
    store: SqliteStore, board: Board
) -> None:
    one, two = (each.id for each in board.tactics[:2])
    first = searched(store, board, Question(must=(one, two)))
    assert searched(store, board, Question(must=(two, one))) == first


def test_a_search_is_in_no_list_of_runs(store: SqliteStore, board: Board) -> None:
    run = current_run(store, board, draws=DRAWS)
    kept = searched(store, board)
    assert kept.summary["kind"] == "search"
    assert store.runs(board.plan.id, None) == (run,)
    assert store.runs_of_plan(board.plan.id) == (run,)
    assert store.run(board.plan.id, kept.id) == kept
    with reading(store.path) as db:
        found = rows(db, "SELECT run_id FROM goal_chances")
    assert {row["run_id"] for row in found} == {run.id}
    assert len(found) == len(board.goals)


def test_a_search_does_not_stand_in_for_a_run(store: SqliteStore, board: Board) -> None:
    searched(store, board)
    assert "goals" in current_run(store, board, draws=DRAWS).summary


def test_a_cancelled_search_leaves_nothing(store: SqliteStore, board: Board) -> None:
    class Stopped(BaseException):
        pass

    def stop(done: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        search_plan(store, board, draws=DRAWS, progress=stop)
    assert rows_kept(store) == 0


def test_progress_rises_to_the_end(store: SqliteStore, board: Board) -> None:
    told: list[float] = []
    search_plan(store, board, draws=DRAWS, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_the_best_mix_has_the_numbers_of_a_run_without_the_other_tactics(
    store: SqliteStore, board: Board
) -> None:
    """The mix opened as a scenario is what was searched: same policy, same futures."""
    kept = searched(store, board)
    for row in [*kept.summary["best"], kept.summary["plan"], kept.summary["without_unaligned"]]:
        overrides = overrides_of_mix(board, None, row["tactics"])
        scenario = commands.add_scenario(store, board.plan.id, "Ann", "Mix", overrides)
        raw = engine_inputs(board, Levers.from_json(scenario.overrides))
        outcome = simulate(read_inputs(raw), DRAWS, board.plan.seed)
        assert float(outcome.finance.npv.mean()) == pytest.approx(row["npv"], rel=1e-9)
        hits = [float(outcome.goal_hits(goal).mean()) for goal in outcome.inputs.goals]
        assert hits == pytest.approx(row["chances"])
        commands.archive_scenario(store, board.plan.id, "Ann", scenario.id)


def test_limits_are_kept(store: SqliteStore, board: Board) -> None:
    one, two = (each.id for each in board.tactics[:2])
    found = searched(store, board, Question(budget=6e4, must=(one,), must_not=(two,))).summary
    assert found["best"]
    for row in found["best"]:
        assert one in row["tactics"]
        assert two not in row["tactics"]
        assert row["first_year_cost"] <= 6e4


def test_nothing_within_the_budget_is_no_error(store: SqliteStore, board: Board) -> None:
    dear = max(board.tactics, key=lambda each: each.seat_price).id
    found = searched(store, board, Question(budget=0, must=(dear,))).summary
    assert found["best"] == []
    assert found["plan"]["tactics"]


def test_extra_automation_of_a_scenario_stays_in_every_mix(
    store: SqliteStore, board: Board
) -> None:
    cards = {each.id for each in live_tactics(board.tactics)}
    shifts = {"crm_entry": {"share": 0.5, "start": 1}}
    terms = {"seat_price": 10, "one_off": 1000, "preparation": 0.5}
    overrides = {"shifts": shifts, "shift_terms": terms}
    scenario = commands.add_scenario(store, board.plan.id, "Ann", "More", overrides)
    kept = search_plan(store, board, scenario, draws=DRAWS)
    assert kept.scenario_id == scenario.id
    assert kept.summary["evaluated"] == 2 ** len(cards)
    assert min(row["first_year_cost"] for row in kept.summary["frontier"]) > 0
    mix = kept.summary["best"][0]["tactics"]
    again = overrides_of_mix(board, scenario, mix)
    assert again["shifts"] == scenario.overrides["shifts"]
    assert set(again["without"]) == cards - set(mix)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(goal="nope"), "goal is not in the plan"),
        (Question(budget=-1), "The budget is -1"),
        (Question(must=("nope",)), "Choose tactics anew"),
    ],
)
def test_a_question_the_plan_cannot_answer_is_refused_in_a_sentence(
    store: SqliteStore, board: Board, question: Question, words: str
) -> None:
    with pytest.raises(InvalidValue, match=words):
        searched(store, board, question)
    assert rows_kept(store) == 0


def test_a_tactic_cannot_be_in_and_out(store: SqliteStore, board: Board) -> None:
    one = board.tactics[0]
    with pytest.raises(InvalidValue, match=f"{one.title} must be in and must stay out"):
        searched(store, board, Question(must=(one.id,), must_not=(one.id,)))
