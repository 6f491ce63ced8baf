"""Time in stages comes from the days on which deals entered them, where the file holds these."""

import datetime

import pytest

from calibration import calibrate
from calibration.stages import stage_columns

HEADER = (
    "hs_object_id,hubspot_owner_id,amount,createdate,closedate,dealstage,"
    "hs_v2_date_entered_proposal,hs_v2_date_entered_demo,hs_v2_date_entered_closedwon"
)


def deals(count: int = 60, proposal: str | None = None) -> bytes:
    """Deals with 10 days from demo to proposal and 30 to the close; every fourth stays open."""
    rows = [HEADER]
    for i in range(count):
        day = datetime.date(2026, 1, 1) + datetime.timedelta(days=i)
        demo, asked = day + datetime.timedelta(days=2), day + datetime.timedelta(days=12)
        close = day + datetime.timedelta(days=42)
        stage = "proposal" if i % 4 == 0 else "closedwon"
        won = "" if stage == "proposal" else close
        rows.append(f"{i},1,100,{day},{won},{stage},{proposal or asked},{demo},{won}")
    return "\n".join(rows).encode()


def test_stages_come_in_the_order_in_which_they_are_entered():
    demo, proposal = calibrate(deals(), "x.csv").stages
    assert (demo.name, demo.entered, demo.median_days, demo.mean_days) == ("demo", 60, 10, 10)
    assert (proposal.name, proposal.entered, proposal.median_days) == ("proposal", 60, 30)
    assert proposal.mean_days == pytest.approx(30)


def test_the_note_says_how_far_thirds_are_from_the_file():
    notes = calibrate(deals(), "x.csv").notes
    assert any("'proposal' is the longest of 2 stages, with 75%" in note for note in notes)
    plain = calibrate(deals().replace(b"date_entered", b"entered"), "x.csv")
    assert plain.stages == ()
    assert any("does not say when deals entered" in note for note in plain.notes)


def test_few_entries_are_not_shown_and_bad_days_refuse_the_columns_only():
    assert calibrate(deals(29), "x.csv").stages == ()
    found = calibrate(deals(proposal="soon"), "x.csv")
    assert found.stages == () and found.deals == 60
    assert any("stages were entered were left out" in note for note in found.notes)


def test_columns_of_reports_and_of_the_data_are_known_and_endings_are_none():
    headers = ['Date entered "Demo (Sales)"', "hs_date_entered_offer", "Date entered Closed Lost"]
    assert stage_columns([*headers, "Close Date"]) == {
        headers[0]: "Demo (Sales)", headers[1]: "offer",
    }  # fmt: skip
