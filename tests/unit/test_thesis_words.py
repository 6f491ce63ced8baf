"""What is said of the five claims: by rule, with units, taking no side."""

from dataclasses import replace

import pytest

from reports.thesis_sources import SOURCES
from reports.thesis_words import (
    ICONS,
    UNTESTED,
    carrier_words,
    figure_text,
    found_words,
    headline,
    next_hour_headline,
    next_hour_words,
    range_text,
    refuted_words,
)
from simulation.thesis import Figure, Thesis, Verdict
from strategy.testing_theses import CARRIERS, Carrier, Claim, NextHour

H: Verdict = "holds on your numbers"
N: Verdict = "does not hold"
C: Verdict = "no clear difference"


def thesis(verdict: Verdict, number: int = 1, *figures: Figure) -> Thesis:
    return Thesis(number, "A claim.", "A run.", figures, verdict, "A rule.", "If.", True)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (
            [H, H, N, C, C],
            "2 of 5 claims hold, 1 does not and 2 show no clear difference",
        ),
        ([H, N, N, N, C], "1 of 5 claims holds, 3 do not and 1 shows no clear difference"),
        ([N, N, N, UNTESTED, UNTESTED], "none of 5 claims hold, 3 do not and 2 cannot be tested"),
        ([H] * 5, "5 of 5 claims hold"),
    ],
)
def test_the_headline_counts_every_verdict(verdicts: list[Verdict], said: str) -> None:
    assert headline([thesis(each) for each in verdicts]) == f"On your numbers {said}."


@pytest.mark.parametrize(
    ("figure", "said", "reach"),
    [
        (Figure("net", "", 1883.0, "hours", 1207.4, 2645.4), "1,900 h", "1,200 to 2,600 h"),
        (Figure("ahead", "", 0.52, "share"), "52 of 100", ""),
        (Figure("prepared_pays", "", 0.249, "share"), "25%", ""),
        (Figure("own_end", "", 0.065, "share", 0.036, 0.1), "6.5%", "3.6% to 10.0%"),
        (Figure("prepared_roi", "", -0.131, "ratio"), "−13.1%", ""),
        (Figure("difference", "", 65036.5, "currency"), "$65k", ""),
        (Figure("proportion", "", 0.213, "%"), "0.21%", ""),
        (Figure("twice_hours", "", 2.102, "times"), "2.1 times", ""),
        (Figure("rework_at_zero", "", None, "share"), "none found", ""),
        (
            Figure("pressure_without_gain", "", None, "hours per hour"),
            "no pressure up to 20 hours per hour",
            "",
        ),
    ],
)
def test_a_figure_has_its_unit(figure: Figure, said: str, reach: str) -> None:
    assert figure_text(figure, "$") == said
    assert range_text(figure, "$") == reach


@pytest.mark.parametrize(("value", "side"), [(49400.0, "$49k higher"), (-49400.0, "$49k lower")])
def test_a_difference_is_said_with_its_side(value: float, side: str) -> None:
    found = thesis(
        H,
        5,
        Figure("best_share", "", 0.25, "share"),
        Figure("difference", "", value, "currency", -60e3, 60e3),
        Figure("ahead", "", 0.6, "share"),
    )
    said = found_words(Claim(found, ()), "$")
    assert said.startswith("With 25% of freed hours for strategy")
    assert f"{side} (80% range −\u2060$60k to +\u2060$60k)" in said
    assert "60 of 100 futures" in said


def test_an_untested_claim_says_why_and_nothing_of_ranges() -> None:
    found = replace(thesis(UNTESTED), why_not="No tactic costs money.")
    assert found_words(Claim(found, ()), "$") == "No tactic costs money."
    assert refuted_words(found) == ""


def test_whether_the_ranges_allow_the_refutation() -> None:
    assert "do not allow" not in refuted_words(thesis(H))
    assert "do not allow" in refuted_words(replace(thesis(H), refutation_in_range=False))


def test_carriers_are_said_with_their_ranges() -> None:
    carriers = (Carrier("Leak", "share", 0.1, 0.6), Carrier("Flex", "share", 0.15, 0.15))
    assert carrier_words(carriers, "$") == "Leak (10% to 60%); Flex (15%)"


def test_the_next_hour_takes_no_side() -> None:
    found = NextHour(
        strategic=Figure("strategic", "", 0.0634, "%", 0.037, 0.093),
        needed=Figure("needed", "", 0.0617, "%", 0.041, 0.086),
        wins=Figure("strategic_hour_wins", "", 0.51, "share"),
    )
    assert "51 of 100 futures" in next_hour_headline(found)
    said = next_hour_words(found)
    assert "0.062% (80% range 0.041% to 0.086%)" in said
    assert "0.063% (80% range 0.037% to 0.093%)" in said
    assert "account work" in said
    assert said.endswith("to selling.")


def test_every_claim_has_both_sides_and_every_verdict_an_icon_of_its_own() -> None:
    assert set(SOURCES) == set(CARRIERS) == {1, 2, 3, 4, 5}
    assert all(each.speaks_for and each.speaks_against for each in SOURCES.values())
    assert len(set(ICONS.values())) == 4
