"""A run beside another: the same futures, only the changed inputs differ."""

import pytest

from strategy.beside import beside, with_assumption
from strategy.errors import InvalidValue
from tests.unit.test_strategy_explaining import run_of
from tests.unit.test_strategy_samples import BOARD, DRAWS


def test_unchanged_inputs_change_nothing_to_the_last_bit() -> None:
    run = run_of(BOARD)
    assert [each.change for each in beside(BOARD, run, run.inputs)] == [0.0] * (
        1 + len(BOARD.simulated_goals)
    )


def test_what_leaks_costs_and_what_is_measured_beside_is_the_run_itself() -> None:
    run = run_of(BOARD)
    net, *goals = beside(BOARD, run, with_assumption(run, "leak", 0.9, 0.9, 0.9))
    assert net.outcome.goal is None and net.change < 0
    assert [each.outcome.goal for each in goals] == [goal.id for goal in BOARD.simulated_goals]
    whole = run_of(BOARD, draws=DRAWS)
    assert beside(BOARD, whole, whole.inputs)[0].now == net.now


def test_inputs_the_model_refuses_are_refused_in_a_sentence() -> None:
    run = run_of(BOARD)
    with pytest.raises(InvalidValue, match="leak"):
        beside(BOARD, run, with_assumption(run, "leak", 0.5, 0.2, 0.9))
