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
from reports.actuals_words import headline, mark_words, scenario_words, timing_words
from strategy.actuals import counted_metrics, month_label_of
from strategy.against import compared
from strategy.forecasts import Forecast, choices, read_forecast, usual_choice
from strategy.metrics import GOAL_METRICS, GoalMetric
from strategy.model import Actual, Board, ForecastMark, Scenario

PLAN = ""  # in the choice of scenarios: the plan as it stands on the board
BEFORE = (
    "Type the figure of each month, or import them. The chart shows them over a forecast that "
    "was stored before and has not changed since."
)


def actuals_page() -> None:
    """Draw what happened in the months of the plan, over a frozen forecast of it."""
    about_plan(
        _drawn,
        missing="There is no plan whose months could be looked at.",
    )


def _drawn(board: Board) -> None:
    title, note = st.empty(), st.empty()
    title.title("What happened so far?")
    actuals = session.store().actuals(board.plan.id)
    metric, scenario, place = _asked(board, actuals)
    marks = _marks(board, scenario)
    if not marks:
        st.text(
            f"{scenario_words(scenario)} cannot be simulated yet, so there is no forecast to "
            "compare with."
        )
        return
    with place:
        forecast = _forecast(board, actuals, scenario, marks)
    own = [each for each in actuals if each.metric == metric.key]
    rows = compared(metric, own, forecast)
    title.title(plain(headline(metric, rows)))
    note.caption(plain(_note(forecast, scenario, own)))
    against_forecast(board, metric, own, forecast, rows)
    monthly_fields(board, metric, actuals)
    import_section(board, actuals)
    learning_section(board, forecast, actuals)


def _marks(board: Board, scenario: Scenario | None) -> tuple[ForecastMark, ...]:
    """Return the stored forecasts; where there is none yet, the plan or scenario is run first."""
    asked = (board.plan.id, scenario.id if scenario else None)
    marks = session.store().forecast_marks(*asked)
    if not marks:
        with st.spinner("Simulating…", show_time=True):
            session.run_of(board, scenario)
        show_messages()
        marks = session.store().forecast_marks(*asked)
    return marks


def _asked(
    board: Board, actuals: tuple[Actual, ...]
) -> tuple[GoalMetric, Scenario | None, st.delta_generator.DeltaGenerator]:
    """Let people choose what is looked at, and whose forecast; return the place for which one."""
    left, middle, right = st.columns([2, 2, 3])
    metrics = counted_metrics(board.goals, actuals)
    key = left.selectbox(
        "Figure",
        [each.key for each in metrics],
        format_func=lambda key: month_label_of(GOAL_METRICS[key]),
        key=f"actuals_metric_{board.plan.id}",
        persist_state="session",
    )
    scenarios = {each.id: each for each in session.store().scenarios(board.plan.id)}
    chosen = middle.selectbox(
        "Forecast of",
        [PLAN, *scenarios],
        format_func=lambda each: scenario_words(scenarios.get(each)),
        help="The plan as it stands on the board, or one of its scenarios.",
        key=f"actuals_scenario_{board.plan.id}",
        persist_state="session",
    )
    return GOAL_METRICS[key], scenarios.get(chosen), right


def _forecast(
    board: Board,
    actuals: tuple[Actual, ...],
    scenario: Scenario | None,
    marks: tuple[ForecastMark, ...],
) -> Forecast:
    """Let people choose the forecast that figures are compared with."""
    by_id = {mark.id: mark for mark in choices(marks)}
    usual = usual_choice(list(by_id.values()), actuals)
    chosen = st.selectbox(
        "Forecast",
        list(by_id),
        index=list(by_id).index(usual.id) if usual else 0,
        format_func=lambda each: _sentence(mark_words(by_id[each])),
        help="Snapshots, the first run, and the last run of each day.",
        key=f"actuals_forecast_{scenario.id if scenario else board.plan.id}_"
        f"{usual.id if usual else ''}",
    )
    mark = by_id[chosen]
    return session.once(
        ("forecast", mark.id, mark.scenario_id or ""),
        lambda: read_forecast(session.store(), board, mark),
    )


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _note(forecast: Forecast, scenario: Scenario | None, own: list[Actual]) -> str:
    if not own:
        return BEFORE
    words, _ = timing_words(forecast, own)
    return f"{scenario_words(scenario)} {mark_words(forecast.mark)}. {words}"
