"""From an XLSX workbook to rows of text, cell by cell, limits first.

Readers of workbooks lay a sheet out as a full grid, so that one stray cell in the last corner
asks for more memory than there is and ends the process. Here a row is only as wide as what
stands in it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from calibration.errors import ExportError
from calibration.workbook_cells import Cells, day_styles

MAX_UNPACKED = 200 * 1024 * 1024  # bytes: a small archive may unpack to gigabytes
MAX_WIDTH = 1_000  # columns in which anything may stand
ZIPPED = b"PK\x03\x04"
_UNREADABLE = (
    "The file is a workbook or an archive that cannot be read; save it as XLSX or CSV UTF-8."
)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, NotImplementedError, RuntimeError, ValueError,
    KeyError, EOFError, OSError,
)  # fmt: skip
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)")
_HEAD = 4_096  # bytes in which a document type would be declared
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Record = tuple[int, list[str]]


def workbook_records(content: bytes) -> Iterator[Record]:
    """Yield the rows of the first sheet that has any, each with its number; blank ones are empty.

    Days become `2026-01-31`, whole numbers lose their point, formulas count as what they showed.
    Rows are as wide as the first one with cells; a lone cell below a blank row stays alone.

    Raises
    ------
    ExportError
        If the file is no workbook, unpacks to over 200 MB, is over 1,000 columns wide, or no
        sheet has a cell.
    """
    with _refusing(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_size(archive)
        cells = Cells(_shared_strings(archive), _days(archive), _is_1904(archive))
        for name in _sheets(archive):
            records = _sheet_records(archive, name, cells)
            first = next((record for record in records if record[1]), None)
            if first is not None:
                yield from _as_wide_as_the_first(first, records)
                return
        raise ExportError("The workbook is empty; export the opportunities again.")


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except ExportError:
        raise
    except _BROKEN:
        raise ExportError(_UNREADABLE) from None


def _check_size(archive: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise ExportError("The workbook unpacks to over 200 MB; save the sheet as CSV.")


@contextmanager
def _part(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open a part; one that declares entities is refused, as no spreadsheet writes them."""
    with archive.open(name) as part:
        if _DECLARED.search(part.read(_HEAD)):
            raise ExportError(_UNREADABLE)
    with archive.open(name) as part:
        yield part


def _elements(archive: zipfile.ZipFile, name: str, wanted: str) -> Iterator[Element]:
    """Yield the elements of one kind, and forget each after it was used."""
    suffix = "}" + wanted
    with _part(archive, name) as part:
        for _, element in iterparse(part):
            if element.tag.endswith(suffix) or element.tag == wanted:
                yield element
                element.clear()


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts that hold the sheets, in the order of their tabs."""
    relations = _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    ids = [each.get(_RELATION) for each in _elements(archive, "xl/workbook.xml", "sheet")]
    paths = [targets.get(each, "") for each in ids]
    parts = [path[1:] if path.startswith("/") else f"xl/{path}" for path in paths]
    known = set(archive.namelist())
    return [part for part in parts if part in known]


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    return ["".join(_texts(each)) for each in _elements(archive, name, "si")]


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of an element without the reading aids of East Asian scripts."""
    for child in element:
        kind = child.tag.rpartition("}")[2]
        if kind == "t":
            yield child.text or ""
        elif kind == "r":
            yield from _texts(child)


def _days(archive: zipfile.ZipFile) -> frozenset[int]:
    name = "xl/styles.xml"
    if name not in archive.namelist():
        return frozenset()
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in _elements(archive, name, "numFmt")
    }
    formats = [
        style.get("numFmtId", "0")
        for styles in _elements(archive, name, "cellXfs")
        for style in styles
    ]
    return day_styles(formats, codes)


def _is_1904(archive: zipfile.ZipFile) -> bool:
    kinds = [each.get("date1904") for each in _elements(archive, "xl/workbook.xml", "workbookPr")]
    return any(kind in ("1", "true") for kind in kinds)


def _sheet_records(archive: zipfile.ZipFile, name: str, cells: Cells) -> Iterator[Record]:
    """Yield rows as wide as what stands in them; rows the file leaves out are one blank row."""
    last = 0
    for row in _elements(archive, name, "row"):
        number = int(row.get("r") or last + 1)
        if number > last + 1:
            yield last + 1, []
        last = number
        found = cells.of_row(row)
        width = 1 + max(found, default=-1)
        if width > MAX_WIDTH:
            raise ExportError(
                f"something stands in column {width:,} and the limit is {MAX_WIDTH:,}; delete "
                "the columns not needed.",
                line=number,
            )
        yield number, [found.get(place, "") for place in range(width)]


def _as_wide_as_the_first(first: Record, rest: Iterator[Record]) -> Iterator[Record]:
    width, after_blank = len(first[1]), False
    yield first
    for number, row in rest:
        is_footer = after_blank and len(row) == 1
        after_blank = not row or is_footer
        is_short = bool(row) and not is_footer
        yield number, row + [""] * (width - len(row)) if is_short else row
