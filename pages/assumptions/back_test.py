"""Back-test of a CRM export: past forecasts against what happened, or why there are none."""

from collections.abc import Sequence

import streamlit as st

import session
from calibration.back_test import (
    LEARNING_MONTHS,
    MONTHS_NEEDED,
    BackTest,
    Forecast,
    chance_of_misses,
    longest_run,
)
from components.charts.back_test import (
    PastForecast,
    back_test_alt,
    back_test_chart,
    back_test_table,
    side_of,
)
from pages.frame.chart import show_chart
from strategy.model import Board

AHEAD = {1: "One quarter ahead", 2: "Two quarters ahead"}
_HARDLY_LUCK = 0.05
_NO_ACCIDENT = 3  # misses in a row to one side: below 1 in 20 by luck up to 27 quarters
_BOOKED = {"above": "more", "below": "less"}


def show_back_test(board: Board, found: BackTest) -> None:
    """Draw one chart for each distance, or say why there is none."""
    st.markdown("**Back-test: what this file would have forecast**")
    reason = why_none(found)
    if reason:
        st.info(reason, icon=":material/history:")
        return
    st.caption(
        "Each forecast uses only what was known on its day and changes nothing. Amounts and owners "
        "are those of today, and so are the seats: the file does not keep what they were. The "
        "bar is the 80% range, the line in it the middle, the dot what was booked."
    )
    for ahead, heading in AHEAD.items():
        forecasts = found.ahead(ahead)
        if forecasts:
            _chart(board, heading, forecasts, ahead)


def why_none(found: BackTest) -> str:
    """Return why there is nothing to show, and what would help; '' if there is."""
    if not found.is_long_enough:
        months = "1 whole month" if found.months == 1 else f"{found.months} whole months"
        return (
            f"No back-test: this file has {months} of closed deals and it takes {MONTHS_NEEDED}, "
            f"{LEARNING_MONTHS} to learn from and {MONTHS_NEEDED - LEARNING_MONTHS} to be judged "
            "by. How far forecasts from this file can be trusted is not known. Export a longer "
            "time to see it."
        )
    if not found.forecasts:
        return (
            "No back-test: no past quarter has deals won in the months before it. Check what the "
            "stages mean, above."
        )
    return ""


def _chart(board: Board, heading: str, forecasts: Sequence[Forecast], ahead: int) -> None:
    currency, rows = board.plan.currency, [_row(each) for each in forecasts]
    hits = sum(side_of(row) == "inside" for row in rows)
    show_chart(
        back_test_chart(rows, palette=session.palette(), currency=currency),
        key=f"back_test_{ahead}",
        heading=f"{heading}: {hits} of {len(rows)} quarters inside the 80% range",
        caption=f"{misses_named(rows)} {verdict(forecasts)}",
        alt_text=back_test_alt(rows, currency=currency),
        table=lambda: back_test_table(rows, currency=currency),
    )


def misses_named(rows: Sequence[PastForecast]) -> str:
    """Name each quarter outside its range, and to which side."""
    missed = [
        f"{row['quarter']} (booked {_BOOKED[side]} than the range)"
        for row in rows
        if (side := side_of(row)) in _BOOKED
    ]
    return f"Missed: {', '.join(missed)}." if missed else "No quarter was missed."


def verdict(forecasts: Sequence[Forecast]) -> str:
    """Say what the misses tell about the ranges, and how little few quarters tell."""
    count, chance = len(forecasts), chance_of_misses(forecasts)
    run, side = longest_run(forecasts)
    expected = f"About {0.2 * count:.1f} of {count} should miss."
    if run >= _NO_ACCIDENT:
        return (
            f"{expected} {run} in a row were {side} their range: the business changed, and such "
            "forecasts follow only as their year of data fills."
        )
    if chance < _HARDLY_LUCK:
        return (
            f"{expected} So many hardly come by luck: the business changed, or has a season, and "
            "ranges from this file are too narrow."
        )
    if chance == 1:
        return f"{expected} Nothing speaks against the ranges; {count} quarters tell little."
    return (
        f"{expected} As many or more come by luck in {100 * chance:.0f} of 100 cases; {count} "
        "quarters tell little."
    )


def _row(each: Forecast) -> PastForecast:
    return PastForecast(
        made_on=each.made_on,
        quarter=each.quarter,
        low=each.low,
        middle=each.middle,
        high=each.high,
        actual=each.actual,
    )
