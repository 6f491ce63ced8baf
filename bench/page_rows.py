"""How long the script of each page takes on the server, without a browser."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from statistics import median

from streamlit.testing.v1 import AppTest

import session
from bench.timing import Measure, Row, Target
from bench.web import Web
from settings import settings

PAGES = {
    "Plan": "pages.plan.page.plan_page",
    "Simulate": "pages.simulate.scenario.simulate_page",
    "Compare": "pages.compare.scenarios.compare_page",
    "Assumptions": "pages.assumptions.register.assumptions_page",
    "How it is computed": "pages.trust.page.trust_page",
    "Share": "pages.share.links.share_page",
}
MOST_MS = 40
LONGEST_SECONDS = 60


def page_rows(web: Web) -> list[Row]:
    """Return a row for each page: its own script run again, nothing changed since the last."""
    return [
        Row(
            f"script of the page {title}, run again",
            "ms",
            script(web, PAGES[title]),
            targets=(Target(MOST_MS, is_ratio=False),),
        )
        for title in PAGES
    ]


def script(web: Web, page: str) -> Measure:
    """Return a measure of a page's script: the median of a few runs after one that warms up."""

    @cache
    def drawn() -> AppTest:
        test = AppTest.from_function(timed_page, args=(page,), default_timeout=LONGEST_SECONDS)
        test.query_params["plan"] = web.plans.example
        return test.run()

    def measure() -> float:
        with serving(web):
            return median(seconds(drawn()) for _ in range(web.sizes.page_runs))

    return measure


def seconds(test: AppTest) -> float:
    """Run a page again; return how long its script took.

    Raises
    ------
    RuntimeError
        If the page ended with an error.
    """
    test.run()
    if test.exception:
        raise RuntimeError(test.exception[0].value)
    taken: float = test.session_state["bench_seconds"]
    return taken


def timed_page(name: str) -> None:
    """Draw one page and keep how long it took; this text is run as a script of its own."""
    import time
    from importlib import import_module

    import streamlit as st

    module, _, function = name.rpartition(".")
    draw = getattr(import_module(module), function)
    started = time.perf_counter()
    draw()
    st.session_state["bench_seconds"] = time.perf_counter() - started


@contextmanager
def serving(web: Web) -> Iterator[None]:
    """Let the pages of this process work on the database of the running application."""
    before = dict(os.environ)
    assert web.plans
    os.environ |= {"FULCRUM_DB": str(web.database), "FULCRUM_DRAWS": str(web.sizes.web_draws)}
    forget()
    try:
        yield
    finally:
        forget()
        os.environ.clear()
        os.environ |= before


def forget() -> None:
    """Let the next page read its settings and open its database anew."""
    settings.cache_clear()
    session._store.cache_clear()
