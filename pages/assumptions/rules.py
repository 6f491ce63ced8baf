"""The rules the model is told: what each claims, on what ground, its switch, what it changes."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import session
from components.charts import measured, measured_change
from pages.assumptions.effects import NET, Effects, choose_outcome, run_kept
from pages.frame.chart import heading_row
from pages.frame.source import source_markdown
from pages.frame.text import plain
from pages.frame.working import worked_before, worked_out
from strategy.beside import Beside
from strategy.model import Board, Plan, Run, Scenario
from strategy.projection import live_tactics
from strategy.rule_effects import RuleEffects, rule_effects
from strategy.rules import RULES, Rule, is_on, switch_rule
from strategy.sharing import assumption_rows
from strategy.studying import MOST_DRAWS

GRADES = {"measured": "measured", "benchmark": "a benchmark", "estimate": "an estimate"}
TOLD = (
    "These rules are what the model is told, not what it finds out, and the plan’s case rests on "
    "them. Switch one off to see whether the answer holds without it. A switch is part of the "
    "plan and counts in every scenario; pages, shared copies and saved tables say that it is off."
)


class Rules:
    """The rules with their switches: drawn at once, and what they change once it is known.

    Attributes
    ----------
    progress : where to say how far that is
    """

    def __init__(self, board: Board, effects: Effects) -> None:
        """Draw the rules here."""
        self._board, self._scenario = board, effects.scenario
        self._found = _known(board, effects.scenario)
        self._rows = {row["name"]: row for row in assumption_rows(board.plan)}
        st.markdown(TOLD)
        with st.container(horizontal=True, vertical_alignment="bottom", key="rules_header"):
            self._outcome = choose_outcome(board, "What they change in", "rules")
            heading_row("", self._frame, key="rules")
        self.progress = st.empty()
        self._places = [self._rule(rule) for rule in RULES]
        st.caption(
            f"What a rule changes is counted on {effects.of}, on up to {MOST_DRAWS:,} futures of "
            "its run: the same futures with the switch the other way, one rule at a time."
        )

    @property
    def is_complete(self) -> bool:
        """Whether what the rules change is known, or there is no tactic to change anything."""
        return self._found is not None or not live_tactics(self._board.tactics)

    def work_out(self) -> None:
        """Work out what each rule changes, and say it; not while a dialog is open."""
        if session.dialog() is not None:
            return
        run = session.run_of(self._board, self._scenario)
        if run is None:
            return
        self._found = worked_out(
            "rules",
            run,
            lambda progress: rule_effects(self._board, run, self._scenario, progress),
            place=self.progress,
        )
        for rule, place in zip(RULES, self._places, strict=True):
            self._say(rule, place)

    def _rule(self, rule: Rule) -> DeltaGenerator:
        on = is_on(self._board.plan, rule)
        row = self._rows[next(iter(rule.neutral))]
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                _switch(self._board.plan, rule, on=on)
                st.space("stretch")
                st.caption(rule.equations, width="content")
            st.markdown(plain(rule.claim))
            st.markdown(
                f"**{'Switched off' if not on else 'If switched off'}:** {plain(rule.when_off)}"
            )
            place = st.empty()
            self._say(rule, place)
            st.caption(f"Source, {GRADES[row['grade']]}: {source_markdown(row['source'])}")
        return place

    def _say(self, rule: Rule, place: DeltaGenerator) -> None:
        found = self._effect(rule)
        if found is not None:
            words = effect_words(found, self._board.plan.currency, on=is_on(self._board.plan, rule))
            place.markdown(words)
        elif not self.is_complete:
            place.caption("What it changes is being worked out.")

    def _effect(self, rule: Rule) -> Beside | None:
        goal = None if self._outcome == NET else self._outcome
        return self._found.on(rule.name, goal) if self._found else None

    def _frame(self) -> pd.DataFrame:
        plan = self._board.plan
        return pd.DataFrame([self._line(rule, plan) for rule in RULES])

    def _line(self, rule: Rule, plan: Plan) -> dict[str, Any]:
        found = self._effect(rule)
        with_it, without = _sides(found, on=is_on(plan, rule)) if found else (None, None)
        unit = plan.currency if found and found.outcome.unit == "money" else "share of futures"
        label = found.outcome.label if found else "Outcome"
        return {
            "Rule": rule.title,
            "Switch": "on" if is_on(plan, rule) else "off",
            "Claim": rule.claim,
            "Without it": rule.when_off,
            "Source": self._rows[next(iter(rule.neutral))]["source"],
            f"{label}, with it ({unit})": with_it,
            f"{label}, without it ({unit})": without,
        }


def _known(board: Board, scenario: Scenario | None) -> RuleEffects | None:
    run: Run | None = run_kept(board, scenario)
    return worked_before("rules", run) if run else None


def _switch(plan: Plan, rule: Rule, *, on: bool) -> None:
    key = f"rule_{plan.id}_{rule.name}"
    st.session_state[key] = on  # as it is kept: somebody else, or Undo, may have switched it
    st.toggle(f"**{plain(rule.title)}**", key=key, on_change=partial(_switched, plan.id, rule, key))


def _switched(plan_id: str, rule: Rule, key: str) -> None:
    on = bool(st.session_state.get(key))
    said = f"“{rule.title}” is switched {'on' if on else 'off'}. Undo takes that back."
    session.attempt(
        lambda: switch_rule(session.store(), plan_id, session.actor(), rule.name, on=on), said
    )


def _sides(found: Beside, *, on: bool) -> tuple[float, float]:
    """Return the outcome with the rule and without it."""
    return (found.now, found.then) if on else (found.then, found.now)


def effect_words(found: Beside, currency: str, *, on: bool) -> str:
    """Return what a rule changes, for Streamlit's markdown: with it, without it, the difference."""
    with_it, without = _sides(found, on=on)
    unit = found.outcome.unit
    shown, bare = (measured(value, unit, currency) for value in (with_it, without))
    change = measured_change(without - with_it, unit, currency)
    label = plain(found.outcome.label)
    if shown == bare and not any(digit in change for digit in "123456789"):
        return f"{label}: **{plain(bare)}** with the rule and without it."
    return f"{label}: **{plain(bare)}** without the rule, {plain(shown)} with it ({plain(change)})."
