"""A person sets automated hours on the bar of the rep's week, and the plan follows."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from strategy.levers import Levers
from strategy.projection import engine_inputs
from strategy.rep_week import AdminTask, admin_tasks
from tests.browser.accessible import violations
from tests.browser.conftest import AppServer, Example, NewPage, OpenApp
from tests.browser.driving import button, middle, settle, until


def knob(page: Page, task: str) -> Locator:
    """Return the handle of a task."""
    return page.get_by_role("slider", name=re.compile(f"^{task}.*hours automated"))


def task_of(plan: Example, name: str, overrides: dict[str, Any] | None = None) -> AdminTask:
    """Return a task as the server counts it."""
    levers = Levers.from_json(overrides or {})
    found = admin_tasks(plan.board(), levers, engine_inputs(plan.board(), levers))
    return next(each for each in found if each.task == name)


def overrides(plan: Example) -> dict[str, Any]:
    """Return what the plan's first scenario overrides."""
    sql = "SELECT overrides_json FROM scenarios WHERE plan_id = ? ORDER BY rowid LIMIT 1"
    kept: dict[str, Any] = json.loads(plan.server.rows(sql, plan.id)[0][0])
    return kept


def promised_now(plan: Example, name: str) -> float:
    """Return the hours of a task that the first scenario promises now."""
    return task_of(plan, name, overrides(plan)).now


def test_hours_are_set_by_hand_by_key_and_by_number(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"simulate?plan={plan.id}")
    events, crm = plan.count("events"), promised_now(plan, "crm_entry")
    handle = knob(page, "CRM data entry")
    bar = page.locator(".week .bar").first.bounding_box()
    assert bar is not None
    x, y = middle(handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + bar["width"] * 0.2 / 36, y, steps=4)
    page.mouse.up()
    until(lambda: plan.ops(events) == ["edit_scenario"])
    assert promised_now(plan, "crm_entry") == pytest.approx(crm + 0.2, abs=0.11)
    settle(page)

    handle.focus()
    handle.press("End")
    handle.press("ArrowRight")
    expect(page.get_by_text("more than any other tactic in the library")).to_be_visible()
    until(lambda: plan.ops(events) == ["edit_scenario"] * 2)
    limit = task_of(plan, "crm_entry").limit
    assert promised_now(plan, "crm_entry") == pytest.approx(limit, abs=1e-3)
    settle(page)
    expect(handle).to_have_attribute("aria-valuenow", f"{limit:.1f}")
    expect(handle).to_be_focused()

    button(page.get_by_role("group", name="Show the week as"), "Table").click()
    field = page.get_by_label("Orders, contracts, signatures: hours automated a week")
    orders = task_of(plan, "orders")
    wanted = round((orders.least + orders.limit) / 2, 1)
    field.fill(f"{wanted}")
    field.press("Enter")
    until(lambda: plan.ops(events) == ["edit_scenario"] * 3)
    assert promised_now(plan, "orders") == pytest.approx(wanted, abs=1e-3)
    settle(page)
    assert violations(page) == []

    button(page, "Less for: Nobody’s").click()
    until(lambda: plan.ops(events) == ["edit_scenario"] * 4)
    settle(page)
    expect(page.locator(".said")).to_contain_text("Of freed hours: Selling")
    kept = Levers.from_json(overrides(plan))
    assert kept.destinations is not None and kept.plan_quality is not None
    assert sum(kept.destinations.values()) == pytest.approx(1)

    page.get_by_role("button", name=re.compile("Add Activity capture instead")).click()
    until(lambda: plan.ops(events)[-1] == "offer_tactic")
    assert "Activity capture" in plan.cards("unaligned")
    assert set(overrides(plan)["shifts"]) == {"orders"}
    settle(page)
    button(page, "Undo").click()
    until(lambda: promised_now(plan, "crm_entry") == pytest.approx(limit, abs=1e-3))


def test_a_handle_shows_what_it_would_do_while_it_moves_and_keeps_nothing_when_taken_back(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(f"simulate?plan={plan.id}")
    events = plan.count("events")
    look = page.locator(".fulcrum-look")
    x, y = middle(knob(page, "CRM data entry"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y, steps=3)
    expect(look).to_contain_text("futures, not saved yet.")
    page.keyboard.press("Escape")
    expect(look).to_have_count(0)
    page.mouse.up()
    settle(page)
    assert plan.ops(events) == []


def test_a_phone_keeps_outcomes_in_sight_that_follow_a_step(
    new_page: NewPage, app_server: AppServer, plan: Example
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(f"{app_server.address}/simulate?plan={plan.id}")
    bar = page.locator("dl.outcome-bar")
    expect(bar).to_be_visible()
    settle(page)
    events, freed = plan.count("events"), bar.locator(".value").last
    before = freed.inner_text()
    page.evaluate(
        """() => new MutationObserver(() => {
            const bars = document.querySelectorAll("dl.outcome-bar");
            if (bars.length > 1) window.shown = [...bars].at(-1).innerText;
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    hours = page.get_by_label("Service issues, internal chasing: hours automated a week")
    hours.fill("1.4")
    hours.press("Enter")
    plan.await_changes(1, events)
    settle(page)
    expect(bar).to_have_count(1)
    assert freed.inner_text() != before
    assert page.evaluate("window.shown") == bar.inner_text()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    last = page.locator("[data-testid=stExpander]").last.bounding_box()
    foot = bar.bounding_box()
    assert last is not None
    assert foot is not None
    assert last["y"] + last["height"] <= foot["y"], "the bar covers the end of the page"
    assert violations(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(bar).not_to_be_visible()
