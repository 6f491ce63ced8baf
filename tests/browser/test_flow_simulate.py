"""A person changes a scenario: the projection follows, and the address keeps it."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessible import violations
from tests.browser.conftest import Example, NewPage, OpenApp
from tests.browser.driving import (
    alert,
    button,
    is_within_the_window,
    redrawn,
    settle,
    type_into,
    until,
)


def simulate(plan: Example) -> str:
    """Return the address of the plan's first scenario."""
    return f"simulate?plan={plan.id}"


def shifts(page: Page) -> Locator:
    """Return the fields of shares shifted to automation."""
    return page.get_by_label(re.compile("shift to automation", re.IGNORECASE))


def headline(page: Page) -> Locator:
    """Return the finding on top."""
    return page.get_by_role("heading", level=1)


def newest_run(plan: Example) -> tuple[str, str, dict[str, Any]]:
    """Read the scenario, its stored levers and the inputs of the newest run."""
    sql = (
        "SELECT scenario_id, overrides_json, inputs_json FROM runs "
        "JOIN scenarios ON scenarios.id = scenario_id "
        "WHERE runs.plan_id = ? ORDER BY runs.rowid DESC LIMIT 1"
    )
    scenario, levers, inputs = plan.server.rows(sql, plan.id)[0]
    return scenario, levers, json.loads(inputs)


def enter(page: Page, place: int, share: str) -> None:
    """Type a share of hours and wait until the page is drawn with it."""
    type_into(shifts(page).nth(place), share)
    shifts(page).nth(place).press("Enter")
    settle(page)


def test_hours_shifted_to_automation_are_simulated_and_kept(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    before, runs, events = headline(page).inner_text(), plan.count("runs"), plan.count("events")
    for place in range(3):
        enter(page, place, "80")
        # Two that wait together are kept as one change; here each is a change of its own.
        plan.await_changes(place + 1, events)
        settle(page)
    expect(headline(page)).not_to_have_text(before)
    assert plan.ops(events) == ["edit_scenario"] * 3
    after = headline(page).inner_text()
    assert plan.count("runs") == runs + 3
    scenario, levers, inputs = newest_run(plan)
    assert sorted(each["share"] for each in json.loads(levers)["shifts"].values()) == [0.8] * 3
    assert sum("shift" in each["name"] for each in inputs["tactics"]) >= 1
    open_app(f"{simulate(plan)}&scenario={scenario}")
    expect(headline(page)).to_have_text(after)
    expect(shifts(page).first).to_have_value("80")
    assert plan.count("runs") == runs + 3
    for undone in range(3):
        button(page, "Undo").click()
        plan.await_changes(4 + undone, events)
        settle(page)
    expect(headline(page)).to_have_text(before)
    expect(shifts(page).first).to_have_value("0")


def test_the_keyboard_goes_on_to_the_next_field_after_a_share(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    enter(page, 0, "40")
    expect(shifts(page).first).to_be_focused()
    expect(shifts(page).first).to_have_value("40")


# Notes when the picture of a look came over the chart, what it said, and what it draws.
WATCH_LOOK = """() => {
    window.look = null;
    new MutationObserver((_, watching) => {
        const cover = document.querySelector(".fulcrum-look");
        if (!cover) return;
        watching.disconnect();
        const labels = [...cover.querySelectorAll("svg text")].map((each) => each.textContent);
        const middle = cover.querySelector("path.p50").getAttribute("d");
        window.look = { at: performance.now(), words: cover.textContent, labels, middle };
    }).observe(document.body, { childList: true, subtree: true });
}"""
CHART = ".st-key-chart_projection [data-testid=stVegaLiteChart] svg"
CHART_LABELS = """() => [...document.querySelectorAll(
    ".st-key-chart_projection [data-testid=stVegaLiteChart] svg text")]
    .map((each) => each.textContent)"""


def test_a_lever_shows_what_it_does_before_it_is_kept_and_the_page_says_the_same(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    middles = set()
    for share in ("95", "10"):
        page.evaluate(WATCH_LOOK)
        enter(page, 0, share)
        look, sent = page.evaluate("[window.look, window.traffic.sent]")
        assert look["at"] < sent
        assert "futures, not saved yet." in look["words"]
        middles.add(look["middle"])
        labels = {each for each in look["labels"] if each}
        assert labels == {each for each in page.evaluate(CHART_LABELS) if each}
        expect(page.locator(".fulcrum-look")).to_have_count(0)
        assert shifts(page).first.input_value() == share
        # On the first visit a chart may be built twice: before its place has its width, and after.
        is_new = page.eval_on_selector(
            CHART,
            "chart => { const was = window.chart; window.chart = chart; return chart !== was; }",
        )
    assert len(middles) == 2
    assert not is_new, "the chart was built anew"


def test_a_lever_is_kept_also_when_nobody_says_what_it_would_do(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    page.route("**/look/**", lambda route: route.fulfill(status=204))
    enter(page, 0, "45")
    assert plan.ops(events) == ["edit_scenario"]
    page.route("**/look/**", lambda _: None)  # asked, and never answered
    type_into(shifts(page).first, "46")
    shifts(page).first.press("Enter")
    until(lambda: plan.ops(events) == ["edit_scenario"] * 2)


def test_a_lever_is_kept_when_the_page_is_left_at_once(open_app: OpenApp, plan: Example) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    page.route("**/look/**", lambda _: None)  # asked, and never answered
    settle(page)
    shifts(page).first.evaluate(
        """field => {
            field.value = "47";
            field.dispatchEvent(new Event("change", { bubbles: true }));
            [...document.querySelectorAll("a")].find((link) => link.innerText === "Share").click();
        }"""
    )
    expect(button(page, "Freeze and share")).to_be_visible()
    assert plan.ops(events) == ["edit_scenario"]
    expect(page).to_have_url(re.compile("/share"))


def test_a_step_that_is_typed_over_with_a_number_out_of_bounds_leaves_no_look(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    # All at once: a step, and before it is sent a number that cannot be.
    shifts(page).first.evaluate(
        """field => {
            const press = { key: "ArrowUp", bubbles: true, cancelable: true };
            field.dispatchEvent(new KeyboardEvent("keydown", press));
            field.value = "140";
            field.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(page.get_by_text("is 140%. Use a number from 0 to 100%.")).to_be_visible()
    page.wait_for_function("() => window.traffic.looks === 0 && window.traffic.looked > 0")
    expect(page.locator(".fulcrum-look")).to_have_count(0, timeout=1000)
    assert plan.ops(events) == []


def test_steps_of_one_burst_are_one_change(open_app: OpenApp, plan: Example) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    # All at once, since a busy machine may take longer between two presses than a burst lasts.
    shifts(page).first.evaluate(
        """field => [1, 2, 3, 4].forEach(() => field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true })))"""
    )
    until(lambda: plan.ops(events) == ["edit_scenario"])
    button(page, re.compile("^Less: CRM data entry")).click()
    until(lambda: plan.ops(events) == ["edit_scenario"] * 2)
    settle(page)
    expect(shifts(page).first).to_have_value("15")
    levers = newest_run(plan)[1]
    assert json.loads(levers)["shifts"]["crm_entry"] == {"share": 0.15, "start": 1}


def test_a_step_is_kept_when_an_earlier_ones_answer_comes_before_it_is_sent(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    page.route("**/look/**", lambda _: None)  # a step waits for its look, as long as it may
    # The second step as soon as the first is sent: its look is waited for when the answer comes.
    shifts(page).first.evaluate(
        """async field => {
            const { sent } = window.traffic;
            const more = [...field.parentElement.querySelectorAll("button")].at(-1);
            more.click();
            while (window.traffic.sent === sent) await new Promise(requestAnimationFrame);
            more.click();
        }"""
    )
    until(lambda: plan.ops(events) == ["edit_scenario"] * 2)
    expect(shifts(page).first).to_have_value("10")


def test_what_somebody_types_stays_while_another_page_sets_the_same_lever(
    open_app: OpenApp, new_page: NewPage, plan: Example
) -> None:
    page = open_app(simulate(plan))
    other = new_page()
    other.goto(page.url)
    expect(shifts(other).first).to_be_visible()
    settle(other)
    shifts(page).first.fill("35")
    enter(other, 0, "60")
    enter(other, 1, "20")
    expect(page.get_by_text("Somebody set this to 60% meanwhile.")).to_be_visible()
    expect(shifts(page).first).to_have_value("35")
    expect(shifts(page).nth(1)).to_have_value("20")
    shifts(page).first.press("Enter")
    expect(shifts(other).first).to_have_value("35")


def test_a_share_out_of_bounds_is_not_kept(open_app: OpenApp, plan: Example) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    enter(page, 0, "140")
    expect(page.get_by_text("is 140%. Use a number from 0 to 100%.")).to_be_visible()
    expect(shifts(page).first).to_have_value("140")
    assert plan.ops(events) == []


def test_a_tactic_starts_later_with_fewer_users_and_follows_the_plan_again(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(f"{simulate(plan)}&levers=Tactics")
    before, events = headline(page).inner_text(), plan.count("events")
    panel = page.get_by_role("tabpanel", name="Tactics")
    row = panel.locator(".row").first
    adoption, start, latest = (
        row.get_by_label(re.compile(words)) for words in (r"adoption \(%\)$", "starts$", "latest$")
    )
    type_into(adoption, "10")
    adoption.press("Enter")
    until(lambda: len(plan.ops(events)) == 1)
    expect(row.get_by_text("In the plan: 90%")).to_be_visible()
    start.select_option("7")
    until(lambda: len(plan.ops(events)) == 2)
    settle(page)
    levers = json.loads(newest_run(plan)[1])
    assert [*levers["starts"].values(), *levers["adoption"].values()] == [7, 0.1]
    expect(headline(page)).not_to_have_text(before)
    button(row, re.compile("give a range")).click()
    high = row.get_by_label(re.compile("adoption.*high"))
    type_into(high, "5")
    high.press("Enter")
    expect(row.get_by_text("10% must lie between the low 10% and the high 5%.")).to_be_visible()
    type_into(high, "40")
    high.press("Enter")
    until(lambda: len(plan.ops(events)) == 3)
    settle(page)
    assert [*json.loads(newest_run(plan)[1])["adoption"].values()] == [[0.1, 0.1, 0.4]]
    expect(page.locator(".st-key-overridden")).to_contain_text("10% (10% to 40%)")
    expect(row.locator(".end > span")).to_have_text(
        ["Low: adoption (%)", "High: adoption (%)", "Earliest start", "Latest start"]
    )
    latest.select_option("9")
    plan.await_changes(4, events)
    settle(page)
    assert [*json.loads(newest_run(plan)[1])["starts"].values()] == [[7, 7, 9]]
    start.select_option("10")  # past the latest: that goes along
    plan.await_changes(5, events)
    settle(page)
    assert [*json.loads(newest_run(plan)[1])["starts"].values()] == [[7, 10, 10]]
    for left in (1, 0):
        button(page.locator(".st-key-overridden"), "Reset").first.click()
        plan.await_changes(7 - left, events)
        settle(page)
    expect(high).not_to_be_visible()
    expect(adoption).to_have_value("90")
    expect(row.get_by_text("In the plan")).to_have_count(0)
    expect(headline(page)).to_have_text(before)


def test_a_week_that_does_not_add_up_changes_nothing(open_app: OpenApp, plan: Example) -> None:
    page = open_app(simulate(plan))
    before, runs, events = headline(page).inner_text(), plan.count("runs"), plan.count("events")
    page.get_by_role("tab", name="Week today").click()
    week = page.get_by_role("tabpanel", name="Week today")
    field = week.get_by_label(re.compile(r"\(%\)$")).first
    type_into(field, str(float(field.input_value()) + 12.5))
    button(week, "Run with this week").click()
    refused = alert(week, re.compile(r"The week adds up to 112\.5 %, not 100\.0\."))
    expect(refused).to_contain_text("Take 12.5 % away to run.")
    expect(headline(page)).to_have_text(before)
    assert (plan.count("runs"), plan.count("events")) == (runs, events)
    type_into(field, str(float(field.input_value()) - 12.5))
    button(week, "Run with this week").click()
    expect(refused).to_have_count(0)


def test_freed_hours_that_do_not_add_up_change_nothing(open_app: OpenApp, plan: Example) -> None:
    page = open_app(simulate(plan))
    events = plan.count("events")
    page.get_by_role("tab", name="Freed hours").click()
    freed = page.get_by_role("tabpanel", name="Freed hours")
    for place, share in enumerate(("50", "50", "50")):
        type_into(freed.get_by_label("likely (%)").nth(place), share)
    button(freed, "Run with these destinations").click()
    expect(
        alert(freed, "The three shares add up to 150.0%. Take 50.0 away to run.")
    ).to_be_visible()
    assert plan.ops(events) == []
    type_into(freed.get_by_label("likely (%)").nth(2), "0")
    button(freed, "Run with these destinations").click()
    until(lambda: plan.ops(events) == ["edit_scenario"])


def test_a_scenario_is_saved_and_its_address_opens_it_elsewhere(
    open_app: OpenApp, new_page: NewPage, plan: Example
) -> None:
    page = open_app(simulate(plan))
    button(page, "Save as scenario").click()
    dialog = page.get_by_role("dialog")
    button(dialog, "Save").click()
    expect(alert(dialog, "name is empty")).to_be_visible()
    type_into(dialog.get_by_label("Name"), "Half to coaching")
    button(dialog, "Save").click()
    expect(dialog).to_have_count(0)
    chosen = page.get_by_role("radio", name=re.compile("Half to coaching"))
    expect(chosen).to_be_checked()
    sql = "SELECT id FROM scenarios WHERE plan_id = ? AND name = 'Half to coaching'"
    [(scenario,)] = plan.server.rows(sql, plan.id)
    expect(page).to_have_url(re.compile(f"scenario={scenario}"))
    settle(page)
    elsewhere = new_page()
    elsewhere.goto(page.url)
    expect(elsewhere.get_by_role("radio", name=re.compile("Half to coaching"))).to_be_checked()
    expect(headline(elsewhere)).to_have_text(headline(page).inner_text())


def test_choosing_a_scenario_is_in_the_address_and_other_pages_keep_it(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    second = page.get_by_role("radiogroup", name="Scenario").get_by_role("radio").nth(1)
    name = second.inner_text()
    second.click()
    expect(page).to_have_url(re.compile("scenario="))
    expect(second).to_be_checked()
    settle(page)
    page.get_by_role("link", name="Assumptions").click()
    expect(page).to_have_url(re.compile("/assumptions"))
    settle(page)
    page.get_by_role("link", name="Simulate").click()
    expect(page).to_have_url(re.compile("/simulate"))
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    assert page.get_by_role("radio", checked=True).inner_text() == name


def test_compare_shows_what_is_better_and_both_curves(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"compare?plan={plan.id}")
    main = page.get_by_test_id("stMain")
    expect(headline(page)).not_to_be_empty()
    sides = main.get_by_role("table").filter(has_text="On the same futures")
    verdict = re.compile(r"^A better in (under |over )?\d+ of 100$|^Same in both$|^No clear diff")
    net = sides.get_by_role("row").filter(has_text="Net benefit")
    expect(net.get_by_text(verdict)).to_be_visible()
    expect(net.locator(".strip .dot")).to_have_count(2)
    for goal in plan.goals():
        expect(main.get_by_text(goal, exact=True).first).to_be_visible()
    chart = main.get_by_test_id("stVegaLiteChart")
    expect(chart).to_have_count(1)
    expect(chart.locator("svg text", has_text=re.compile(r"^A "))).not_to_have_count(0)
    expect(chart.locator("svg text", has_text=re.compile(r"^B "))).not_to_have_count(0)
    button(page, "Table").first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    redrawn(page, lambda: page.keyboard.press("Escape"))
    with page.expect_download() as started:
        button(page, "CSV").first.click()
    text = started.value.path().read_text("utf-8-sig")
    assert "Net benefit" in text
    assert "A − B" in text.splitlines()[0]


def test_one_scenario_alone_is_not_compared(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"compare?plan={plan.id}")
    before = headline(page).inner_text()
    page.get_by_role("button", name=re.compile("^B ")).or_(
        page.get_by_role("checkbox", name=re.compile("^B "))
    ).first.click()
    expect(headline(page)).not_to_have_text(before)
    expect(headline(page)).to_contain_text("Choose two to four scenarios.")


def test_further_charts_are_worked_out_when_opened_and_are_saved_as_pictures(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    charts = page.get_by_test_id("stMain").locator("svg.marks")
    expect(charts).to_have_count(3)
    expect(button(page, "Picture")).to_have_count(3)
    opened = {
        "ledger": "the largest gap is under a millionth of an hour",
        "net": "The average is",
        "ceiling": "Dashed: the buyer ceiling",
        "adoption": "Over the whole plan seats that nobody uses cost",
    }
    for key, said in opened.items():
        part = page.locator(f".st-key-part_{key}")
        part.locator("summary").click()
        expect(part.get_by_text(said)).to_be_visible()
        expect(part.locator("svg.marks").first).to_be_visible()
    settle(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    until(lambda: is_within_the_window(page))
    part = page.locator(".st-key-part_net")
    button(part, "Picture").click()
    files = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as started:
            button(page, f"Save {kind}").click()
        files[started.value.suggested_filename] = started.value.path().read_bytes()
    assert files["net_parts.png"].startswith(b"\x89PNG")
    text = files["net_parts.svg"].decode()
    assert "@font-face" in text
    assert "Brings most: " in text
    assert "Net benefit" in text


def test_a_plan_gets_another_seed_in_a_part_that_is_drawn_when_it_is_opened(
    open_app: OpenApp, plan: Example
) -> None:
    page = open_app(simulate(plan))
    events, seed = plan.count("events"), page.get_by_label("Seed of this plan")
    expect(seed).to_have_count(0)
    page.locator("summary").get_by_text("Seed", exact=True).click()
    expect(
        page.get_by_text(re.compile(r"^Run run_\w+, [\d,]+ futures of 36 months\.$"))
    ).to_be_visible()
    type_into(seed, "7")
    seed.press("Enter")
    plan.await_changes(1, events)
    settle(page)
    expect(page.get_by_text(re.compile(", seed 7, model "))).to_be_visible()
    expect(seed).to_have_value("7")
