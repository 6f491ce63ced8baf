"""What each tactic adds to the chosen outcome."""

import pandas as pd
import streamlit as st

import session
from components.charts import Item, bar_list, bar_list_alt, measured, measured_change
from pages.drivers.studied import studied_words
from pages.frame.chart import show_chart
from pages.frame.working import worked_out
from simulation.attribution import MOST_FOR_SHAPLEY
from strategy.contributing import MOST_MIX_DRAWS, Contributing, Contributor, contributing
from strategy.model import Board, Run, Scenario


def contributions(board: Board, run: Run, scenario: Scenario | None, goal: str | None) -> None:
    """Draw each tactic's part of one outcome, the largest first, and the total."""
    found = worked_out(
        "contributing",
        run,
        lambda progress: contributing(board, run, scenario, progress),
        *(f"{tactic.id} {tactic.version}" for tactic in board.tactics),
    )
    chosen = next(each for each in found if each.outcome.goal == goal)
    currency = board.plan.currency
    listed = items(chosen, currency)
    with st.container(border=True):
        show_chart(
            bar_list(listed, palette=session.palette()),
            key="contributions",
            heading=finding(chosen, currency),
            caption=f"{explained(chosen)} {studied_words(run, MOST_MIX_DRAWS)}",
            alt_text=bar_list_alt(listed),
            table=lambda: contributions_table(chosen, currency),
        )


def finding(chosen: Contributing, currency: str) -> str:
    """Return what all tactics bring together, from where to where."""
    measure = chosen.outcome.unit
    change = measured_change(chosen.total, measure, currency)
    before, after = (
        measured(each, measure, currency) for each in (chosen.without, chosen.with_all)
    )
    if chosen.outcome.goal is None:
        return f"All tactics together change net benefit by about {change} on average"
    return f"All tactics together change the chance by about {change}, from {before} to {after}"


def explained(chosen: Contributing) -> str:
    """Return how to read the bars."""
    ring = "what would be lost if only this tactic were left out"
    policy = (
        "Without a tactic, freed hours go where the other tactics on the board send them. "
        "Averages over the futures."
    )
    if chosen.has_shares:
        return (
            "Bar: the tactic’s share, its mean addition over every order in which the tactics "
            "could be introduced; parts add up to the total, but for the last digit. Ring: "
            f"{ring}. {policy}"
        )
    return (
        f"Bar: {ring}. Shares that add up to the total need at most {MOST_FOR_SHAPLEY} tactics; "
        f"this plan has {len(chosen.parts)}. Tactics overlap, so these bars do not add up. "
        f"{policy}"
    )


def items(chosen: Contributing, currency: str) -> list[Item]:
    """Return a bar a tactic, the largest first, and the total."""
    total = Item(
        label="All tactics together",
        value=chosen.total,
        text=measured_change(chosen.total, chosen.outcome.unit, currency),
        role="total",
        tip="All tactics together",
        ring=None,
    )
    return [*(_item(part, chosen, currency) for part in chosen.parts), total]


def _item(part: Contributor, chosen: Contributing, currency: str) -> Item:
    measure = chosen.outcome.unit
    shown = measured_change(part.shown, measure, currency)
    hurts = is_hurting(part, shown)
    last = measured_change(part.last, measure, currency)
    return Item(
        label=f"{part.title} (takes away)" if hurts else part.title,
        value=part.shown,
        text=shown,
        role="loss" if hurts else "gain",
        tip=f"{part.title}: adds {shown}; on top of all others {last}",
        ring=part.last if chosen.has_shares else None,
    )


def is_hurting(part: Contributor, shown: str) -> bool:
    """Return whether a tactic takes away more than rounds to nothing."""
    return part.shown < 0 and any(digit in shown for digit in "123456789")


def contributions_table(chosen: Contributing, currency: str) -> pd.DataFrame:
    """Return a row a tactic and the total; shares only where they add up."""
    unit = currency if chosen.outcome.unit == "money" else "share of futures"
    rows = [(part.title, part.share, part.last) for part in chosen.parts]
    whole = chosen.total if chosen.has_shares else None
    return pd.DataFrame(
        [*rows, ("All tactics together", whole, chosen.total)],
        columns=["Tactic", f"Share of the total ({unit})", f"Lost without it ({unit})"],
    )
