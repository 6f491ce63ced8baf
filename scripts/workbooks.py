"""Write small XLSX workbooks, for tests and fuzzing: text, numbers and days in one sheet."""

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

Cell = str | float | int | bool | datetime.date | None

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="{target}"/>{more}</Relationships>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
_EPOCH = datetime.date(1899, 12, 30)


def workbook(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return an XLSX file with one sheet that holds the rows from A1 on."""
    target = io.BytesIO()
    styles = f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels",
            _RELATIONS.format(kind=f"{_OFFICE}/officeDocument", target="xl/workbook.xml", more=""),
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _RELATIONS.format(
                kind=f"{_OFFICE}/worksheet", target="worksheets/sheet1.xml", more=styles
            ),
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/styles.xml", _STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", _sheet(rows))
    return target.getvalue()


def _sheet(rows: Iterable[Sequence[Cell]]) -> str:
    lines = (
        f'<row r="{number}">{"".join(_cell(cell, number, place) for place, cell in enumerate(row))}'
        "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(value: Cell, row: int, place: int) -> str:
    at = f'r="{_letters(place)}{row}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, datetime.date):
        return f'<c {at} s="1"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, str):
        text = escape("".join(sign for sign in value if sign >= " " or sign in "\t\n"))
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c {at}><v>{value}</v></c>"


def _letters(place: int) -> str:
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
