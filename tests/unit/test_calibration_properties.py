"""Whatever is uploaded, the answer is a calibration or one sentence."""

import csv
import datetime
import io
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calibration import Calibration, ExportError, calibrate
from simulation.defaults import defaults

HEADERS = [
    "opportunity_id", "sales_agent", "account", "close_value", "engage_date", "close_date",
    "deal_stage", "won", "closed", "currency",
]  # fmt: skip
DATES = ["", "2026-01-31", "2025-12-01T10:00:00Z", "1/2/2026", "25/12/2025", "12/25/2025",
         "31.12.2025", "2024-02-30", "1990-01-01", "2099-12-31", "never"]  # fmt: skip
AMOUNTS = ["", "0", "5", "1,234.50", "1.234,50", "1.234", "$7", "€8", "(9)", "-1", "1e5", "1e12",
           "0.01", "abc"]  # fmt: skip
STAGES = ["Won", "Lost", "Closed Won", "closedlost", "Talks", ""]
ODD = st.text(max_size=12)

SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def answer(content: bytes) -> Calibration | None:
    try:
        return calibrate(content, "upload.csv")
    except ExportError as error:
        assert str(error).endswith(".") and str(error).isprintable()
        return None


def check(found: Calibration) -> None:
    for name, estimate in found.estimates.items():
        assert estimate.low < estimate.mode < estimate.high
        if name in defaults().assumptions:
            least, most = defaults().assumptions[name].bounds
            assert least <= estimate.low and estimate.high <= most, estimate


def written(header: list[str], rows: list[list[str]], sign: str, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=sign)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding, errors="ignore")


@SETTINGS
@given(st.binary(max_size=400))
def test_any_bytes_give_a_calibration_or_a_sentence(content):
    answer(content)


@SETTINGS
@given(st.text(alphabet='opid,;\t"\n\r\0 0123456789-/$€.', max_size=200))
def test_any_text_gives_a_calibration_or_a_sentence(text):
    answer(b"opportunity_id,deal_stage\n" + text.encode())


CELLS = {
    "close_value": st.sampled_from(AMOUNTS) | ODD,
    "engage_date": st.sampled_from(DATES) | ODD,
    "close_date": st.sampled_from(DATES) | ODD,
    "deal_stage": st.sampled_from(STAGES) | ODD,
    "won": st.sampled_from(["0", "1", "true", ""]),
    "closed": st.sampled_from(["0", "1", "true", ""]),
    "currency": st.sampled_from(["", "USD"]),
}
ROW = st.tuples(*(CELLS.get(header, ODD) for header in HEADERS)).map(list)


@SETTINGS
@given(
    st.lists(ROW, max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_any_table_gives_a_calibration_or_a_sentence(rows, sign, encoding):
    found = answer(written(HEADERS, rows, sign, encoding))
    if found is not None:
        check(found)


DAY = st.dates(datetime.date(2023, 1, 1), datetime.date(2026, 12, 31)).map(str)
DEAL = st.tuples(
    st.integers(0, 10**6).map(str), st.sampled_from("abc"), st.just("x"),
    st.floats(0, 1e9).map(lambda amount: f"{amount:.2f}"), DAY | st.just(""), DAY,
    st.sampled_from(["Won", "Lost", "Talks"]),
).map(list)  # fmt: skip


@SETTINGS
@given(st.lists(DEAL, min_size=1, max_size=40))
def test_estimates_are_ordered_and_inside_the_bounds_of_the_model(deals):
    found = answer(written(HEADERS[:7], deals, ",", "utf-8"))
    if found is not None:
        check(found)


def test_a_hundred_thousand_rows_take_under_ten_seconds():
    rows = [
        [f"{i:08d}", f"rep {i % 40}", "x", f"{1000 + i % 7919}.50",
         f"202{4 + i % 2}-{1 + i % 12:02d}-{1 + i % 28:02d}",
         f"2026-{1 + i % 9:02d}-{1 + i % 28:02d}", ("Won", "Lost", "Talks")[i % 3]]
        for i in range(100_000)
    ]  # fmt: skip
    content = written(HEADERS[:7], rows, ",", "utf-8")
    start = time.process_time()
    check(calibrate(content, "large.csv"))
    assert time.process_time() - start < 10


def test_very_long_cells_are_answered_at_once():
    deal = ["1", "a", "x", "5", "2026-01-01", "2026-02-01", "Won"]
    start = time.process_time()
    for column in range(len(deal)):
        for filler in (" ", "1", "1 ", "-", "W"):
            cell = "1" + filler * (9_990 // len(filler)) + "x"
            rows = [[f"{n}{cell}" if at == column else c for at, c in enumerate(deal)]
                    for n in range(20)]  # fmt: skip
            answer(written(HEADERS[:7], rows, ",", "utf-8"))
    answer(written([f"{n}" + "1" * 9_000 + "x" for n in range(99)], [["1"] * 99], ",", "utf-8"))
    assert time.process_time() - start < 5
