import pytest

from calibration import (
    ExportError,
    Mapping,
    guess_mapping,
    guess_outcomes,
    preview,
    read_export,
    stage_outcomes,
)

KNOWN = {
    "Salesforce report": (
        "Opportunity ID,Opportunity Owner,Account Name,Amount,Created Date,Close Date,Stage,"
        "Closed,Won,Amount Currency",
        "Salesforce",
        "Opportunity ID|Opportunity Owner|Account Name|Amount|Created Date|Close Date|Stage|"
        "Won|Closed|Amount Currency",
    ),
    "Salesforce data": (
        "Id,AccountId,OwnerId,Amount,CreatedDate,CloseDate,StageName,IsClosed,IsWon",
        "Salesforce",
        "Id|OwnerId|AccountId|Amount|CreatedDate|CloseDate|StageName|IsWon|IsClosed|",
    ),
    "HubSpot export": (
        "Record ID,Deal Name,Deal Stage,Close Date,Create Date,Deal owner,Amount,"
        "Associated Company (Primary)",
        "HubSpot",
        "Record ID|Deal owner|Associated Company (Primary)|Amount|Create Date|Close Date|"
        "Deal Stage|||",
    ),
    "HubSpot data": (
        "hs_object_id,hubspot_owner_id,dealstage,pipeline,amount,createdate,closedate,"
        "hs_is_closed,hs_is_closed_won",
        "HubSpot",
        "hs_object_id|hubspot_owner_id||amount|createdate|closedate|dealstage|"
        "hs_is_closed_won|hs_is_closed|",
    ),
    "Maven": (
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        "Maven",
        "opportunity_id|sales_agent|account|close_value|engage_date|close_date|deal_stage|||",
    ),
    "Pipedrive": (
        "Deal - ID,Deal - Title,Deal - Owner,Deal - Organization,Deal - Value,"
        "Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Deal created,"
        "Deal - Deal closed on",
        "Pipedrive",
        "Deal - ID|Deal - Owner|Deal - Organization|Deal - Value|Deal - Deal created|"
        "Deal - Deal closed on|Deal - Status|||Deal - Currency of Value",
    ),
}


@pytest.mark.parametrize("case", KNOWN)
def test_columns_of_the_common_crms_are_recognised(case):
    headers, source, expected = KNOWN[case]
    found = guess_mapping(headers.split(","))
    fields = (
        found.opportunity_id, found.owner, found.account, found.amount, found.created,
        found.closed, found.stage, found.is_won, found.is_closed, found.currency,
    )  # fmt: skip
    assert "|".join(field or "" for field in fields) == expected
    assert found.source == source
    assert not found.missing


def test_what_is_not_recognised_stays_open():
    found = guess_mapping(["Foo", "Bar", "Amount"])
    assert found.source == "unknown" and found.amount == "Amount"
    assert found.missing == ("opportunity_id", "owner", "created", "closed", "stage")


def test_stages_are_won_or_lost_by_name_and_open_otherwise():
    assert stage_outcomes(
        ["Won", "Closed Won", "closedwon", "Lost", "Closed Lost", "closedlost", "Engaging", "",
         "Wonderland", "6 - Closed Won", "Closed-Lost (price)"]
    ) == {
        "Won": "won", "Closed Won": "won", "closedwon": "won", "Lost": "lost",
        "Closed Lost": "lost", "closedlost": "lost", "Engaging": "open", "": "open",
        "Wonderland": "open", "6 - Closed Won": "won", "Closed-Lost (price)": "lost",
    }  # fmt: skip


FLAGGED = read_export(
    b"id,stage,won,closed\n1,Signed,true,true\n2,Signed,1,1\n3,Gone,0,1\n4,Talks,0,0\n"
    b"5,Signed,0,0\n",
    "x",
)


def test_flags_tell_the_outcome_of_stages_with_names_of_their_own():
    mapping = Mapping(stage="stage", is_won="won", is_closed="closed")
    assert guess_outcomes(FLAGGED, mapping) == {"Signed": "won", "Gone": "lost", "Talks": "open"}


def test_without_flags_the_name_of_the_stage_tells():
    assert set(guess_outcomes(FLAGGED, Mapping(stage="stage")).values()) == {"open"}


def test_outcomes_need_a_stage():
    with pytest.raises(ExportError, match="stage"):
        guess_outcomes(FLAGGED, Mapping())


def test_a_preview_shows_eight_rows_of_mapped_columns_as_plain_text():
    rows = "".join(f'{i},"a\n\x1b{i}",z\n' for i in range(20))
    raw = read_export(f"id,stage,other\n{rows}".encode(), "x")
    shown = preview(raw, Mapping(opportunity_id="id", stage="stage"))
    assert list(shown) == ["id", "stage"]
    assert shown["id"] == [str(i) for i in range(8)] and shown["stage"][1] == "a  1"
