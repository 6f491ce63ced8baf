"""Hours by rep and month beside an export: what is missing is said, what is found is applied."""

from __future__ import annotations

import csv
import io
import random

from streamlit.testing.v1 import AppTest

from data.example import crm_export
from data.store import SqliteStore
from simulation.defaults import defaults
from strategy.model import Board
from strategy.undoing import next_undo, undo
from tests.pages.conftest import Draw
from tests.pages.drawing import by_label, errors, press, said, shown


def opened(draw: Draw, board: Board) -> AppTest:
    return press(draw("assumptions", plan=board.plan.id), "Try the example's export")


def given(page: AppTest, text: str) -> AppTest:
    field = by_label(page, "file_uploader", "Hours by rep and month")
    field.set_value(("hours.csv", text.encode(), "text/csv"))
    return shown(page.run())


def table_of(people: int) -> str:
    """Return hours by chance, which no deal follows, of some owners of the example's export."""
    owners = sorted({row["Opportunity Owner"] for row in csv.DictReader(
        io.StringIO(crm_export().decode("utf-8-sig"))
    )})  # fmt: skip
    draw = random.Random(3)
    rows = [
        f"{owner},{year}-{month:02d},{draw.uniform(30, 70):.1f}"
        for owner in owners[:people]
        for year in (2025, 2026)
        for month in range(1, 11)
    ]
    return "\n".join(["Rep,Month,Selling hours", *rows])


def test_an_export_alone_says_what_is_missing(draw: Draw, example: Board) -> None:
    assert "At least 20 reps in 6 months are needed" in said(opened(draw, example))


def test_hours_and_deals_lower_the_range_as_one_change(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = given(opened(draw, example), table_of(99))
    assert "people are owners of deals too, in 20 months" in said(page)
    press(page, "Use this range")
    kept = store.board(example.plan.id).plan.assumptions["selling_elasticity"]
    assert kept.mode < defaults().assumptions["selling_elasticity"].range.mode
    assert (kept.grade, "hours.csv: Poisson regression" in kept.source) == ("measured", True)
    event = next_undo(store.events(example.plan.id))
    assert event is not None
    undo(store, example.plan.id, "Ann", event.seq)
    after = store.board(example.plan.id).plan.assumptions
    assert after == example.plan.assumptions


def test_too_few_reps_keep_the_range_and_a_file_that_is_none_is_refused(
    draw: Draw, example: Board
) -> None:
    page = given(opened(draw, example), table_of(5))
    assert "Use this range" not in [each.label for each in page.button]
    assert "5 reps in 20 months; 20 reps in 6 months are needed." in page.info[-1].value
    page = given(page, "Rep,Month\nAnn,2026-01\n")
    assert errors(page) == [
        "Nothing was changed. No column says how many hours. Name the columns “Rep”, “Month” and "
        "“Selling hours”."
    ]
