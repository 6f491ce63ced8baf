import pytest

from calibration import ExportError, read_export
from calibration.decoding import MAX_BYTES


def read(text: str | bytes):
    return read_export(text.encode() if isinstance(text, str) else text, "deals.csv")


def refusal(text: str | bytes) -> ExportError:
    with pytest.raises(ExportError) as caught:
        read(text)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".")
    return caught.value


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_splits_the_header_most(sign):
    raw = read(f"id{sign}amount{sign}a note\n1{sign}2{sign}3\n")
    assert raw.headers == ("id", "amount", "a note")
    assert raw.rows == (("1", "2", "3"),)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_quoted_headers_are_split_too(sign):
    raw = read(f'"id"{sign}"amount"\n"1"{sign}"2{sign}5"\n')
    assert raw.headers == ("id", "amount") and raw.rows == (("1", f"2{sign}5"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read_without_a_note(encoding):
    raw = read("id,owner\n1,Zoë Łuk\n".encode(encoding))
    assert raw.headers[0] == "id" and raw.column("owner") == ["Zoë Łuk"]
    assert not raw.notes


def test_windows_text_is_read_with_a_note():
    raw = read("id,owner\n1,Zoë\n".encode("cp1252"))
    assert raw.column("owner") == ["Zoë"]
    assert "Windows-1252" in raw.notes[0]


def test_a_byte_outside_every_encoding_is_refused_with_its_line():
    assert refusal(b"id,owner\n1,ok\n2,\x81\n").line == 3


def test_cells_stay_text():
    assert read("id,amount\n007,1e5\nNA,\n").rows == (("007", "1e5"), ("NA", ""))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_through_quoted_line_breaks_and_blank_lines(end):
    raw = read(end.join(["id,note", '1,"two', 'lines"', "", "2,plain", ",", "3,last", ""]))
    assert raw.lines == (2, 5, 7)


def test_a_ragged_row_is_refused_with_its_line_and_both_widths():
    error = refusal('id,note\n1,"two\nlines"\n2,b,c\n')
    assert error.line == 4
    assert "3 columns and the header has 2" in str(error)
    assert refusal("id,a,b\n1,2,3\n4\n").line == 3


def test_text_below_a_report_is_left_out_with_a_note():
    raw = read("id,a\n1,2\n\nCopyright\nConfidential\n")
    assert raw.rows == (("1", "2"),)
    assert raw.notes == ("2 lines of text below the table were left out.",)


def test_a_short_row_between_others_is_no_footer():
    assert refusal("id,a\n1,2\n\nstray\n3,4\n").line == 4


def test_headers_that_differ_by_case_or_blanks_alone_are_refused():
    error = refusal("Id,Amount, amount \n1,2,3\n")
    assert error.column == "amount" and "columns 2 and 3" in str(error)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"id,amount\n", "no rows"),
        (b"id,amount\n,\n\n", "no rows"),
        (b"just text\nmore text\n", "header"),
        (b"1,2017-01-01,300\n2,2017-01-02,400\n", "not column names"),
        (b"id,,amount\n1,2,3\n", "column 2 has no name"),
        (b'id,amount\n1,"2\n', "quotation marks"),
        (b"PK\x03\x04rest", "CSV UTF-8"),
    ],
)
def test_unusable_files_are_refused_in_a_sentence(content, part):
    assert part in str(refusal(content))


def test_a_nul_is_refused_with_its_line():
    assert refusal(b"id,a\r\n1,2\r\n3,\x00\r\n").line == 3


def test_bytes_are_limited():
    assert "10 MB" in str(refusal(b"a" * (MAX_BYTES + 1)))


def test_rows_are_limited_to_the_row():
    body = "id,a\n" + "1,2\n" * 100_000
    assert len(read(body).rows) == 100_000
    assert "100,000 rows" in str(refusal(body + "1,2\n"))


def test_columns_are_limited_to_the_column():
    names = [f"c{i}" for i in range(101)]
    assert len(read(",".join(names[:100]) + "\n" + "," * 98 + "x,\n").headers) == 100
    assert "101 columns" in str(refusal(",".join(names) + "\n"))


def test_cells_are_limited_to_the_character():
    assert read("id,note\n1," + "x" * 10_000 + "\n").rows
    error = refusal("id,note\n1," + "x" * 10_001 + "\n")
    assert (error.line, error.column) == (2, "note")
    assert refusal("id,note\n1,a\n2," + "x" * 200_000 + "\n").line == 3


def test_an_unknown_column_is_refused():
    with pytest.raises(ExportError, match="no column 'x'"):
        read("id,a\n1,2\n").column("x")


def test_messages_are_one_printable_line_whatever_the_cell_holds():
    error = ExportError("wrong.", line=1234, column="a\n\x1b" + "b" * 100)
    assert str(error).startswith("Line 1,234, column 'a  bbb") and len(str(error)) < 80


def test_progress_never_falls_and_ends_at_one():
    seen = []
    body = b"id,a\n" + b"1,2\n" * 30_000
    read_export(body, "x", lambda share, doing: seen.append(share))
    assert seen == sorted(seen) and seen[-1] == 1.0 and len(seen) >= 4
