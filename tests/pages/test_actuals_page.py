"""The page What happened, run whole without a browser."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from data.store import SqliteStore
from strategy import commands
from strategy.actuals import Place, set_actuals
from strategy.model import Board
from strategy.running import current_run
from strategy.undoing import next_undo, undo
from tests.pages.conftest import Draw
from tests.pages.drawing import by_label, errors, press, said, shown, title

FIRST = Place("bookings_quarter", "2027-01")


def figures(store: SqliteStore, board: Board) -> dict[Place, float]:
    kept = store.actuals(board.plan.id)
    return {Place(each.metric, each.month): each.value for each in kept}


def field(page: AppTest, label: str) -> Any:
    return by_label(page, "number_input", label)


def choose(page: AppTest, label: str) -> AppTest:
    by_label(page, "selectbox", "Figure").select(label)
    return shown(page.run())


def test_the_empty_page_asks_and_stores_a_forecast(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("actuals", plan=example.plan.id)
    assert title(page) == "What happened so far?"
    assert len(store.runs(example.plan.id, None)) == 1
    assert "Type the figure of each month" in said(page)
    assert field(page, "Jan 2027").value is None


def test_a_figure_is_kept_when_its_field_is_left_and_undo_empties_it(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("actuals", plan=example.plan.id)
    field(page, "Jan 2027").set_value(1_400_000)
    page = shown(page.run())
    assert figures(store, example) == {FIRST: 1_400_000.0}
    assert title(page) == "Bookings a quarter: inside the range in Jan 2027."
    assert "It was made before Jan 2027" in said(page)
    assert "Jan 2027 has not ended yet" in said(page) or store.now() > "2027-02"
    event = next_undo(store.events(example.plan.id))
    assert event is not None
    undo(store, example.plan.id, "Ann", event.seq)
    page = shown(page.run())
    assert field(page, "Jan 2027").value is None
    assert title(page) == "What happened so far?"


def test_an_emptied_field_takes_the_figure_away(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    set_actuals(store, example.plan.id, "Ann", {}, {FIRST: 1_400_000.0})
    page = draw("actuals", plan=example.plan.id)
    field(page, "Jan 2027").set_value(None)
    shown(page.run())
    assert figures(store, example) == {}


def test_percentages_are_typed_as_such(draw: Draw, example: Board, store: SqliteStore) -> None:
    page = choose(draw("actuals", plan=example.plan.id), "Win rate")
    field(page, "Feb 2027").set_value(22.1)
    page = shown(page.run())
    assert figures(store, example) == {Place("win_rate", "2027-02"): 0.221}
    assert field(page, "Feb 2027").value == 22.1


def test_a_figure_that_cannot_be_true_is_refused_and_not_kept(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = choose(draw("actuals", plan=example.plan.id), "Win rate")
    field(page, "Feb 2027").set_value(122.0)
    page = shown(page.run())
    assert errors(page) == ["Win rate, 2027-02, is 122. Use a number from 0 to 100."]
    assert figures(store, example) == {}


def test_what_somebody_else_typed_meanwhile_is_shown_and_stays(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("actuals", plan=example.plan.id)
    set_actuals(store, example.plan.id, "Ben", {}, {FIRST: 1_500_000.0})
    field(page, "Jan 2027").set_value(1_400_000)
    page = shown(page.run())
    assert errors(page) == [
        "Jan 2027 was not kept: somebody else set it to $1.5M meanwhile. Type it again to keep "
        "yours."
    ]
    assert figures(store, example) == {FIRST: 1_500_000.0}
    assert field(page, "Jan 2027").value == 1_500_000.0


def test_misses_are_named_in_words(draw: Draw, example: Board, store: SqliteStore) -> None:
    current_run(store, example, draws=200)
    wanted = {Place("win_rate", f"2027-0{month}"): rate for month, rate in ((1, 0.22), (2, 0.9))}
    set_actuals(store, example.plan.id, "Ann", {}, wanted)
    page = choose(draw("actuals", plan=example.plan.id), "Win rate")
    assert title(page) == "Win rate: outside the range in 1 of 2 months."
    assert "Feb 2027: 90.0%, above" in said(page)


def test_further_years_of_the_plan_have_their_fields(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("actuals", plan=example.plan.id)
    page.button_group[0].set_value("12")
    page = shown(page.run())
    assert {each.label for each in page.number_input} >= {"Jan 2028", "Dec 2028"}
    assert "Jan 2027" not in {each.label for each in page.number_input}


def warnings(page: AppTest) -> str:
    return " ".join(each.value for each in page.warning).replace("\\", "")


def six_months(store: SqliteStore, board: Board, rate: float) -> None:
    current_run(store, board, draws=200)
    wanted = {Place("win_rate", f"2027-0{month}"): rate for month in range(1, 7)}
    set_actuals(store, board.plan.id, "Ann", {}, wanted)


def test_what_the_figures_say_is_worked_out_on_demand_and_taken_over_with_undo(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    six_months(store, example, 0.21)
    page = draw("actuals", plan=example.plan.id)
    assert warnings(page) == ""
    page = press(page, "Weigh the futures")
    assert "6 figures leave" in warnings(page)
    chosen = by_label(page, "multiselect", "Take over for this plan")
    chosen.set_value(["win_rate"])
    before = store.board(example.plan.id).plan.assumptions
    page = press(page, "Apply to the plan")
    kept = store.board(example.plan.id).plan.assumptions["win_rate"]
    assert kept.source.startswith("Updated from actuals, Jan 2027 to Jun 2027")
    assert "Undo takes it back" in said(page) + " ".join(each.value for each in page.toast)
    event = next_undo(store.events(example.plan.id))
    assert event is not None
    assert event.words == "Update 1 assumption from actuals, Jan 2027 to Jun 2027"
    undo(store, example.plan.id, "Ann", event.seq)
    assert store.board(example.plan.id).plan.assumptions == before


def test_figures_are_laid_over_and_weighed_in_the_forecast_of_a_chosen_scenario(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    six_months(store, example, 0.22)
    bold = commands.add_scenario(
        store, example.plan.id, "Ann", "*Bold*", {"assumptions": {"win_rate": [0.3, 0.32, 0.34]}}
    )
    page = choose(draw("actuals", plan=example.plan.id), "Win rate")
    assert title(page) == "Win rate: inside the range in all of 6 months."
    assert store.runs(example.plan.id, bold.id) == ()
    box = by_label(page, "selectbox", "Forecast of")
    assert box.options[-1] == f"Scenario {bold.letter} *Bold*"  # no markdown is read there
    box.select(bold.id)
    page = shown(page.run())
    [run] = store.runs(example.plan.id, bold.id)
    assert title(page) == "Win rate: outside the range in 6 of 6 months."
    assert f"Scenario {bold.letter} *Bold* as it was run" in said(page)
    page = press(page, "Weigh the futures")
    assert f"effective futures of {run.draws:,}" in warnings(page)
    assert "A scenario with a range of its own for an assumption keeps it." in said(page)
    by_label(page, "multiselect", "Take over for this plan").set_value(["cycle_months"])
    press(page, "Apply to the plan")
    kept = store.board(example.plan.id).plan.assumptions
    assert kept["cycle_months"].source.startswith("Updated from actuals")


def test_few_effective_futures_are_warned_of_and_nothing_is_chosen_beforehand(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    six_months(store, example, 0.6)
    page = press(draw("actuals", plan=example.plan.id), "Weigh the futures")
    assert "fewer than 200: the ranges below are mostly luck" in warnings(page)
    assert by_label(page, "multiselect", "Take over for this plan").value == []


def test_an_error_that_cannot_be_is_said_in_a_sentence(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    six_months(store, example, 0.22)
    page = draw("actuals", plan=example.plan.id)
    field(page, "Figures may be off by").set_value(90.0)
    page = press(shown(page.run()), "Weigh the futures")
    assert errors(page) == ["How far figures may be off is 90%. Use a number from 1 to 50%."]


def paste(page: AppTest, text: str) -> AppTest:
    by_label(page, "text_area", "Paste a table").set_value(text)
    return shown(page.run())


def test_a_pasted_table_is_shown_before_it_is_kept_as_one_change(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    set_actuals(store, example.plan.id, "Ann", {}, {FIRST: 1_000_000.0})
    before = len(store.events(example.plan.id))
    page = paste(
        draw("actuals", plan=example.plan.id),
        "Monat\tBookings\tWin rate\n01/2027\t1.420.000,00\t22,5 %\n02/2027\t1.550.000,00\t\n",
    )
    assert figures(store, example) == {FIRST: 1_000_000.0}
    assert "1 of 3 replaces a figure that is there now." in said(page)
    page = press(page, "Keep 3 figures")
    assert figures(store, example) == {
        FIRST: 1_420_000.0,
        Place("bookings_quarter", "2027-02"): 1_550_000.0,
        Place("win_rate", "2027-01"): 0.225,
    }
    assert len(store.events(example.plan.id)) == before + 1
    assert store.actuals(example.plan.id)[0].source == "a pasted table"
    assert "All 3 figures of the table are kept already." in said(page)


def test_a_table_with_a_wrong_row_is_refused_whole(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = paste(
        draw("actuals", plan=example.plan.id), "Month,Bookings\n2027-01,5\n2026-12,6\nTotal,11\n"
    )
    assert errors(page) == [
        "Nothing was kept. Line 4, column 'Month': 'Total' is no month; write it as 2027-03."
    ]
    assert "Keep" not in " ".join(each.label for each in page.button)
    page = paste(page, "Month,Bookings\n2027-01,5\n2026-12,6\n")
    assert errors(page) == [
        "Nothing was kept. Line 3: 2026-12 is before the plan starts (2027-01). Give a later month."
    ]
    assert figures(store, example) == {}


def test_a_column_nobody_knows_is_asked_about(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = paste(draw("actuals", plan=example.plan.id), "Month,Zahl\n2027-01,81\n")
    by_label(page, "selectbox", "“Zahl” holds").set_value("cycle_days")
    page = press(shown(page.run()), "Keep 1 figure")
    assert figures(store, example) == {Place("cycle_days", "2027-01"): 81.0}


def test_figures_of_months_the_plan_no_longer_covers_are_kept_and_said(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    set_actuals(store, example.plan.id, "Ann", {}, {FIRST: 1_400_000.0})
    base = commands.fields_of(example.plan)
    commands.edit_plan(store, example.plan.id, "Ann", base, {"start_month": "2027-02"})
    page = draw("actuals", plan=example.plan.id)
    assert "1 figure is kept of months outside the plan (Jan 2027)" in said(page)
    assert figures(store, example) == {FIRST: 1_400_000.0}


def test_simulate_marks_what_happened_on_the_fan_of_its_metric_alone(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    wanted = {Place("win_rate", f"2027-0{month}"): rate for month, rate in ((1, 0.22), (2, 0.9))}
    set_actuals(store, example.plan.id, "Ann", {}, wanted)
    page = draw("simulate", plan=example.plan.id)
    assert "What happened" not in said(page)
    by_label(page, "selectbox", "Outcome").select("win_rate")
    page = shown(page.run())
    words = said(page)
    assert "What happened lies inside the 80% range in 1 of 2 months. Feb 2027: 90.0%, above" in (
        words
    )
    assert "What happened is outside the 80% range in 1 of 2 months." in words
    set_actuals(store, example.plan.id, "Ann", wanted, dict.fromkeys(wanted))
    assert "What happened" not in said(shown(page.run()))
