"""What limits the plan month by month, and what one more of each is worth."""

from collections import Counter

import pandas as pd
import streamlit as st

import session
from components.charts import LimitRow, limits_alt, limits_chart, limits_table
from components.numbers import money
from pages.drivers.rows import line
from pages.drivers.studied import studied_words
from pages.frame.chart import heading_row, show_chart
from pages.frame.working import worked_out
from strategy.limiting import OPPORTUNITIES, Limit, Limiting, limiting
from strategy.model import Board, Run
from strategy.studying import MOST_DRAWS


def limits(board: Board, run: Run) -> None:
    """Draw the limits by month and what one more unit of each would bring."""
    found = worked_out("limiting", run, lambda progress: limiting(run, progress))
    currency, start = board.plan.currency, board.plan.start_month
    rows = limit_rows(found)
    with st.container(border=True):
        show_chart(
            limits_chart(
                rows,
                found.periods,
                found.binding,
                palette=session.palette(),
                start_month=start,
                currency=currency,
            ),
            key="limits",
            heading=finding(found),
            caption="Height: what 1% more of it in that month alone would bring, one scale for "
            "all. Teal: worth most of these in that month. For the whole plan, whichever outcome "
            f"is chosen. {studied_words(run, MOST_DRAWS)}",
            alt_text=limits_alt(rows),
            table=lambda: limits_table(rows, found.periods, found.binding, start_month=start),
        )
    with st.container(border=True):
        _worth(found, currency)


def finding(found: Limiting) -> str:
    """Return what limits the plan in most months."""
    counted = Counter(each for each in found.binding if each)
    if not counted:
        return "Nothing limits this plan: more of anything would bring nothing"
    key, _ = counted.most_common(1)[0]
    label = next(each.label for each in found.limits if each.key == key)
    return f"{label} limits this plan {_share(found, key)}"


def _share(found: Limiting, key: str) -> str:
    """Return in how many months a limit binds."""
    lengths = [last - first + 1 for first, last in found.periods]
    bound = sum(length for length, each in zip(lengths, found.binding, strict=True) if each == key)
    return f"in {bound} of {sum(lengths)} months"


def limit_rows(found: Limiting) -> list[LimitRow]:
    """Return the limits other than opportunities as the chart shows them."""
    return [
        LimitRow(
            key=each.key,
            label=each.label,
            note=f"limits most {_share(found, each.key)}"
            if each.key in found.binding
            else "never limits most",
            worth=each.by_period,
        )
        for each in found.upstream
    ]


def _worth(found: Limiting, currency: str) -> None:
    table = worth_table(found, currency)
    heading_row(
        "What one more is worth, in a month of the plan on average",
        lambda: table,
        key="limits_worth",
    )
    for each in found.limits:
        line(each.what, each.label, one_more_words(each, currency), percent_words(each, currency))
    st.caption(
        "Margin less commission on the bookings that come of it, whenever they close, not "
        "discounted. More new opportunities nearly always bring most, since 1% more of them is 1% "
        "more bookings; they come of the limits above, so those say where to act. 1% more "
        "productive reps count as much as 1% more selling hours."
    )


def one_more_words(each: Limit, currency: str) -> str:
    """Return what one more unit is worth, or that there is nothing to add to."""
    return "Nothing to add to" if each.one_more is None else money(each.one_more, currency)


def percent_words(each: Limit, currency: str) -> str:
    """Return what 1% more is worth a month, with its sampling error."""
    error = money(each.error, currency)
    return f"1% more: about {money(each.one_percent, currency)} a month, sampling error {error}"


def worth_table(found: Limiting, currency: str) -> pd.DataFrame:
    """Return a row a limit with the worth of one more unit and of 1% more."""
    return pd.DataFrame(
        {
            "Limit": [each.label for each in found.limits],
            "What": [each.what for each in found.limits],
            f"Worth ({currency})": [each.one_more for each in found.limits],
            f"Worth of 1% more a month ({currency})": [each.one_percent for each in found.limits],
            f"Sampling error ({currency})": [each.error for each in found.limits],
            "Comes of the others": [each.key == OPPORTUNITIES for each in found.limits],
        }
    )
