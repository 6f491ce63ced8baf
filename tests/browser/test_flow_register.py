"""The register: bars in the rows, a drawer with a picture, and a rule's switch."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.accessible import violations
from tests.browser.conftest import Example, OpenApp
from tests.browser.driving import button, is_within_the_window, settle, type_into, until

WORKED_OUT = 60_000  # milliseconds; the first analysis of a server may have to load its code
LEAK = "Freed hours that leak away"
RULE = "Tactics of different goals cost coordination"


def test_what_decides_most_is_measured_and_a_rule_is_tried(
    open_app: OpenApp, page: Page, plan: Example
) -> None:
    open_app(f"assumptions{plan.path}")
    rows = page.locator(".register tbody tr")
    expect(rows.locator(".bars").first).to_be_visible(timeout=WORKED_OUT)
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("The answer hangs most on")
    assert violations(page) == []

    # A row opens its drawer, by the button with keys, and by a click anywhere in it.
    button(page, f"Look at or change: {LEAK}").press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("half below 31%")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    settle(page)
    rows.filter(has_text=LEAK).locator(".value").click()
    type_into(drawer.get_by_label("Likely (%)", exact=True), "55")
    expect(drawer.get_by_text("After: 55% (10% to 60%)")).to_be_visible()
    button(drawer, "What would this change?").click()
    expect(
        drawer.get_by_text(re.compile("^Net benefit, discounted: .* instead of "))
    ).to_be_visible()
    assert violations(page) == []
    type_into(drawer.get_by_label("Where does it come from?"), "Our log, https://intra.example/log")
    button(drawer, "Save").click()
    expect(drawer).to_have_count(0)
    until(lambda: "leak" in plan.board().plan.assumptions)
    link = rows.filter(has_text=LEAK).get_by_role("link")
    expect(link).to_have_attribute("href", "https://intra.example/log")

    # A rule is switched off: said under the headline and kept; Undo takes it back.
    page.get_by_role("tab", name="Rules of the model").click()
    expect(page.get_by_text(re.compile("without the rule")).first).to_be_visible(timeout=WORKED_OUT)
    settle(page)
    assert violations(page) == []
    page.get_by_text(RULE, exact=True).click()
    expect(page.get_by_text(f"Rule off: {RULE}.")).to_be_visible()
    assert plan.board().plan.rules == {"coordination": False}
    settle(page)
    button(page, "Undo").click()
    expect(page.get_by_text(f"Rule off: {RULE}.")).to_have_count(0)
    expect(page.get_by_role("switch", name=RULE).or_(page.get_by_label(RULE))).to_be_checked()
    assert plan.board().plan.rules == {}
    page.set_viewport_size({"width": 390, "height": 900})
    until(lambda: is_within_the_window(page))
