"""The big numbers: by rule, with unit and range, and what people typed stays text."""

from __future__ import annotations

from typing import Any

import pytest

from components.number_row import number_row
from components.outcome_bar import outcome_bar
from components.palette import LIGHT
from reports.big_numbers import BigNumber, bar_numbers, plan_numbers, scenario_numbers

PLAN = {"currency": "$", "months": 36, "start_month": "2027-01"}


def summary(**more: Any) -> dict[str, Any]:
    """Return the parts of a run's summary that the numbers are made of."""
    spread = {"p10": 800_000.0, "p50": 1_440_000.0, "p90": 2_460_000.0}
    return {
        "freed": {"p10": 208.0, "p50": 312.0, "p90": 416.0, "promised": 728.0, "heads": 24.0},
        "cost_year_one": {"p10": 354_000.0, "p50": 380_000.0, "p90": 413_000.0},
        "net": spread,
        "finance": {"payback": {"p10": 17.2, "p50": 20.1, "p90": 25.5}},
        "linear": {"cumulative": [0.0, 2_700_000.0], "value_per_hour": 96.0},
    } | more


def test_a_scenario_has_four_numbers_each_with_unit_and_range() -> None:
    assert scenario_numbers(PLAN, summary()) == [
        BigNumber(
            "Freed for each rep, last month",
            "3.0 h a week",
            "80% range 2.0 to 4.0 h; tactics promise 7.0 h",
        ),
        BigNumber("You spend, year 1", "$380k", "80% range $354k to $413k"),
        BigNumber(
            "Net benefit, 36 months",
            "$1.4M",
            "80% range $0.8M to $2.5M around the middle future, not discounted",
        ),
        BigNumber("Cash is back to zero", "Sep 2028", "80% range Jun 2028 to Feb 2029"),
    ]


def test_a_shared_plan_says_what_a_linear_calculator_would_promise() -> None:
    _, net, _ = plan_numbers(PLAN, summary())
    assert net.note.endswith("A linear calculator would promise $2.7M")


@pytest.mark.parametrize(
    ("payback", "value", "note"),
    [
        ((None, None, None), "Not by Dec 2029", "nor in 9 of 10 other futures"),
        ((30.0, None, None), "Not by Dec 2029", "1 in 10 futures by Jun 2029"),
        ((30.0, 35.0, None), "Nov 2029", "80% range Jun 2029 to later than Dec 2029"),
        ((0.0, 0.0, 0.0), "Jan 2027", "80% range Jan 2027 to Jan 2027"),
    ],
)
def test_payback_is_a_month_or_not_within_the_plan(
    payback: tuple[float | None, ...], value: str, note: str
) -> None:
    finance = {"payback": dict(zip(("p10", "p50", "p90"), payback, strict=True))}
    back = scenario_numbers(PLAN, summary(finance=finance))[3]
    assert back.value == value
    assert back.note.endswith(note)


def test_without_reps_no_hours_are_claimed() -> None:
    nobody = summary(freed=summary()["freed"] | {"heads": 0.0})
    assert scenario_numbers(PLAN, nobody)[0].value == "–"


def test_a_currency_that_looks_like_markup_stays_text() -> None:
    html = number_row([BigNumber("Spend", "<b>5k", "0 & 9")], LIGHT)
    assert "&lt;b&gt;5k" in html and "0 &amp; 9" in html and "<b>" not in html


def test_a_phone_keeps_three_outcomes_in_sight_or_two_without_a_goal() -> None:
    goals = [{"title": "Grow bookings", "chance": 0.52}, {"title": "Win more", "chance": 0.3}]
    numbers = bar_numbers(PLAN, summary(goals=goals))
    assert numbers == [
        BigNumber("Grow bookings", "52%", "chance"),
        BigNumber("Net, 36 months", "$1.4M", "$0.8M to $2.5M"),
        BigNumber("Freed a week", "3.0 h", "2.0 to 4.0 h"),
    ]
    assert bar_numbers(PLAN, summary(goals=[])) == numbers[1:]
    nobody = {"p10": 0.0, "p50": 0.0, "p90": 0.0, "promised": 0.0, "heads": 0.0}
    assert bar_numbers(PLAN, summary(goals=[], freed=nobody))[1].value == "–"


def test_what_people_typed_stays_text_at_a_phones_foot() -> None:
    drawn = outcome_bar([BigNumber("<b>Win</b>", "52%", "chance & more")], LIGHT)
    assert "<b>" not in drawn
    assert "&lt;b&gt;Win&lt;/b&gt;" in drawn
    assert "chance &amp; more" in drawn
