"""The form: what to search for, and within what limits."""

from dataclasses import dataclass

import streamlit as st

from pages.frame.text import sign
from strategy.calendar import month_label
from strategy.model import Board, Scenario
from strategy.projection import live_tactics
from strategy.searching import Question

NONE = ""  # a select box whose choice is None offers to clear it


@dataclass(frozen=True)
class Asked:
    """A question about a plan, or about a scenario of it."""

    plan_id: str
    scenario_id: str | None
    question: Question


def ask(board: Board, scenarios: tuple[Scenario, ...]) -> Asked | None:
    """Draw the form; return what is asked if its button was pressed just now."""
    with st.form("mix_form", border=True):
        first = st.columns([4, 3, 3, 3])
        with first[0]:
            goal = _goal(board)
        with first[1]:
            budget = st.number_input(
                f"Cost of year one, at most ({sign(board.plan.currency)})",
                min_value=0.0,
                value=board.plan.budget,
                step=10_000.0,
                format="%.0f",
                placeholder="No limit",
                key=_key(board, "budget"),
                persist_state="session",
            )
        with first[2]:
            latest = _latest(board)
        with first[3]:
            scenario_id = _scenario(board, scenarios)
        second = st.columns([5, 5, 3], vertical_alignment="bottom")
        with second[0]:
            must = _tactics(board, "Must be in", "must")
        with second[1]:
            must_not = _tactics(board, "Must stay out", "must_not")
        pressed = second[2].form_submit_button(
            "Search", type="primary", icon=":material/search:", width="stretch"
        )
    if not pressed:
        return None
    question = Question(goal, budget, latest, tuple(sorted(must)), tuple(sorted(must_not)))
    return Asked(board.plan.id, scenario_id, question)


def _key(board: Board, field: str) -> str:
    return f"mix_{field}_{board.plan.id}"


def _goal(board: Board) -> str | None:
    names = {NONE: "Highest net benefit"}
    names |= {goal.id: f"Highest chance: {goal.title}" for goal in board.simulated_goals}
    chosen = st.selectbox(
        "Search for",
        list(names),
        format_func=lambda each: names[each],
        key=_key(board, "goal"),
        persist_state="session",
    )
    return chosen or None


def _latest(board: Board) -> int | None:
    start = board.plan.start_month
    chosen: int = st.selectbox(
        "Nothing that starts after",
        list(range(board.plan.months + 1)),
        format_func=lambda each: month_label(start, each) if each else "No limit",
        key=_key(board, "latest"),
        persist_state="session",
    )
    return chosen or None


def _scenario(board: Board, scenarios: tuple[Scenario, ...]) -> str | None:
    names = {NONE: "The plan on the board"}
    names |= {each.id: f"{each.letter} {each.name}" for each in scenarios}
    chosen = st.selectbox(
        "Mixes of",
        list(names),
        format_func=lambda each: names[each],
        key=_key(board, "scenario"),
        persist_state="session",
    )
    return chosen or None


def _tactics(board: Board, label: str, field: str) -> list[str]:
    names = {each.id: each.title for each in live_tactics(board.tactics)}
    return st.multiselect(
        label,
        list(names),
        format_func=lambda each: names[each],
        placeholder="None",
        key=_key(board, field),
        persist_state="session",
    )
