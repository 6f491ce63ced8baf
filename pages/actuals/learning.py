"""What the figures say about the assumptions: weighed on demand, taken over as one change."""

import hashlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st

import session
from components.assumption_values import number_text, with_unit
from components.numbers import chance
from pages.frame.chart import heading_row
from pages.frame.text import plain
from reports.actuals_words import effective_words, span_words
from simulation.updating import FEW
from strategy import commands
from strategy.errors import PlanError
from strategy.forecasts import Forecast
from strategy.learning import (
    Lesson,
    Proposal,
    has_learned_from,
    labels,
    learn,
    proposals,
    ranges_of,
)
from strategy.model import Actual, Board

ASKED = "actuals_weighed"  # in the browser's session: the question whose answer is shown
USUAL_ERROR = 5.0
LEARNED_BEFORE = (
    "This forecast was made after the plan had been updated from actuals. Figures that are "
    "counted again make ranges narrower than they are: choose an older forecast."
)
OWN_RANGES = (
    "The plan takes these ranges over, and so do its scenarios. A scenario with a range of its own "
    "for an assumption keeps it."
)


def learning_section(board: Board, forecast: Forecast, actuals: Sequence[Actual]) -> None:
    """Ask how far figures may be off, weigh the futures by them, and offer the ranges."""
    if not actuals:
        return
    st.markdown("**What the figures say about the assumptions**")
    st.caption(
        "Each future of the chosen forecast counts by how well it fits all figures of the plan. "
        "Nothing changes until you apply it."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        error = st.number_input(
            "Figures may be off by (%)",
            value=USUAL_ERROR,
            step=1.0,
            format="%.1f",
            width=220,
            key=f"actuals_error_{board.plan.id}",
        )
        asked = st.button("Weigh the futures", icon=":material/balance:", key="weigh")
    question = _question(board, forecast, actuals, error)
    if asked:
        st.session_state[ASKED] = question
    if st.session_state.get(ASKED) == question:
        _answer(board, forecast, actuals, error, question)


def _question(
    board: Board, forecast: Forecast, actuals: Sequence[Actual], error: float
) -> tuple[str, ...]:
    """Return what the answer follows from; another figure is another question."""
    figures = repr([(each.metric, each.month, each.value) for each in actuals])
    digest = hashlib.sha256(figures.encode()).hexdigest()
    return (
        "weighed",
        board.plan.id,
        forecast.mark.id,
        forecast.mark.scenario_id or "",
        digest,
        repr(error),
        str(board.plan.version),
    )


def _answer(
    board: Board,
    forecast: Forecast,
    actuals: Sequence[Actual],
    error: float,
    question: tuple[str, ...],
) -> None:
    try:
        with st.spinner("Weighing the futures…", show_time=True):
            lesson = session.once(question, lambda: learn(forecast, actuals, error / 100))
    except PlanError as refused:
        st.error(plain(str(refused)), icon=":material/error:")
        return
    effective = lesson.updated.effective
    words = plain(effective_words(effective, forecast.draws, lesson.figures))
    if effective < FEW:
        st.warning(words, icon=":material/warning:")
    else:
        st.markdown(words)
    if has_learned_from(board.plan, forecast):
        st.warning(LEARNED_BEFORE, icon=":material/warning:")
    proposed = proposals(board.plan, forecast, lesson)
    _ranges(board, proposed)
    _chances(board, lesson)
    _apply_form(board, lesson, proposed, question)
    if forecast.mark.scenario_id is not None:
        st.caption(OWN_RANGES)


def _ranges(board: Board, proposed: Sequence[Proposal]) -> None:
    moved = [each for each in proposed if each.learned.has_moved]
    heading_row(
        "Assumptions before and after",
        lambda: pd.DataFrame([_row(board, each) for each in proposed]),
        key="actuals_ranges",
    )
    if not moved:
        st.text("No range moved by more than the error of the weighing. The table has them all.")
        return
    st.dataframe(
        pd.DataFrame([_row(board, each) for each in moved]), hide_index=True, height="content"
    )
    st.caption("Middle, and the range that holds 80 of 100 futures. All others did not move.")


def _row(board: Board, proposal: Proposal) -> dict[str, str]:
    learned, currency = proposal.learned, board.plan.currency
    label, unit = labels(learned.name)

    def span(*values: float) -> str:
        low, middle, high = (number_text(float(f"{v:.3g}"), unit, currency) for v in values)
        return with_unit(f"{middle} ({low} to {high})", unit)

    now = proposal.now
    return {
        "Assumption": label,
        "In the forecast": span(*learned.before),
        "With the figures": span(*learned.after),
        "Range in the plan now": (
            "as in the forecast"
            if proposal.is_as_forecast
            else span(now.low, now.mode, now.high) + ", other than in the forecast"
        ),
    }


def _chances(board: Board, lesson: Lesson) -> None:
    titles = {goal.id: goal.title for goal in board.goals}
    rows = [
        {
            "Goal": titles[goal],
            "Chance in the forecast": chance(before),
            "With the figures": chance(after),
        }
        for goal, (before, after) in lesson.updated.chances.items()
        if goal in titles
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, height="content")


def _apply_form(
    board: Board, lesson: Lesson, proposed: Sequence[Proposal], question: tuple[str, ...]
) -> None:
    """Ask which ranges to take over; beforehand those that moved and nobody changed since."""
    is_enough = lesson.updated.effective >= FEW
    with st.form("actuals_apply", border=False):
        chosen = st.multiselect(
            "Take over for this plan",
            [each.learned.name for each in proposed],
            default=[
                each.learned.name
                for each in proposed
                if each.learned.has_moved and each.is_as_forecast and is_enough
            ],
            format_func=lambda name: labels(name)[0],
            key=f"actuals_chosen_{hashlib.sha256(repr(question).encode()).hexdigest()[:12]}",
        )
        st.caption(
            "Each gets a range of its own; what the figures say about several together is lost."
        )
        if st.form_submit_button("Apply to the plan", type="primary", icon=":material/check:"):
            _apply(board, lesson, chosen)


def _apply(board: Board, lesson: Lesson, chosen: Sequence[str]) -> None:
    if not chosen:
        st.error("Choose an assumption to take over first.", icon=":material/error:")
        return
    span = span_words(*lesson.months)
    count = "1 assumption" if len(chosen) == 1 else f"{len(chosen)} assumptions"
    done = session.attempt(
        lambda: commands.set_assumptions(
            session.store(),
            board.plan.id,
            session.actor(),
            ranges_of(lesson, chosen, span),
            f"Update {count} from actuals, {span}",
        ),
        f"{count} updated. Undo takes it back.",
    )
    if done:
        st.session_state.pop(ASKED, None)
        st.rerun()
