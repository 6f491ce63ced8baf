"""What is said of what it takes: the answer by rule, shares never too small."""

from dataclasses import replace

import pytest

from reports.reach_words import (
    basis_words,
    combination_lines,
    detail,
    lever_name,
    reach_headline,
    scenario_name,
    verdict,
    way,
)
from simulation.reach import LeverReach, Reach, Step

GOAL = "Grow bookings"


def lever(key: str, share: float | None, best: float = 0.6, best_share: float = 1.0) -> LeverReach:
    return LeverReach(key, f"All of {key}", share, best_share, best, True)


def found(*levers: LeverReach, rep_time: float | None = None, wanted: float = 0.7) -> Reach:
    return Reach(
        goal="g",
        wanted=wanted,
        today=0.524,
        baseline=0.26,
        standard_error=0.011,
        levers=levers or (lever("adoption", None),),
        rep_time=lever("rep_time", rep_time, 0.68),
        everything=lever("everything", None, 0.65),
        combination=(),
        is_combined=False,
        finding="",
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.6, "60% of the way"),
        (0.6015625, "61% of the way"),
        (0.29, "29% of the way"),
        (0.0078125, "1% of the way"),
        (0.9921875, "all the way"),
        (1.0, "all the way"),
    ],
)
def test_a_share_of_the_way_is_never_said_smaller_than_it_is(share: float, said: str) -> None:
    assert way(share) == said


def test_a_goal_that_has_the_chance_is_said_to() -> None:
    assert reach_headline(found(wanted=0.5), GOAL) == "Grow bookings is at 52 of 100 already."


def test_the_lever_with_the_shortest_way_is_the_answer() -> None:
    said = reach_headline(found(lever("adoption", 0.75), lever("preparation", 0.6)), GOAL)
    assert said == "Preparing every tactic fully gets there, 60% of the way is enough."
    said = reach_headline(found(lever("adoption", 1.0)), GOAL)
    assert said == "Reaching every rep with each tactic gets there, but only all the way."


def test_rep_time_is_the_answer_where_no_single_lever_is() -> None:
    said = reach_headline(found(rep_time=0.5), GOAL)
    assert said == "Rep time alone gets there, 50% of the way is enough."


def test_levers_together_are_the_answer_where_rep_time_is_not() -> None:
    steps = (Step("automation", 1.0, 0.62), Step("earlier", 0.875, 0.731))
    alone = found(lever("automation", None), lever("earlier", None))
    both = replace(alone, combination=steps, is_combined=True)
    said = reach_headline(both, GOAL)
    assert said == "Rep time alone does not get there. Two levers together do."
    assert combination_lines(both) == [
        "All of automation, all the way: 62%",
        "All of earlier, 88% of the way: 73%",
    ]


def test_a_no_is_said_as_one_with_the_best_there_is() -> None:
    no = replace(found(), combination=(Step("earlier", 1.0, 0.655),))
    said = reach_headline(no, GOAL)
    assert said == "Rep time alone does not get there. Nothing in this plan’s levers does."
    assert combination_lines(no) == ["Nothing in this plan’s levers does: 68% at best."]


def test_all_levers_can_do_what_the_search_did_not_find() -> None:
    short = replace(
        found(), combination=(Step("earlier", 1.0, 0.6),), everything=lever("everything", 0.5)
    )
    said = reach_headline(short, GOAL)
    assert said == "Rep time alone does not get there. All levers together do."
    assert combination_lines(short) == ["All levers together, 50% of the way."]


def test_no_combination_is_looked_for_where_a_lever_is_enough() -> None:
    assert combination_lines(found(lever("adoption", 0.5))) == ["One lever alone is enough."]


def test_a_lever_says_how_far_or_the_best_it_gets_to() -> None:
    enough = lever("adoption", 0.25, 0.9)
    assert verdict(enough, 0.7) == "25% of the way is enough"
    assert detail(enough) == "90% at best, all the way."
    assert verdict(lever("adoption", 1.0, 0.7), 0.7) == "Gets there, but only all the way"
    short = lever("adoption", None, 0.56, 0.875)
    assert (verdict(short, 0.7), detail(short)) == ("56% at best, 88% of the way", "")
    none = lever("adoption", None, 0.52, 0.0)
    assert (verdict(none, 0.7), detail(none)) == ("Does not raise the chance", "")


def test_a_chance_a_little_too_low_does_not_read_like_the_wanted_one() -> None:
    near = lever("adoption", None, 0.696)
    assert verdict(near, 0.7) == "Just under 70% at best, all the way"
    assert verdict(near, 0.71) == "70% at best, all the way"
    assert "just under 52% ±" in basis_words(replace(found(wanted=0.52), today=0.519), GOAL, 2000)


def test_a_chance_that_wavers_is_said_to() -> None:
    short = replace(lever("adoption", None, 0.56), is_monotone=False)
    assert detail(short) == "The chance rises and falls on the way."
    enough = replace(lever("adoption", 0.5, 0.9), is_monotone=False)
    assert detail(enough).endswith("rises and falls on the way, so a smaller share may do.")


def test_rep_time_and_scenarios_are_named() -> None:
    assert lever_name(lever("rep_time", None)) == "Rep time alone"
    assert scenario_name(lever("coaching", 0.5)) == "All of coaching, 50% of the way"
    assert scenario_name(lever("coaching", None)) == "All of coaching"


def test_the_basis_names_goal_chances_error_and_futures() -> None:
    assert basis_words(found(), GOAL, 2000) == (
        "Grow bookings: a chance of 70% is wanted. The plan as it is has 52% ± 1.1 pt, carrying "
        "on as today 26%. Each lever is moved on the same 2,000 futures, from the plan to its end."
    )
