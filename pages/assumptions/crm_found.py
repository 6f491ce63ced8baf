"""What an export says: the shares, each assumption before and after, groups, what was dropped."""

import pandas as pd
import streamlit as st

from calibration import Calibration, Estimate, Groups, StageTime, sample_words
from calibration.amount_groups import LogPrior, Size
from calibration.season import METHOD, Season
from components.numbers import MINUS, format_value, typed_cost
from pages.frame.text import plain
from reports.tables import csv_bytes
from simulation.defaults import defaults
from strategy.amounts import symbol
from strategy.calendar import MONTHS
from strategy.model import Board
from strategy.season import SEASONS, in_words, season_of

APPLIED = (
    "bookings_per_seat",
    "win_rate",
    "deal_size",
    "deal_size_variation",
    "cycle_months",
    "demand_spread",
    "demand_persistence",
)
NEW = "opportunities"  # whose season a file tells
_LINES_SHOWN = 5


def show_found(board: Board, found: Calibration) -> None:
    """Draw what was found, beside what the plan uses now."""
    currency = board.plan.currency
    st.markdown("**What was found**")
    _facts(found, currency)
    rows = [before_and_after(board, getattr(found, name)) for name in APPLIED]
    rows.append(season_row(board, found.season))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={"Assumption": st.column_config.TextColumn(width=190)},
    )
    _season_table(board, found.season)
    _dropped_line(found)
    _hygiene(found)
    with st.expander(f"Notes ({len(found.notes)})"):
        for note in found.notes:
            st.text(note)
    for title, groups in (("reps", found.reps), ("segments", found.segments)):
        if groups is not None:
            _group_table(title, groups, currency)
    if found.stages:
        _stage_table(found.stages)


def _hygiene(found: Calibration) -> None:
    """Say what was left out and what was odd, a few lines each, and offer every line."""
    with st.expander(f"Dropped and noticed ({len(found.dropped) + len(found.kept)})"):
        for title, findings in (("dropped", found.dropped), ("kept", found.kept)):
            for each in findings:
                lines = ", ".join(f"{line:,}" for line in each.lines[:_LINES_SHOWN])
                more = " and more" if each.count > _LINES_SHOWN else ""
                st.text(f"{each.count:,} {title}: {each.reason} (lines {lines}{more})")
        if not (found.dropped or found.kept):
            st.text("Every row is counted, and none is odd.")
        else:
            st.download_button(
                "All lines (CSV)",
                lambda: hygiene_csv(found),
                file_name="dropped_and_noticed.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key="crm_hygiene",
            )


def hygiene_csv(found: Calibration) -> bytes:
    """Return one row for each line of the file that was dropped or is odd."""
    rows = [
        (line, title, each.reason)
        for title, findings in (("dropped", found.dropped), ("kept", found.kept))
        for each in findings
        for line in each.lines
    ]
    return csv_bytes(("Line of the file", "Dropped or kept", "Why"), sorted(rows))


def _facts(found: Calibration, currency: str) -> None:
    with st.container(horizontal=True):
        _fact("Won in the end", found.win_rate.mode, "of new deals")
        if found.closed_only_rate is not None:
            _fact("Won of closed deals only", found.closed_only_rate, "overstates: not used")
        if found.lost_share is not None:
            _fact("Lost", found.lost_share, "of new deals")
        if found.never_closed_share is not None:
            _fact("Never closed", found.never_closed_share, "neither won nor lost")
        if found.bookings_per_month is not None:
            _number_fact(
                "Bookings a month",
                format_value(found.bookings_per_month.mode, "money", currency),
                f"{found.seats} seats",
            )
        if found.opportunities_per_month is not None:
            each = found.opportunities_per_month
            _number_fact("New deals a month", f"{each.mode:,.0f}", f"{each.low:,.0f} to "
                         f"{each.high:,.0f}")  # fmt: skip
    if found.opportunities_per_month is not None and found.bookings_per_month is not None:
        st.caption(plain(creation_words(found)))


def creation_words(found: Calibration) -> str:
    """Return why new deals are shown only, and what the other numbers make of them.

    `found` has bookings and new deals a month.
    """
    assert found.bookings_per_month is not None
    implied = found.bookings_per_month.mode / (found.win_rate.mode * found.deal_size.mode)
    return (
        "New deals a month are shown only. The model works them out from bookings, win rate and "
        f"deal size, so that the three give what was booked: here {implied:,.0f} a month. A count "
        "of its own could contradict them."
    )


def _fact(label: str, share: float, note: str) -> None:
    _number_fact(label, f"{100 * share:.1f}%", note)


def _number_fact(label: str, value: str, note: str) -> None:
    st.metric(label, value, note, delta_color="off", delta_arrow="off", border=True)


def before_and_after(board: Board, estimate: Estimate) -> dict[str, str]:
    """Return an assumption's row: what the plan uses now and what was found."""
    name, currency = estimate.name, board.plan.currency
    shipped = defaults().assumptions[name].range
    now = board.plan.assumptions.get(name) or shipped
    return {
        "Assumption": _label(name),
        "From this file": _span_text(name, estimate.low, estimate.mode, estimate.high, currency),
        "Now": _span_text(name, now.low, now.mode, now.high, currency),
        "Change": _change(now.mode, estimate.mode),
        "Sample": sample_words(estimate),
        "How": estimate.method,
        "Note": estimate.note,
    }


def season_row(board: Board, season: Season) -> dict[str, str]:
    """Return the season's row: its strongest and weakest month now and in the file."""
    return {
        "Assumption": f"Season of {SEASONS[NEW]}",
        "From this file": in_words(season.factors) if season.factors else "not told",
        "Now": in_words(season_of(board.plan)[NEW]),
        "Change": "",
        "Sample": f"{season.months} months",
        "How": METHOD if season.factors else "",
        "Note": season.why,
    }


def _season_table(board: Board, season: Season) -> None:
    if season.factors is None:
        return
    now = season_of(board.plan)[NEW]
    with st.expander(f"Season of {SEASONS[NEW]}, month by month"):
        st.caption(
            "100% is an average month. How the win rate changes with the month cannot be told "
            "from a file: deals won in one month were worked on in others."
        )
        rows = [
            {"Month": month, "From this file": f"{found:.0%}", "Now": f"{used:.0%}"}
            for month, found, used in zip(MONTHS, season.factors, now, strict=True)
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def _label(name: str) -> str:
    """Return an assumption's name, with its unit where the numbers do not carry it."""
    known = defaults().assumptions[name]
    return f"{known.label}, {known.unit}" if known.unit in ("months", "log") else known.label


def _change(now: float, found: float) -> str:
    percent = round(100 * (found / now - 1)) if now else None
    return "" if percent is None else f"{percent:+,d}%".replace("-", MINUS) if percent else "none"


def _span_text(name: str, low: float, mode: float, high: float, currency: str) -> str:
    first, likely, last = (_number(name, each, currency) for each in (low, mode, high))
    return f"{likely} (fixed)" if low == high else f"{likely} ({first} to {last})"


def _number(name: str, value: float, currency: str) -> str:
    unit = defaults().assumptions[name].unit
    if unit.startswith("currency"):
        return (
            typed_cost(value, currency) if value >= 100_000 else f"{symbol(currency)}{value:,.0f}"
        )
    return f"{100 * value:.1f}%" if unit == "share" else f"{value:.2f}"


def _dropped_line(found: Calibration) -> None:
    lost = sum(each.count for each in found.dropped)
    if lost > found.deals:
        st.warning(
            f"{lost:,} rows were dropped and only {found.deals:,} are used. Check which column "
            "is which before you apply this.",
            icon=":material/warning:",
        )
    else:
        st.caption(f"{found.deals:,} deals used, {lost:,} rows dropped.")


def _stage_table(stages: tuple[StageTime, ...]) -> None:
    with st.expander(f"Time in stages ({len(stages)})"):
        st.caption(
            "From entering a stage to entering a later one or closing; deals still in it are "
            "followed to the last day. Shown only: the model has three stages of a third of the "
            "cycle each, and its one number for time is the mean cycle, which is among the "
            "assumptions above."
        )
        rows = [
            {
                "Stage": each.name,
                "Deals": f"{each.entered:,}",
                "Half leave within": f"{each.median_days:,} days",
                "Mean": f"{each.mean_days:,.0f} days",
            }
            for each in stages
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def _group_table(title: str, groups: Groups, currency: str) -> None:
    with st.expander(f"Win rate and deal size by {title}: {groups.verdict}"):
        st.caption(
            "Of closed deals. A group's own rate is shown from 15 wins on; the shrunk one is "
            "drawn towards the whole by as many deals as the differences between groups ask for. "
            f"Differences like these come by luck in {100 * groups.fit.chance:.0f} of 100 cases."
            if groups.fit.is_fitted
            else "Of closed deals. A group's own rate is shown from 15 wins on."
        )
        st.caption(_size_words(groups.sizes))
        rows = [
            {
                "Group": each.label,
                "Won": f"{each.wins:,} of {each.decided:,}",
                "Own rate": "too few wins" if each.own is None else f"{100 * each.own:.1f}%",
                "Shrunk rate": f"{100 * each.shrunk:.1f}% ±{196 * each.error:.1f}",
                "Mean deal, shrunk": ""
                if each.deal_size is None
                else _size_text(each.deal_size, currency),
            }
            for each in groups.groups
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def _size_words(prior: LogPrior | None) -> str:
    """Return how groups' deal sizes were drawn towards the whole."""
    if prior is None:
        return (
            "Amounts are too few for logs, or not lognormal within the groups: the mean deal is "
            "mixed with ten wins of the whole as plain means, and has no range."
        )
    if not prior.is_fitted:
        return (
            "The mean deal, with its 80% range, is drawn to the whole on a log scale by "
            f"{prior.strength:.0f} wins: too few groups to tell how much they differ."
        )
    return (
        "The mean deal, with its 80% range, is drawn to the whole on a log scale, as far as the "
        f"differences between groups ask for: by {prior.strength:,.0f} wins."
    )


def _size_text(size: Size, currency: str) -> str:
    if size.low is None or size.high is None:
        return _number("deal_size", size.mean, currency)
    return _span_text("deal_size", size.low, size.mean, size.high, currency)
