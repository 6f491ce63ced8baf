"""A person looks at the plan in other ways: filtered, on a timeline, as text, on paper."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.accessible import violations
from tests.browser.conftest import Example, NewPage, OpenApp
from tests.browser.driving import (
    button,
    choose,
    is_within_the_window,
    lane,
    settle,
    titles,
    toast,
    until,
)


def test_a_filter_counts_at_once_hides_cards_and_no_sum(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    page.emulate_media(reduced_motion="reduce")  # a gliding card covers what is under it
    unaligned = lane(page, "Not under a goal")
    money = unaligned.locator(".chance strong").inner_text()
    page.keyboard.press("/")
    page.keyboard.type("map")
    said = page.locator(".filter .said")
    expect(said).to_have_text("1 of 14 tactics; sums count all")
    expect(titles(unaligned)).to_have_text(["Territory map refresh"])
    expect(lane(page, plan.goals()[0]).get_by_text("2 hidden by the filter.")).to_be_visible()
    expect(unaligned.locator(".chance strong")).to_have_text(money)
    assert violations(page) == []
    page.reload()
    expect(said).to_have_text("1 of 14 tactics; sums count all")
    page.get_by_role("searchbox").press("Escape")
    expect(said).to_have_text("")
    page.get_by_role("combobox", name="Owner").select_option("Tom Lindqvist")
    expect(said).to_have_text("2 of 14 tactics; sums count all")
    button(page, "Clear").click()
    expect(titles(unaligned)).to_have_count(3)


def test_a_tactic_is_moved_on_the_timeline_by_keys_and_by_hand(
    open_app: OpenApp, plan: Example, new_page: NewPage
) -> None:
    title = "Guided quoting with price rules"
    page = open_app(f"{plan.path}&view=Timeline")
    bar = page.get_by_role("slider", name=f"{title}, start")
    expect(bar).to_have_attribute("aria-valuetext", "Feb 2027")
    settle(page)
    assert violations(page) == []
    bar.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile("Starts Apr 2027, works Sep 2027"))).to_be_visible()
    expect(bar).to_be_focused()

    def start() -> int:
        return next(each.start for each in plan.board().tactics if each.title == title)

    assert start() == 4
    box = bar.bounding_box()
    assert box is not None
    month = box["width"] / (36 - 3)
    page.mouse.move(box["x"] + 6, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 6 + 3.1 * month, box["y"] + 8, steps=6)
    page.mouse.up()
    until(lambda: start() == 7)
    expect(toast(page, "Undo takes it back").first).to_be_visible()
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("textbox", name="Title")).to_have_value(title)
    phone = open_app(f"{plan.path}&view=Timeline", new_page(viewport={"width": 390, "height": 844}))
    until(lambda: is_within_the_window(phone))
    expect(phone.locator(".until").first).to_have_text("due Dec 2027")
    expect(phone.locator(".until").first).to_be_visible()
    expect(page.locator(".until").first).to_be_hidden()


def test_the_outline_is_text_a_table_and_moves_a_tactic(open_app: OpenApp, plan: Example) -> None:
    goal = "Win more of the deals we work"
    page = open_app(f"{plan.path}&view=Outline")
    text = page.get_by_test_id("stCode")
    expect(text).to_contain_text("2.2 Call recording and summaries. Marcus Oyelaran, from Apr 2027")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(15)
    assert violations(page) == []
    choose(page, "Move", "Territory map refresh")
    choose(page, "to", re.compile(f"^{goal}"))
    button(page, "Move").click()
    expect(text).to_contain_text("2.3 Territory map refresh")
    assert plan.cards(goal)[-1] == "Territory map refresh"


def test_on_paper_only_the_work_is_left(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    page.emulate_media(media="print")
    for hidden in (".st-key-context_row", ".st-key-view_row", ".stage .add", ".stage .more"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(titles(lane(page, "Not under a goal")).last).to_be_visible()


def test_the_projector_mode_says_how_to_leave_it_and_stays_on_other_pages(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(plan.path)
    page.keyboard.press("p")
    hint = "getComputedStyle(document.body, '::after').content"
    assert "P leaves it" in page.evaluate(hint)
    expect(page.locator(".st-key-context_row")).to_be_hidden()
    open_app(f"simulate{plan.path}", page)
    expect(page.locator(".st-key-context_row")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.locator(".st-key-context_row")).to_be_visible()
    assert page.evaluate(hint) == "none"
