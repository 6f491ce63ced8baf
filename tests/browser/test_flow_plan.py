"""A person makes a plan of their own, and is told in a sentence what does not fit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Example, OpenApp
from tests.browser.driving import alert, button, lane, settle, type_into


def plan_dialog(page: Page, item: str) -> Locator:
    """Open the dialog behind an item of the plan's menu."""
    page.get_by_role("button", name="Larkfield FY27").click()
    button(page, item).click()
    dialog = page.get_by_role("dialog").filter(has=page.get_by_label("Currency sign"))
    expect(dialog.get_by_label("Name", exact=True)).to_be_visible()
    return dialog


def test_a_new_plan_begins_empty_and_takes_a_first_goal(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    dialog = plan_dialog(page, "New plan")
    button(dialog, "Save").click()
    expect(alert(dialog, "name is empty")).to_be_visible()
    type_into(dialog.get_by_label("Name", exact=True), "North team")
    button(dialog, "Save").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="North team")).to_be_visible()
    expect(page.locator(".stage .lane")).to_have_count(2)
    assert plan.id not in page.url
    button(page, "Add goal").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("What do you want?"), "Win more in the north")
    field = dialog.locator("input[aria-label^=Target]")
    type_into(field, "99000000")
    button(dialog, "Save").click()
    expect(lane(page, "Win more in the north").locator(".chance strong")).to_be_visible()


@pytest.mark.parametrize(
    "field, typed, words",
    [
        ("First month (2027-01)", "2027-13", "2027-13"),
        ("Currency sign", "", "currency is empty"),
        ("First month (2027-01)", "2031-01", "before the plan starts"),
    ],
)
def test_bad_settings_are_refused_and_change_nothing(
    open_app: OpenApp, plan: Example, field: str, typed: str, words: str
) -> None:
    page = open_app(plan.path)
    events = plan.count("events")
    dialog = plan_dialog(page, "Plan settings")
    type_into(dialog.get_by_label(field, exact=True), typed)
    button(dialog, "Save").click()
    expect(alert(dialog, words)).to_be_visible()
    expect(dialog.get_by_label(field, exact=True)).to_have_value(typed)
    button(dialog, "Close").click()
    expect(dialog).to_have_count(0)
    settle(page)
    assert plan.ops(events) == []


def test_the_history_names_who_changed_what(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    page.get_by_role("button", name="Larkfield FY27").click()
    type_into(page.get_by_label("Your name, for the history"), "Ann Mbeki")
    page.keyboard.press("Escape")
    settle(page)
    title = plan.goals()[0]
    lane(page, title).get_by_role("button", name="Edit goal").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("Who owns it?"), "Dana W.")
    button(dialog, "Save").click()
    expect(dialog).to_have_count(0)
    sql = "SELECT actor, op FROM events WHERE plan_id = ? ORDER BY seq DESC LIMIT 1"
    assert plan.server.rows(sql, plan.id) == [("Ann Mbeki", "edit_goal")]
