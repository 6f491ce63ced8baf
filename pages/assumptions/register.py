"""What does the answer hang on, and how do we know it?"""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import session
from components.register import RegisterTable, parse_opened, register_table, sent
from pages.assumptions.calendar_import import calendar_section
from pages.assumptions.crm_import import import_section
from pages.assumptions.effects import NET, Effects, choose_outcome, effects_now, work_out
from pages.assumptions.register_rows import GRADES, by_effect, register_frame, register_rows
from pages.assumptions.rules import Rules
from pages.assumptions.time_log import time_log_section
from pages.frame.assumption_dialog import show_assumption_dialog
from pages.frame.chart import heading_row
from pages.frame.opening import about_plan
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from simulation.defaults import defaults
from strategy.deciding import Deciding
from strategy.model import Board, Plan
from strategy.projection import live_tactics
from strategy.rules import rules_off
from strategy.sharing import assumption_rows
from strategy.staleness import STALE_DAYS, is_stale

TABLE = "register_table"
STALE = "stale"
LEAST_SAID = 0.05  # less than this may be luck of the futures looked at
NO_TACTIC = "needs a tactic in the plan"


def assumptions_page() -> None:
    """Draw every assumption of the plan, and the import of a CRM export."""
    about_plan(_drawn, note="Shared by all scenarios")


def _drawn(board: Board) -> None:
    title, caption = st.empty(), st.empty()
    register, told, measure, log = st.tabs(
        ["Register", "Rules of the model", "Import a CRM export", "Import a time log"],
        key="assumption_tabs",
        on_change="rerun",
    )
    with register:
        shown = Register(board, title, caption)
    known = effects_now(board)
    shown.draw(known)
    with told:
        rules = Rules(board, known)
    with measure:
        import_section(board)
    with log:
        time_log_section(board)
        calendar_section(board)
    show_assumption_dialog(board)
    # The register is there by now; what takes seconds comes last, and only if it is looked at.
    if register.open and not known.are_complete:
        found = work_out(board, known.scenario, shown.progress)
        if found is not None and known.found is None:
            shown.draw(found)
        elif found is not None:
            shown.say(found)
    if told.open and not rules.is_complete:
        rules.work_out()


def headline(rows: list[dict[str, Any]], found: Deciding | None) -> str:
    """Return what the answer hangs on most and whether it is measured, or what is measured."""
    first = found.assumptions[0] if found and found.assumptions else None
    if first is None or first.low == first.high:
        return counted(rows)
    grade = next(row["grade"] for row in rows if row["name"] == first.assumption)
    advice = "It is measured." if grade == "measured" else "Measure that first."
    return f"The answer hangs most on “{first.label}”. {advice}"


def counted(rows: list[dict[str, Any]]) -> str:
    """Return how many assumptions are measured, benchmarks and estimates, as a sentence."""
    counts = {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES}
    if counts["measured"] == 0:
        return (
            f"None of {len(rows)} assumptions is measured here yet. Import a CRM export to start."
        )
    verb = "is" if counts["measured"] == 1 else "are"
    return (
        f"{counts['measured']} of {len(rows)} assumptions {verb} measured, "
        f"{counts['benchmark']} are benchmarks, {counts['estimate']} are estimates."
    )


def caption_words(rows: list[dict[str, Any]], found: Deciding | None, effects: Effects) -> str:
    """Return what is measured, how the rows are sorted, and when a value counts as stale."""
    stale = f"Stale: set here over {STALE_DAYS} days ago."
    if found is None:
        return f"The first nine decide most of the answer. {stale}"
    outcome = NET if found.outcome.goal is None else f"the chance of “{found.outcome.label}”"
    return " ".join(
        filter(
            None,
            (
                counted(rows),
                worth_knowing(effects.narrower) if found.outcome.goal is None else "",
                f"Sorted by effect on {outcome}, {effects.of}.",
                stale,
            ),
        )
    )


def worth_knowing(share: float | None) -> str:
    """Return how much narrower the range of net benefit were with the first three known."""
    if share is None or share < LEAST_SAID:
        return ""
    return (
        "With the first three at their likely values the range of net benefit is "
        f"{share:.0%} narrower."
    )


class Register:
    """The table with its choices: drawn at once, and again when the effects are known.

    Attributes
    ----------
    progress : where to say how far the effects are
    """

    def __init__(self, board: Board, title: DeltaGenerator, caption: DeltaGenerator) -> None:
        """Draw the choices here; the table comes under them, the finding into `title`."""
        self._board, self._title, self._caption = board, title, caption
        self._rows = assumption_rows(board.plan)
        self._now = session.store().now()
        self._found: Deciding | None = None
        with st.container(horizontal=True, vertical_alignment="bottom", key="register_header"):
            self._outcome = choose_outcome(board, "Effect on", "register")
            self._grade = _choose_grade(self._rows, self._now)
            heading_row("", self._frame, key="assumptions")
            st.button(
                "Add evidence",
                type="primary",
                icon=":material/add:",
                key="add_evidence",
                on_click=session.open_dialog,
                args=("evidence", None),
            )
        self.progress = st.empty()
        self._place = st.empty()

    def draw(self, effects: Effects) -> None:
        """Draw the table, its finding and its basis with the effects that are known."""
        found = self._found = effects.on(self._outcome)
        self.say(effects)
        # A key of its own before and after: one run may draw both, one in place of the other.
        key = TABLE if found else f"{TABLE}_before"
        with self._place:
            register_table(self._table(found), key=key, on_open=lambda: _open(key))

    def say(self, effects: Effects) -> None:
        """Say the finding and what it rests on."""
        found = effects.on(self._outcome)
        self._title.title(plain(headline(self._rows, found)))
        caption = plain(caption_words(self._rows, found, effects))
        self._caption.caption(caption_with_rules(caption))

    def _shown(self, found: Deciding | None) -> list[dict[str, Any]]:
        rows = _kept(self._rows, self._grade, self._now)
        return by_effect(rows, found) if found else rows

    def _table(self, found: Deciding | None) -> RegisterTable:
        return {
            "heads": ("Assumption", "We use, and its range", "Evidence and source"),
            "outcome": _outcome_words(self._board, self._outcome),
            "if_low": "if low",
            "if_high": "if high",
            "rows": register_rows(
                self._shown(found),
                found,
                currency=self._board.plan.currency,
                now=self._now,
                why_none="" if live_tactics(self._board.tactics) else NO_TACTIC,
                left_out=_left_out(self._board.plan),
                evidence=self._board.plan.evidence,
            ),
        }

    def _frame(self) -> pd.DataFrame:
        """Return what is drawn by now; asked for when somebody wants it, outside of a page run."""
        plan = self._board.plan
        return register_frame(
            self._shown(self._found),
            self._found,
            currency=plan.currency,
            now=self._now,
            evidence=plan.evidence,
        )


def _left_out(plan: Plan) -> dict[str, str]:
    """Return the assumptions that rules switched off leave out, each with its rule's title."""
    return {name: rule.title for rule in rules_off(plan) for name in rule.neutral}


def _outcome_words(board: Board, outcome: str) -> str:
    if outcome == NET:
        return NET
    title = next((goal.title for goal in board.goals if goal.id == outcome), "")
    return f"chance of “{title}”"


def _choose_grade(rows: list[dict[str, Any]], now: str) -> str:
    """Let people choose which rows to see: all, those of one grade, or the stale ones."""
    names = {"all": "All", **GRADES, STALE: "Stale"}
    choice = st.segmented_control(
        "Evidence",
        list(names),
        default="all",
        required=True,
        format_func=lambda each: f"{names[each]} {len(_kept(rows, each, now))}",
        key="grade_filter",
    )
    return str(choice)


def _kept(rows: list[dict[str, Any]], choice: str, now: str) -> list[dict[str, Any]]:
    if choice == STALE:
        return [row for row in rows if is_stale(row["set_at"], now)]
    return [row for row in rows if choice in ("all", row["grade"])]


def _open(key: str) -> None:
    """Open the dialog of the row a browser names, if there is such an assumption."""
    try:
        name = parse_opened(sent(key))
    except ValueError:
        return
    if name in defaults().assumptions:
        session.open_dialog("assumption", name)
