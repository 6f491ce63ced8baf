"""A workbook says the same as the CSV it was saved from."""

import csv
import datetime
import io
import time
import zipfile

import pytest

from calibration import ExportError, calibrate, read_export
from calibration.workbook import MAX_UNPACKED
from data.example import crm_export
from scripts.workbooks import workbook

HEADER = ("Id", "Owner", "Amount", "Created Date", "Close Date", "Stage")
DEAL = ("1", "a", 5.5, datetime.date(2026, 1, 1), datetime.date(2026, 2, 1), "Closed Won")


def typed(cell: str) -> object:
    """Return a cell of the example as Excel keeps it: a day or a number where it is one."""
    try:
        month, day, year = (int(part) for part in cell.split("/"))
        return datetime.date(year, month, day)
    except ValueError:
        return float(cell) if cell.replace(".", "", 1).isdigit() else cell


def test_the_example_saved_as_a_workbook_gives_the_same_estimates():
    rows = list(csv.reader(io.StringIO(crm_export().decode())))
    book = workbook([rows[0], *([typed(cell) for cell in row] for row in rows[1:])])
    assert calibrate(book, "x.xlsx").estimates == calibrate(crm_export(), "x.xlsx").estimates


def test_days_numbers_and_blanks_become_the_text_a_csv_would_hold():
    raw = read_export(workbook([HEADER, DEAL, (2, None, 7.0, None, None, True)]), "x.xlsx")
    assert raw.rows[0] == ("1", "a", "5.5", "2026-01-01", "2026-02-01", "Closed Won")
    assert raw.rows[1] == ("2", "", "7", "", "", "TRUE")
    assert raw.lines == (2, 3)


def test_a_report_may_begin_with_blank_rows_and_end_with_a_line_of_text():
    raw = read_export(workbook([(), (), HEADER, DEAL, (), ("Confidential",)]), "x.xlsx")
    assert raw.headers == HEADER and raw.lines == (4,)
    assert raw.notes == ("1 lines of text below the table were left out.",)


def test_a_wrong_cell_is_named_by_its_row():
    with pytest.raises(ExportError) as caught:
        calibrate(workbook([HEADER, DEAL, (*DEAL[:2], "about ten", *DEAL[3:])]), "x.xlsx")
    assert (caught.value.line, caught.value.column) == (3, "Amount")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 100, workbook([HEADER, DEAL])[:-200]])
def test_a_broken_workbook_is_refused_in_a_sentence(content):
    with pytest.raises(ExportError, match="a workbook or an archive that cannot be read"):
        read_export(content, "x.xlsx")


def test_an_archive_that_is_no_workbook_and_an_empty_one_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ExportError, match="cannot be read"):
        read_export(target.getvalue(), "x.xlsx")
    with pytest.raises(ExportError, match="is empty"):
        read_export(workbook([]), "x.xlsx")


def test_an_archive_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked():
    target = io.BytesIO(workbook([HEADER, DEAL]))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        zeros = b"\0" * (8 * 1024 * 1024)
        with archive.open("xl/large.xml", "w", force_zip64=True) as part:
            for _ in range(MAX_UNPACKED // len(zeros) + 1):
                part.write(zeros)
    start = time.process_time()
    with pytest.raises(ExportError, match="200 MB"):
        read_export(target.getvalue(), "x.xlsx")
    assert time.process_time() - start < 1


def test_a_cell_in_the_last_corner_costs_no_memory_and_is_refused():
    book = workbook([HEADER, DEAL])
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(far, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                text = text.replace(b"</sheetData>", cell)
            new.writestr(part, text)
    with pytest.raises(ExportError, match="column 16,384 and the limit is 1,000"):
        read_export(far.getvalue(), "x.xlsx")


def with_sheet_changed(old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([HEADER, DEAL]))) as source,
        zipfile.ZipFile(target, "w") as copy,
    ):
        for each in source.namelist():
            text = source.read(each)
            copy.writestr(each, text.replace(old, new) if each == part else text)
    return target.getvalue()


def test_entities_are_never_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet'
    with pytest.raises(ExportError, match="cannot be read"):
        read_export(with_sheet_changed(b"<worksheet", bomb), "x.xlsx")


@pytest.mark.parametrize("value", ["x", "1e999", "nan", "-5"])
def test_a_number_that_is_none_gives_a_table_or_a_sentence(value):
    changed = with_sheet_changed(b"<v>5.5</v>", f"<v>{value}</v>".encode())
    with pytest.raises(ExportError):
        calibrate(changed, "x.xlsx")


def test_ten_thousand_rows_of_a_workbook_take_under_three_seconds():
    day = datetime.date(2025, 1, 1)
    rows = (
        (f"{i:08d}", f"rep {i % 40}", 1000.5 + i % 7919,
         day + datetime.timedelta(i % 300), day + datetime.timedelta(300 + i % 300),
         ("Closed Won", "Closed Lost", "Talks")[i % 3])
        for i in range(10_000)
    )  # fmt: skip
    book = workbook([HEADER, *rows])
    start = time.process_time()
    assert calibrate(book, "large.xlsx").deals > 9_900
    took = time.process_time() - start
    assert took < 3, f"{took:.1f} s"
