"""The table of Compare: every outcome with its range for each scenario, and who is ahead."""

import math

import pandas as pd
import streamlit as st

import session
from components.compare_table import Cell, Column, Outcome, Verdict, compare_table
from components.numbers import Unit, chance, format_change, format_range, format_value, futures
from pages.frame.chart import heading_row
from strategy.calendar import month_label
from strategy.comparison import NO_CLEAR_DIFFERENCE, ComparedOutcome
from strategy.model import Board, Scenario


def side_by_side(board: Board, rows: list[ComparedOutcome], chosen: list[Scenario]) -> None:
    """Draw the table, with its numbers as a table and CSV beside it."""
    heading_row("Side by side", lambda: side_by_side_table(board, rows, chosen), key="comparison")
    letters = (chosen[0].letter, chosen[1].letter)
    st.html(
        compare_table(
            [Column(each.letter, each.name) for each in chosen],
            [_outcome(board, row, letters) for row in rows],
            session.palette(),
        )
    )


def _shown(value: float | None, row: ComparedOutcome, board: Board) -> str:
    if row.unit == "payback":
        return (
            f"after {month_label(board.plan.start_month, board.plan.months)}"
            if value is None
            else month_label(board.plan.start_month, int(value))
        )
    return format_value(value, row.unit, board.plan.currency)


def _span(value: dict[str, float | None], row: ComparedOutcome, board: Board) -> str:
    if row.unit == "payback":
        return f"{_shown(value['p10'], row, board)} to {_shown(value['p90'], row, board)}"
    return format_range(value["p10"], value["p90"], row.unit, board.plan.currency)


def better_words(row: ComparedOutcome, letter: str) -> str:
    """Return how often the first scenario is better, or that there is no clear difference."""
    if row.first_better == 0 and row.second_better == 0:
        return "Same in both"
    if abs(row.first_better - row.second_better) < 2 * NO_CLEAR_DIFFERENCE:
        return "No clear difference"
    return f"{letter} better in {futures(row.first_better)}"


def _note(row: ComparedOutcome) -> str:
    return row.note + (f", by {month_label(row.due_month, 1)}" if row.due_month else "")


def _difference(row: ComparedOutcome, board: Board) -> str:
    middle = row.difference["p50"]
    if middle is None:
        return "not available"
    unit: Unit = "months" if row.unit == "payback" else row.unit
    return format_change(middle, unit, board.plan.currency)


def _difference_range(row: ComparedOutcome, board: Board) -> str:
    """Return what the difference is in 80 of 100 futures, or nothing where it is the same."""
    low, high = row.difference["p10"], row.difference["p90"]
    if low is None or high is None or low == high:
        return ""
    unit: Unit = "months" if row.unit == "payback" else row.unit
    return f", 80% range {format_range(low, high, unit, board.plan.currency)}"


def _outcome(board: Board, row: ComparedOutcome, letters: tuple[str, str]) -> Outcome:
    first, second = letters
    return Outcome(
        label=row.label,
        note=_note(row),
        cells=tuple(_cell(board, row, place) for place in range(len(row.values))),
        verdict=Verdict(
            words=better_words(row, first),
            beside=f"{first} − {second}: {_difference(row, board)}{_difference_range(row, board)}",
            first=row.first_better,
            second=row.second_better,
        ),
        today=row.today,
        target=row.target,
        is_lower_better=row.is_lower_better,
    )


def _cell(board: Board, row: ComparedOutcome, place: int) -> Cell:
    value = row.values[place]
    beside = _span(value, row, board)
    if row.chances:
        beside += f", chance {chance(row.chances[place])}"
    low, middle, high = (_placed(value[name]) for name in ("p10", "p50", "p90"))
    return Cell(_shown(value["p50"], row, board), beside, (low, middle, high))


def _placed(value: float | None) -> float:
    """Return a value to draw; what lies beyond the plan is infinite."""
    return math.inf if value is None else value


def side_by_side_table(
    board: Board, rows: list[ComparedOutcome], chosen: list[Scenario]
) -> pd.DataFrame:
    """Return one row an outcome, in words."""
    first, second = chosen[0].letter, chosen[1].letter
    lines = []
    for row in rows:
        line = {"Outcome": row.label, "What": _note(row)}
        for place, scenario in enumerate(chosen):
            value = row.values[place]
            said = f"{_shown(value['p50'], row, board)} ({_span(value, row, board)})"
            if row.chances:
                said = f"{chance(row.chances[place])} chance, {said}"
            line[f"{scenario.letter} {scenario.name}"] = said
        line[f"{first} − {second}"] = _difference(row, board) + _difference_range(row, board)
        line["On the same futures"] = better_words(row, first)
        lines.append(line)
    return pd.DataFrame(lines)
