"""Columns of unknown names are guessed where something speaks for them, and said to be guesses."""

import pytest

from calibration import calibrate, clean, guess_columns, read_export, stage_outcomes
from calibration.dates import is_date, parse_dates

GERMAN = (
    "Vorgangsnummer;Verkäufer;Firma;Betrag;Angelegt am;Abschluss am;Phase\n"
    "A-1;Anna Kern;Nord AG;1.500,00 €;02.01.2026;15.03.2026;Gewonnen\n"
    "A-2;Jan Roth;Süd AG;2.250,50 €;05.01.2026;31.01.2026;Verloren\n"
    "A-3;Jan Roth;Süd AG;900,00 €;07.02.2026;;Angebot\n"
)
NAMELESS = (
    "a,b,c,d,e,f\n"
    "x1,Ann,31/01/2026,150.5,won,03/01/2026\n"
    "x2,Ben,28/02/2026,99,lost,10/01/2026\n"
    "x3,Ben,,99,talks,11/01/2026\n"
)


def guessed(text: str):
    return guess_columns(read_export(text.encode(), "x.csv"))


def test_german_names_dates_numbers_and_stages_are_read():
    found, unsure = guessed(GERMAN)
    assert (found.opportunity_id, found.owner, found.amount) == (
        "Vorgangsnummer", "Verkäufer", "Betrag"
    )  # fmt: skip
    assert (found.created, found.closed, found.stage) == ("Angelegt am", "Abschluss am", "Phase")
    assert set(unsure) == {"opportunity_id", "owner", "amount", "created", "closed", "stage"}
    deals = clean(read_export(GERMAN.encode(), "x.csv"), found)
    assert deals.deals.amount.tolist() == [1500, 2250.5, 900]
    assert deals.deals.outcome.tolist() == ["won", "lost", "open"]
    assert calibrate(GERMAN.encode(), "x.csv").currency == "EUR"


def test_cells_alone_tell_all_but_the_owner():
    found, unsure = guessed(NAMELESS)
    assert (found.opportunity_id, found.amount, found.stage) == ("a", "d", "e")
    assert (found.created, found.closed) == ("f", "c")
    assert found.missing == ("owner",) and "owner" not in unsure


def test_names_that_are_known_are_not_guessed_anew():
    text = "Id,Owner,Amount,Created Date,Close Date,Stage\n1,a,5,2026-01-01,2026-02-01,Won\n"
    found, unsure = guessed(text)
    assert unsure == () and found.opportunity_id == "Id"


def test_of_two_columns_that_fit_as_well_none_is_taken():
    text = "Id,Owner,one,two,Created Date,Close Date,Stage\n1,a,5,6,2026-01-01,2026-02-01,Won\n"
    found, unsure = guessed(text)
    assert found.missing == ("amount",) and unsure == ()


def test_dates_that_do_not_follow_one_another_are_left_open():
    text = "Id,Owner,Amount,p,q,Stage\n1,a,5,2026-01-01,2026-02-01,Won\n"
    text += "2,a,5,2026-03-01,2026-02-01,Won\n"
    assert guessed(text)[0].missing == ("created", "closed")


@pytest.mark.parametrize(
    "cell",
    [
        "31-Oct-2026", "31 October 2026", "Oct 31, 2026", "31 Okt. 2026", "31. Oktober 2026",
        "31 oct. 2026", "31-Oct-26", "October 31 2026 10:30 PM",
    ],
)  # fmt: skip
def test_months_may_be_named(cell):
    days, notes = parse_dates({"Day": [cell]}, [2])
    assert days["Day"].astype(str).tolist() == ["2026-10-31"] and not notes


@pytest.mark.parametrize(
    ("cell", "day"),
    [("5 juin 2026", "2026-06-05"), ("5 juil. 2026", "2026-07-05"), ("5 März 2026", "2026-03-05")],
)
def test_names_of_months_that_begin_alike_are_told_apart(cell, day):
    days, _ = parse_dates({"Day": [cell]}, [2])
    assert str(days["Day"][0]) == day


@pytest.mark.parametrize("cell", ["45000", "31 Foo 2026", "Oct 32, 2026", "", "1/2", "x" * 500])
def test_what_is_no_date_is_not_taken_for_one(cell):
    assert not is_date(cell)


def test_stages_of_other_languages_are_won_or_lost_by_name():
    found = stage_outcomes(["Gewonnen", "Fermé gagné", "Perdida", "Chiuso perso", "Angebot"])
    assert list(found.values()) == ["won", "won", "lost", "lost", "open"]
