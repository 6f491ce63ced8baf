"""What it takes, asked of a stored run; a scenario of a lever means what the lever means."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.example import load_example
from data.store import SqliteStore
from simulation.reach import LeverReach
from simulation.reach_levers import LEVERS, REP_TIME
from strategy.levers import Levers
from strategy.model import Board, Run
from strategy.projection import engine_inputs, read_inputs
from strategy.reaching import extent, overrides_of_lever, reaching
from strategy.running import current_run

DRAWS = 200


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path / "plan.db")
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


@pytest.fixture
def run(store: SqliteStore, board: Board) -> Run:
    return current_run(store, board, draws=DRAWS)


def lever(key: str, share: float | None, best_share: float = 1.0) -> LeverReach:
    return LeverReach(key, key, share, best_share, 0.5, True)


def test_a_goals_chance_today_is_the_runs(board: Board, run: Run) -> None:
    told: list[float] = []
    found = reaching(run, board.goals[0].id, 0.6, told.append)
    assert found.today == pytest.approx(run.summary["goals"][0]["chance"])
    assert (found.goal, found.wanted) == (board.goals[0].id, 0.6)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_an_unknown_goal_is_refused(run: Run) -> None:
    with pytest.raises(ValueError, match="nope"):
        reaching(run, "nope", 0.5)


def test_a_lever_goes_as_far_as_is_enough_else_as_is_best() -> None:
    assert extent(lever("quality", 0.25)) == 0.25
    assert extent(lever("quality", None, 0.75)) == 0.75


@pytest.mark.parametrize("key", ["selling", "strategy", "coaching", "quality"])
@pytest.mark.parametrize("share", [0.25, 1.0])
def test_a_scenario_of_a_lever_is_the_lever(board: Board, run: Run, key: str, share: float) -> None:
    overrides = overrides_of_lever(run, lever(key, share))
    scenario = read_inputs(engine_inputs(board, Levers.from_json(overrides)))
    [moving] = [each for each in LEVERS if each.key == key]
    assert scenario == moving.change(read_inputs(run.inputs), share)


def test_full_preparation_is_a_scenario_and_a_part_of_the_way_is_none(
    board: Board, run: Run
) -> None:
    overrides = overrides_of_lever(run, lever("preparation", 1.0))
    assert overrides == {"preparation": 1.0}
    scenario = read_inputs(engine_inputs(board, Levers.from_json(overrides)))
    assert {tactic.preparation for tactic in scenario.tactics} == {1.0}
    assert len({tactic.preparation for tactic in read_inputs(run.inputs).tactics}) > 1
    assert overrides_of_lever(run, lever("preparation", 0.5)) is None


@pytest.mark.parametrize("key", ["automation", "adoption", "earlier", REP_TIME.key])
def test_what_no_override_can_say_is_no_scenario(run: Run, key: str) -> None:
    assert overrides_of_lever(run, lever(key, 1.0)) is None


def test_a_lever_that_stays_is_no_scenario(run: Run) -> None:
    assert overrides_of_lever(run, lever("coaching", None, 0.0)) is None
