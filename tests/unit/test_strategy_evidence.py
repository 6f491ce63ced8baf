"""A run repeats, adds up, and its middle line is what hand calculation gives."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.example import load_example
from data.store import SqliteStore
from strategy.evidence import WORKED_METRIC, Evidence, evidence, worked_figure
from strategy.model import Board, Run
from strategy.running import current_run

DRAWS = 300


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(Path(tmp_path_factory.mktemp("evidence")) / "fulcrum.db")
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


@pytest.fixture(scope="module")
def run(store: SqliteStore, board: Board) -> Run:
    return current_run(store, board, draws=DRAWS)


@pytest.fixture(scope="module")
def found(board: Board, run: Run) -> Evidence:
    return evidence(board, run)


def test_the_example_repeats_and_adds_up(found: Evidence) -> None:
    assert found.repeats
    assert found.failed == 0
    assert found.count == len(found.checks) + 1


def test_the_hand_calculation_gives_the_charts_middle_line_in_every_month(
    run: Run, found: Evidence
) -> None:
    for month in range(1, run.months + 1):
        figure = worked_figure(run, found, month)
        assert figure.charted == run.summary["series"][WORKED_METRIC]["plan"]["p50"][month - 1]
        assert figure.agrees, month
        assert [len(each.bookings) for each in figure.futures] == [min(month, 3)] * 2
        assert figure.futures[0].figure <= figure.value <= figure.futures[1].figure


def test_an_odd_number_of_futures_has_one_in_the_middle(store: SqliteStore, board: Board) -> None:
    odd = current_run(store, board, draws=DRAWS + 1)
    figure = worked_figure(odd, evidence(board, odd), 12)
    assert len(figure.futures) == 1
    assert figure.agrees


def test_a_stored_figure_that_was_changed_is_found(board: Board, run: Run) -> None:
    series = {
        **run.summary["series"][WORKED_METRIC],
        "plan": {
            **run.summary["series"][WORKED_METRIC]["plan"],
            "p50": [
                value * (1 + 1e-6) for value in run.summary["series"][WORKED_METRIC]["plan"]["p50"]
            ],
        },
    }
    summary = {**run.summary, "series": {**run.summary["series"], WORKED_METRIC: series}}
    changed = replace(run, summary=summary)
    found = evidence(board, changed)
    assert not found.repeats
    assert found.failed == 1
    assert not worked_figure(changed, found, 12).agrees
