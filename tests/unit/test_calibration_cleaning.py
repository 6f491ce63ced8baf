from dataclasses import fields

import numpy as np
import pytest

from calibration import ExportError, Mapping, clean, guess_mapping, read_export
from calibration.amounts import parse_amounts
from calibration.dates import parse_dates

HEADER = "opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value"


def cleaned(*rows: str, **options):
    raw = read_export("\n".join([HEADER, *rows]).encode(), "x")
    return clean(raw, guess_mapping(raw.headers), **options)


def amounts(*cells: str):
    return parse_amounts(cells, range(2, len(cells) + 2), "Amount")


def days(*cells: str, order=None):
    found, notes = parse_dates({"Day": cells}, range(2, len(cells) + 2), order)
    return found["Day"].astype(str).tolist(), notes


def reasons(found) -> dict[str, int]:
    return {finding.reason: finding.count for finding in found}


# --- amounts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["$1,234.50", "7"], [1234.5, 7]),
        (["1.234,50 €", "€ 1.000"], [1234.5, 1000]),
        (["1 234", "12\u00a0345,5", "1\u202f000"], [1234, 12345.5, 1000]),
        (["1'234.50", "1’000"], [1234.5, 1000]),
        (["USD 45,000.00", "45000 USD", "US$ 3"], [45000, 45000, 3]),
        (["1,234", "12,345,678"], [1234, 12345678]),
        (["0.125", "1.234"], [0.125, 1.234]),
        (["1.2E+05", "3"], [120000, 3]),
        (["12.", "0"], [12, 0]),
    ],
)
def test_amounts_are_read_as_people_write_them(cells, expected):
    found, _, notes = amounts(*cells)
    assert found.tolist() == expected and not notes


def test_an_empty_amount_is_unknown():
    assert np.isnan(amounts("", "5")[0]).tolist() == [True, False]


def test_points_that_can_only_be_thousands_are_noted():
    found, _, notes = amounts("1.234", "45.000")
    assert found.tolist() == [1234, 45000] and "thousands" in notes[0]


@pytest.mark.parametrize(
    "cell", ["abc", "1,23,4", "12 34", "--", "nan", "inf", "1e400", "1_000", "٣", "TBD", "=1+1"]
)
def test_a_cell_that_is_no_amount_is_refused_with_line_and_column(cell):
    with pytest.raises(ExportError) as caught:
        amounts("5.5", cell)
    assert (caught.value.line, caught.value.column) == (3, "Amount")


@pytest.mark.parametrize("cell", ["(500)", "($1,000.00)", "-5", "$ -5", "−7"])
def test_negative_amounts_are_refused(cell):
    with pytest.raises(ExportError, match="negative"):
        amounts(cell)


def test_two_currencies_are_refused_by_name():
    with pytest.raises(ExportError, match=r"'USD' \(first in line 2\) and 'EUR'") as caught:
        amounts("$5", "7", "$6", "€7")
    assert caught.value.line == 5


def test_a_symbol_and_its_code_are_one_currency():
    assert amounts("$5", "USD 6", "7")[1] == "USD"


def test_two_decimal_marks_in_a_column_are_refused_at_the_odd_one():
    with pytest.raises(ExportError, match=r"'3,5' writes decimals differently"):
        amounts("1.5", "2.5", "3,5")


def test_a_currency_column_with_two_currencies_is_refused():
    raw = read_export((HEADER + ",currency\n1,a,x,Won,2026-01-01,2026-02-01,5,USD\n"
                       "2,a,x,Won,2026-01-01,2026-02-01,5,CAD\n").encode(), "x")  # fmt: skip
    with pytest.raises(ExportError, match=r"'USD' .*'CAD'"):
        clean(raw, guess_mapping(raw.headers))


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["2026-01-31", "2026-01-31T23:59:59.123Z", "2026-01-31 08:15", "2026-01-31T08:15:00+02:00",
     "2026/1/31", "1/31/2026", "1/31/2026 3:45 PM", "31/01/2026", "31.1.2026", "31-01-26",
     "2026-01-31T23:30:00.000+0000"],
)  # fmt: skip
def test_dates_are_read_as_written_without_time_and_zone(cell):
    assert days(cell) == (["2026-01-31"], [])


def test_one_plain_date_decides_the_order_of_the_column():
    assert days("03/04/2026", "25/12/2026")[0] == ["2026-04-03", "2026-12-25"]
    assert days("03/04/2026", "12/25/2026")[0] == ["2026-03-04", "2026-12-25"]


def test_an_undecided_order_is_month_first_with_a_note_and_can_be_overridden():
    found, notes = days("03/04/2026")
    assert found == ["2026-03-04"] and "month was assumed" in notes[0]
    assert days("03/04/2026", order="day-first") == (["2026-04-03"], [])


@pytest.mark.parametrize(
    "cell", ["13/13/2026", "2026-02-30", "soon", "20260131", "1/2", "0000-1-1"]
)
def test_a_cell_that_is_no_date_is_refused_with_line_and_column(cell):
    with pytest.raises(ExportError) as caught:
        days("2026-01-01", cell)
    assert (caught.value.line, caught.value.column) == (3, "Day")


def test_a_date_against_the_order_of_the_others_is_refused():
    with pytest.raises(ExportError, match="'31/12/2026' is no date"):
        days("12/30/2026", "12/31/2026", "31/12/2026")


@pytest.mark.parametrize("cell", ["1900-01-01", "2206-01-01"])
def test_an_unlikely_year_is_refused(cell):
    with pytest.raises(ExportError, match="correct the year"):
        days(cell)


# --- deals -----------------------------------------------------------------------------------


def test_a_wrong_cell_is_found_by_its_line_behind_quoted_line_breaks():
    with pytest.raises(ExportError) as caught:
        cleaned('1,a,"x\ny",Won,2026-01-01,2026-02-01,5', "2,a,x,Won,2026-01-01,2026-02-01,oops")
    assert (caught.value.line, caught.value.column) == (4, "close_value")


def test_what_cannot_be_counted_is_dropped_and_reported_with_lines():
    found = cleaned(
        "1,a,x,Won,2026-01-01,2026-02-01,5",
        "1,a,x,Won,2026-01-01,2026-02-01,5",
        "2,a,x,Prospecting,,,",
        "3,a,x,Won,2026-01-01,2026-02-01,0",
        "4,a,x,Lost,2026-03-01,2026-02-01,0",
        "5,a,x,Won,2026-01-01,,5",
        "6,a,,Engaging,2026-01-01,2027-09-09,",
    )
    assert reasons(found.dropped) == {
        "Same id as an earlier row": 1,
        "Closed deal without a close date": 1,
        "Won deal without an amount above zero": 1,
        "Closed before created: left out of win rate and cycle, won value still counted": 1,
        "No created date: in no cohort": 1,
    }
    assert found.dropped[0].lines == (3,)
    assert found.deals.line.tolist() == [2, 8]
    assert reasons(found.kept)["No account: kept"] == 1


def test_rows_without_an_id_are_no_duplicates():
    assert len(cleaned(*[",a,x,Won,2026-01-01,2026-02-01,5"] * 3).deals) == 3


def test_ids_that_differ_by_case_are_two_deals():
    row = ",a,x,Won,2026-01-01,2026-02-01,5"
    assert len(cleaned("006aB" + row, "006Ab" + row).deals) == 2


def test_a_win_without_a_usable_created_date_still_counts_as_bookings():
    found = cleaned("1,a,x,Won,2026-03-01,2026-02-01,5", "2,a,x,Won,,2026-02-01,6")
    assert found.deals.amount.tolist() == [5, 6]
    assert not found.deals.in_cohort.any()


def test_the_hoped_for_close_of_an_open_deal_does_not_end_the_export():
    found = cleaned("1,a,x,Won,2026-01-01,2026-02-01,5", "2,a,x,Talks,2026-01-01,2029-01-01,5")
    assert str(found.last_day) == "2026-02-01"


def test_a_slip_of_the_year_does_not_end_the_export():
    rows = [f"{i},a,x,Won,2026-01-01,2026-02-{1 + i % 28:02d},5" for i in range(200)]
    found = cleaned(*rows, "slip,a,x,Won,2026-01-01,2062-02-01,5")
    assert str(found.last_day) == "2026-02-28"
    assert reasons(found.dropped) == {"Date half a year after all others": 1}


def test_bulk_closed_days_are_reported_and_kept():
    rows = [f"{i},a,x,Lost,2026-01-01,2026-02-{1 + i % 28:02d},0" for i in range(28 * 3)]
    bulk = [f"b{i},a,x,Lost,2025-01-01,2026-03-07,0" for i in range(20)]
    found = cleaned(*rows, *bulk)
    assert reasons(found.kept) == {
        "Closed on a day with over 5 times the usual number of closes: kept": 20
    }
    assert len(found.deals) == 104
    assert not cleaned(*rows, *bulk[:19]).kept


def test_owners_with_few_deals_are_pooled_and_names_are_not_kept():
    row = ",x,Won,2026-01-01,2026-02-01,5"
    found = cleaned(*[f"a{i},Ann Hale{row}" for i in range(5)], f"b,Bo Lind{row}", f"c,{row[0:]}")
    assert found.deals.owner.tolist() == [1] * 5 + [0, 0] and found.owners == 1
    kept = [str(getattr(found, each.name)) for each in fields(found)]
    kept += [str(column) for column in vars(found.deals).values()]
    assert not any(name in text for text in kept for name in ("Ann", "Bo Lind"))


def test_outcomes_given_override_the_guess():
    found = cleaned("1,a,x,Signed,2026-01-01,2026-02-01,5", outcomes={"Signed": "won"})
    assert found.deals.won.tolist() == [True]


def test_a_stage_without_an_outcome_is_refused():
    with pytest.raises(ExportError, match="'Signed' has no outcome") as caught:
        cleaned("1,a,x,Signed,2026-01-01,2026-02-01,5", outcomes={"Won": "won"})
    assert (caught.value.line, caught.value.column) == (2, "deal_stage")


def test_a_missing_column_is_asked_for():
    raw = read_export(b"id,amount\n1,2\n", "x")
    with pytest.raises(ExportError, match="No column is chosen for the owner"):
        clean(raw, guess_mapping(raw.headers))
    full = Mapping("id", "a", None, "amount", "b", "c", "d")
    with pytest.raises(ExportError, match="has no column"):
        clean(raw, full)


def test_an_export_with_nothing_to_count_is_refused():
    with pytest.raises(ExportError, match="No row is left"):
        cleaned("1,a,x,Prospecting,,,")
