"""Each row of the bench that needs a browser gives finite numbers; no test depends on a time."""

import math

import pytest

pytest.importorskip("playwright")

from bench.browser_rows import browser_rows
from bench.web import web
from bench.workbench import Sizes

TINY = Sizes(web_draws=100, presses=1, board_tactics=(2, 16), people=(1,))


def test_every_row_of_the_browser_gives_finite_numbers() -> None:
    with web(TINY) as running:
        rows = browser_rows(running)
        assert len(rows) == 12
        for row in rows:
            for measure in filter(None, (row.measure, row.reference)):
                seconds = measure()
                assert math.isfinite(seconds)
                assert seconds > 0
