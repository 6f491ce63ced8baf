"""The five claims of a stored run: those of the model, with the plan's own ranges."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.example import load_example
from data.store import SqliteStore
from simulation.defaults import defaults
from simulation.draws import sample
from simulation.thesis_preparation import preparation_pays
from simulation.tipping import tipping
from strategy.model import Run
from strategy.projection import read_inputs
from strategy.running import current_run
from strategy.testing_theses import CARRIERS, TIPPING, Claims, claims_of

DRAWS = 100


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    store = SqliteStore.open(Path(tmp_path_factory.mktemp("theses")) / "fulcrum.db")
    yield current_run(store, store.board(load_example(store).id), draws=DRAWS)
    store.close()


@pytest.fixture(scope="module")
def found(run: Run) -> Claims:
    return claims_of(run)


def test_all_five_claims_come_in_order(found: Claims) -> None:
    assert [each.thesis.number for each in found.claims] == [1, 2, 3, 4, 5]


def test_a_claim_is_that_of_the_runs_own_inputs_and_futures(run: Run, found: Claims) -> None:
    inputs = read_inputs(run.inputs)
    assert found.claims[3].thesis == preparation_pays(inputs, sample(inputs, DRAWS, run.seed))


def test_the_tipping_condition_is_counted_on_the_runs_futures(run: Run, found: Claims) -> None:
    inputs = read_inputs(run.inputs)
    hours = tipping(sample(inputs, DRAWS, run.seed).values, inputs.week)
    assert found.next_hour.wins.value == pytest.approx(hours.is_ahead.mean())
    assert found.next_hour.needed.value == pytest.approx(sum(sorted(hours.needed)[49:51]) / 2)
    assert not set(TIPPING) & set(found.claims[4].figures)


def test_carriers_have_the_plans_ranges(run: Run, found: Claims) -> None:
    inputs, known = read_inputs(run.inputs), defaults().assumptions
    for each in found.claims:
        names = CARRIERS[each.thesis.number]
        assert [carrier.label for carrier in each.carriers] == [known[n].label for n in names]
        assert [(carrier.low, carrier.high) for carrier in each.carriers] == [
            (inputs.assumptions[n].low, inputs.assumptions[n].high) for n in names
        ]


def test_progress_never_falls_and_ends_at_the_end(run: Run) -> None:
    told: list[float] = []
    claims_of(run, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
