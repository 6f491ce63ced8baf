"""What the first year may cost in this scenario, and how likely it keeps within that."""

from dataclasses import replace

import streamlit as st

import session
from components.numbers import format_range, futures, money
from pages.frame.live_field import note_kept, showing, typed
from pages.frame.text import plain
from pages.simulate.edit import saver
from pages.simulate.fields import Save
from strategy.amounts import symbol
from strategy.budget import budget_of, spending
from strategy.levers import MOST_MONEY, Levers
from strategy.model import Board, Plan, Run, Scenario


def budget_box(board: Board, scenario: Scenario, run: Run | None) -> None:
    """Ask for the budget of the first 12 months; say whether this scenario keeps within it."""
    budget = budget_of(board.plan, Levers.from_json(scenario.overrides))
    key = showing(f"budget_{scenario.id}", budget)
    with st.container(border=True, key="budget"):
        st.number_input(
            f"Budget for the first 12 months ({symbol(board.plan.currency)})",
            value=None,
            step=10_000.0,
            format="%.0f",
            placeholder="None set",
            key=key,
            on_change=_set,
            args=(key, board.plan, saver(board, scenario)),
        )
        if run is not None:
            st.markdown(plain_words(run, budget, board.plan.currency))


def plain_words(run: Run, budget: float | None, currency: str) -> str:
    """Return what the first year costs, and how that compares with the budget."""
    found = spending(run.summary, budget)
    costs = (
        f"Year 1 costs {money(found.middle, currency)} in the middle future, 80% range "
        f"{format_range(found.low, found.high, 'money', currency)}"
    )
    if found.over is None:
        return plain(f"{costs}. Set a budget to see how likely it is enough.")
    side = "more" if found.over > 0 else "less"
    gap = f"{money(abs(found.over), currency)} {side} than the budget"
    return f"**Within the budget in {futures(found.chance)} futures.** " + plain(f"{costs}; {gap}.")


def _set(key: str, plan: Plan, save: Save) -> None:
    wanted = typed(key)
    if wanted is not None and not 0 <= wanted <= MOST_MONEY:
        session.say(
            "error",
            f"The budget is {wanted:,.10g}. Use a number from 0 to {MOST_MONEY:,.0f}, or leave it "
            "empty to follow the plan. Nothing was changed.",
        )
        return
    own = None if wanted == plan.budget else wanted
    if save(lambda levers: replace(levers, budget=own)):
        note_kept(key)
