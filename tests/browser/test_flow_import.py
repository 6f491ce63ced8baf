"""A person brings a CRM export: what is found is shown, applied, or refused with the place."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from data.example import crm_export
from tests.browser.accessible import violations
from tests.browser.conftest import ROOT, Example, NewPage, OpenApp
from tests.browser.driving import alert, button, redrawn, settle, toast, type_into, until

MAVEN = ROOT.parent / "shared" / "data" / "maven_crm_sales" / "sales_pipeline.csv"


def open_import(open_app: OpenApp, plan: Example) -> Page:
    """Open the tab that reads an export."""
    page = open_app(f"assumptions?plan={plan.id}")
    page.get_by_role("tab", name="Import a CRM export").click()
    expect(button(page, "Try the example's export")).to_be_visible()
    return page


def upload(page: Page, content: bytes | Path, name: str = "deals.csv") -> None:
    """Give the page a file."""
    field = page.locator("input[type=file]").first
    if isinstance(content, Path):
        field.set_input_files(content)
    else:
        field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def found(page: Page, label: str) -> Locator:
    """Return the value of a number that was found."""
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def win_rate(plan: Example) -> float:
    """Read the plan's likely win rate."""
    sql = "SELECT assumptions_json FROM plans WHERE id = ?"
    return float(json.loads(plan.server.rows(sql, plan.id)[0][0])["win_rate"]["mode"])


def names_of_reps() -> set[str]:
    """Return the owners of the deals in the example's export."""
    return {row["Opportunity Owner"] for row in csv.DictReader(io.StringIO(crm_export().decode()))}


def kept(plan: Example) -> bytes:
    """Return every byte the server keeps on disk."""
    database = plan.server.database
    return b"".join(each.read_bytes() for each in sorted(database.parent.glob(database.name + "*")))


def test_the_examples_export_is_applied_and_taken_back(open_app: OpenApp, plan: Example) -> None:
    before, events = win_rate(plan), plan.count("events")
    names = [name for name in names_of_reps() if name.encode() not in kept(plan)]
    assert len(names) > 20
    page = open_import(open_app, plan)
    button(page, "Try the example's export").click()
    expect(found(page, "Won in the end")).to_have_text(re.compile(r"^\d+\.\d%$"))
    shown = found(page, "Won in the end").inner_text()
    expect(page.get_by_text(re.compile("One quarter ahead: . of 4 quarters"))).to_be_visible()
    expect(page.get_by_text(re.compile("Two quarters ahead: . of 3 quarters"))).to_be_visible()
    button(page, "Apply to the plan").click()
    expect(toast(page, "Applied")).to_be_visible()
    settle(page)
    assert plan.ops(events) == ["set_assumptions"]
    assert not [name for name in names if name.encode() in kept(plan)]
    after = win_rate(plan)
    assert after != before
    assert f"{100 * after:.1f}%" == shown
    expect(page.get_by_role("heading", level=1)).to_contain_text("measured")
    button(page, "Undo").click()
    settle(page)
    expect(button(page, "Redo")).to_be_enabled()
    assert plan.ops(events) == ["set_assumptions", "undo"]
    assert win_rate(plan) == before


def changed(row: int, column: str, text: str) -> bytes:
    """Return the example's export with one cell changed; row 0 is the header."""
    rows = list(csv.reader(io.StringIO(crm_export().decode("utf-8-sig"))))
    rows[row][rows[0].index(column)] = text
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


BAD = {
    "empty": (b"", "The file is empty"),
    "one column": (b"hello\nworld\n", "no comma, semicolon or tab"),
    "a header alone": (b"Id,Owner,Amount,Stage\n", "a header and no rows"),
    "the same column twice": (
        b"Id,Amount,Stage,Amount\n1,2,Won,3\n",
        re.compile("line 1.*columns 2 and 4 have the same name", re.IGNORECASE),
    ),
    "a workbook": (b"PK\x03\x04" + b"x" * 100, "a workbook"),
    "a short row": (
        b"Id,Amount,Stage\n1,2,Won\n3,4\n",
        re.compile("line 3.*this row has 2 columns", re.IGNORECASE),
    ),
    "an unknown encoding": (
        b"Id,Name,Stage\n" + b"1,abc,Won\n" * 1_048_000 + b"2,\x81\x8d,Won\n",
        re.compile("line 1,?048,?002.*neither UTF-8 nor Windows-1252", re.IGNORECASE),
    ),
    "more than 10 MB": (b"Id,Name,Stage\n" + b"1,abc,Won\n" * 1_060_000, "the limit is 10 MB"),
}


def test_bad_files_are_refused_in_one_sentence_and_change_nothing(
    open_app: OpenApp, plan: Example
) -> None:
    events, before = plan.count("events"), plan.server.rows("SELECT * FROM plans")
    page = open_import(open_app, plan)
    for kind, (content, words) in BAD.items():
        upload(page, content, f"{kind}.csv")
        refused = alert(page, words)
        expect(refused).to_be_visible(timeout=30_000)
        expect(refused).to_contain_text("Nothing was changed.")
        expect(page.get_by_text("What was found")).to_have_count(0)
    assert (plan.count("events"), plan.server.rows("SELECT * FROM plans")) == (events, before)


def test_text_among_the_amounts_is_refused_with_its_line_and_column(
    open_app: OpenApp, plan: Example
) -> None:
    header = crm_export().decode("utf-8-sig").splitlines()[0].split(",")
    amount = next(name for name in header if "amount" in name.lower())
    page = open_import(open_app, plan)
    events = plan.count("events")
    upload(page, changed(6, amount, "about ten"))
    refused = alert(page, "Nothing was changed.")
    expect(refused).to_contain_text(re.compile(r"[Ll]ine 7\b"))
    expect(refused).to_contain_text(amount)
    assert plan.ops(events) == []


def test_an_import_is_made_by_touch(open_app: OpenApp, new_page: NewPage, plan: Example) -> None:
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(f"assumptions?plan={plan.id}", phone)
    redrawn(phone, phone.get_by_role("tab", name="Import a CRM export").tap)
    button(phone, "Try the example's export").tap()
    expect(found(phone, "Won in the end")).to_be_visible()
    box = phone.get_by_test_id("stSelectbox").filter(has_text="Order of day and month")
    box.get_by_role("button", name="Open").tap()
    redrawn(phone, phone.get_by_role("option", name="Month first").tap)
    expect(box.get_by_role("combobox")).to_have_value("Month first")
    expect(box.get_by_role("button")).to_have_count(1)
    last = phone.get_by_test_id("stMultiSelect").get_by_role("button", name="Remove").last
    last.scroll_into_view_if_needed()
    reach = """node => {
        const at = node.getBoundingClientRect();
        const x = at.left + at.width / 2, y = at.top + at.height / 2;
        return [[-20, 0], [0, -10], [0, 10]].every(([right, down]) =>
            node.contains(document.elementFromPoint(x + right, y + down)));
    }"""
    assert last.evaluate(reach)


def test_a_good_file_after_a_bad_one_is_read(open_app: OpenApp, plan: Example) -> None:
    page = open_import(open_app, plan)
    upload(page, b"hello\nworld\n")
    expect(alert(page, "Nothing was changed.")).to_be_visible()
    upload(page, crm_export(), "export.csv")
    expect(found(page, "Won in the end")).to_be_visible()
    expect(alert(page, "Nothing was changed.")).to_have_count(0)


@pytest.mark.skipif(not MAVEN.exists(), reason="the practice data is not here")
def test_the_practice_data_is_read_applied_and_simulated(open_app: OpenApp, plan: Example) -> None:
    page = open_import(open_app, plan)
    upload(page, MAVEN)
    expect(found(page, "Won in the end")).to_have_text("51.9%", timeout=30_000)
    expect(page.get_by_text("No back-test: this file has 10 whole months")).to_be_visible()
    button(page, "Apply to the plan").click()
    expect(toast(page, "Applied")).to_be_visible()
    assert win_rate(plan) == pytest.approx(0.519, abs=0.0005)
    runs = plan.count("runs")
    open_app(f"simulate?plan={plan.id}")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    assert plan.count("runs") == runs + 1


EURO = (
    "Nummer,Verkäufer,Betrag,Angelegt,Abschluss,Phase\n"
    + "".join(
        f"{i},a,€ 100,2026-{1 + i % 9:02d}-01,2026-{2 + i % 9:02d}-02,{end}\n"
        for i, end in enumerate(("Gewonnen", "Verloren") * 45)
    )
    + "0,a,€ 100,2026-01-01,2026-02-02,Gewonnen\n"
).encode()


def test_unknown_columns_are_guessed_and_another_currency_waits_for_a_rate(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_import(open_app, plan)
    upload(page, EURO)
    expect(page.get_by_text("Guessed from the words or the cells")).to_be_visible()
    expect(page.get_by_text("Type a rate above zero for each currency")).to_be_visible()
    expect(page.get_by_text("What was found")).to_have_count(0)
    rate = page.get_by_label("1 EUR in the plan's currency")
    rate.fill("1.2")
    rate.press("Enter")
    expect(page.get_by_text("What was found")).to_be_visible()
    page.get_by_text("Dropped and noticed").click()
    with page.expect_download() as saved:
        button(page, "All lines (CSV)").click()
    assert "92,dropped,Same id as an earlier row" in saved.value.path().read_text("utf-8-sig")


CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20200106T100000Z",
        "DTEND:20200106T120000Z",
        "RRULE:FREQ=WEEKLY",
        "ATTENDEE:mailto:me@ours.com",
        "ATTENDEE:mailto:you@ours.com",
        "ATTENDEE:mailto:buyer@theirs.com",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
).encode()


def test_a_calendar_gives_buyer_pressure_and_says_what_it_cannot_see(
    open_app: OpenApp, plan: Example
) -> None:
    sql, events = "SELECT assumptions_json FROM plans WHERE id = ?", plan.count("events")
    page = open_app(f"assumptions?plan={plan.id}")
    page.get_by_role("tab", name="Import a time log").click()
    panel = page.get_by_role("tabpanel", name="Import a time log")
    settle(page)  # else: another uploader is the last one so far
    field = panel.locator("input[type=file]").last
    field.set_input_files({"name": "c.ics", "mimeType": "text/calendar", "buffer": b"a"})
    expect(alert(page, "Nothing was changed.")).to_be_visible()
    field.set_input_files({"name": "c.ics", "mimeType": "text/calendar", "buffer": CALENDAR})
    expect(panel.get_by_text("Desk work is not in a calendar")).to_be_visible()
    hours = panel.get_by_label("Hours set aside for selling in that time")
    hours.fill("120")
    hours.press("Enter")
    button(panel, "Apply buyer pressure").click()
    expect(toast(page, "Applied")).to_be_visible()
    settle(page)
    assert plan.ops(events) == ["set_assumptions"]
    kept = json.loads(plan.server.rows(sql, plan.id)[0][0])["buyer_pressure"]
    assert kept["grade"] == "measured" and "c.ics" in kept["source"]


def figures(plan: Example) -> dict[tuple[str, str], float]:
    """Read what happened, by metric and month."""
    sql = "SELECT metric, month, value FROM actuals WHERE plan_id = ? AND archived_at IS NULL"
    return {(metric, month): value for metric, month, value in plan.server.rows(sql, plan.id)}


def test_figures_of_months_are_typed_pasted_weighed_and_taken_over(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(f"actuals{plan.path}")
    expect(page.get_by_role("heading", level=1)).to_have_text("What happened so far?")
    type_into(page.get_by_label("Jan 2027", exact=True), "1400000")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Bookings a quarter: inside the range in Jan 2027."
    )
    assert figures(plan) == {("bookings_quarter", "2027-01"): 1_400_000.0}

    page.get_by_text("Import figures").click()
    rows = [f"0{month}/2027;1.500.000,00 $;21,{month} %" for month in range(1, 7)]
    page.get_by_label("Paste a table").fill("\n".join(["Monat;Bookings;Win rate", *rows]))
    page.get_by_label("Paste a table").press("Control+Enter")
    expect(page.get_by_text("1 of 12 replaces a figure that is there now.")).to_be_visible()
    assert len(figures(plan)) == 1
    button(page, "Keep 12 figures").click()
    expect(page.get_by_text("All 12 figures of the table are kept already.")).to_be_visible()
    assert figures(plan)["win_rate", "2027-06"] == 0.216
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("svg, canvas").first).to_be_visible()
    expect(page.get_by_label("Jun 2027", exact=True)).to_have_value("1500000")

    button(page, "Weigh the futures").click()
    expect(
        page.get_by_text(re.compile("12 figures leave .* effective futures of 1,000"))
    ).to_be_visible()
    assert violations(page) == []
    button(page, "Apply to the plan").click()
    expect(toast(page, "Undo takes it back")).to_be_visible()
    settle(page)
    source = plan.board().plan.assumptions["win_rate"].source
    assert source.startswith("Updated from actuals, Jan 2027 to Jun 2027 (12 figures")
    button(page, "Undo").click()
    settle(page)
    until(lambda: "Updated" not in plan.board().plan.assumptions["win_rate"].source)
    assert plan.ops()[-4:] == ["set_actuals", "set_actuals", "set_assumptions", "undo"]
