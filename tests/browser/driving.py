"""What a person does on a page, in the words of the tests."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect


def until(is_true: Callable[[], bool], seconds: float = 15) -> float:
    """Wait until a check holds; return how long it took.

    The browser's own events wait meanwhile; what a page shows is better waited for by `expect`.
    """
    started = time.monotonic()
    while not is_true():
        waited = time.monotonic() - started
        assert waited < seconds, f"still not so after {seconds} seconds"
        time.sleep(0.05)
    return time.monotonic() - started


# Notes in each page when it last sent something to the server and when it last heard of it. What
# waits for a look at a lever's outcome is as good as sent. For the report of a failed test it also
# notes what hands did, what moved under them and when something was sent.
WATCH_TRAFFIC = """(() => {
    window.traffic = { sent: 0, heard: 0, looks: 0, looked: 0, noted: [] };
    const note = (what, about) => {
        window.traffic.noted.push(`${Math.round(performance.now())} ms ${what}: ${about}`);
        if (window.traffic.noted.length > 60) window.traffic.noted.shift();
    };
    const words = (node, most) => (node?.textContent ?? "").replace(/\\s+/g, " ").slice(0, most);
    for (const kind of ["pointerdown", "pointerup", "pointercancel", "contextmenu", "click"]) {
        window.addEventListener(kind, (event) => {
            const at = event.composedPath()[0];
            note(kind, `${at.nodeName} "${words(at, 40)}" at ${event.clientX}, ${event.clientY}`);
        }, true);
    }
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        const moved = entry.sources.map((each) => words(each.node, 20));
        const by = entry.value.toFixed(3);
        note("moved", `at ${Math.round(entry.startTime)} ms by ${by}: ${moved}`);
    })).observe({ type: "layout-shift", buffered: true });
    const ask = window.fetch;
    window.fetch = async (...given) => {
        const isLook = String(given[0]).startsWith("/look/");
        if (isLook) window.traffic.looks += 1;
        try {
            return await ask(...given);
        } finally {
            if (isLook) window.traffic.looks -= 1;
            if (isLook) window.traffic.looked = performance.now();
        }
    };
    window.WebSocket = class extends window.WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", () => { window.traffic.heard = performance.now(); });
        }
        send(data) {
            window.traffic.sent = performance.now();
            note("sent", `${data.byteLength ?? data.length} bytes`);
            super.send(data);
        }
    };
})()"""
SETTLED = """() => {
    const { sent, heard, looks, looked } = window.traffic;
    const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
    const isLooking = looks > 0 || document.querySelector(".fulcrum-look") !== null;
    const since = performance.now() - Math.max(heard, looked);
    return state === "notRunning" && !isLooking && heard > sent && since > 120;
}"""


def settle(page: Page) -> None:
    """Wait until the server has drawn what it was asked for.

    The page says that nothing runs until it has heard that something does, and a change can be
    in the database before that: so an answer must have come to the last message, and then no more.
    """
    page.wait_for_function(SETTLED, timeout=30_000)


def redrawn(page: Page, act: Callable[[], None]) -> None:
    """Do what makes the server draw again, and wait until it has done so."""
    settle(page)
    before = page.evaluate("performance.now()")
    act()
    page.wait_for_function("before => window.traffic.sent > before", arg=before, timeout=30_000)
    settle(page)


def is_within_the_window(page: Page) -> bool:
    """Say whether neither the page nor its main part is wider than the window."""
    excess = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
        .map((node) => node.scrollWidth - node.clientWidth)"""
    return page.evaluate(excess) == [0, 0]


def button(where: Page | Locator, name: str) -> Locator:
    """Return a button by the whole of its name."""
    return where.get_by_role("button", name=name, exact=True)


def toast(page: Page, words: str) -> Locator:
    """Return the passing message that says this."""
    return page.get_by_test_id("stToast").filter(has_text=words)


def alert(where: Page | Locator, words: str | re.Pattern[str]) -> Locator:
    """Return the message box that says this."""
    return where.get_by_role("alert").filter(has_text=words)


def type_into(field: Locator, text: str) -> None:
    """Replace what a field holds, and leave it as Tab does."""
    field.fill(text)
    field.press("Tab")


def shown_field(where: Locator, label: str) -> Locator:
    """Return a text field; while the server draws, Streamlit keeps the one it replaces below."""
    return where.get_by_role("textbox", name=label).first


def choose(where: Page | Locator, label: str, option: str | re.Pattern[str]) -> None:
    """Pick an option of a select box."""
    box = where.get_by_role("combobox", name=label)
    box.click()
    box.page.get_by_role("option", name=option, exact=isinstance(option, str)).click()


# ---- the board -----------------------------------------------------------------------------


def card(page: Page, title: str) -> Locator:
    """Return a card by its title, not the copy in the hand."""
    return page.locator(".stage .card").filter(has_text=title)


def face(page: Page, title: str) -> Locator:
    """Return the button that is a card's face."""
    return card(page, title).locator(".face")


def lane(page: Page, title: str) -> Locator:
    """Return a lane by its title."""
    heading = page.get_by_role("heading", level=2, name=title, exact=True)
    return page.locator(".stage .lane").filter(has=heading)


def titles(where: Locator) -> Locator:
    """Return the titles of a lane's cards, in order."""
    return where.locator(".card .title")


def chance(page: Page, goal: str) -> str:
    """Return the chance a goal's lane shows."""
    return lane(page, goal).locator(".chance strong").inner_text()


def middle(where: Locator, *, down: float = 0.5) -> tuple[float, float]:
    """Return a point inside an element, `down` of the way from its top."""
    box = where.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * down


def lift(page: Page, title: str) -> None:
    """Press a card with the mouse and pull it a little."""
    card(page, title).scroll_into_view_if_needed()
    x, y = middle(card(page, title))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 4, y + 4)
    page.mouse.move(x + 10, y + 6)
    expect(page.locator(".flying")).to_be_visible()


def drag(page: Page, title: str, to: Locator | tuple[float, float], *, down: float = 0.5) -> None:
    """Drag a card to a point, or to a place in an element, and let go."""
    lift(page, title)
    page.mouse.move(*(to if isinstance(to, tuple) else middle(to, down=down)), steps=8)
    page.mouse.up()


def menu_of(page: Page, title: str) -> Locator:
    """Open a card's menu."""
    card(page, title).get_by_role("button", name="Move or edit").click()
    menu = page.get_by_role("menu", name=title)
    expect(menu).to_be_visible()
    return menu


def saved(page: Page) -> None:
    """Wait until the board has no answer to wait for."""
    expect(page.locator(".board .saving, .board .is-saving")).to_have_count(0)
    settle(page)
