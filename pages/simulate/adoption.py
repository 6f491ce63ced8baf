"""Adoption and shelfware on Simulate: paid seats in use, and how far each tactic is taken up."""

import pandas as pd
import streamlit as st

import session
from components.charts import fan_alt, fan_chart, fan_table
from components.charts.range_list import Spread, range_list, range_list_alt
from components.numbers import chance, format_range, format_value, money
from pages.frame.chart import show_chart
from strategy.adoption import Adoption, Taken, adoption_of
from strategy.calendar import month_label
from strategy.model import Board, Run


def adoption_part(board: Board, run: Run) -> None:
    """Draw the share of paid seats in use over time, then each tactic's adoption."""
    if not run.inputs["tactics"]:
        st.caption("No tactic is in this scenario, so there is nothing to take up.")
        return
    with st.spinner("Working it out…", show_time=True):
        found = session.once(
            ("adoption", run.id, run.model_version), lambda: adoption_of(board, run)
        )
    if found.first is None:
        st.caption("No seat is paid for in this scenario, so none can be unused.")
    else:
        _seats(board, found, found.first)
    _tactics(board, run, found)


def _seats(board: Board, found: Adoption, first: int) -> None:
    currency = board.plan.currency
    start = _month_key(board.plan.start_month, first)
    show_chart(
        fan_chart(found.used, palette=session.palette(), unit="percent", start_month=start),
        key="seats_in_use",
        heading=seats_finding(found, board.plan.start_month, currency),
        caption="Share of paid seats that reps use, weighed by price; bands hold 80 and 50 of "
        f"100 futures. {seats_words(found, currency)}",
        alt_text=fan_alt(
            found.used, unit="percent", start_month=start, label="The share of paid seats in use"
        ),
        table=lambda: seats_table(found, first, start, currency),
    )


def _month_key(start_month: str, month: int) -> str:
    """Return a month of the plan as "YYYY-MM"."""
    year, first = (int(part) for part in start_month.split("-"))
    years, at = divmod(first - 1 + month - 1, 12)
    return f"{year + years}-{at + 1:02d}"


def seats_finding(found: Adoption, start_month: str, currency: str) -> str:
    """Return "42% of paid seats are unused in Dec 2029, $8k a month"."""
    paid, unused = found.paid[-1], found.unused[-1]
    end = month_label(start_month, len(found.paid))
    share = chance(unused / paid)
    return f"{share} of paid seats are unused in {end}, {money(unused, currency)} a month"


def seats_words(found: Adoption, currency: str) -> str:
    """Return what seats that nobody uses cost over the whole plan."""
    total = found.unused_total
    return (
        f"Over the whole plan seats that nobody uses cost {money(total['mean'], currency)} on "
        f"average, 80% range {format_range(total['p10'], total['p90'], 'money', currency)}."
    )


def seats_table(found: Adoption, first: int, start: str, currency: str) -> pd.DataFrame:
    """Return the share of seats in use by month, and what is paid and not used."""
    table = fan_table(found.used, start_month=start, unit="percent")
    table["Paid for seats"] = [money(each, currency) for each in found.paid[first - 1 :]]
    table["Not used, on average"] = [money(each, currency) for each in found.unused[first - 1 :]]
    return table


def _tactics(board: Board, run: Run, found: Adoption) -> None:
    items = [adoption_row(each, board.plan.currency) for each in found.tactics]
    if not items:
        return
    end = month_label(board.plan.start_month, run.months)
    least = found.tactics[0]
    finding = f"Least taken up: {least.title}, by {chance(least.p50)} of reps"
    show_chart(
        range_list(items, palette=session.palette()),
        key="adoption",
        heading=finding,
        caption=f"Share of reps who use each tactic in {end}: middle future and 80% range. "
        "What does not fit is tried and left again.",
        alt_text=f"{finding}. {range_list_alt(items)}",
        table=lambda: adoption_table(found),
    )


def adoption_row(taken: Taken, currency: str) -> Spread:
    """Return one tactic as a row of the chart."""
    span = format_range(taken.p10, taken.p90, "percent")
    paid = f" Its seats cost {money(taken.seats, currency)} a month." if taken.seats else ""
    return {
        "label": taken.title,
        "low": taken.p10,
        "middle": taken.p50,
        "high": taken.p90,
        "text": chance(taken.p50),
        "tip": f"{taken.title}: {format_value(taken.p50, 'percent')} of reps in the middle "
        f"future, 80% range {span}.{paid}",
    }


def adoption_table(found: Adoption) -> pd.DataFrame:
    """Return one row a tactic: the share of reps who use it, and what its seats cost."""
    return pd.DataFrame(
        [(each.title, each.p10, each.p50, each.p90, each.seats) for each in found.tactics],
        columns=["Tactic", "1 in 10 below", "Middle", "9 in 10 below", "Seats a month"],
    ).round(3)
