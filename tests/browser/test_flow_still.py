"""What has been painted once stays where it is: rows at the top, and what stands in a tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import AppServer, Example, ready
from tests.browser.driving import WATCH_TRAFFIC, settle

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
# Notes, in each frame, how far links and buttons with words stand below an origin, the window's top
# if none is given; says which stood elsewhere before.
WATCH_PLACES = """([selector, origin]) => {
  const first = new Map();
  window.moved = [];
  window.watched = first;
  const note = () => {
    for (const each of document.querySelectorAll(selector)) {
      const words = each.innerText.trim().replace(/\\s+/g, " ");
      const { top: place, width, height } = each.getBoundingClientRect();
      if (!words || !width || !height) continue;
      const top = place - (document.querySelector(origin)?.getBoundingClientRect().top ?? 0);
      const before = first.get(words) ?? first.set(words, top).get(words);
      if (Math.abs(top - before) > 1) {
        window.moved.push(`${words}: ${Math.round(before)} to ${Math.round(top)}`);
        first.set(words, top);
      }
    }
    requestAnimationFrame(note);
  };
  note();
}"""
ROWS = ":is(.st-key-context_row, .st-key-group_row) :is(button, a)"


@pytest.fixture(params=list(SIZES))
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of a new browser, as wide as a phone or a desk has it."""
    width, height = SIZES[request.param]
    phone = request.param == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=phone, is_mobile=phone
    )
    context.add_init_script(WATCH_TRAFFIC)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["", "mix", "share", "actuals"])
def test_buttons_of_the_rows_at_the_top_stay_where_they_were_first_painted(
    path: str, visitor: Page, plan: Example, app_server: AppServer
) -> None:
    visitor.add_init_script(f"({WATCH_PLACES})([{ROWS!r}, 'html'])")
    for _ in range(2):  # the first visit, and one with all scripts kept
        visitor.goto(f"{app_server.address}/{path}{plan.path}")
        ready(visitor)
        settle(visitor)
        assert visitor.evaluate("watched.size") >= 3
        assert visitor.evaluate("moved") == []


def test_buttons_of_the_import_stay_where_they_are_when_its_tab_is_opened(
    visitor: Page, plan: Example, app_server: AppServer
) -> None:
    visitor.goto(f"{app_server.address}/assumptions{plan.path}")
    ready(visitor)
    # Below its tabs: the headline above may still change its length, and the window scrolls.
    within = '[role="tabpanel"] [data-testid="stButton"] button'
    visitor.evaluate(WATCH_PLACES, [within, '[role="tablist"]'])
    visitor.evaluate("watched.clear()")
    visitor.get_by_role("tab", name="Import a CRM export").click()
    example = visitor.get_by_role("button", name="Try the example's export")
    example.wait_for()
    settle(visitor)
    visitor.wait_for_timeout(300)  # a box that measures itself does so in the next frames
    seen = visitor.evaluate("[...watched.keys()]")
    assert any("Try the example" in words for words in seen)
    assert visitor.evaluate("moved") == []
    expect(visitor.get_by_text("per file").filter(visible=True)).to_have_count(0)
