"""What is said of a search: by rule, ties as ties, and what the best mix gives up."""

from __future__ import annotations

from typing import Any

import pytest

from reports.mix_words import (
    behind_words,
    cheaper_tie,
    differs,
    gives_up,
    lead_words,
    method_words,
    mix_headline,
)

GOALS = {"g1": "Grow bookings", "g2": "Sell more hours"}
TACTICS = {"a": "Coaching", "b": "Quotes", "c": "Map"}


def row(
    tactics: str, score: float, cost: float, behind: float = 0.0, **more: Any
) -> dict[str, Any]:
    return {
        "tactics": list(tactics),
        "score": score,
        "error": 1.2e4,
        "behind": behind,
        "behind_error": 3e3,
        "is_tie": abs(behind) <= 6e3,
        "npv": score,
        "chances": [0.5, 0.6],
        "first_year_cost": cost,
    } | more


def found(*best: dict[str, Any], plan: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "question": {"goal": None},
        "goal_ids": ["g1", "g2"],
        "best": list(best),
        "plan": plan,
        "evaluated": 4096,
        "is_exhaustive": True,
        "draws": 2000,
    } | more


BEST = row("ab", 2.0e6, 207e3)
PLAN = row("abc", 1.9e6, 240e3, behind=95e3)


def test_the_headline_sets_the_best_mix_beside_the_plan() -> None:
    assert mix_headline(found(BEST, plan=PLAN), GOALS, "$") == (
        "For $207k in year one the best mix brings $2.0M; "
        "the plan as it stands brings $1.9M for $240k."
    )
    assert lead_words(found(BEST, plan=PLAN), "$") == "Best mix less the plan: +\u2060$95k ± $3.0k."


def test_a_plan_that_ties_is_no_clear_difference() -> None:
    said = mix_headline(found(BEST, plan=row("abc", 1.998e6, 240e3, behind=2e3)), GOALS, "$")
    assert said.startswith("No clear difference: for $207k")


def test_a_plan_that_is_the_best_mix_is_said_so_and_gives_up_nothing() -> None:
    answer = found(row("abc", 2.0e6, 240e3), plan=row("abc", 2.0e6, 240e3))
    said = mix_headline(answer, GOALS, "$")
    assert said == "The plan as it stands is the best mix: for $240k in year one it brings $2.0M."
    assert lead_words(answer, "$") == ""
    assert "gives up nothing" in gives_up(answer, GOALS, "$")


def test_without_any_mix_the_limits_are_named() -> None:
    assert mix_headline(found(plan=PLAN), GOALS, "$") == "No mix keeps within these limits."


def test_a_chance_is_said_in_futures() -> None:
    best = row("ab", 0.58, 207e3, error=0.011)
    plan = row("abc", 0.52, 240e3, behind=0.06, behind_error=0.008, is_tie=False)
    answer = found(best, plan=plan, question={"goal": "g1"})
    assert mix_headline(answer, GOALS, "$") == (
        "For $207k in year one the best mix hits Grow bookings in 58 of 100 futures; "
        "the plan as it stands hits it in 52 of 100 for $240k."
    )
    assert lead_words(answer, "$") == "Best mix less the plan: +6.0 pt ± 0.8 pt."


def test_ties_are_called_ties_and_the_cheapest_is_named() -> None:
    tie, worse = row("a", 1.997e6, 132e3, behind=3e3), row("b", 1.9e6, 90e3, behind=95e3)
    answer = found(BEST, tie, worse, plan=PLAN)
    assert [behind_words(each, answer, "$") for each in answer["best"]] == [
        "Best",
        "Tie, no clear difference",
        "−\u2060$95k ± $3.0k",
    ]
    assert cheaper_tie(answer, "$") == "A mix that ties with it costs $132k in year one."
    assert cheaper_tie(found(BEST, worse, plan=PLAN), "$") == ""


def test_a_chance_that_falls_is_what_the_best_mix_gives_up() -> None:
    best = BEST | {"chances": [0.54, 0.40]}
    said = gives_up(found(best, plan=PLAN), GOALS, "$")
    assert said == "The best mix gives up: the chance of Sell more hours falls from 60% to 40%"


@pytest.mark.parametrize("after", [0.6, 0.59, 0.575])
def test_a_fall_within_the_sampling_error_is_none(after: float) -> None:
    """Two standard errors of the difference of two shares near .6 in 2,000 are 3.1 points."""
    said = gives_up(found(BEST | {"chances": [0.5, after]}, plan=PLAN), GOALS, "$")
    assert "gives up no goal" in said


def test_net_benefit_may_be_what_a_chance_costs() -> None:
    best = row("ab", 0.58, 207e3, npv=1.2e6)
    plan = row("abc", 0.52, 240e3, npv=1.4e6)
    answer = found(best, plan=plan, question={"goal": "g1"})
    said = gives_up(answer, GOALS, "$")
    assert said == "The best mix gives up: net benefit falls from $1.4M to $1.2M"


@pytest.mark.parametrize(
    ("tactics", "words"),
    [
        ("abc", "The plan as it stands"),
        ("ab", "Without Map"),
        ("a", "Only Coaching"),
        ("", "None of the tactics"),
    ],
)
def test_a_mix_is_named_by_what_differs(tactics: str, words: str) -> None:
    assert differs(list(tactics), "abc", TACTICS) == words


def test_a_climb_does_not_claim_to_have_seen_all() -> None:
    assert method_words(found(BEST, plan=PLAN)).startswith("All 4,096 mixes were looked at")
    said = method_words(found(BEST, plan=PLAN, is_exhaustive=False, evaluated=900))
    assert said.startswith("900 mixes, not all there are, were looked at")
