"""What the page What drives it says: findings, reasons and break-even values in words."""

from dataclasses import replace
from typing import Any

import pytest

from components.assumption_values import number_text, rough_text, unit_text
from components.charts import measured
from pages.drivers.contributions import contributions_table, explained, items
from pages.drivers.contributions import finding as contributions_finding
from pages.drivers.deciding import finding as deciding_finding
from pages.drivers.limits import finding as limits_finding
from pages.drivers.limits import limit_rows, one_more_words, worth_table
from pages.drivers.page import headline
from pages.drivers.stray import parts, reason, strays_table
from pages.drivers.studied import studied_words
from reports.break_even import brief_words, likely_words, question, range_words, turning_words
from simulation.break_even import Crossing
from simulation.misalignment import Misalignment, TacticCost, Why
from strategy.contributing import Contributing, Contributor
from strategy.deciding import Decider, Deciding
from strategy.limiting import Limit, Limiting
from strategy.straying import Stray, Straying
from strategy.studying import Studied
from strategy.turning import Turning
from tests.unit.test_strategy_explaining import run_of
from tests.unit.test_strategy_samples import BOARD

NET = Studied(None, "Net benefit", "money")
GOAL = Studied("g1", "Win more", "chance")


def turning(*crossings: Crossing, **more: Any) -> Turning:
    asked: dict[str, Any] = {
        "outcome": NET, "input": "selling_elasticity", "label": "More selling",
        "unit": "% for each 1%", "likely": 0.31, "low": 0.1, "high": 0.55,
        "crossings": crossings, "always": None if crossings else "favourable",
    }  # fmt: skip
    return Turning(**(asked | more))


# ---- values --------------------------------------------------------------------------------


def test_values_carry_the_sign_of_their_unit() -> None:
    assert number_text(0.125, "share a month", "$") == "12.5%"
    assert unit_text("share a month") == "a month"
    assert rough_text(0.1278, "ratio", "$") == "0.13"
    assert rough_text(63_871, "currency", "$") == "$64,000"
    assert rough_text(-0.978, "log-odds", "$") == "−0.98"


# ---- break-even ----------------------------------------------------------------------------


def test_a_turn_says_its_value_unit_and_better_side() -> None:
    assert turning_words(turning(Crossing(0.2137, "above")), "$") == (
        "0.21% for each 1%, better above"
    )
    two = turning(Crossing(0.2, "above"), Crossing(0.4, "below"), unit="share")
    assert turning_words(two, "$") == "20%, better above and 40%, better below"


@pytest.mark.parametrize(
    ("outcome", "always", "words"),
    [
        (NET, "favourable", "net benefit stays above zero"),
        (NET, "unfavourable", "net benefit stays below zero"),
        (GOAL, "favourable", "likelier met than not"),
        (GOAL, "unfavourable", "likelier missed than met"),
    ],
)
def test_no_turn_says_which_way_it_always_is(outcome: Studied, always: str, words: str) -> None:
    found = turning(outcome=outcome, always=always)
    assert turning_words(found, "$") == f"no value in its range does: {words}"


def test_in_short_the_inputs_that_turn_nothing_share_a_line() -> None:
    found = [turning(), turning(Crossing(0.47, "above"), label="Adoption", unit="share")]
    found.append(turning(label="Leak"))
    assert brief_words(found, "$") == [
        "Adoption: 47%, better above",
        "No value in the range of “More selling” and “Leak”: net benefit stays above zero",
    ]


def test_a_question_range_and_likely_value_are_said_with_units() -> None:
    assert question(turning()) == "Net benefit is zero at"
    assert question(turning(outcome=GOAL)) == "Win more is a coin toss at"
    assert range_words(turning(), "$") == "0.1 to 0.55% for each 1%"
    assert likely_words(turning(), "$") == "Likely 0.31% for each 1%"
    assert likely_words(turning(likely=None), "$") == "Each tactic has its own"


# ---- findings ------------------------------------------------------------------------------


def test_the_headline_says_what_is_explained() -> None:
    run = replace(
        run_of(BOARD),
        summary={
            "finance": {"npv": {"p50": 1_440_000.0}},
            "goals": [{"id": "g1", "title": "Win more", "chance": 0.52}],
        },
    )
    said = headline(BOARD, run, None)
    assert said.startswith("Net benefit, discounted, is ")
    assert said.endswith("1.4M in the middle future. Why?")
    assert headline(BOARD, run, "g1") == "Win more: met in 52 of 100 futures. Why?"


def test_the_widest_bar_is_the_finding() -> None:
    wide = Decider("leak", "Leak", "share", 0.2, 0.4, 2.1e6, 0.9e6, -0.5)
    assert deciding_finding(Deciding(NET, 1.4e6, (wide,)), "$") == (
        "“Leak” decides most: net benefit from $900k to $2.1M"
    )
    still = replace(wide, low=0.5, high=0.5)
    assert deciding_finding(Deciding(GOAL, 0.5, (still,)), "$") == (
        "No assumption by itself moves it"
    )
    assert "fixed number" in deciding_finding(Deciding(NET, 0.0, ()), "$")


def test_fewer_futures_than_the_run_has_are_said() -> None:
    assert studied_words(run_of(BOARD, draws=8000), 2000) == (
        "Worked out on the first 2,000 of the run’s 8,000 futures."
    )
    assert studied_words(run_of(BOARD, draws=500), 2000) == (
        "Worked out on all 500 futures of the run."
    )


# ---- contributions -------------------------------------------------------------------------

ADDS = Contributor("t1", "Clean", 100.0, 300.0)
HURTS = Contributor("t2", "Map", -150.0, -100.0)
NOTHING = Contributor("t3", "Idle", -0.1, -0.1)
SHARED = Contributing(NET, 250.0, 50.0, (ADDS, NOTHING, HURTS))


def test_bars_end_with_the_total_and_mark_what_takes_away_in_words() -> None:
    found = items(SHARED, "$")
    assert [each["label"] for each in found] == [
        "Clean", "Idle", "Map (takes away)", "All tactics together",
    ]  # fmt: skip
    assert [each["role"] for each in found] == ["gain", "gain", "loss", "total"]
    assert found[-1]["value"] == 200.0
    assert "add up to the total" in explained(SHARED)
    assert found[0]["ring"] == 100.0


def test_without_shares_it_says_why_and_shows_what_goes_without() -> None:
    parts_without = tuple(replace(part, share=None) for part in SHARED.parts)
    alone = replace(SHARED, parts=parts_without)
    found = items(alone, "$")
    assert (found[0]["value"], found[0]["ring"]) == (100.0, None)
    assert "at most 12 tactics" in explained(alone)
    assert contributions_table(alone, "$")["Share of the total ($)"].isna().all()


def test_the_finding_of_a_goal_says_from_where_to_where() -> None:
    found = Contributing(GOAL, 0.48, 0.25, (ADDS,))
    assert contributions_finding(found, "$") == (
        "All tactics together change the chance by about +23.0 pt, from 25% to 48%"
    )


# ---- misalignment --------------------------------------------------------------------------


def cost(why: Why, hours: float = 0.0) -> TacticCost:
    return TacticCost("t1", "g1", why, 0.4, 77_000.0, 5_000.0, hours, 9_000.0)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("no goal", "Not under a goal: all of its $77k counts."),
        (
            "does not help its goal",
            "Moves “Win more” the right way in 40% of futures: all of its $77k counts.",
        ),
        ("aligned", "Helps “Win more”: unused seats count, $5.0k of $77k."),
    ],
)
def test_a_reason_says_what_is_counted(why: Why, said: str) -> None:
    assert reason(Stray("Map", "Win more", cost(why)), "$") == said
    with_hours = reason(Stray("Map", "Win more", cost(why, 1_234.0)), "$")
    assert with_hours == f"{said} Coordination with tactics of other goals takes 1,200 h of reps."


def test_the_three_parts_are_followed_by_their_total() -> None:
    whole = Misalignment(1e5, 2e5, 3e5, 900.0, 333.3, 6e5, 5e5, 7e5, 9e5, (cost("no goal"),))
    stray = Stray("Map", None, cost("no goal"))
    bars = parts(Straying(whole, (stray,)), "$")
    assert [each["text"] for each in bars] == ["$100k", "$200k", "$300k", "$600k"]
    assert [each["role"] for each in bars] == ["cost", "cost", "cost", "total"]
    assert list(strays_table((stray,), "$")["Goal"]) == ["none"]


# ---- limits --------------------------------------------------------------------------------


def limit(key: str, one_more: float | None = 12.0) -> Limit:
    return Limit(key, key.title(), f"One more {key}", one_more, 30.0, 2.0, (1.0, 2.0))


def test_the_finding_counts_months_not_periods() -> None:
    found = Limiting(((1, 2), (3, 3)), ("selling", "adoption"), (limit("selling"),))
    found = replace(found, limits=(limit("selling"), limit("adoption"), limit("opportunities")))
    assert limits_finding(found) == "Selling limits this plan in 2 of 3 months"
    notes = {row["key"]: row["note"] for row in limit_rows(found)}
    assert notes == {
        "selling": "limits most in 2 of 3 months",
        "adoption": "limits most in 1 of 3 months",
    }


def test_nothing_to_add_to_and_nothing_that_limits_are_said() -> None:
    empty = Limiting(((1, 1),), (None,), (limit("adoption", None),))
    assert limits_finding(empty).startswith("Nothing limits this plan")
    assert limit_rows(empty)[0]["note"] == "never limits most"
    assert one_more_words(empty.limits[0], "$") == "Nothing to add to"
    assert one_more_words(limit("selling"), "$") == measured(12.0, "money", "$")
    assert list(worth_table(empty, "$")["Comes of the others"]) == [False]
