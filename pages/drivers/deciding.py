"""What decides the chosen outcome; each leads to where its range is set."""

import streamlit as st

import session
from components.assumption_values import rough_text, unit_text
from components.charts import PICKED, Swing, measured, tornado_alt, tornado_chart, tornado_table
from pages.drivers.ranges import go_to_range, place_of
from pages.drivers.studied import studied_words
from pages.frame.chart import show_chart
from pages.frame.text import plain
from pages.frame.working import worked_out
from simulation.policy_ranges import SEATS
from strategy.calendar import month_label
from strategy.deciding import Decider, Deciding, deciding
from strategy.model import Board, Run, Scenario
from strategy.studying import MOST_DRAWS

MOST_BARS = 12
WANTED = "range_wanted"  # in the browser's session: what was chosen in the select box


def deciders(board: Board, run: Run, scenario: Scenario | None, goal: str | None) -> None:
    """Draw the tornado of one outcome, and ways to change what has a range."""
    found = worked_out("deciding", run, lambda progress: deciding(board, run, progress))
    chosen = next(each for each in found if each.outcome.goal == goal)
    currency, measure = board.plan.currency, chosen.outcome.unit
    first = board.plan.start_month
    swings = [swing_of(each, currency, first) for each in chosen.deciders]
    with st.container(border=True):
        picked = show_chart(
            tornado_chart(
                swings[:MOST_BARS],
                chosen.as_drawn,
                palette=session.palette(),
                measure=measure,
                currency=currency,
            ),
            key="tornado",
            heading=finding(chosen, currency),
            caption="Each assumption at a low value (faint; 1 in 10 futures lie below) and at a "
            "high one (strong; 9 in 10 below), all others as drawn. A click on a bar opens where "
            "its range is set. The table has all "
            f"{len(swings)}. {studied_words(run, MOST_DRAWS)}",
            alt_text=tornado_alt(
                swings[:MOST_BARS],
                chosen.as_drawn,
                label=chosen.outcome.label,
                measure=measure,
                currency=currency,
            ),
            table=lambda: tornado_table(swings, measure=measure, currency=currency),
            selection=PICKED,
        )
        wanted = _change(chosen)
    if picked:
        wanted = str(picked[0]["key"])
    opened = next((each for each in chosen.deciders if each.assumption == wanted), None)
    if opened is not None:
        _open(board, scenario, opened)


def swing_of(each: Decider, currency: str, first_month: str) -> Swing:
    """Return an assumption's two ends as the chart shows them; a start's as months by name."""

    def text(value: float) -> str:
        if each.is_start:
            return month_label(first_month, int(value))
        if each.unit == SEATS:
            return f"{value:,.0f}"
        return rough_text(value, each.unit, currency)

    return Swing(
        key=each.assumption,
        label=each.label,
        unit="" if each.is_start else unit_text(each.unit),
        low_value=text(each.low_value),
        high_value=text(each.high_value),
        low=each.low,
        high=each.high,
        correlation=each.correlation,
    )


def finding(chosen: Deciding, currency: str) -> str:
    """Return which assumption decides most, and how much, as the chart's heading."""
    if not chosen.deciders:
        return "Every assumption is one fixed number: nothing but luck is left to decide it"
    first = chosen.deciders[0]
    low, high = (
        measured(end, chosen.outcome.unit, currency) for end in sorted((first.low, first.high))
    )
    if low == high:
        return "No assumption by itself moves it"
    what = "net benefit" if chosen.outcome.goal is None else "the chance"
    return f"“{first.label}” decides most: {what} from {low} to {high}"


def _change(chosen: Deciding) -> str | None:
    """Draw a select box for those who do not click on bars; return what was chosen just now."""
    labels = {each.assumption: each.label for each in chosen.deciders}
    key = session.dialog_key("change_range")
    st.selectbox(
        "Look at a range or change it",
        list(labels),
        index=None,
        format_func=lambda each: plain(labels[each]),
        placeholder="Choose one, or click a bar",
        key=key,
        on_change=_note,
        args=(key,),
        width=460,
    )
    wanted: str | None = st.session_state.pop(WANTED, None)
    return wanted


def _note(key: str) -> None:
    """Note what was chosen; the box starts fresh, so that the same can be chosen again."""
    st.session_state[WANTED] = st.session_state.get(key)
    session.renew_dialog_keys()


def _open(board: Board, scenario: Scenario | None, each: Decider) -> None:
    place = place_of(board, scenario, each)
    if place is None:
        session.say("error", f"“{each.label}” is set nowhere in the plan any more.")
        st.rerun()
    go_to_range(place)
