"""Exports as they come out of CRMs and spreadsheets: good ones, and those that must be refused."""

import csv
import datetime
import io
from collections.abc import Sequence

from scripts.workbooks import Cell, workbook

SALESFORCE = (
    "Opportunity ID", "Opportunity Owner", "Account Name", "Type", "Amount", "Created Date",
    "Close Date", "Stage",
)  # fmt: skip
HUBSPOT = ("Record ID", "Deal owner", "Associated Company", "Amount", "Create Date",
           "Close Date", "Deal Stage")  # fmt: skip
PIPEDRIVE = ("Deal - ID", "Deal - Owner", "Deal - Organization", "Deal - Value",
             "Deal - Deal created", "Deal - Deal closed on", "Deal - Status")  # fmt: skip
MAVEN = ("opportunity_id", "sales_agent", "account", "product", "close_value", "engage_date",
         "close_date", "deal_stage")  # fmt: skip
API = ("Id", "OwnerId", "AccountId", "Amount", "CurrencyIsoCode", "CreatedDate", "CloseDate",
       "StageName", "IsWon", "IsClosed")  # fmt: skip
ENDINGS = ("Closed Won", "Closed Lost", "Negotiation")
START = datetime.date(2024, 1, 1)

Row = list[str]


def shapes() -> dict[str, bytes]:
    """Return every shape by name; each is a calibration or one sentence to the importer."""
    sales, maven, pipe = _table(SALESFORCE), _table(MAVEN), _table(PIPEDRIVE)
    api = _table(API)
    return {
        "Salesforce report": _csv(SALESFORCE, sales),
        "Salesforce API names": _csv(API, api),
        "Salesforce with a footer": _csv(SALESFORCE, sales) + b"\n\nConfidential\nby me\n",
        "HubSpot": _csv(HUBSPOT, _table(HUBSPOT)),
        "Pipedrive": _csv(PIPEDRIVE, pipe),
        "Maven": _csv(MAVEN, maven),
        "Semicolons": _csv(SALESFORCE, sales, ";"),
        "Tabs": _csv(SALESFORCE, sales, "\t"),
        "UTF-16": _csv(SALESFORCE, sales, "\t", "utf-16"),
        "UTF-8 with a mark": _csv(SALESFORCE, sales, encoding="utf-8-sig"),
        "Windows-1252": _csv(SALESFORCE, _with(sales, 1, "Bérénice Müller"), encoding="cp1252"),
        "Line breaks in quotes": _csv(SALESFORCE, _with(sales, 2, 'Acme\n"North"')),
        "Old Mac line ends": _csv(SALESFORCE, sales).replace(b"\n", b"\r"),
        "Windows line ends": _csv(SALESFORCE, sales).replace(b"\n", b"\r\n"),
        "European decimals": _csv(SALESFORCE, _with(sales, 4, "1.234,50"), ";"),
        "Swiss thousands": _csv(SALESFORCE, _with(sales, 4, "1'234.50")),
        "Euro signs": _csv(SALESFORCE, _with(sales, 4, "1.234,50 €"), ";"),
        "Mixed decimals": _csv(SALESFORCE, _with(sales[:3], 4, "1,5") + _with(sales, 4, "1.5")),
        "Mixed currencies": _csv(API, _with(api[:5], 4, "EUR") + api[5:]),
        "Currencies in the cells": _csv(
            SALESFORCE, _with(sales[:5], 4, "€9") + _with(sales, 4, "$9")
        ),
        "Day first": _csv(SALESFORCE, [_dated(row, "%d/%m/%Y") for row in sales]),
        "Month first": _csv(SALESFORCE, [_dated(row, "%m/%d/%Y") for row in sales]),
        "Points in dates": _csv(SALESFORCE, [_dated(row, "%d.%m.%Y") for row in sales]),
        "Times and zones": _csv(SALESFORCE, [_dated(row, "%Y-%m-%dT10:00:00Z") for row in sales]),
        "Days as Excel numbers": _csv(SALESFORCE, _with(sales, 5, "45500")),
        "Empty": b"",
        "Blanks": b" \r\n \r\n",
        "A header alone": _csv(SALESFORCE, []),
        "One row": _csv(SALESFORCE, sales[:1]),
        "One column": b"Opportunity\nfirst\nsecond\n",
        "NUL bytes": _csv(SALESFORCE, _with(sales, 2, "a\0b")),
        "200 columns": _csv([f"c{n}" for n in range(200)], [["1"] * 200]),
        "A short row": _csv(SALESFORCE, [*sales, ["1", "2"]]),
        "A quote left open": _csv(SALESFORCE, sales) + b'"open,1,2\n',
        "The same name twice": _csv((*SALESFORCE[:7], "Amount"), sales),
        "No header": _csv(sales[0], sales[1:]),
        "Unknown names": _csv([f"Feld {n}" for n in range(8)], sales),
        "Negative amounts": _csv(SALESFORCE, _with(sales, 4, "(500)")),
        "Formulas": _csv(SALESFORCE, _with(sales, 2, "=1+1")),
        "All lost": _csv(SALESFORCE, _with(sales, 7, "Closed Lost")),
        "All open": _csv(SALESFORCE, _with(sales, 7, "Negotiation")),
        "Workbook": workbook([SALESFORCE, *(_typed(row) for row in sales)]),
        "Workbook cut off": workbook([SALESFORCE, *sales])[:-90],
        "Workbook without rows": workbook([]),
        "Old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "A picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "HTML named as CSV": b"<html><table><tr><td>Id</td><td>Amount</td></tr></table></html>",
        "JSON named as CSV": b'[{"Id": 1, "Amount": 5}]',
    }


def _table(header: Sequence[str]) -> list[Row]:
    return [[_cell(name, number) for name in header] for number in range(40)]


def _cell(name: str, number: int) -> str:
    key, created = name.casefold(), START + datetime.timedelta(days=9 * number)
    ending = ENDINGS[number % 3]
    if "currency" in key:
        return "USD"
    if key in ("iswon", "isclosed"):
        return str(ending == "Closed Won" or (key == "isclosed" and ending == "Closed Lost"))
    if "amount" in key or "value" in key:
        return f"{1000 + 37 * number}.50"
    if "clos" in key:
        return str(created + datetime.timedelta(days=20 + number % 50))
    if "creat" in key or "engage" in key:
        return str(created)
    if "stage" in key or "status" in key:
        return ending
    if "owner" in key or "agent" in key:
        return f"Rep {number % 4}"
    return f"{name} {number % 5}" if "id" not in key.split() + [key[-2:]] else f"D{number:04d}"


def _csv(
    header: Sequence[str], rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def _with(rows: Sequence[Row], place: int, cell: str) -> list[Row]:
    return [[*row[:place], cell, *row[place + 1 :]] for row in rows]


def _dated(row: Row, form: str) -> Row:
    days = [datetime.date.fromisoformat(cell).strftime(form) for cell in row[5:7]]
    return [*row[:5], *days, *row[7:]]


def _typed(row: Row) -> list[Cell]:
    days: list[Cell] = [datetime.date.fromisoformat(cell) for cell in row[5:7]]
    return [*row[:4], float(row[4]), *days, *row[7:]]
