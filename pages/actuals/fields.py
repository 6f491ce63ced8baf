"""A field for each month of a metric; each is kept when it is left."""

from collections.abc import Sequence

import streamlit as st

import session
from components.numbers import format_value
from pages.frame.chart import heading_row
from pages.frame.live_field import last_kept, note_kept, showing, typed
from pages.frame.text import plain
from reports.actuals_words import figures_frame, month_name, span_words, year_words
from reports.wording import date_words
from strategy.actuals import Place, month_label_of, set_actuals
from strategy.calendar import month_name as month_of
from strategy.calendar import month_of_plan
from strategy.errors import EditConflict
from strategy.metrics import GoalMetric, Unit
from strategy.model import Actual, Board

YEAR, IN_A_ROW = 12, 4
STEPS: dict[Unit, float] = {
    "money": 1000.0,
    "percent": 0.5,
    "hours": 0.5,
    "days": 1.0,
    "count": 1.0,
}
FORMATS: dict[Unit, str] = {
    "money": "%.0f",
    "percent": "%.1f",
    "hours": "%.1f",
    "days": "%.1f",
    "count": "%.0f",
}
UNITS: dict[Unit, str] = {"percent": "%", "hours": "h", "days": "days", "count": "number"}


def monthly_fields(board: Board, metric: GoalMetric, actuals: Sequence[Actual]) -> None:
    """Draw a year's fields of a metric; beside the heading, the table of all figures."""
    own = [each for each in actuals if each.metric == metric.key]
    unit = UNITS.get(metric.unit) or board.plan.currency
    heading_row(
        f"{month_label_of(metric)} ({unit})",
        lambda: figures_frame(actuals),
        key="actuals_figures",
    )
    st.caption("Each figure is kept when you leave its field. An empty field has no figure.")
    months = _year(board)
    known = {each.month: each for each in own}
    for first in range(0, len(months), IN_A_ROW):
        row = months[first : first + IN_A_ROW]
        with st.container(key=f"months_{first}"):
            for column, month in zip(st.columns(IN_A_ROW), row, strict=False):
                _field(column, board, metric, month, known.get(month))
    _unfinished(months, known)
    _outside(board, own)


def _year(board: Board) -> list[str]:
    """Let people choose a year of the plan; return its months."""
    months = [month_of(board.plan.start_month, at + 1) for at in range(board.plan.months)]
    years = {f"{at}": months[at : at + YEAR] for at in range(0, len(months), YEAR)}
    if len(years) == 1:
        return months
    chosen = st.segmented_control(
        "Months",
        list(years),
        default="0",
        required=True,
        format_func=lambda at: year_words(years[at]),
        label_visibility="collapsed",
        key=f"actuals_year_{board.plan.id}",
    )
    return years.get(str(chosen), months[:YEAR])


def _field(
    column: st.delta_generator.DeltaGenerator,
    board: Board,
    metric: GoalMetric,
    month: str,
    kept: Actual | None,
) -> None:
    key = showing(
        f"actual_{board.plan.id}_{metric.key}_{month}",
        None if kept is None else _shown(metric, kept.value),
    )
    column.number_input(
        month_name(month),
        value=None,
        step=STEPS[metric.unit],
        format=FORMATS[metric.unit],
        placeholder="no figure",
        help=_origin(kept),
        key=key,
        on_change=_keep,
        args=(board, metric, month, key),
    )


def _origin(kept: Actual | None) -> str | None:
    if kept is None:
        return None
    source = f" from {kept.source}" if kept.source else ""
    return plain(f"Set by {kept.set_by}{source}, {date_words(kept.set_at)}")


def _shown(metric: GoalMetric, value: float) -> float:
    """Return a figure as it is typed: percentages as such."""
    return round(100 * value, 8) if metric.unit == "percent" else value


def _meant(metric: GoalMetric, shown: float | None) -> float | None:
    return round(shown / 100, 12) if shown is not None and metric.unit == "percent" else shown


def _keep(board: Board, metric: GoalMetric, month: str, key: str) -> None:
    """Keep what was typed, unless somebody else changed the figure meanwhile."""
    place = Place(metric.key, month)
    base, wanted = _meant(metric, last_kept(key)), _meant(metric, typed(key))

    def save() -> int:
        try:
            return set_actuals(
                session.store(), board.plan.id, session.actor(), {place: base}, {place: wanted}
            )
        except EditConflict as conflict:
            [(theirs, _)] = conflict.fields.values()
            raise EditConflict(_clash(board, metric, month, theirs), conflict.fields) from conflict

    if session.attempt(save) is not None:
        note_kept(key)


def _clash(board: Board, metric: GoalMetric, month: str, theirs: object) -> str:
    value = theirs if isinstance(theirs, float) else None
    said = (
        "removed it"
        if value is None
        else (f"set it to {format_value(value, metric.unit, board.plan.currency)}")
    )
    return (
        f"{month_name(month)} was not kept: somebody else {said} meanwhile. "
        "Type it again to keep yours."
    )


def _unfinished(months: Sequence[str], known: dict[str, Actual]) -> None:
    """Ask about figures of months that have not ended."""
    now = session.store().now()[:7]
    early = [month for month in months if month in known and month >= now]
    if early:
        which = span_words(early[0], early[-1])
        verb = "has" if len(early) == 1 else "have"
        st.caption(f"{which} {verb} not ended yet. Is the year right?")


def _outside(board: Board, own: Sequence[Actual]) -> None:
    """Say that figures are kept of months which the plan no longer covers."""
    plan = board.plan
    lost = [
        each.month
        for each in own
        if not 1 <= month_of_plan(plan.start_month, each.month) <= plan.months
    ]
    if lost:
        count = "1 figure is" if len(lost) == 1 else f"{len(lost)} figures are"
        st.caption(
            f"{count} kept of months outside the plan ({span_words(min(lost), max(lost))}); "
            "the table has them."
        )
