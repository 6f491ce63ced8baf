"""Each row of the running application gives finite numbers; no test depends on a time."""

import math
from collections.abc import Iterator
from itertools import accumulate, islice

import pytest

from bench.page_rows import page_rows
from bench.people_rows import people_rows
from bench.share_rows import share_rows
from bench.timing import Row
from bench.turns import gray_code, percentile_95
from bench.web import Web, web
from bench.workbench import Sizes

TINY = Sizes(
    web_draws=100,
    page_runs=1,
    board_tactics=(),
    readers=2,
    reads=1,
    people=(1, 2),
    people_seconds=0.1,
    pace=0.1,
)


@pytest.fixture(scope="module")
def running() -> Iterator[Web]:
    with web(TINY) as made:
        yield made


def taken(row: Row) -> list[float]:
    return [measure() for measure in (row.measure, row.reference) if measure]


@pytest.mark.parametrize("make", [page_rows, share_rows, people_rows])
def test_every_row_gives_finite_numbers(make, running: Web) -> None:
    for row in make(running):
        seconds = taken(row)
        assert all(math.isfinite(each) for each in seconds)
        assert all(each > 0 for each in seconds) or row.unit == "lost"
        assert bool(row.against) == (row.reference is not None)


def test_a_page_that_fails_is_no_measurement(running: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr("pages.plan.page.plan_page", fail)
    with pytest.raises(RuntimeError):
        page_rows(running)[0].measure()


def test_turns_never_repeat_a_state() -> None:
    flips = islice(gray_code(4), 15)
    states = list(accumulate(flips, lambda state, bit: state ^ 1 << bit, initial=0))
    assert len(set(states)) == 16


def test_the_95th_percentile_lies_between_the_slowest_two_of_twenty() -> None:
    assert 18.0 < percentile_95([float(each) for each in range(20)]) < 19.0
    assert percentile_95([3.0]) == 3.0
