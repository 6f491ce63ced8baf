"""An analysis that takes a while: computed once, with how far it is while people wait."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

import session
from simulation.progress import Progress
from strategy.model import Run

Result = TypeVar("Result")


def worked_out(name: str, run: Run, compute: Callable[[Progress], Result], *more: str) -> Result:
    """Return an analysis of a run, with a progress bar the first time.

    `name` and `more` say, beside the run, what the result depends on.
    """
    place = st.empty()

    def first() -> Result:
        bar = place.progress(0.0, text="Working it out…")
        shown = 0

        def report(share: float) -> None:
            nonlocal shown
            if (percent := int(100 * share)) > shown:
                shown = percent
                bar.progress(percent, text=f"Working it out: {percent}%")

        return compute(report)

    result = session.once((name, run.id, run.model_version, *more), first)
    place.empty()
    return result
