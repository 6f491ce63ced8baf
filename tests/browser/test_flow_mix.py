"""A person searches the best mix and opens it as a scenario."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Example, OpenApp
from tests.browser.driving import button, settle, toast

SEARCH = 120_000  # milliseconds; the first search of a process may have to compile


def test_the_best_mix_is_searched_and_opened_as_a_scenario(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(f"assumptions?plan={plan.id}")
    page.get_by_role("link", name="Best mix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Which mix of tactics is best for the money?"
    )
    settle(page)
    runs, scenarios = plan.count("runs"), plan.count("scenarios")
    button(page, "Search").click()
    button(page, "Stop searching").click()
    expect(button(page, "Stop searching")).to_have_count(0, timeout=SEARCH)
    settle(page)
    assert plan.count("runs") == runs
    button(page, "Search").click()
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text(re.compile("best mix brings"), timeout=SEARCH)
    settle(page)
    found = headline.inner_text()
    assert plan.count("runs") == runs + 1
    opening = page.get_by_role("button", name="Open as scenario").first
    opening.click()
    expect(toast(page, "Saved as scenario")).to_be_visible()
    settle(page)
    assert plan.count("scenarios") == scenarios + 1
    assert plan.ops()[-1] == "add_scenario"
    expect(page.get_by_role("button", name=re.compile("Is scenario")).first).to_be_disabled()
    open_app(f"mix?plan={plan.id}")
    expect(headline).to_have_text(found)
    button(page, "Undo").click()
    expect(page.get_by_role("button", name=re.compile("Is scenario"))).to_have_count(0)
