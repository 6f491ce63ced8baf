"""A table of months is read whole: months and numbers of several countries, or each wrong row."""

import pytest

from calibration.errors import ExportError
from calibration.month_cells import parse_months
from calibration.monthly import (
    Kind,
    MonthlyFigures,
    guess_month_column,
    monthly_figures,
    read_monthly,
)
from data.example import load_example
from data.store import SqliteStore
from pages.actuals.figures_file import figures_in, guessed_columns
from reports.actuals_words import figures_frame
from reports.tables import csv_bytes
from scripts.fuzz_figures import answer, tables
from strategy.actuals import Place, guess_metric
from strategy.metrics import GOAL_METRICS
from strategy.model import Actual, Plan

GOOD = ("Commas", "Pasted cells", "European", "American", "Day first", "Last days", "Names",
        "Excel days", "Gaps", "Unknown column", "Workbook", "No header")  # fmt: skip


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    store = SqliteStore.open(tmp_path_factory.mktemp("monthly") / "plan.db")
    return load_example(store)


def months(*cells: str) -> list[str]:
    return parse_months(cells, range(2, 2 + len(cells)), "Month")[0]


def read(text: str, currency: str = "$", **kinds: Kind) -> MonthlyFigures:
    table = read_monthly(text.encode(), "pasted")
    return monthly_figures(table, "Month", kinds, currency)


def refused(text: str, currency: str = "$", **kinds: Kind) -> str:
    with pytest.raises(ExportError) as error:
        read(text, currency, **kinds)
    return str(error.value)


# ---- months --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["2027-03", "2027/3", "2027.03", "202703", "03/2027", "3.2027", "03-2027", "Mar 2027",
     "march 2027", "Mar-27", "Mar. 2027", "2027 March", "März 2027", "Mrz 27", "mars 2027",
     "marzo 2027", "2027-03-31", "15.03.2027", "3/31/2027", "31/03/2027", "46082.0",
     "2027-03-31T10:00:00Z"],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(cell: str) -> None:
    expected = "2026-03" if cell.startswith("46082") else "2027-03"
    assert months(cell) == [expected]


@pytest.mark.parametrize(
    ("names", "number"),
    [(("May 2027", "Mai 2027", "mayo 2027"), 5), (("Juni 2027", "juin 2027", "June 2027"), 6),
     (("Juli 2027", "juillet 2027", "julio 2027"), 7), (("août 2027", "agosto 2027"), 8),
     (("Dez 2027", "décembre 2027", "diciembre 2027"), 12), (("enero 2027", "janvier 2027"), 1)],
)  # fmt: skip
def test_names_of_months_are_told_apart(names: tuple[str, ...], number: int) -> None:
    assert set(months(*names)) == {f"2027-{number:02d}"}


@pytest.mark.parametrize(
    "cell", ["", "Total", "Q1 2027", "2027", "13/2027", "2027-00", "Marchmont", "31/02/2027",
             "0001-01", "99999999", "x" * 5000]
)  # fmt: skip
def test_what_is_no_month_is_refused_with_its_line(cell: str) -> None:
    with pytest.raises(ExportError) as error:
        months("2027-01", cell)
    assert error.value.line == 3


def test_days_whose_order_nothing_tells_are_read_so_that_each_row_is_a_month() -> None:
    cells = ["01/01/2027", "01/02/2027", "01/03/2027"]
    assert months(*cells) == ["2027-01", "2027-02", "2027-03"]
    assert months("01/01/2027", "02/01/2027", "03/01/2027") == ["2027-01", "2027-02", "2027-03"]
    assert parse_months(cells, (2, 3, 4), "Month", "month-first")[0] == ["2027-01"] * 3


def test_an_order_that_was_assumed_is_said() -> None:
    _, notes = parse_months(["02/03/2027"], [2], "Month")
    assert notes == ["The month was taken to come first in dates, which no date tells."]
    assert parse_months(["2027-03"], [2], "Month")[1] == []


# ---- figures -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1'234.5", 1234.5), ("$1,234.50", 1234.5),
     ("1234", 1234.0), ("1 234,5 $", 1234.5)],
)  # fmt: skip
def test_money_is_read_in_several_countries_ways(cell: str, value: float) -> None:
    assert read(f"Month\tX\n2027-01\t{cell}\n", X="money").figures == {"X": {"2027-01": value}}


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        ("22%", "24.5 %", (0.22, 0.245)),
        ("22", "24,5", (0.22, 0.245)),
        ("0.22", "0.245", (0.22, 0.245)),
        ("0,22", "1", (0.22, 1.0)),
        ("0.5%", "1%", (0.005, 0.01)),
    ],
)
def test_percentages_are_shares_whatever_the_column_writes(
    first: str, second: str, values: tuple[float, float]
) -> None:
    found = read(f"Month\tX\n2027-01\t{first}\n2027-02\t{second}\n", X="percent").figures["X"]
    assert tuple(found.values()) == pytest.approx(values)


def test_units_behind_numbers_are_left_out_and_empty_cells_have_no_figure() -> None:
    text = "Month\tX\n2027-01\t81 days\n2027-02\t\n2027-03\t12,5 h\n"
    assert read(text, X="number").figures == {"X": {"2027-01": 81.0, "2027-03": 12.5}}


def test_every_wrong_row_is_named_and_nothing_is_read() -> None:
    said = refused("Month,X\n2027-01,5\nMay,6\n2027-03,many\n2027-01,7\n", X="number")
    assert "Line 3, column 'Month': 'May' is no month" in said
    assert "Line 4, column 'X': 'many' is no amount" in said


def test_a_month_that_stands_twice_is_named_with_both_lines() -> None:
    said = refused("Month,X\n2027-01,5\nJan 2027,6\n", X="number")
    assert said == "Line 3, column 'Month': 2027-01 stands in line 2 already; keep one row a month."


def test_many_wrong_rows_are_counted() -> None:
    text = "Month,X,Y\n" + "".join(f"2027-{at:02d},a,b\n" for at in range(1, 10))
    said = refused(text, X="number", Y="number")
    assert said.count("Line ") == 5
    assert said.endswith(" And 5 more.")


@pytest.mark.parametrize(
    ("cell", "currency", "said"),
    [("€5", "$", "the figures are in 'EUR', the plan counts in 'USD'"),
     ("5 CHF", "€", "the figures are in 'CHF', the plan counts in 'EUR'")],
)  # fmt: skip
def test_another_currency_is_refused(cell: str, currency: str, said: str) -> None:
    assert said in refused(f"Month,X\n2027-01,{cell}\n", currency, X="money")
    assert read("Month,X\n2027-01,EUR 5\n", "€", X="money").figures == {"X": {"2027-01": 5.0}}


def test_money_in_a_column_of_hours_is_refused() -> None:
    assert "choose what this column holds" in refused("Month,X\n2027-01,$5\n", X="number")
    assert "no percentages" in refused("Month,X\n2027-01,$5\n", X="percent")


def test_a_long_table_is_refused() -> None:
    text = "Month,X\n" + "2027-01,5\n" * 1_001
    assert "the limit is 1,000" in refused(text, X="number")


def test_the_month_column_is_found_by_name_or_by_its_cells() -> None:
    for text, column in (
        ("Bookings,Month\n5,2027-01\n", "Month"),
        ("Bookings,When\n5.5,2027-01\n", "When"),
        ("a,b\nx,y\n", "a"),
    ):
        assert guess_month_column(read_monthly(text.encode(), "t")) == column


# ---- to the plan ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", tables())
def test_every_shape_of_a_table_is_read_or_refused_as_it_should_be(name: str, plan: Plan) -> None:
    assert isinstance(answer(tables()[name], plan), dict) == (name in GOOD)


def test_european_and_american_tables_say_the_same(plan: Plan) -> None:
    found = [answer(tables()[name], plan) for name in ("European", "American")]
    assert found[0] == found[1]
    assert len(found[0]) == 36


def test_figures_that_cannot_be_true_are_named_by_line(plan: Plan) -> None:
    table = read_monthly(b"Month,Rate\n2026-12,20\n2027-01,130\n2027-02,21\n", "t")
    with pytest.raises(Exception, match="Line 2: 2026-12 is before the plan starts") as error:
        figures_in(table, "Month", {"Rate": "win_rate"}, plan)
    assert "Line 3: Win rate, 2027-01, is 130." in str(error.value)


def test_columns_are_guessed_by_name_each_metric_once() -> None:
    table = read_monthly(b"Month,Bookings,Bookings again,Win rate,Mood\n2027-01,1,2,3,4\n", "t")
    assert guessed_columns(table, "Month") == {
        "Bookings": "bookings_quarter",
        "Bookings again": None,
        "Win rate": "win_rate",
        "Mood": None,
    }


def test_every_metric_is_guessed_by_the_name_it_has_on_screen() -> None:
    for metric in GOAL_METRICS.values():
        expected = None if metric.key == "cumulative_net" else metric.key
        assert guess_metric(metric.label) == expected
        assert guess_metric(metric.key) == expected


def test_a_figure_goes_to_the_metric_that_was_chosen(plan: Plan) -> None:
    table = read_monthly(b"Month,A\n2027-01,21\n", "t")
    assert figures_in(table, "Month", {"A": "cycle_days"}, plan).figures == {
        Place("cycle_days", "2027-01"): 21.0
    }


def test_the_figures_that_are_saved_as_csv_are_read_again(plan: Plan) -> None:
    places = {
        Place(metric.key, f"2027-0{month}"): 0.213 if metric.unit == "percent" else 81.5 * month
        for metric in GOAL_METRICS.values()
        for month in (1, 2, 4)
        if metric.key != "cumulative_net"
    }
    rows = [
        Actual(str(at), plan.id, each.metric, each.month, value, "", "Ann", "")
        for at, (each, value) in enumerate(places.items())
    ]
    table = figures_frame(rows)
    assert answer(csv_bytes(list(table.columns), table.itertuples(index=False)), plan) == places
