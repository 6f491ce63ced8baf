"""What misalignment costs, and which tactics are behind it."""

import pandas as pd
import streamlit as st

import session
from components.charts import Item, bar_list, bar_list_alt
from components.numbers import chance, format_range, money
from pages.drivers.rows import line
from pages.drivers.studied import studied_words
from pages.frame.chart import heading_row, show_chart
from pages.frame.working import worked_out
from strategy.model import Board, Run
from strategy.straying import Stray, Straying, straying
from strategy.studying import MOST_DRAWS


def strays(board: Board, run: Run) -> None:
    """Draw the cost of misalignment, its three parts and the tactics behind it."""
    found = worked_out(
        "straying",
        run,
        lambda progress: straying(board, run, progress),
        *(f"{tactic.id} {tactic.version}" for tactic in board.tactics),
    )
    with st.container(border=True):
        if found.is_nothing:
            st.markdown("**Nothing to report: everything spent serves a goal and is used.**")
            return
        _parts(found, run, board.plan.currency)
    with st.container(border=True):
        _tactics(found, board.plan.currency)


def _parts(found: Straying, run: Run, currency: str) -> None:
    cost = found.cost
    listed = parts(found, currency)
    show_chart(
        bar_list(listed, palette=session.palette()),
        key="misalignment",
        heading=finding(listed, currency),
        caption=f"80% range {format_range(cost.total_p10, cost.total_p90, 'money', currency)}, "
        f"over the whole plan, not discounted; all spending is {money(cost.spend, currency)}. An "
        "hour of coordination counts as what one more rep hour of selling would bring here, "
        f"{money(cost.benefit_per_hour, currency)}. For the whole plan, whichever outcome is "
        f"chosen. {studied_words(run, MOST_DRAWS)}",
        alt_text=bar_list_alt(listed),
        table=lambda: pd.DataFrame(
            [(each["label"], each["value"]) for each in listed], columns=["Part", currency]
        ),
    )


def parts(found: Straying, currency: str) -> list[Item]:
    """Return the three parts and their total as bars."""
    cost = found.cost
    hours = rough_hours(cost.coordination_hours)
    named = [
        ("Spending on tactics without a goal, or that do not help theirs", cost.unaligned_spend),
        ("Paid seats that nobody uses, of all other tactics", cost.shelfware),
        (
            f"Coordination between tactics of different goals, {hours} of reps",
            cost.coordination_cost,
        ),
    ]
    return [
        *(_part(label, value, currency, is_total=False) for label, value in named),
        _part("Cost of misalignment", cost.total, currency, is_total=True),
    ]


def finding(bars: list[Item], currency: str) -> str:
    """Return the total and its largest part, as the chart's heading."""
    *named, total = bars
    largest = max(named, key=lambda each: each["value"])
    return (
        f"Misalignment costs about {money(total['value'], currency)} over the plan. The largest "
        f"part: {largest['label'][0].lower()}{largest['label'][1:]}"
    )


def rough_hours(hours: float) -> str:
    """Return hours in two figures, "8,700 h"."""
    return f"{float(f'{hours:.2g}'):,.0f} h"


def _part(label: str, value: float, currency: str, *, is_total: bool) -> Item:
    written = money(value, currency)
    return Item(
        label=label,
        value=value,
        text=written,
        role="total" if is_total else "cost",
        tip=f"{label}: {written}",
        ring=None,
    )


def _tactics(found: Straying, currency: str) -> None:
    table = strays_table(found.strays, currency)
    heading_row(
        "Tactics behind it, the largest part first", lambda: table, key="misalignment_tactics"
    )
    for each in found.strays:
        line(each.title, reason(each, currency), money(each.figures.cost, currency))


def reason(each: Stray, currency: str) -> str:
    """Return why a tactic is on the list, in a sentence or two."""
    figures = each.figures
    said = {
        "no goal": f"Not under a goal: all of its {money(figures.spend, currency)} counts.",
        "does not help its goal": f"Moves “{each.goal_title}” the right way in "
        f"{chance(figures.chance_it_helps)} of futures: all of its "
        f"{money(figures.spend, currency)} counts.",
        "goal is not simulated": f"Serves “{each.goal_title}”, which is typed: unused seats "
        f"count, {money(figures.shelfware, currency)} of {money(figures.spend, currency)}.",
        "aligned": f"Helps “{each.goal_title}”: unused seats count, "
        f"{money(figures.shelfware, currency)} of {money(figures.spend, currency)}.",
    }[figures.why]
    if figures.coordination_hours < 1:
        return said
    hours = rough_hours(figures.coordination_hours)
    return f"{said} Coordination with tactics of other goals takes {hours} of reps."


def strays_table(strays: tuple[Stray, ...], currency: str) -> pd.DataFrame:
    """Return a row a tactic with its reason and its figures."""
    return pd.DataFrame(
        {
            "Tactic": [each.title for each in strays],
            "Goal": [each.goal_title or "none" for each in strays],
            "Why": [reason(each, currency) for each in strays],
            f"Spending ({currency})": [each.figures.spend for each in strays],
            f"Unused seats ({currency})": [each.figures.shelfware for each in strays],
            "Coordination (rep hours)": [each.figures.coordination_hours for each in strays],
            f"Counted ({currency})": [each.figures.cost for each in strays],
        }
    )
