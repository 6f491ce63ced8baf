"""One month of the plan worked by hand, down to the figure on the chart."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

import session
from components.numbers import joined
from components.worksheet import Line, worksheet, worksheet_css
from pages.frame.text import plain
from simulation.worked import Step
from simulation.worked.sheet import written
from strategy.amounts import symbol
from strategy.calendar import month_label
from strategy.evidence import Evidence, HandFigure, HandFuture, worked_figure
from strategy.model import Board, Run


def worked_month(board: Board, run: Run, found: Evidence) -> None:
    """Let people choose a month and draw its calculation."""
    start = board.plan.start_month
    first_due = run.summary["goals"][0]["due"] if run.summary["goals"] else min(12, run.months)
    month = st.selectbox(
        "Month to work by hand",
        range(1, run.months + 1),
        index=first_due - 1,
        format_func=lambda each: month_label(start, each),
        key=f"worked_month_{board.plan.id}",
        width=260,
    )
    figure = session.once(
        ("worked", run.id, str(month)), lambda: worked_figure(run, found, int(month))
    )
    titles = {tactic.id: tactic.title for tactic in board.tactics}
    _result(board, figure)
    st.html(worksheet_css(session.palette()))
    _future(board, figure.futures[0], figure.month, titles)


def exactly(value: float, currency: str) -> str:
    """Return an amount in whole units: a forecast is rounded more, a calculation is not."""
    sign = "\N{MINUS SIGN}" if round(value) < 0 else ""
    return joined(sign, f"{symbol(currency)}{abs(value):,.0f}")


def _result(board: Board, figure: HandFigure) -> None:
    """Say what comes out and whether it is what the chart shows."""
    currency, name = board.plan.currency, month_label(board.plan.start_month, figure.month)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**Middle line of “Bookings a quarter” in {name}: "
                f"{plain(exactly(figure.charted, currency))}**"
            )
            if figure.agrees:
                st.badge(
                    "The hand calculation and the run agree",
                    icon=":material/check_circle:",
                    color="green",
                )
            else:
                st.badge(
                    "The hand calculation and the run differ",
                    icon=":material/error:",
                    color="red",
                )
        words = [quarter_words(future, currency) for future in figure.futures]
        st.text("\n".join([*words, mean_words(figure, currency)]))
        st.caption("Computed in full and shown in whole units: sums may miss by the last digit.")


def quarter_words(future: HandFuture, currency: str) -> str:
    """Return how the months of one future make its bookings a quarter."""
    parts = " + ".join(exactly(each, currency) for each in future.bookings)
    known = len(future.bookings)
    scaled = parts if known == 3 else f"3 × ({parts}) / {known}"
    return f"Future {future.number:,} by hand: {scaled} = {exactly(future.figure, currency)}"


def mean_words(figure: HandFigure, currency: str) -> str:
    """Return how the middle futures make the middle line."""
    value = exactly(figure.value, currency)
    if len(figure.futures) == 1:
        return f"Half of the other futures lie above it, half below: {value}"
    one, other = (exactly(each.figure, currency) for each in figure.futures)
    return (
        "Half of the futures lie above these two, half below; the line is their mean: "
        f"({one} + {other}) / 2 = {value}"
    )


def _future(board: Board, future: HandFuture, month: int, titles: dict[str, str]) -> None:
    name = month_label(board.plan.start_month, month)
    st.markdown(f"**{name} in future {future.number:,}, step by step**")
    st.caption(
        "The number before a line is its equation. Expressions show rounded numbers; the results "
        "are computed in full, and so are the months before, whose results are carried over."
    )
    for part, steps in groupby((*future.before, *future.steps), key=lambda step: step.part):
        with st.expander(part, expanded=part == "Winning", key=f"part_{part}"):
            st.html(worksheet(lines(tuple(steps), titles, board.plan.currency)))


def lines(steps: Sequence[Step], titles: dict[str, str], currency: str) -> list[Line]:
    """Return steps as a worksheet shows them; tactics go by their titles."""
    return [
        Line(
            number=str(step.equation or ""),
            what=step.what,
            about=titles.get(step.about, step.about),
            numbers=step.numbers,
            value=value_text(step, currency),
        )
        for step in steps
    ]


def value_text(step: Step, currency: str) -> str:
    """Return a step's result with its unit, in the digits later steps show it with."""
    if step.unit == "currency":
        return exactly(step.value, currency)
    unit = {"hours": " h", "ratio": ""}.get(step.unit, f" {step.unit}")
    return f"{written(step.value)}{unit}"
