"""Carrying on as today is worked out once, and only for plans that really begin alike."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.draws import sample
from simulation.engine import simulate
from simulation.inputs import Inputs
from strategy import today as module
from strategy.levers import Levers
from strategy.model import Board
from strategy.projection import engine_inputs, read_inputs
from strategy.today import MOST_KEPT, Today, today
from tests.unit.test_strategy_samples import BOARD, DRAWS, PLAN


@pytest.fixture(autouse=True)
def forgetful() -> None:
    module._KEPT.clear()


def inputs_of(board: Board, **levers: object) -> Inputs:
    return read_inputs(engine_inputs(board, Levers.from_json(levers)))


def today_of(board: Board, seed: int = PLAN.seed, draws: int = DRAWS, **levers: object) -> Today:
    inputs = inputs_of(board, **levers)
    return today(board, inputs, sample(inputs, draws, seed))


def test_it_is_the_baseline_of_the_same_plan() -> None:
    kept, outcome = today_of(BOARD), simulate(inputs_of(BOARD), DRAWS, PLAN.seed)
    assert len(kept.path.metrics) > 10
    for name, values in kept.path.metrics.items():
        assert np.array_equal(values, outcome.baseline_path.metrics[name]), name


def test_tactics_and_goals_do_not_enter_it() -> None:
    first = today_of(BOARD)
    assert today_of(BOARD, without=["t1"]) is first
    assert today_of(replace(BOARD, goals=BOARD.goals[:1], tactics=())) is first


def test_whatever_else_is_asked_is_worked_out_anew() -> None:
    first = today_of(BOARD)
    short = replace(BOARD, plan=replace(PLAN, seats=11))
    others = [
        today_of(BOARD, seed=8),
        today_of(BOARD, draws=DRAWS + 1),
        today_of(BOARD, seats=12),
        today_of(BOARD, assumptions={"gross_margin": 0.5}),
        today_of(short),
        today_of(short, seats=PLAN.seats),
    ]
    assert all(other is not first for other in others)
    assert len({id(other) for other in others}) == len(others)


def test_only_the_last_few_are_kept() -> None:
    first = today_of(BOARD)
    for seed in range(100, 100 + MOST_KEPT):
        today_of(BOARD, seed=seed)
    assert today_of(BOARD) is not first
    assert len(module._KEPT) == MOST_KEPT
