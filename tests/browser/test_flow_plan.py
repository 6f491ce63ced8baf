"""A person makes a plan of their own, and is told in a sentence what does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessible import violations
from tests.browser.conftest import Example, OpenApp
from tests.browser.driving import (
    alert,
    button,
    is_within_the_window,
    lane,
    settle,
    titles,
    toast,
    type_into,
    until,
)


def plan_dialog(page: Page, item: str) -> Locator:
    """Open the dialog behind an item of the plan's menu."""
    page.get_by_role("button", name="Larkfield FY27").click()
    button(page, item).click()
    dialog = page.get_by_role("dialog").filter(has=page.get_by_label("Currency sign"))
    expect(dialog.get_by_label("Name", exact=True)).to_be_visible()
    return dialog


def test_a_new_plan_begins_empty_and_takes_a_first_goal(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"share{plan.path}")
    page.get_by_role("button", name="Larkfield FY27").click()
    button(page, "New plan").click()
    type_into(page.get_by_label("Name of the plan"), "North team")
    type_into(page.get_by_label("From, today ($)"), "4500000")
    type_into(page.get_by_label("To ($)"), "5100000")
    expect(page.get_by_text(re.compile("Carrying on as today, bookings reach"))).to_be_visible()
    settle(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    until(lambda: is_within_the_window(page))
    page.set_viewport_size({"width": 1440, "height": 900})
    button(page, "Set this goal").click()
    expect(page.get_by_role("button", name="North team")).to_be_visible()
    goal = lane(page, "Bookings a quarter to $5.1M")
    expect(goal.locator(".chance strong")).to_be_visible()
    assert plan.id not in page.url

    button(page, "Paste tactics").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Territory map refresh, $12k, 30 days\nDeal desk 20 days")
    page.keyboard.press("Control+Enter")
    button(dialog, "Add 2 tactics").click()
    expect(titles(lane(page, "Not under a goal"))).to_have_text(
        ["Territory map refresh", "Deal desk"]
    )


def test_a_plan_leaves_as_a_file_and_comes_back(
    open_app: OpenApp, plan: Example, tmp_path: Path
) -> None:
    page = open_app(plan.path)
    page.get_by_role("button", name="Larkfield FY27").click()
    with page.expect_download() as saved_file:
        button(page, "Export plan (JSON)").click()
    file = tmp_path / saved_file.value.suggested_filename
    saved_file.value.save_as(file)
    assert file.name == "larkfield-fy27.json"
    with page.expect_download() as saved_table:
        button(page, "Export board (CSV)").click()
    table = saved_table.value.path().read_text("utf-8-sig")
    assert table.count("\n") == 1 + len(plan.board().tactics)
    button(page, "Import a plan").click()
    dialog = page.get_by_role("dialog")
    upload = dialog.locator("input[type=file]")
    broken = tmp_path / "broken.json"
    broken.write_text(
        file.read_text("utf-8").replace('"metric": "win_rate"', '"metric": "luck"'), "utf-8"
    )
    upload.set_input_files(broken)
    button(dialog, "Import").click()
    refusal = alert(dialog, "Nothing was imported. goals[1]")
    expect(refusal).to_be_visible()
    upload.set_input_files(file)
    expect(refusal).to_have_count(0)
    button(dialog, "Import").click()
    expect(toast(page, "is imported as a new plan")).to_be_visible()
    assert plan.id not in page.url
    expect(titles(lane(page, "Not under a goal"))).to_have_text(plan.cards("unaligned"))


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
    dialog = plan_dialog(page, "Rename and settings")
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
    expect(page.get_by_role("button", name="You are Ann Mbeki")).to_be_visible()
    title = plan.goals()[0]
    lane(page, title).get_by_role("button", name="Edit goal").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("Who owns it?"), "Dana W.")
    sql = "SELECT actor, op FROM events WHERE plan_id = ? ORDER BY seq DESC LIMIT 1"
    until(lambda: plan.server.rows(sql, plan.id) == [("Ann Mbeki", "edit_goal")])
