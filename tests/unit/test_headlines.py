"""Headlines say what the results say, by rule, and never more."""

from dataclasses import replace
from typing import Any

import pytest

from reports.headlines import (
    compare_headline,
    goal_finding,
    goals_heading,
    linear_explained,
    linear_words,
    plan_headline,
    share_headline,
    simulate_headline,
)
from reports.wording import capitalised, date_words, horizon, last_day, listed, time_words
from strategy.comparison import ComparedOutcome
from strategy.metrics import GOAL_METRICS
from tests.store_samples import PLAN

TITLES = ("Grow new bookings", "Win more of the deals", "Give buyers time", "Decide sooner")


def goals(*chances: float) -> list[dict[str, Any]]:
    return [
        {"title": title, "chance": chance} for title, chance in zip(TITLES, chances, strict=False)
    ]


def summary(
    *,
    net: float | None = 1_700_000,
    chance: float = 0.96,
    cost: float | None = 410_000,
    freed: float = 312.0,
    selling: float = 11.0,
) -> dict[str, Any]:
    return {
        "net": {"p50": net},
        "cost_year_one": {"p50": cost},
        "finance": {"npv": {"chance_positive": chance}},
        "freed": {"p50": freed, "heads": 22.5},
        "hours": {"selling_hours": {"plan": [10.0, selling], "baseline": [10.0, 10.0]}},
    }


def content(months: int = 36, **results: Any) -> dict[str, Any]:
    return {
        "plan": {"currency": "$", "months": months},
        "board_run": {"summary": summary(**results)},
    }


@pytest.mark.parametrize(
    "chances, said",
    [
        ((), "This plan has no goal yet, so there is nothing to hit or miss."),
        ((0.52,), "Grow new bookings is a coin toss: it is hit in 52 of 100 futures."),
        ((0.05,), "Grow new bookings is unlikely: it is hit in 5 of 100 futures."),
        (
            (0.9, 0.8),
            "Both goals are likely. The least sure is Win more of the deals, in 80 of 100.",
        ),
        (
            (0.1, 0.2),
            "Neither goal is likely. Win more of the deals and Grow new bookings are unlikely.",
        ),
        (
            (0.52, 0.28, 0.88, 0.74),
            "Two of four goals are likely. Grow new bookings is a coin toss, "
            "and Win more of the deals is unlikely.",
        ),
        (
            (0.49, 0.3, 0.8, 0.59),
            "One of four goals is likely. Two are coin tosses, one is unlikely.",
        ),
        ((0.9, 0.3, 0.2, 0.1), "One of four goals is likely. The other three are unlikely."),
        ((0.5, 0.5, 0.6, 0.4), "None of four goals is likely. All four are coin tosses."),
    ],
)
def test_the_plan_headline_counts_likely_goals_and_names_at_most_two_others(
    chances: tuple[float, ...], said: str
) -> None:
    assert plan_headline(goals(*chances)) == said


def test_verdicts_are_judged_on_the_whole_per_cent_that_is_shown() -> None:
    assert plan_headline(goals(0.695)).startswith("Grow new bookings is likely")
    assert plan_headline(goals(0.694)).startswith("Grow new bookings is a coin toss")


def test_long_titles_are_left_out_of_the_headline() -> None:
    long = [{"title": "T" * 120, "chance": 0.5}, {"title": "U", "chance": 0.9}]
    assert plan_headline(long) == "One of two goals is likely. The other is a coin toss."
    assert plan_headline(long[:1]).startswith("The goal is a coin toss")


@pytest.mark.parametrize("count", range(0, 12))
def test_headlines_stay_short_for_any_number_of_goals(count: int) -> None:
    rows = [{"title": f"Goal {at}", "chance": at / 11} for at in range(count)]
    assert len(plan_headline(rows)) <= 130


@pytest.mark.parametrize(
    "chances, said",
    [
        ((), "No goals"),
        ((0.5,), "One goal, coin toss"),
        ((0.9, 0.9), "Two goals, all of them likely"),
        ((0.1, 0.1, 0.1), "Three goals, none of them likely"),
        ((0.9, 0.1, 0.8, 0.2), "Four goals, two of them likely"),
    ],
)
def test_the_goals_heading_counts(chances: tuple[float, ...], said: str) -> None:
    assert goals_heading(goals(*chances)) == said


@pytest.mark.parametrize(
    "given, said",
    [
        (
            content(),
            "Spend $410k to give reps’ hours back to buyers. "
            "Expect about $1.7M net in three years.",
        ),
        (
            content(net=-200_000, chance=0.2),
            "Spend $410k to give reps’ hours back to buyers. "
            "Expect to lose about $200k in three years.",
        ),
        (
            content(net=30_000, chance=0.52),
            "Spend $410k to give reps’ hours back to buyers. It may or may not pay: "
            "about $30k net in three years, a gain in 52 of 100.",
        ),
        (
            content(freed=0.0, months=30),
            "Spend $410k on this plan in year 1. Expect about $1.7M net in 30 months.",
        ),
        (
            content(cost=0.0, months=12),
            "This plan needs no money in year 1. Expect about $1.7M net in one year.",
        ),
    ],
)
def test_the_share_headline_is_honest_about_money(given: dict[str, Any], said: str) -> None:
    assert share_headline(given) == said


def test_hours_go_back_to_buyers_only_where_selling_time_rises() -> None:
    assert "to buyers" not in share_headline(content(selling=9.0))
    assert "free reps’ hours" in share_headline(content(selling=9.0))
    assert "hours" not in share_headline(content(freed=-1.0))


@pytest.mark.parametrize(
    "given, said",
    [
        (summary(), "Freeing 3.2 hours a rep-week pays: about $1.7M net in three years."),
        (
            summary(net=-200_000, chance=0.2),
            "Freeing 3.2 hours a rep-week does not pay: it loses about $200k in three years.",
        ),
        (
            summary(net=30_000, chance=0.55),
            "Freeing 3.2 hours a rep-week may or may not pay: about $30k net in three years.",
        ),
        (summary(freed=0.0), "This plan frees no hours and pays: about $1.7M net in three years."),
        (
            summary(freed=-97.5),
            "This plan takes 1.0 hours more a rep-week and pays: about $1.7M net in three years.",
        ),
        (summary(net=None), "Freeing 3.2 hours a rep-week has no result yet."),
    ],
)
def test_the_simulate_headline_says_whether_freeing_hours_pays(
    given: dict[str, Any], said: str
) -> None:
    assert simulate_headline(given, replace(PLAN, months=36, currency="$")) == said


def test_a_linear_calculator_is_quoted_with_how_it_counts() -> None:
    kept = {"linear": {"cumulative": [1e5, 2.66e6], "value_per_hour": 96.15}}
    assert linear_words(kept, "$") == "A linear calculator would promise $2.7M"
    assert linear_explained(kept, "$") == (
        "A linear calculator would promise $2.7M: every promised hour from go-live on, times $96 "
        "for an hour of a rep, less the cost as typed."
    )


def test_a_summary_of_before_does_not_speak_of_a_linear_calculator() -> None:
    assert linear_words({}, "$") == ""
    assert linear_explained({}, "$") == ""


def outcome(first: float, second: float) -> ComparedOutcome:
    return ComparedOutcome("Net benefit", "", "money", (), first, second, {})


@pytest.mark.parametrize(
    "first, second, said",
    [
        (0.77, 0.23, "On net benefit, A beats B in 77 of 100 futures."),
        (0.2, 0.8, "On net benefit, B beats A in 80 of 100 futures."),
        (0.52, 0.48, "No clear difference between A and B."),
        (0.451, 0.549, "No clear difference between A and B."),
        (0.56, 0.44, "On net benefit, A beats B in 56 of 100 futures."),
        (0.0, 0.0, "A and B come out the same."),
        (0.4, 0.1, "On net benefit, A beats B in 40 of 100 futures, and ties in 50 of 100."),
        (1.0, 0.0, "On net benefit, A beats B in over 99 of 100 futures."),
    ],
)
def test_the_compare_headline_says_who_is_ahead_and_how_often(
    first: float, second: float, said: str
) -> None:
    assert compare_headline([outcome(first, second)], ("A", "B")) == said


def test_nothing_to_compare_is_said_in_words() -> None:
    assert compare_headline([], ("A", "B")) == "Choose two scenarios to compare."


@pytest.mark.parametrize("metric", GOAL_METRICS)
def test_every_metric_has_a_finding_for_its_chart(metric: str) -> None:
    goal = {"metric": metric, "baseline": 1.0, "target": 2.0}
    assert goal_finding(goal, 0.5, "$").endswith(" in 50 of 100 futures")
    assert "come" in goal_finding({**goal, "target": 0.5}, 0.5, "$")


def test_a_finding_reads_as_a_sentence() -> None:
    goal = {"metric": "bookings_quarter", "baseline": 4.5e6, "target": 4.9e6}
    assert goal_finding(goal, 0.49, "$") == "Bookings reach $4.9M a quarter in 49 of 100 futures"
    cycle = {"metric": "cycle_days", "baseline": 91.0, "target": 89.0}
    assert goal_finding(cycle, 0.59, "$").startswith("The sales cycle comes down to 89 days")


def test_small_words_read_as_written() -> None:
    assert [horizon(n) for n in (1, 12, 24, 30)] == [
        "one month",
        "one year",
        "two years",
        "30 months",
    ]
    assert [listed(n) for n in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert time_words("2026-11-24T15:42:09Z") == "24 Nov 2026, 15:42 UTC"
    assert date_words("2026-11-24T23:42:09-05:00") == "25 Nov 2026"
    assert last_day("2028-02") == "29 Feb 2028"
    assert capitalised("iPad sales") == "IPad sales"
