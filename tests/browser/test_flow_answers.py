"""Pages that answer a question about the plan: reached by links, worked out, and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Example, OpenApp, expect_no_failure
from tests.browser.driving import button, is_within_the_window, settle, type_into, until

WORKED_OUT = 60_000  # milliseconds; the first analysis of a server may have to load its code
CLAIM = re.compile(r"^[1-5]\b")


def follow(open_app: OpenApp, plan: Example, link: str) -> Page:
    """Go to a page as a person does: from the board to Assumptions, and by the row there."""
    page = open_app(plan.path)
    page.get_by_role("navigation").get_by_role("link", name="Assumptions").click()
    page.locator(".st-key-group_row").get_by_role("link", name=link).click()
    expect(page).to_have_title(re.compile(link))
    return page


def headline(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def expect_whole_on_a_phone(page: Page) -> None:
    """Check that nothing went wrong and that nothing scrolls sideways on a narrow screen."""
    settle(page)
    expect_no_failure(page)
    page.set_viewport_size({"width": 390, "height": 900})
    until(lambda: is_within_the_window(page))


def test_the_thesis_is_tested_claim_by_claim(open_app: OpenApp, plan: Example) -> None:
    page = follow(open_app, plan, "The thesis, tested")
    expect(headline(page)).to_have_text(re.compile("^On your numbers"), timeout=WORKED_OUT)
    settle(page)
    expect(page.get_by_role("heading", level=3).filter(has_text=CLAIM)).to_have_count(5)
    expect_whole_on_a_phone(page)


def test_what_a_goal_would_take_is_found_and_tried(open_app: OpenApp, plan: Example) -> None:
    page = follow(open_app, plan, "What it would take")
    expect(headline(page)).to_have_text("What would it take to reach a goal?")
    settle(page)
    type_into(page.get_by_label("Wanted chance (%)"), "99")
    button(page, "Find out").click()
    goal = plan.goals()[0]
    answered = page.get_by_text(f"{goal}: a chance of 99% is wanted.")
    expect(answered).to_be_visible(timeout=WORKED_OUT)
    settle(page)
    expect(headline(page)).not_to_have_text("What would it take to reach a goal?")
    expect_whole_on_a_phone(page)
    scenarios = plan.count("scenarios")
    page.get_by_role("button", name="Try it as a scenario").first.click()
    until(lambda: plan.count("scenarios") == scenarios + 1)
    assert plan.ops()[-1] == "add_scenario"


def test_from_compared_scenarios_a_link_leads_to_the_best_mix(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(f"compare{plan.path}")
    page.get_by_role("link", name="Find the best mix for the money").click()
    expect(headline(page)).to_have_text("Which mix of tactics is best for the money?")
    expect(page).to_have_url(re.compile(f"/mix.*plan={plan.id}"))
    expect_whole_on_a_phone(page)
