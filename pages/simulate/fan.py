"""The fan of one outcome: a first glance from a few futures, then the chart of the run."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

import session
from components.charts import Picture, fan_alt, fan_chart, fan_table
from components.look import LOOK, LookSpot
from components.numbers import chance, format_range, format_value
from components.palette import Palette
from components.svg_look import fan_look_svg
from pages.frame.chart import ChartPlace, fill_place, look_place
from pages.frame.group import page_link
from pages.frame.text import plain
from reports.actuals_words import fan_words
from simulation.outcome import Outcome
from strategy.against import laid_over
from strategy.calendar import month_label
from strategy.metrics import GOAL_METRICS, metric_of
from strategy.model import Actual, Board, Goal, Run
from strategy.summary import first_look

KEY = "projection"


class OutcomeChart:
    """The fan of the metric a person chooses; it is shown once, as soon as its numbers are known.

    Attributes
    ----------
    metric : key of the chosen metric
    """

    def __init__(self, board: Board) -> None:
        """Draw the choice here; the chart will come under it."""
        self._board = board
        self._is_shown = False
        goals = board.simulated_goals
        first = goals[0].metric if goals else "bookings_quarter"
        with st.container(border=True):
            self.metric = st.selectbox(
                "Outcome",
                list(GOAL_METRICS),
                index=list(GOAL_METRICS).index(first),
                format_func=lambda each: GOAL_METRICS[each].label,
                label_visibility="collapsed",
                key="fan_metric",
                persist_state="session",
            )
            self._place = ChartPlace(KEY)
            self._below = st.container()
        self._actuals = session.store().actuals(board.plan.id)

    def spot(self, scenario_id: str) -> LookSpot:
        """Return where levers of a scenario ask for looks at this chart and show them."""
        return {
            "address": f"{LOOK}{self._board.plan.id}/{scenario_id}",
            "place": look_place(KEY),
            "metric": self.metric,
        }

    def look(self, board: Board, outcome: Outcome) -> dict[str, Any]:
        """Return the part of a run's summary that this chart needs."""
        return first_look(board, outcome, self.metric)

    def glance(self, run: Run) -> None:
        """Draw the picture of a run of a few futures; `show` replaces it."""
        fan = Fan(self._board, run, self.metric, self._actuals)
        self._place.glance(fan.picture(), f"First look: {run.draws:,} futures so far.")

    def show(self, run: Run) -> None:
        """Draw the chart of a run, unless it is there already."""
        if self._is_shown:
            return
        self._is_shown = True
        fan = Fan(self._board, run, self.metric, self._actuals)
        fan.fill(self._place)
        if words := fan.happened_words():
            with self._below:
                st.caption(plain(words))
                page_link("actuals", "What happened", ":material/fact_check:")


class Fan:
    """The fan chart of one metric of a run, with its goal if there is one."""

    def __init__(self, board: Board, run: Run, chosen: str, actuals: Sequence[Actual]) -> None:
        """Take the metric `chosen` of a run whose summary has its series."""
        self._board, self._run, self._chosen = board, run, chosen
        self._metric = metric_of(chosen)
        self._goal = next((each for each in board.goals if each.metric == chosen), None)
        self._row = row_of(run, self._goal)
        series = run.summary["series"][chosen]
        self._bands = series["plan"]
        self._given: dict[str, Any] = {
            "unit": self._metric.unit,
            "currency": board.plan.currency,
            "start_month": board.plan.start_month,
            "baseline": series["baseline"]["p50"],
        }
        self._rows = laid_over(self._metric, actuals, self._bands, board.plan.start_month)
        self._happened = {each.number: each.actual for each in self._rows}
        self._given["actuals"] = self._happened
        self._aim: dict[str, Any] = {}
        if self._goal and self._row:
            self._aim = {
                "target": self._goal.target,
                "due": self._row["due"],
                "comparison": ">=" if self._goal.target > self._goal.baseline else "<=",
                "dots": self._row["dots"],
            }

    def picture(self) -> Picture:
        """Return the chart alone."""
        return fan_chart(self._bands, palette=session.palette(), **self._given, **self._aim)

    def look_svg(self, palette: Palette, width: int) -> str:
        """Return the chart as a picture that may cover it, `width` pixels wide."""
        return fan_look_svg(self._bands, width=width, palette=palette, **self._given, **self._aim)

    def finding(self) -> str:
        """Return what the chart says, in a sentence."""
        label = self._metric.label
        return _finding(self._board, self._run, label, self._chosen, self._goal, self._row)

    def happened_words(self) -> str:
        """Return where what happened lies in the range; "" if nothing can be compared."""
        return fan_words(self._metric, self._rows, self._board.plan.currency)

    def fill(self, place: ChartPlace) -> None:
        """Draw the chart with its finding, its words and its table."""
        board, row = self._board, self._row
        label, start = self._metric.label, board.plan.start_month
        chance_of_goal = row["chance"] if row else None
        fill_place(
            place,
            self.picture(),
            heading=self.finding(),
            caption=_fan_caption(self._metric.statistic, row, start),
            alt_text=fan_alt(
                self._bands, label=label, chance=chance_of_goal, **self._given, **self._aim
            ),
            table=lambda: fan_table(
                self._bands,
                start_month=start,
                baseline=self._given["baseline"],
                target=self._goal.target if self._goal else None,
                unit=self._metric.unit,
                currency=board.plan.currency,
                actuals=self._happened,
            ),
        )


def row_of(run: Run, goal: Goal | None) -> Mapping[str, Any] | None:
    """Return what a run says of a goal, if it does."""
    if goal is None:
        return None
    return next((each for each in run.summary["goals"] if each["id"] == goal.id), None)


def _finding(
    board: Board,
    run: Run,
    label: str,
    key: str,
    goal: Goal | None,
    row: Mapping[str, Any] | None,
) -> str:
    metric, currency = metric_of(key), board.plan.currency
    if goal and row:
        reach = format_value(goal.target, metric.unit, currency)
        return (
            f"{label}: {reach} by {month_label(goal.due_month, 1)} "
            f"in {chance(row['chance'])} of futures"
        )
    last = run.summary["series"][key]["plan"]
    end = month_label(board.plan.start_month, run.months)
    span = format_range(last["p10"][-1], last["p90"][-1], metric.unit, currency)
    return (
        f"{label}: {format_value(last['p50'][-1], metric.unit, currency)} in {end}, "
        f"80% range {span}"
    )


def _fan_caption(statistic: str, row: Mapping[str, Any] | None, start_month: str) -> str:
    said = "Rolling three months. " if statistic == "trailing3" else "By month. "
    if row:
        due = month_label(start_month, row["due"])
        said += f"Each dot is one of 20 equally likely futures in {due}. "
    return said + "Grey: carrying on as today."
