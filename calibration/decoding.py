"""From the bytes of an upload to text, or to a sentence on why it is none."""

import codecs
import re

from calibration.errors import ExportError

MAX_BYTES = 10 * 1024 * 1024


def decoded(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file and notes on how it was read.

    Raises
    ------
    ExportError
        If the file is over 10 MB, empty, a workbook, or text in no encoding known.
    """
    check_bytes(content)
    text, notes = _text(content)
    _check_text(text)
    return text, notes


def check_bytes(content: bytes) -> None:
    """Refuse a file that is over 10 MB, empty, or a workbook of the old binary kind."""
    if len(content) > MAX_BYTES:
        raise ExportError(
            f"The file has {len(content) / 1024**2:.1f} MB and the limit is 10 MB; "
            "export fewer columns or a shorter time."
        )
    if not content.strip():
        raise ExportError("The file is empty; export the opportunities again.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ExportError("The file is a workbook of the old kind; save it as XLSX or CSV UTF-8.")


def _text(content: bytes) -> tuple[str, list[str]]:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), []
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if error.encoding.startswith("utf-16"):
            raise ExportError("The file is damaged UTF-16; save it as CSV UTF-8.") from None
        return _text_as_windows(content)


def _text_as_windows(content: bytes) -> tuple[str, list[str]]:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ExportError(
            "a character here is neither UTF-8 nor Windows-1252; save the file as CSV UTF-8.",
            line=_line_of(content[: error.start].decode("latin-1")),
        ) from None
    return text, ["The file is not UTF-8 and was read as Windows-1252; check names with accents."]


def _check_text(text: str) -> None:
    place = text.find("\0")
    if place >= 0:
        raise ExportError(
            "there is a NUL character here, so this is no text; save the file as CSV UTF-8.",
            line=_line_of(text[:place]),
        )
    if not text.strip():
        raise ExportError("The file is empty; export the opportunities again.")


def _line_of(before: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", before)) + 1
