"""An analysis that takes a while: computed once, with how far it is while people wait."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import session
from simulation.progress import Progress
from strategy.model import Run

Result = TypeVar("Result")


def worked_before(name: str, run: Run, *more: str) -> Any:
    """Return the result of an analysis if this browser has it already, else None."""
    return st.session_state.get("computed", {}).get(_key(name, run, *more))


def _key(name: str, run: Run, *more: str) -> tuple[str, ...]:
    return (name, run.id, run.model_version, *more)


def worked_out(
    name: str,
    run: Run,
    compute: Callable[[Progress], Result],
    *more: str,
    place: DeltaGenerator | None = None,
) -> Result:
    """Return an analysis of a run, with a progress bar the first time, here or in `place`.

    `name` and `more` say, beside the run, what the result depends on.
    """
    place = place or st.empty()

    def first() -> Result:
        bar = place.progress(0.0, text="Working it out…")
        shown = 0

        def report(share: float) -> None:
            nonlocal shown
            if (percent := int(100 * share)) > shown:
                shown = percent
                bar.progress(percent, text=f"Working it out: {percent}%")

        return compute(report)

    result = session.once(_key(name, run, *more), first)
    place.empty()
    return result
