"""What happened each month, and how does it compare with what we expected?"""

import streamlit as st

import session
from pages.actuals.against_forecast import against_forecast
from pages.actuals.fields import monthly_fields
from pages.actuals.importing import import_section
from pages.actuals.learning import learning_section
from pages.frame.bar import show_messages
from pages.frame.opening import about_plan
from pages.frame.text import plain
from reports.actuals_words import headline, mark_words, timing_words
from strategy.actuals import counted_metrics, month_label_of
from strategy.against import compared
from strategy.forecasts import Forecast, choices, read_forecast, usual_choice
from strategy.metrics import GOAL_METRICS, GoalMetric
from strategy.model import Actual, Board, ForecastMark

BEFORE = (
    "Type the figure of each month, or import them. The chart shows them over a forecast that "
    "was stored before and has not changed since."
)


def actuals_page() -> None:
    """Draw what happened in the months of the plan, over a frozen forecast of it."""
    about_plan(
        _drawn,
        missing="There is no plan whose months could be looked at.",
        note="The plan as it stands on the board",
    )


def _drawn(board: Board) -> None:
    title, note = st.empty(), st.empty()
    title.title("What happened so far?")
    actuals = session.store().actuals(board.plan.id)
    marks = _marks(board)
    if not marks:
        st.text("The plan cannot be simulated yet, so there is no forecast to compare with.")
        return
    metric, forecast = _chosen(board, actuals, marks)
    own = [each for each in actuals if each.metric == metric.key]
    rows = compared(metric, own, forecast)
    title.title(plain(headline(metric, rows)))
    note.caption(plain(_note(forecast, own)))
    against_forecast(board, metric, own, forecast, rows)
    monthly_fields(board, metric, actuals)
    import_section(board, actuals)
    learning_section(board, forecast, actuals)


def _marks(board: Board) -> tuple[ForecastMark, ...]:
    """Return the stored forecasts; where there is none yet, the plan is run first."""
    marks = session.store().forecast_marks(board.plan.id)
    if not marks:
        with st.spinner("Simulating…", show_time=True):
            session.run_of(board)
        show_messages()
        marks = session.store().forecast_marks(board.plan.id)
    return marks


def _chosen(
    board: Board, actuals: tuple[Actual, ...], marks: tuple[ForecastMark, ...]
) -> tuple[GoalMetric, Forecast]:
    """Let people choose what is looked at, and the forecast it is compared with."""
    left, right = st.columns([2, 3])
    metrics = counted_metrics(board.goals, actuals)
    key = left.selectbox(
        "Figure",
        [each.key for each in metrics],
        format_func=lambda key: month_label_of(GOAL_METRICS[key]),
        key=f"actuals_metric_{board.plan.id}",
        persist_state="session",
    )
    by_id = {mark.id: mark for mark in choices(marks)}
    usual = usual_choice(list(by_id.values()), actuals)
    chosen = right.selectbox(
        "Forecast",
        list(by_id),
        index=list(by_id).index(usual.id) if usual else 0,
        format_func=lambda each: mark_words(by_id[each]),
        help="Snapshots, the first run of the plan, and the last run of each day.",
        key=f"actuals_forecast_{board.plan.id}_{usual.id if usual else ''}",
    )
    mark = by_id[chosen]
    forecast = session.once(
        ("forecast", mark.id), lambda: read_forecast(session.store(), board, mark)
    )
    return GOAL_METRICS[key], forecast


def _note(forecast: Forecast, own: list[Actual]) -> str:
    if not own:
        return BEFORE
    words, _ = timing_words(forecast, own)
    return f"{mark_words(forecast.mark)}. {words}"
