"""What knowing assumptions is worth: nothing known narrows nothing, everything known the most."""

from dataclasses import replace

import pytest

from simulation.defaults import defaults
from strategy.knowing import narrower
from tests.unit.test_strategy_explaining import run_of
from tests.unit.test_strategy_samples import BOARD

DRAWS = 2000


def test_knowing_nothing_narrows_nothing() -> None:
    assert narrower(run_of(BOARD), []) == 0.0


def test_knowing_more_narrows_more_and_luck_stays() -> None:
    run = run_of(BOARD, draws=DRAWS)
    some = narrower(run, ["fit_gain", "fit_unprepared", "realised_share"])
    everything = narrower(run, list(defaults().assumptions))
    assert 0 < some < everything < 1


def test_a_plan_that_changes_nothing_has_no_range_to_narrow() -> None:
    assert narrower(run_of(replace(BOARD, tactics=())), ["leak"]) == 0.0


def test_what_is_no_assumption_is_refused() -> None:
    with pytest.raises(KeyError):
        narrower(run_of(BOARD), ["gravity"])
