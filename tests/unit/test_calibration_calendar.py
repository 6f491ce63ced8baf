"""Contact gives buyer pressure, and a calendar says of it what it can."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration import ExportError
from calibration.calendar_events import read_calendar
from calibration.contact import pressure, pressure_estimate

UNTIL = datetime.date(2026, 3, 31)


def test_pressure_follows_from_the_share_of_contact():
    assert pressure(0.78, 2) == pytest.approx(0.802, abs=1e-3)
    assert pressure(0.60, 2) == pytest.approx(1.333, abs=1e-3)
    assert pressure(0.45, 2) == pytest.approx(1.985, abs=1e-3)


def test_the_error_of_pressure_is_that_of_the_share_carried_over():
    found = pressure_estimate(600, 1000, 2)
    slope = (pressure(0.6001, 2) - pressure(0.5999, 2)) / 0.0002
    error = abs(slope) * (0.6 * 0.4 / 1000) ** 0.5 / found.mode
    assert found.high / found.mode == pytest.approx(2.718281828 ** (7**0.5 * error), rel=1e-3)


def test_more_hours_make_pressure_surer_and_nonsense_takes_the_default():
    wide, narrow = pressure_estimate(60, 100, 2), pressure_estimate(6000, 10000, 2)
    assert narrow.high - narrow.low < wide.high - wide.low
    for contact, selling in ((0, 10), (10, 10), (0, 0)):
        assert pressure_estimate(contact, selling, 2).sample == 0


def event(day: str, *people: str, more: str = "", uid: str = "u", hours: int = 1) -> str:
    attendees = "".join(f"ATTENDEE:mailto:{each}\n" for each in people)
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:{day}T100000Z\nDTEND:{day}T{10 + hours}0000Z\n"
        f"{attendees}{more}END:VEVENT\n"
    )


def ics(*events: str) -> bytes:
    body = "".join(events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


US, MATE, BUYER = "me@ours.com", "you@ours.com", "buyer@theirs.com"


def test_outsiders_are_contact_and_colleagues_are_meetings():
    found = read_calendar(
        ics(
            event("20260302", US, BUYER, uid="1", hours=2),
            event("20260303", US, MATE, uid="2"),
            event("20260304", uid="3"),
            event("20260305", US, BUYER, uid="4", more="STATUS:CANCELLED\n"),
        ),
        UNTIL,
    )
    assert (found.contact, found.meetings, found.alone, found.left_out) == (2, 1, 1, 1)
    assert found.domain == "ours.com"


def test_a_repeated_event_counts_each_time_it_takes_place():
    weekly = event("20260302", US, MATE, more="RRULE:FREQ=WEEKLY;BYDAY=MO\n")
    assert read_calendar(ics(weekly), UNTIL).meetings == 5
    without = event("20260302", US, MATE, more="RRULE:FREQ=WEEKLY\nEXDATE:20260309T100000Z\n")
    assert read_calendar(ics(without), UNTIL).meetings == 4
    moved = event("20260318", US, MATE, more="RECURRENCE-ID:20260316T100000Z\n", hours=3)
    assert read_calendar(ics(weekly, moved), UNTIL).meetings == 4 + 3
    counted = event("20260302", US, MATE, more="RRULE:FREQ=DAILY;COUNT=3\n")
    assert read_calendar(ics(counted), UNTIL).meetings == 3


def test_what_lies_in_the_future_or_long_ago_did_not_happen():
    old, late = event("20240101", US, BUYER, uid="1"), event("20260501", US, BUYER, uid="2")
    now = event("20260302", US, BUYER, uid="3")
    assert read_calendar(ics(old, late, now), UNTIL).contact == 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=NEVER",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=DAILY;BYSECOND=1,2,3",
        "FREQ=DAILY;COUNT=1;BYMONTH=2;BYMONTHDAY=31",
    ],
)
def test_a_rule_made_to_run_forever_is_left_out(rule):
    found = read_calendar(
        ics(event("20260302", US, BUYER, more=f"RRULE:{rule}\n"),
            event("20260303", US, BUYER, uid="2")), UNTIL)  # fmt: skip
    assert (found.contact, found.left_out) == (1, 1)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"BEGIN:VCALENDAR\r\n", ics(), ics(event("20260302"))]
)
def test_what_is_no_calendar_is_refused_in_a_sentence(content):
    with pytest.raises(ExportError) as caught:
        read_calendar(content, UNTIL)
    assert str(caught.value).endswith(".")


SPOILT = st.lists(
    st.tuples(
        st.integers(0, 10**6), st.sampled_from([b"", b"\n", b"9", b":", b";", b"Z", b"\xff"])
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200, deadline=None, database=None)
@given(SPOILT)
def test_a_spoilt_calendar_gives_hours_or_a_sentence(places):
    weekly = event("20260302", US, MATE, more="RRULE:FREQ=WEEKLY;BYDAY=MO\n")
    content = ics(weekly, event("20260303", US, BUYER, uid="2", more="EXDATE:20260309T100000Z\n"))
    for place, put in places:
        at = place % len(content)
        content = content[:at] + put + content[at + 1 :]
    try:
        found = read_calendar(content, UNTIL)
    except ExportError as refused:
        assert str(refused).endswith(".")
    else:
        assert found.contact >= 0 and found.meetings >= 0
