"""What drives it: a bar opens its assumption, by mouse and by keys, and a change counts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Example, OpenApp
from tests.browser.driving import button, redrawn, settle, until

FIRST_BAR = 48  # pixels below the chart's top


def test_the_assumption_that_decides_most_is_opened_and_changed(
    open_app: OpenApp, page: Page, plan: Example
) -> None:
    open_app(f"drivers{plan.path}")
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("svg").first).to_be_visible()
    heading = page.get_by_text("decides most: net benefit from")
    label = re.findall("“(.+)”", heading.inner_text())[0]
    box = chart.bounding_box()
    assert box is not None
    chart.click(position={"x": box["width"] / 2, "y": FIRST_BAR})
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(label, exact=True)).to_be_visible()
    redrawn(page, lambda: page.keyboard.press("Escape"))
    expect(dialog).to_have_count(0)

    field = page.get_by_role("combobox", name="Look at an assumption or change it")
    field.focus()
    field.press("ArrowDown")
    field.press_sequentially("Freed hours that leak")
    expect(page.get_by_role("option", name="Freed hours that leak away")).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Freed hours that leak away", exact=True)).to_be_visible()
    dialog.get_by_label("Likely (%)", exact=True).fill("45")
    button(dialog, "Save").click()
    expect(dialog).to_have_count(0)
    settle(page)
    until(lambda: "leak" in plan.board().plan.assumptions)
    assert plan.board().plan.assumptions["leak"].mode == 0.45

    page.get_by_role("tab", name="What limits the plan").click()
    expect(page.get_by_text(re.compile("limits this plan in"))).to_be_visible()
    expect(heading).to_have_count(0)
