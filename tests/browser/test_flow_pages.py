"""Every page on wide and narrow screens, in light and dark: drawn whole and quiet."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AppServer, Example, NewPage, OpenApp, ready
from tests.browser.driving import settle

PAGES = ("", "simulate", "compare", "assumptions", "share")
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
STREAMLITS_INLINE_SCRIPT = "script-src-elem inline"


@pytest.fixture(scope="module")
def shown(app_server: AppServer) -> Example:
    """Use the plan that a first start brings."""
    return Example(app_server, app_server.store.plans()[0].id)


def expect_no_sideways_scroll(page: Page) -> None:
    """Check that neither the page nor its main part is wider than the window."""
    wide = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
        .map((node) => node.scrollWidth - node.clientWidth)"""
    assert page.evaluate(wide) == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_drawn_whole_and_quiet(
    open_app: OpenApp,
    new_page: NewPage,
    shown: Example,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.add_init_script(NOTE_VIOLATIONS)
    for name in PAGES:
        open_app(name + shown.path, page)
        if name == "":
            expect(page.locator(".board")).to_have_attribute("data-theme", scheme)
            expect(page.locator(".stage .lane")).to_have_count(len(shown.goals()) + 2)
        if name in ("simulate", "compare"):
            expect(page.get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible()
        expect_no_sideways_scroll(page)
        background = page.get_by_test_id("stApp").evaluate("n => getComputedStyle(n).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (scheme == "light")
        assert set(page.evaluate("window.violations")) <= {STREAMLITS_INLINE_SCRIPT}


def test_pages_are_reached_by_their_links_and_by_going_back(
    open_app: OpenApp, page: Page, shown: Example
) -> None:
    open_app(shown.path)
    links = page.get_by_role("navigation").get_by_role("link")
    expect(links).to_have_text(["Plan", "Simulate", "Compare", "Assumptions", "Share"])
    heads = []
    for place in range(5):
        links.nth(place).click()
        expect(links.nth(place)).to_have_attribute("aria-current", "page")
        settle(page)
        heads.append(page.get_by_role("heading", level=1).first.inner_text())
        assert f"plan={shown.id}" in page.url
    assert len(set(heads)) == 5
    page.go_back()
    expect(links.nth(3)).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", level=1).first).to_have_text(heads[3])


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
