"""Every page on wide and narrow screens, in light and dark: drawn whole and quiet."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.accessible import violations
from tests.browser.conftest import AppServer, Example, NewPage, OpenApp, ready
from tests.browser.driving import button, is_within_the_window, menu_of, settle, until

NAVIGATED = ("", "simulate", "compare", "assumptions", "share")
PAGES = (*NAVIGATED, "actuals", "drivers", "thesis", "trust", "mix", "reach", "history")
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
WHITE = "rgb(255, 255, 255)"
# Streamlit's one inline script, and a number library of it that does without WebAssembly.
EXPECTED = {"script-src-elem inline", "script-src wasm-eval"}


@pytest.fixture(scope="module")
def shown(app_server: AppServer) -> Example:
    """Use the plan that a first start brings."""
    return Example(app_server, app_server.store.plans()[0].id)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_whole_and_quiet(
    open_app: OpenApp,
    new_page: NewPage,
    shown: Example,
    name: str,
    scheme: Literal["light", "dark"],
) -> None:
    page = new_page(color_scheme=scheme)
    page.add_init_script(NOTE_VIOLATIONS)
    open_app(name + shown.path, page)
    app = page.get_by_test_id("stApp")
    is_white = app.evaluate("node => getComputedStyle(node).backgroundColor") == WHITE
    assert is_white == (scheme == "light")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if name == "":
            expect(page.locator(".board")).to_have_attribute("data-theme", scheme)
            size = "phone" if width == 390 else "wide"
            expect(page.locator(".board")).to_have_attribute("data-size", size)
            expect(page.locator(".stage .lane")).to_have_count(len(shown.goals()) + 2)
        if name in ("simulate", "compare", "drivers", "actuals"):
            expect(page.get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible()
        until(lambda: is_within_the_window(page))
    assert set(page.evaluate("window.violations")) <= EXPECTED
    assert violations(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    settle(page)
    assert violations(page) == []


def test_pages_are_reached_by_their_links(open_app: OpenApp, page: Page, shown: Example) -> None:
    open_app(shown.path)
    links = page.get_by_role("navigation").get_by_role("link")
    expect(links).to_have_text(["Plan", "Simulate", "Compare", "Assumptions", "Share"])
    heading = page.get_by_role("heading", level=1)
    heads = [heading.inner_text()]
    for place in range(1, 5):
        links.nth(place).click()
        expect(heading).not_to_have_text(heads[-1])
        expect(page).to_have_url(re.compile(f"/{NAVIGATED[place]}.*plan={shown.id}"))
        settle(page)
        heads.append(heading.inner_text())
    assert len(set(heads)) == 5


def test_pages_under_assumptions_are_reached_by_their_row_and_by_keys(
    open_app: OpenApp, page: Page, shown: Example
) -> None:
    open_app("assumptions" + shown.path)
    row = page.locator(".st-key-group_row").get_by_role("link")
    expect(row.first).to_have_text("Register")
    row.filter(has_text="How it is computed").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/trust.*plan={shown.id}"))
    ready(page)
    expect(page).to_have_title(re.compile("How it is computed"))
    row.first.click()
    expect(page).to_have_url(re.compile(f"/assumptions.*plan={shown.id}"))


def test_a_page_that_turned_white_is_loaded_again_once(
    open_app: OpenApp, page: Page, shown: Example
) -> None:
    open_app(f"compare{shown.path}")
    address = page.url
    fail = """() => {
        window.isOld = true;
        const message = "Uncaught Error: Cannot set a node at a delta path";
        dispatchEvent(new ErrorEvent("error", { message }));
    }"""
    with page.expect_event("load"):
        page.evaluate(fail)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settle(page)
    assert page.url == address
    page.evaluate(fail)
    page.wait_for_timeout(500)  # nothing must follow: loading again did not help
    assert page.evaluate("isOld")


def test_a_page_that_is_left_while_one_of_its_parts_sends_something_does_not_turn_white(
    open_app: OpenApp, page: Page, shown: Example
) -> None:
    leave = """async (wait) => {
        const links = [...document.querySelectorAll("a")];
        links.find((link) => link.innerText.trim() === "Share").click();
        if (wait) await new Promise((over) => setTimeout(over, wait));
        const detail = { about: "this plan" };
        document.dispatchEvent(new CustomEvent("fulcrum-news", { detail, cancelable: true }));
    }"""
    for wait in (0, 0, 1, 2):
        open_app(shown.path)
        before = page.evaluate(
            "window.traffic.noted.filter((each) => each.includes(' sent')).length"
        )
        page.evaluate(leave, wait)
        expect(page.get_by_role("button", name="Freeze and share")).to_be_visible(timeout=8000)
        sent = page.evaluate("window.traffic.noted.filter((each) => each.includes(' sent')).length")
        assert sent >= before + 2  # the page left has sent something too


def test_a_page_is_one_step_of_the_history(open_app: OpenApp, page: Page, shown: Example) -> None:
    open_app(f"simulate{shown.path}")
    steps = page.evaluate("history.length")
    for place, name in enumerate(("Plan", "Compare", "Plan"), start=1):
        page.get_by_role("link", name=name, exact=True).click()
        path = {"Plan": "/", "Compare": "/compare"}[name]
        expect(page).to_have_url(re.compile(rf"\d{path}\?.*plan={shown.id}"))
        settle(page)
        assert page.evaluate("history.length") == steps + place
    for path in ("/compare", "/", "/simulate"):
        page.go_back()
        expect(page).to_have_url(re.compile(rf"\d{path}\?.*plan={shown.id}"))
        settle(page)


def test_a_dialog_left_by_going_back_is_gone(open_app: OpenApp, page: Page, shown: Example) -> None:
    open_app(f"simulate{shown.path}")
    page.get_by_role("link", name="Plan").click()
    page.get_by_role("button", name="Add goal").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/simulate"))
    expect(page.get_by_role("button", name="Save as scenario")).to_be_visible()
    expect(dialog).to_have_count(0)
    page.get_by_role("link", name="Plan").click()
    expect(page.get_by_role("button", name="Add goal")).to_be_visible()
    settle(page)
    expect(dialog).to_have_count(0)


def test_the_first_visit_after_a_start_may_be_any_page(
    new_page: NewPage, app_server: AppServer
) -> None:
    page = new_page()
    page.goto(f"{app_server.address}/share")
    ready(page)
    expect(page.get_by_role("button", name="Freeze and share")).to_be_visible()


def test_headers_protect_every_answer(page: Page, app_server: AppServer) -> None:
    for path in ("/", "/simulate", "/_stcore/health", "/s/nothing", "/robots.txt"):
        headers = page.request.get(app_server.address + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src" in headers["content-security-policy"]


def test_the_accessibility_check_finds_what_is_wrong(
    open_app: OpenApp, page: Page, shown: Example
) -> None:
    open_app("share" + shown.path, page)
    page.evaluate(
        """document.querySelector("[data-testid=stMain]").insertAdjacentHTML("beforeend",
        "<img src='data:,' width=9 height=9><button></button>")"""
    )
    assert {each.split(":")[0] for each in violations(page)} == {"image-alt", "button-name"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_and_menus_are_accessible(
    open_app: OpenApp, new_page: NewPage, shown: Example, scheme: Literal["light", "dark"]
) -> None:
    page = new_page(color_scheme=scheme)
    open_app(shown.path, page)
    menu_of(page, shown.cards(shown.goals()[0])[0])
    assert violations(page) == []
    page.keyboard.press("Escape")
    for opener in ("Add goal", "Add tactic", "Paste tactics"):
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        settle(page)
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    for item in ("Import a plan", "Rename and settings"):
        page.get_by_role("button", name=shown.board().plan.name).click()
        page.get_by_role("button", name=item).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        settle(page)
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    for view in ("Timeline", "Outline"):
        page.get_by_role("radio", name=view).click()
        settle(page)
        assert violations(page) == []
    open_app("simulate" + shown.path, page)
    button(page, "Save as scenario").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    settle(page)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plans_settings_with_all_parts_open_and_evidence_are_accessible(
    open_app: OpenApp, new_page: NewPage, shown: Example, scheme: Literal["light", "dark"]
) -> None:
    page = new_page(color_scheme=scheme)
    open_app(shown.path, page)
    page.get_by_role("button", name=shown.board().plan.name).click()
    button(page, "Rename and settings").click()
    dialog = page.get_by_role("dialog")
    parts = dialog.locator("summary")
    expect(parts).to_have_count(3)
    for part in parts.all():
        part.click()
    expect(dialog.get_by_label("Seats, likely", exact=True)).to_be_visible()
    expect(dialog.get_by_label("Jan (%)", exact=True)).to_have_count(2)
    settle(page)
    assert _on_both_widths(page) == []
    page.keyboard.press("Escape")

    open_app("assumptions" + shown.path, page)
    button(page, "Add evidence").click()
    expect(dialog.get_by_label("What does it say, and who says so?")).to_be_visible()
    settle(page)
    assert _on_both_widths(page) == []
    button(dialog, "Add").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Choose the assumption")
    settle(page)
    assert violations(page) == []


def _on_both_widths(page: Page) -> list[str]:
    """Return what breaks a rule on a phone and on a wide screen, and what is too wide for one."""
    found = []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        until(lambda: is_within_the_window(page))
        found += violations(page)
    return found


FINGER = 44  # pixels a finger needs each way


def test_on_a_phone_the_row_on_top_is_two_lines_for_a_finger(
    open_app: OpenApp, new_page: NewPage, shown: Example
) -> None:
    open_app(f"assumptions{shown.path}", new_page())  # somebody else is here too
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(shown.path, page)
    row = page.locator(".st-key-context_row")
    name = row.get_by_role("button", name=shown.board().plan.name)
    first = [
        name,
        row.get_by_role("link", name=re.compile("^Saved")),
        *(row.get_by_role("button", name=each) for each in ("Undo", "Redo")),
    ]
    second = [button(row, "Add goal"), button(row, "Add your name"), row.get_by_role("listitem")]
    for line in (first, second):
        middles = [box["y"] + box["height"] / 2 for box in map(_box, line)]
        assert max(middles) - min(middles) < 4
    for each in [*first, *second[:2]]:
        assert min(_box(each)["width"], _box(each)["height"]) >= FINGER
    expect(name).to_contain_text(shown.board().plan.name)
    assert _box(name)["height"] < FINGER + 4  # the plan's name in one line
    open_app(f"mix{shown.path}", page)
    for link in page.locator(".st-key-group_row").get_by_role("link").all():
        assert _box(link)["height"] >= FINGER


def test_a_chosen_tactic_is_taken_away_again_by_a_finger(
    open_app: OpenApp, new_page: NewPage, shown: Example
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(f"mix{shown.path}", page)
    page.get_by_role("combobox", name="Must be in").tap()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).tap()
    away = page.get_by_role("button", name=re.compile("^Remove "))
    box = _box(away)
    assert min(box["width"], box["height"]) >= FINGER
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 3)
    expect(away).to_have_count(0)
    settle(page)


def test_on_a_phone_the_months_stand_two_by_two_and_the_years_in_one_line(
    open_app: OpenApp, new_page: NewPage, shown: Example
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(f"actuals{shown.path}", page)
    first, second, third = (
        _box(page.get_by_label(f"{month} 2027", exact=True)) for month in ("Jan", "Feb", "Mar")
    )
    assert first["y"] == second["y"] < third["y"]
    years = [_box(page.get_by_role("radio", name=f"{year}")) for year in (2027, 2028, 2029)]
    assert len({each["y"] for each in years}) == 1
    page.get_by_role("radio", name="2028").tap()
    expect(page.get_by_label("Dec 2028", exact=True)).to_be_visible()


def test_on_a_phone_low_likely_and_high_stand_side_by_side(
    open_app: OpenApp, new_page: NewPage, shown: Example
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(f"simulate{shown.path}", page)
    page.get_by_role("tab", name="Assumptions", exact=True).tap()
    fields = [page.get_by_label(f"{part} (%)") for part in ("low", "likely", "high")]
    expect(fields[0].first).to_have_value("10")
    assert len({_box(each)["y"] for each in fields}) == 1
    open_app(f"mix{shown.path}", page)  # boxes and a button of a form keep the whole width
    first, second = (page.get_by_role("combobox", name=f"Must {each}") for each in ("be", "stay"))
    assert _box(first)["y"] < _box(second)["y"] < _box(button(page, "Search"))["y"]


def test_on_a_phone_the_outcomes_of_what_drives_it_are_chips_with_whole_lines(
    open_app: OpenApp, new_page: NewPage, shown: Example
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(f"drivers{shown.path}", page)
    chips = page.get_by_role("radiogroup").first.get_by_role("radio")
    expect(chips).to_have_count(1 + len(shown.goals()))
    drawn = """(chips) => chips.map((chip) => {
        const { borderRadius, borderLeftColor } = getComputedStyle(chip);
        return [borderRadius, borderLeftColor === "rgba(0, 0, 0, 0)"];
    })"""
    assert {tuple(each) for each in chips.evaluate_all(drawn)} == {("8px", False)}


def _box(where: Locator) -> FloatRect:
    """Return where something is drawn, in pixels."""
    found = where.first.bounding_box()
    assert found is not None
    return found
