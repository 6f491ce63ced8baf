"""A person mends what does not fit: the alignment panel, the software gate, a goal of one's own."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.accessible import violations
from tests.browser.conftest import Example, OpenApp
from tests.browser.driving import (
    button,
    card,
    choose,
    face,
    is_within_the_window,
    lane,
    saved,
    settle,
    titles,
    toast,
    type_into,
)


def test_what_does_not_fit_is_shown_in_currency_and_mended_by_a_click(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(plan.path)
    expect(page.get_by_text("3 tactics without a goal ($82k)")).to_be_visible()
    page.get_by_text("What does not fit, and what mends it").click()
    panel = page.locator(".st-key-alignment_panel")
    expect(panel.get_by_text("$82k in the first 12 months and 105 person-days")).to_be_visible()
    button(panel, "Work it out").click()
    expect(panel.get_by_text(re.compile(r"About \$\S+ over 36 months, 80% range"))).to_be_visible()
    settle(page)
    assert violations(page) == []
    stray = panel.locator(".st-key-finding_unaligned")
    button(stray, "Move to").last.click()
    button(page, "Win more of the deals we work").last.click()
    expect(titles(lane(page, "Win more of the deals we work")).last).to_have_text(
        "Territory map refresh"
    )
    button(stray, "Park all").click()
    expect(toast(page, "Parked. Undo brings them back.")).to_be_visible()
    expect(stray).to_have_count(0)
    assert [each.title for each in plan.board().tactics if each.lane == "unaligned"] == []
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert is_within_the_window(page)
    goal = panel.locator(".st-key-alignment_sums").get_by_test_id("stHorizontalBlock").first
    boxes = [each.bounding_box() for each in goal.get_by_test_id("stColumn").all()]
    title, *sums = (box["y"] for box in boxes if box)
    assert len(sums) == 3 and len(set(sums)) == 1 and title < sums[0]


def test_a_tool_waits_for_its_requirements_and_a_card_for_its_answer(
    open_app: OpenApp, plan: Example
) -> None:
    tool, goal = "Guided quoting with price rules", "Decide while the buyer is keen"
    page = open_app(plan.path)
    face(page, tool).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Readiness").click()
    expect(dialog.get_by_text("Requirements 2 of 4")).to_be_visible()
    expect(dialog.get_by_text("going ahead without them costs $")).to_be_visible()
    dialog.get_by_role("radio", name="Ready").click()
    expect(dialog.get_by_text("stays a draft until its requirements are written")).to_be_visible()
    for tick in ("Requirements are written down", "The process is standard first, and owned"):
        dialog.get_by_text(tick).click()
    expect(dialog.get_by_text("stays a draft until")).to_have_count(0)
    button(dialog, "Done").click()
    expect(card(page, tool).locator(".status")).to_have_text("Ready")

    lane(page, goal).get_by_role("button", name=re.compile("Add tactic")).click()
    type_into(dialog.get_by_role("textbox", name="Title"), "Price book online")
    button(dialog, "Save").click()
    expect(toast(page, "say which metric it will move, from what to what")).to_be_visible()
    expect(titles(lane(page, "Not under a goal")).last).to_have_text("Price book online")


def test_a_goal_of_ones_own_shows_typed_progress_and_no_chance(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(plan.path)
    button(page, "Add goal").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, "Counted as", "A metric of our own")
    for name, text in (
        ("What do you want?", "Happy new hires"),
        ("What it counts", "Survey score"),
        ("Unit", "points"),
    ):
        type_into(dialog.get_by_role("textbox", name=name), text)
    for name, text in (("Today", "6"), ("Target", "8"), ("Progress so far", "7")):
        type_into(dialog.get_by_role("spinbutton", name=name), text)
    button(dialog, "Save").click()
    own = lane(page, "Happy new hires")
    expect(own.get_by_text("50% of the way.")).to_be_visible()
    expect(own.get_by_text("7 points")).to_be_visible()
    expect(own.locator(".chance strong")).to_have_count(0)
    settle(page)
    saved(page)
    assert plan.board().goals[-1].progress == 7
